// A browser for the end-to-end tests, and the few things that every test does in it.
//
// CHROME is the browser's program, BASE_URL where the finished site is served; `cargo xtask test`
// sets both.
import { chromium } from "playwright-core";
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";

export const BASE_URL = required("BASE_URL").replace(/\/$/, "");

/** Every screen's address, the first screen's first. */
export const ROUTES = await (async () => {
  const list = await readFile(new URL("../../src/routes.rs", import.meta.url), "utf8");
  return [...list.matchAll(/"(\/[a-z-]*)"/g)].map(([, route]) => route);
})();

/** How long anything may take on a slow, busy machine, in milliseconds. */
const PATIENCE = 20_000;

export function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests through \`cargo xtask test\``);
  return value;
}

/**
 * A browser without service workers, for a page whose files a test keeps from coming: they would
 * come from what the worker has kept.
 */
export const NO_WORKER = { serviceWorkers: "block" };

export const CHROMIUM = {
  executablePath: required("CHROME"),
  args: [
    // Chromium refuses its sandbox to root, as in containers.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

/**
 * Starts one browser for the tests of a file. The function returned opens a page with nothing
 * stored; a page on which an error went uncaught fails its test.
 *
 * Each page is in a context of its own, unless the tests of a file share one: then they follow each
 * other in it, what one has stored is removed before the next, and the programs, which are most of
 * a short test's time, are translated once.
 */
export function browserForTests({ shared = false } = {}) {
  let browser;
  const contexts = new Map();
  const begun = new WeakSet();
  before(async () => {
    browser = await chromium.launch(CHROMIUM);
  });
  after(() => browser?.close());

  const contextOf = async (test, options) => {
    // A test's second page is another visitor.
    if (!shared || begun.has(test)) return { context: await browser.newContext(options) };
    begun.add(test);
    const key = JSON.stringify(options);
    if (!contexts.has(key)) contexts.set(key, await SharedContext.open(browser, options));
    return contexts.get(key);
  };

  // `expected`: errors that the test provokes, as what the page's policy stops.
  return async (test, { language = "en-US", expected, ...options } = {}) => {
    const { context, leave } = await contextOf(test, { locale: language, acceptDownloads: true, ...options });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const errors = collectErrors(page);
    test.after(async () => {
      await (leave ? leave() : context.close());
      const wrong = errors.filter((it) => !expected?.test(it));
      if (wrong.length > 0) throw new Error(`errors on the page:\n${wrong.join("\n")}`);
    });
    return page;
  };
}

/** A context in which tests follow each other. */
const SharedContext = {
  async open(browser, options) {
    const context = await browser.newContext(options);
    // An empty page stays, through which what was stored is removed.
    const keeper = await context.newPage();
    const session = await context.newCDPSession(keeper);
    const leave = async () => {
      await Promise.all(context.pages().filter((it) => it !== keeper).map((it) => it.close()));
      await session.send("Storage.clearDataForOrigin", { origin: BASE_URL, storageTypes: "all" });
    };
    return { context, leave };
  },
};

/** The uncaught errors and console errors of a page, as they come. */
export function collectErrors(page) {
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error.stack ?? error)));
  page.on("console", (message) => {
    // Icons are asked for by the browser itself, again and again where the host has it check.
    const icon = /\/(favicon\.ico|icon-[^/]*)$/.test(message.location().url);
    if (message.type() === "error" && !icon) errors.push(message.text());
  });
  return errors;
}

/** Opens a route and waits for its first real content. */
export async function open(page, route = "/", base = BASE_URL) {
  await page.goto(base + route);
  await ready(page);
}

/** Waits until the route is painted and the engine has nothing to do that the screen waits for. */
export async function ready(page) {
  await page.waitForSelector('html[data-ready="true"]:not([data-busy="true"])', { state: "attached" });
}

/** Whether the first answers of a visit are kept for the next one; `forget`: no longer. */
function keptAnswers(forget) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("regulars");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction("meta", forget ? "readwrite" : "readonly");
      const records = transaction.objectStore("meta");
      const counting = records.count("kept-answers");
      if (forget) records.delete("kept-answers");
      transaction.oncomplete = () => {
        database.close();
        resolve(counting.result === 1);
      };
    };
  });
}

/** Waits until the first answers of this visit are kept for the next one. */
export async function firstAnswersKept(page) {
  await page.waitForFunction(keptAnswers, false, { polling: 100 });
}

/** Has the next visit begin without kept answers, as after a change. */
export function forgetFirstAnswers(page) {
  return page.evaluate(keptAnswers, true);
}

/** Opens an empty shop and fills it with the sample. */
export async function loadSample(page) {
  await open(page);
  await page.click('[data-action="load-sample"]');
  await page.waitForSelector("#kpi-net");
}

/** Lets axe look at the page as it stands once nothing on it moves or fades. */
export async function assertAccessible(page, where) {
  await page.evaluate(() => {
    const ending = document.getAnimations().filter((it) => it.effect.getComputedTiming().endTime < Infinity);
    // One that is taken off the page ends as refused.
    return Promise.allSettled(ending.map((it) => it.finished));
  });
  const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  await page.evaluate(await readFile(axe, "utf8"));
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];
    const result = await globalThis.axe.run(document, { runOnly: tags });
    return result.violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html).join(" | ")}`);
  });
  assert.deepEqual(found, [], where);
}

/** Chooses files for import: paths, or `{ name, text }` written here. */
export async function chooseFiles(page, ...files) {
  const chosen = files.map((file) =>
    typeof file === "string"
      ? file
      : { name: file.name, mimeType: "text/csv", buffer: file.bytes ?? Buffer.from(file.text) },
  );
  await page.setInputFiles("#import-file", chosen);
}

/** Imports files about which nothing is in doubt and returns the numbers of the summary. */
export async function importFiles(page, ...files) {
  await chooseFiles(page, ...files);
  await page.click('[data-action="import-confirm"]:not([disabled])');
  return importSummary(page);
}

/** What the summary of the last import says, as numbers. */
export async function importSummary(page) {
  const summary = page.locator("[data-import-summary]").first();
  await summary.waitFor();
  const data = await summary.evaluate((element) => ({ ...element.dataset }));
  const names = ["orders", "customers", "new", "updated", "identical", "rejected", "warnings"];
  return Object.fromEntries(names.map((name) => [name, Number(data[name])]));
}

/** Clicks something that downloads a file, and returns its name and bytes. */
export async function download(page, action) {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.click(`[data-action="${action}"]`),
  ]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** Writes a temporary file that is gone after the test, and returns its path. */
export async function temporaryFile(test, name, content) {
  const folder = await mkdtemp(join(tmpdir(), "regulars-"));
  test.after(() => rm(folder, { recursive: true }));
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}
