// Measures the release site on a large file, in a browser with a fresh profile, and prints a table
// of targets and figures. `cargo xtask bench` calls it; BENCH_JSON=1 prints JSON instead.
//
// Missing a target is a result, not a failure: the exit code is 0 unless nothing could be measured.
import { chromium } from "playwright-core";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  BASE_URL, CHROMIUM, firstAnswersKept, forgetFirstAnswers, open, ready, required,
} from "./support.mjs";
import {
  assetSizes, longestTaskDuring, measured, measures, median, rendererPeak, watchLongTasks,
} from "./measure.mjs";
import { measureRule, measureScreens, measureScrolling } from "./bench_screens.mjs";
import { measurePapaParse, measureStop, measureWorkbook } from "./bench_files.mjs";

const MB = 1024 * 1024;
const KB = 1024;
const IMPORT_PATIENCE = 180_000;
const REPEATS = 5;

/** Days to look at the data from, so that no answer is a cached one. */
const AS_OF_DAYS = ["2026-10-30", "2026-09-30", "2026-06-15", "2026-01-01", "2025-07-01", "2026-10-29", "2026-08-31"];
const SEARCH = "c00123";

/** Files of the site by when they are loaded. */
const PARTS = /^(split_|chunk_)/;
const FIRST_LOAD = /^(?!split_|chunk_|reader-|unpacker-|modeller-|syncer-|sw\.js|manifest\.|.*\.png$)/;

const file = required("BENCH_FILE");
const fileSize = statSync(file).size;
const profile = mkdtempSync(join(tmpdir(), "regulars-bench-"));
const progress = (text) => console.error(`bench: ${text}`);

try {
  const figures = { file: { path: file, bytes: fileSize }, ...(await measureAll()) };
  figures.sizes = assetSizes(required("DIST"));
  const rows = table(figures);
  if (process.env.BENCH_JSON) console.log(JSON.stringify({ ...figures, rows }, null, 2));
  else print(figures, rows);
} finally {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}

async function measureAll() {
  let context = await start();
  const imported = await measureImport(context);
  // A new browser on the same profile: what a shopkeeper finds in the morning.
  await context.close();
  context = await start();
  const opened = await measureOpen(context);
  const page = context.pages().at(-1);
  const fit = await optional("fit", () => measureFit(page));
  const analysis = await optional("analysis", () => measureAnalysis(page));
  const search = await optional("search", () => measureSearch(page));
  const edit = await optional("edit", () => measureEdit(page));
  progress("drawing every screen of other days, typing a rule, scrolling");
  const screens = await optional("screens", () => measureScreens(page));
  const rule = await optional("rule", () => measureRule(page));
  const scrolling = await optional("scrolling", () => measureScrolling(page));
  await context.close();
  progress("inspecting a workbook, stopping, and parsing with PapaParse");
  const workbook = await optional("workbook", measureWorkbook);
  const stop = await optional("stop", () => measureStop(file));
  const papaParse = await optional("PapaParse", () => measurePapaParse(file));
  return { import: imported, open: opened, fit, analysis, search, edit, screens, rule, scrolling, workbook, stop, papaParse };
}

async function start() {
  const context = await chromium.launchPersistentContext(profile, {
    ...CHROMIUM,
    viewport: { width: 1280, height: 800 },
    locale: "en-US",
  });
  await watchLongTasks(context);
  return context;
}

async function measureImport(context) {
  progress(`importing ${(fileSize / MB).toFixed(0)} MB`);
  const page = await context.newPage();
  await open(page);
  const measure = await measured(page, "import", async () => {
    await page.setInputFiles("#import-file", file);
    await page.click('[data-action="import-confirm"]:not([disabled])', { timeout: IMPORT_PATIENCE });
  }, IMPORT_PATIENCE);
  await ready(page);
  return {
    ms: measure.duration,
    detail: measure.detail,
    longestTask: await longestTaskDuring(page, measure),
    engineMemory: measure.detail?.engineMemory,
    pageHeap: await page.evaluate(() => performance.memory?.usedJSHeapSize),
    processPeak: rendererPeak(),
  };
}

/**
 * Visits that begin with what the last one has kept, and in turn with them visits after a change:
 * nothing is kept, so that the data are loaded and analysed before anything is painted.
 */
async function measureOpen(context) {
  progress("opening with the data stored");
  const [afterStart, first] = await timeOpen(context);
  await firstAnswersKept(first);
  const [kept, changed] = [[], []];
  for (let turn = 0; turn < REPEATS; turn += 1) {
    const [ms, page] = await timeOpen(context);
    kept.push(ms);
    await forgetFirstAnswers(page);
    const [changedMs, after] = await timeOpen(context);
    changed.push(changedMs);
    await firstAnswersKept(after);
  }
  const processPeak = rendererPeak();
  return { afterStart, ms: median(kept), changedMs: median(changed), kept, changed, processPeak };
}

/** How long a new page takes to open, and the page. */
async function timeOpen(context) {
  for (const page of context.pages().slice(1)) await page.close();
  const page = await context.newPage();
  await open(page);
  await page.waitForFunction(() => performance.getEntriesByName("open", "measure").length > 0);
  // Behind kept answers the data are loaded still: a visit that ends in the midst of it would take
  // the next one's time, and keep its answers after they were forgotten.
  await page.waitForTimeout(2_000);
  return [(await measures(page, "open"))[0].duration, page];
}

/** All candidates, their back-test and the scores of everybody, in their worker. */
async function measureFit(page) {
  progress("fitting models");
  await page.waitForFunction(() => performance.getEntriesByName("fit", "measure").length > 0, null, { timeout: IMPORT_PATIENCE });
  const [measure] = await measures(page, "fit");
  return { ms: measure.duration, detail: measure.detail };
}

async function measureAnalysis(page) {
  progress("looking at the data from other days");
  await open(page, "/?as_of=2026-10-31");
  const found = [];
  for (const day of AS_OF_DAYS) {
    // As the back button does it: the address changes, the page stays.
    found.push(await measured(page, "analysis", () => page.evaluate((day) => {
      const address = new URL(location.href);
      address.searchParams.set("as_of", day);
      history.pushState(null, "", address);
      dispatchEvent(new PopStateEvent("popstate", { state: null }));
    }, day)));
    await ready(page);
  }
  const times = found.map(({ duration }) => duration);
  return { ms: median(times), times, detail: found.at(-1).detail };
}

async function measureSearch(page) {
  progress("searching");
  await open(page, "/customers");
  const field = page.locator('main input[type="search"]').first();
  await field.click();
  const times = [];
  for (const letter of SEARCH) {
    times.push((await measured(page, "search", () => page.keyboard.type(letter))).duration);
  }
  return { ms: median(times), times };
}

async function measureEdit(page) {
  progress("editing");
  await open(page, "/settings");
  const field = page.locator("#shop-name");
  const times = [];
  for (let turn = 0; turn < REPEATS; turn += 1) {
    const measure = await measured(page, "edit", async () => {
      await field.fill(`Corner shop ${turn}`);
      await field.press("Tab");
    }, 10_000);
    times.push(measure.duration);
  }
  return { ms: median(times), times };
}

/** Measures what may not be there; says so and goes on. */
async function optional(name, measure) {
  try {
    return await measure();
  } catch (error) {
    progress(`no measure of ${name}: ${String(error.message).split("\n")[0]}`);
    return undefined;
  }
}

/** One row a target: what, how much at most, how much it was, in which unit. */
function table(figures) {
  const { import: imported, open: opened, fit, analysis, search, edit, workbook, stop, sizes } = figures;
  const { screens, rule, scrolling } = figures;
  const papaParse = figures.papaParse?.ms;
  const weight = (pattern) => {
    const found = sizes.filter(({ name }) => pattern.test(name));
    return found.reduce((sum, { brotli }) => sum + brotli, 0) / KB;
  };
  const megabytes = (bytes) => (bytes === undefined ? undefined : bytes / MB);
  return [
    { what: "import, durable and painted", target: 1500, value: imported.ms, unit: "ms" },
    { what: "the same, against half of PapaParse's time", target: papaParse / 2, value: imported.ms, unit: "ms" },
    { what: "longest block of the page meanwhile", target: 50, value: imported.longestTask, unit: "ms" },
    { what: "engine memory after it", target: (3 * fileSize) / MB, value: megabytes(imported.engineMemory), unit: "MB" },
    { what: "page heap after it", value: megabytes(imported.pageHeap), unit: "MB" },
    { what: "peak of the whole page process", value: megabytes(imported.processPeak), unit: "MB" },
    { what: "open, the first answers kept from last visit", target: 600, value: opened.ms, unit: "ms" },
    { what: "open after a change: loaded and analysed", target: 600, value: opened.changedMs, unit: "ms" },
    { what: "open, first after the browser's start", value: opened.afterStart, unit: "ms" },
    { what: `analysis, median of ${AS_OF_DAYS.length}`, target: 40, value: analysis?.ms, unit: "ms" },
    { what: "models fitted, tested and scored, in the background", target: 5000, value: fit?.ms, unit: "ms" },
    { what: `search, median of ${SEARCH.length}`, value: search?.ms, unit: "ms" },
    { what: `edit, median of ${REPEATS}`, value: edit?.ms, unit: "ms" },
    { what: `slowest screen of another day: ${screens?.screen}`, target: 100, value: screens?.ms, unit: "ms" },
    { what: "letter of a rule, median", target: 50, value: rule?.ms, unit: "ms" },
    { what: "frames over 25 ms while a list scrolls", value: scrolling && 100 * scrolling.late, unit: "%" },
    { what: "xlsx of 100,000 rows, inspected", target: 6000, value: workbook?.ms, unit: "ms" },
    { what: "stop in the middle of a file", target: 200, value: stop?.ms, unit: "ms" },
    { what: "page wasm, brotli", target: 350, value: weight(/^regulars-.*\.wasm$/), unit: "KB" },
    { what: "engine wasm, brotli", target: 350, value: weight(/^engine-.*\.wasm$/), unit: "KB" },
    { what: "reader wasm, brotli (only when files come)", value: weight(/^reader-.*\.wasm$/), unit: "KB" },
    { what: "unpacker wasm, brotli (only for Excel etc.)", value: weight(/^unpacker-.*\.wasm$/), unit: "KB" },
    { what: "modeller wasm, brotli (in the background)", value: weight(/^modeller-.*\.wasm$/), unit: "KB" },
    { what: "syncer wasm, brotli (where sync is on)", value: weight(/^syncer-.*\.wasm$/), unit: "KB" },
    { what: "parts of page and engine, brotli (when idle)", value: weight(PARTS), unit: "KB" },
    { what: "first load, brotli: what an open shop needs", target: 800, value: weight(FIRST_LOAD), unit: "KB" },
    { what: "everything in the folder, brotli", value: weight(/./), unit: "KB" },
  ];
}

function print({ import: imported, sizes }, rows) {
  const { orders, customers } = imported.detail ?? {};
  if (orders) console.log(`${orders} orders of ${customers} customers, ${(fileSize / MB).toFixed(1)} MB\n`);
  const number = (value) => (!Number.isFinite(value) ? "–" : value.toFixed(value < 100 ? 1 : 0));
  console.log(`${"".padEnd(44)}${"at most".padStart(10)}${"measured".padStart(12)}`);
  for (const { what, target, value, unit } of rows) {
    const verdict = !(target > 0) || value === undefined ? "" : value <= target ? "ok" : "MISSED";
    console.log(`${what.padEnd(44)}${number(target).padStart(10)}${number(value).padStart(12)} ${unit}  ${verdict}`);
  }
  console.log(`\n${"download, bytes".padEnd(44)}${"raw".padStart(10)}${"brotli".padStart(12)}`);
  for (const { name, raw, brotli } of sizes) {
    console.log(`${name.padEnd(44)}${String(raw).padStart(10)}${String(brotli).padStart(12)}`);
  }
}
