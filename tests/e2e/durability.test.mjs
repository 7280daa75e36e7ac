// What can happen to a browser's storage: full, damaged, closed, forbidden, deleted. Each is said in
// a sentence, loses nothing that was stored, and leaves a way on.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { BASE_URL, browserForTests, chooseFiles, download, importFiles, open, ready } from "./support.mjs";
import { shop } from "./shop.mjs";
import { start } from "./whole-browser.mjs";

const newPage = browserForTests();

/** The small shop, and its report. */
async function filled(t) {
  const page = await newPage(t);
  await open(page);
  await importFiles(page, shop.file);
  return { page, report: await report(page) };
}

async function report(page) {
  await open(page, `/data?as_of=${shop.asOf}`);
  return (await download(page, "export-report")).bytes.toString();
}

/** A page of the site without its program, to which the database belongs too. */
async function besideIt(page) {
  const other = await page.context().newPage();
  // The browser reports a wrong address as an error, as it should.
  await other.goto(`${BASE_URL}/404.html`);
  return other;
}

/** Changes records of a store: `change` gets and returns bytes; without, they are deleted. */
function damage(page, store, change) {
  return page.evaluate(
    async ([store, change]) => {
      const finished = (request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await finished(indexedDB.open("regulars"));
      const records = database.transaction(store, "readwrite").objectStore(store);
      const key = (await finished(records.getAllKeys())).find((it) => store !== "meta" || it === "manifest");
      if (change) {
        const bytes = await finished(records.get(key));
        bytes[Math.floor(bytes.length / 2)] ^= 1;
        await finished(records.put(bytes, key));
      } else {
        await finished(records.delete(key));
      }
      database.close();
    },
    [store, change],
  );
}

test("a full disk says so, loses nothing, and a backup can still be saved", async (t) => {
  const page = await newPage(t);
  const session = await page.context().newCDPSession(page);
  // Before the database is opened: the browser remembers how much room it had.
  await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(BASE_URL).origin, quotaSize: 1_000_000 });
  await open(page);
  await importFiles(page, shop.file);
  const before = await report(page);
  // Texts that do not pack well, so that the browser's limit is met.
  const rows = Array.from({ length: 60_000 }, (_, n) => {
    const noise = ((n * 2654435761) >>> 0).toString(36) + ((n * 40503 * 65537) >>> 0).toString(36);
    return `Q${noise}${n},${noise}@example.com,2026-01-05 10:00:00,20.00,USD,paid,web`;
  });
  const header = shop.file.text.split("\n")[0];
  await open(page, "/import");
  await chooseFiles(page, { name: "large.csv", text: [header, ...rows, ""].join("\n") });
  await page.click('[data-action="import-confirm"]:not([disabled])');
  await page.getByText(/quota is full/).first().waitFor();
  assert.equal(await report(page), before);
  const { bytes } = await download(page, "export-backup");
  assert.ok(bytes.length > 100);
  // Room again: the same file goes in.
  await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(BASE_URL).origin });
  await open(page, "/import");
  assert.equal((await importFiles(page, { name: "large.csv", text: [header, ...rows, ""].join("\n") })).orders, 60_000);
});

test("a damaged chunk is left out and named, and the rest opens", async (t) => {
  const { page } = await filled(t);
  await open(page, "/import");
  await importFiles(page, { name: "second.csv", text: shop.file.text.replaceAll("A10", "B10") });
  const beside = await besideIt(page);
  await damage(beside, "chunk", true);
  await open(page, "/");
  await page.locator(".banner--bad", { hasText: "orders.csv" }).waitFor();
  await open(page, "/customers");
  assert.ok(await page.locator('a[href*="customer?id="]').count());
  // A backup says what it has not got.
  await open(page, "/data");
  await download(page, "export-backup");
  await page.locator(".toast", { hasText: "orders.csv" }).waitFor();
});

test("a damaged manifest is no dead end: erase, then restore a backup", async (t) => {
  const { page, report: before } = await filled(t);
  const { bytes } = await download(page, "export-backup");
  const beside = await besideIt(page);
  await damage(beside, "meta", true);
  await page.goto(`${BASE_URL}/`);
  await page.click('[data-action="delete-all"]');
  await page.waitForSelector('[data-action="load-sample"]');
  await open(page, "/data");
  await page.setInputFiles("#restore-file", { name: "regulars-backup.json.gz", mimeType: "", buffer: bytes });
  await page.click('[data-action="restore-confirm"]');
  await page.locator('[data-action="restore-undo"]').waitFor();
  assert.equal(await report(page), before);
});

test("a connection that is closed under the tab is opened again, and no edit is lost", async (t) => {
  const { page } = await filled(t);
  await open(page, "/settings");
  const beside = await besideIt(page);
  // An upgrade that is begun and given up: every tab has to close, and the data are as they were.
  await beside.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open("regulars", 2);
        request.onupgradeneeded = () => request.transaction.abort();
        request.onerror = (event) => {
          event.preventDefault();
          resolve();
        };
      }),
  );
  await page.fill("#shop-name", "Wool & Tea");
  await page.locator("#shop-name").blur();
  await page.waitForFunction(() => performance.getEntriesByName("edit").length === 1);
  await open(page, "/settings");
  assert.equal(await page.inputValue("#shop-name"), "Wool & Tea");
});

test("a database of a newer version is left alone, and the old tab says why", async (t) => {
  const { page } = await filled(t);
  await open(page, "/settings");
  const beside = await besideIt(page);
  await beside.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open("regulars", 2);
        request.onsuccess = () => resolve(request.result.close());
        request.onerror = () => reject(request.error);
      }),
  );
  await page.fill("#shop-name", "Old tab");
  await page.locator("#shop-name").blur();
  await page.getByText(/newer version/).first().waitFor();
  const asked = Date.now();
  const other = await page.context().newPage();
  await other.goto(BASE_URL);
  await other.getByText(/newer version/).first().waitFor();
  assert.ok(Date.now() - asked < 6_000, "it does not hang");
});

test("another tab that does not let go of the database is named within seconds", async (t) => {
  const page = await newPage(t);
  const beside = await besideIt(page);
  await beside.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open("regulars", 1);
        request.onsuccess = () => {
          globalThis.held = request.result;
          indexedDB.deleteDatabase("regulars");
          resolve();
        };
      }),
  );
  await page.goto(BASE_URL);
  await page.getByText(/Close it and reload/).waitFor({ timeout: 15_000 });
  await beside.close();
  await open(page, "/");
  await page.locator('[data-action="load-sample"]').waitFor();
});

test("a shop that the browser has deleted is missed, and a backup brings it back", async (t) => {
  const { page, report: before } = await filled(t);
  const { bytes } = await download(page, "export-backup");
  await page.goto("about:blank");
  const session = await page.context().newCDPSession(page);
  const origin = new URL(BASE_URL).origin;
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" });
  await open(page, "/");
  await page.click("[data-evicted] a");
  await page.waitForURL(/\/data/);
  await page.setInputFiles("#restore-file", { name: "regulars-backup.json.gz", mimeType: "", buffer: bytes });
  await page.click('[data-action="restore-confirm"]');
  await page.locator('[data-action="restore-undo"]').waitFor();
  assert.equal(await page.locator("[data-evicted]").count(), 0);
  assert.equal(await report(page), before);
});

test("who deletes everything is not told that the browser did", async (t) => {
  const { page } = await filled(t);
  await open(page, "/data");
  await page.fill("#delete-word", "delete");
  await page.click('[data-action="delete-all"]');
  await page.locator(".toast").first().waitFor();
  await open(page, "/");
  await page.locator('[data-action="load-sample"]').waitFor();
  assert.equal(await page.locator("[data-evicted]").count(), 0);
});

test("where the browser forbids storage all works until the tab closes, and that is said", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "regulars-forbidden-"));
  await mkdir(join(folder, "Default"), { recursive: true });
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(join(folder, "Default", "Preferences"), JSON.stringify(preferences));
  const { page, close } = await start(folder, "leveldb");
  // One hook: a browser that outlives its test would keep the run from ending.
  t.after(async () => {
    await close();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  await open(page, "/");
  await page.locator(".banner--warn", { hasText: "no storage" }).waitFor();
  await importFiles(page, shop.file);
  await open(page, "/");
  await ready(page);
  await page.locator(".banner--warn", { hasText: "no storage" }).waitFor();
});
