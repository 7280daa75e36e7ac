// Backups: everything in one file, which any program can read, and back again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { assertAccessible, BASE_URL, browserForTests, download, importFiles, open, ready } from "./support.mjs";
import { shop } from "./shop.mjs";

const newPage = browserForTests();
const found = "[data-backup-found]";
const refused = "[data-backup-error]";

/** A shop with orders, a note and a name. */
async function filled(t, options) {
  const page = await newPage(t, options);
  await open(page);
  await importFiles(page, shop.file);
  await open(page, "/settings");
  await page.fill("#shop-name", "茶 & Wool");
  await page.locator("#shop-name").blur();
  await page.waitForFunction(() => performance.getEntriesByName("edit").length === 1);
  await note(page, "prefers 龙井");
  return page;
}

/** Writes a note on the first customer of the list. */
async function note(page, text) {
  await open(page, "/customers");
  await page.locator('a[href*="customer?id="]').first().click();
  await page.waitForSelector("#note");
  await page.fill("#note", text);
  const before = await page.evaluate(() => performance.getEntriesByName("edit").length);
  await page.locator("#note").blur();
  await page.waitForFunction((n) => performance.getEntriesByName("edit").length > n, before);
}

async function backup(page) {
  await open(page, "/data");
  return download(page, "export-backup");
}

async function report(page) {
  await open(page, `/data?as_of=${shop.asOf}`);
  return (await download(page, "export-report")).bytes.toString();
}

/** Chooses a backup on the data screen. */
async function choose(page, file) {
  await open(page, "/data");
  await page.setInputFiles("#restore-file", {
    name: file.name ?? "regulars-backup.json.gz",
    mimeType: "application/gzip",
    buffer: file.bytes,
  });
}

async function restore(page, file) {
  await choose(page, file);
  await page.click('[data-action="restore-confirm"]');
  await page.locator('[data-action="restore-undo"]').waitFor();
}

test("a backup restored into an empty browser gives the same report to the last byte", async (t) => {
  const page = await filled(t);
  const file = await backup(page);
  assert.equal(file.name, "regulars-backup.json.gz");
  const document = JSON.parse(gunzipSync(file.bytes));
  assert.equal(document.format, "regulars-backup");
  const orders = document.records.flatMap((record) => record.orders?.number ?? []);
  assert.deepEqual(orders.sort(), ["A1001", "A1002", "A1003", "A1004", "A1005", "A1006"]);
  assert.match(await page.locator("[data-last-backup]").innerText(), /\d{4}/);

  const other = await newPage(t, { language: "zh-CN", timezoneId: "Asia/Tokyo" });
  await restore(other, file);
  assert.equal(await report(other), await report(page));
  await open(other, "/settings");
  assert.equal(await other.inputValue("#shop-name"), "茶 & Wool");
});

test("what a restore would do is said before it is done, and undone afterwards", async (t) => {
  const page = await filled(t);
  const file = await backup(page);
  const other = await newPage(t);
  await open(other);
  const own = shop.file.text.replaceAll("A10", "B10").replaceAll("ana@", "zoe@");
  await importFiles(other, { name: "own.csv", text: own });
  const before = await report(other);

  await choose(other, file);
  await other.locator(found).waitFor();
  const said = await other.locator(found).evaluate((it) => ({ ...it.dataset }));
  assert.equal(said.imports, "1");
  assert.match(await other.locator(found).innerText(), /added to the data here/);
  await assertAccessible(other, "a backup that was looked into");
  assert.equal(await report(other), before, "nothing is done before it is said");

  await restore(other, file);
  assert.notEqual(await report(other), before);
});

test("a restored backup is taken out again whole", async (t) => {
  const page = await filled(t);
  const file = await backup(page);
  const other = await newPage(t);
  await open(other);
  await importFiles(other, { name: "own.csv", text: shop.file.text.replaceAll("A10", "B10") });
  const before = await report(other);
  await restore(other, file);
  await other.click('[data-action="restore-undo"]');
  await other.locator(".toast", { hasText: "as it was before" }).waitFor();
  assert.equal(await report(other), before);
});

test("the same backup twice doubles nothing", async (t) => {
  const page = await filled(t);
  const before = await report(page);
  const file = await backup(page);
  await choose(page, file);
  await page.locator(found).waitFor();
  assert.match(await page.locator(found).innerText(), /nothing to restore/);
  await page.click('[data-action="restore-cancel"]');
  assert.equal(await report(page), before);
});

test("wrong, cut, changed and newer files are refused with a sentence and change nothing", async (t) => {
  const page = await filled(t);
  const { bytes } = await backup(page);
  const before = await report(page);
  const text = gunzipSync(bytes).toString();
  const packed = (text) => gzipSync(Buffer.from(text));
  const cases = [
    ["backup_none", Buffer.from("order_id,total\n1,2\n")],
    ["backup_none", packed("{}\n")],
    ["backup_none", Buffer.alloc(0)],
    ["backup_damaged", bytes.subarray(0, bytes.length / 2)],
    ["backup_cut_short", packed(text.slice(0, text.length / 2))],
    ["backup_cut_short", Buffer.from(text.slice(0, text.length - 200))],
    ["backup_damaged", packed(text.replace("A1003", "A1009"))],
    ["backup_too_new", packed(text.replace(/"version":\d+/, '"version":99'))],
  ];
  for (const [code, bytes] of cases) {
    await choose(page, { bytes });
    await page.locator(refused).waitFor();
    assert.equal(await page.locator(refused).getAttribute("data-code"), code);
    assert.ok((await page.locator(refused).innerText()).length > 20);
  }
  assert.equal(await report(page), before);
});

test("a text that was never packed is restored too", async (t) => {
  const page = await filled(t);
  const { bytes } = await backup(page);
  const other = await newPage(t);
  await restore(other, { name: "regulars-backup.json", bytes: gunzipSync(bytes) });
  assert.equal(await report(other), await report(page));
});

test("a backup that is dropped anywhere goes where backups are restored", async (t) => {
  const page = await filled(t);
  const { bytes } = await backup(page);
  const other = await newPage(t);
  await open(other);
  await other.evaluate((bytes) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([new Uint8Array(bytes)], "regulars-backup.json.gz"));
    document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
  }, [...bytes]);
  await other.waitForURL(/\/data/);
  await other.click('[data-action="restore-confirm"]');
  await other.locator('[data-action="restore-undo"]').waitFor();
  assert.equal(await report(other), await report(page));
});

/** The backup in the folder of the site's own, which stands in for one of the disk: no test can lead there. */
const inFolder = (page) =>
  page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    const file = await folder.getFileHandle("regulars-backup.json.gz").then((it) => it.getFile(), () => null);
    return { size: file?.size ?? 0, at: file?.lastModified ?? 0 };
  });

/** The backup in the folder, once there is one that is newer. */
async function newerInFolder(page, than = 0) {
  for (;;) {
    const found = await inFolder(page);
    if (found.at > than && found.size > 100) return found;
    await page.waitForTimeout(50);
  }
}

async function withFolder(t, options) {
  const page = await filled(t, options);
  await page.clock.install();
  await open(page, "/data");
  await page.evaluate(() => {
    globalThis.showDirectoryPicker = () => navigator.storage.getDirectory();
  });
  await page.click('[data-action="choose-folder"]');
  await page.locator('[data-action="forget-folder"]').waitFor();
  return page;
}

/** Nobody does anything for a while. */
async function leaveAlone(page) {
  for (let seconds = 0; seconds < 40; seconds += 5) await page.clock.fastForward(5_000);
}

test("a backup goes into the chosen folder by itself once a day, while nobody works", async (t) => {
  const page = await withFolder(t);
  const first = await newerInFolder(page);
  await open(page, "/");
  await leaveAlone(page);
  assert.deepEqual(await inFolder(page), first, "one a day is enough");
  await page.evaluate(() => localStorage.setItem("regulars.backup", JSON.stringify(String(Date.now() - 25 * 3600e3))));
  await open(page, "/");
  await page.clock.fastForward(10_000);
  assert.deepEqual(await inFolder(page), first, "not while somebody may be at work");
  await leaveAlone(page);
  await newerInFolder(page, first.at);
});

for (const language of ["en-US", "zh-CN"]) {
  test(`a folder whose leave has lapsed is told of and opened again by a click (${language})`, async (t) => {
    const page = await withFolder(t, { language });
    const first = await newerInFolder(page);
    await page.addInitScript(() => {
      let leave = "prompt";
      FileSystemHandle.prototype.queryPermission = async () => leave;
      FileSystemHandle.prototype.requestPermission = async () => (leave = "granted");
    });
    await open(page, "/");
    const told = page.locator("[data-folder-lapsed]");
    await told.waitFor();
    await assertAccessible(page, "a folder without leave");
    await open(page, "/data");
    await page.locator("[data-backup-folder]", { hasText: language === "en-US" ? "No backup goes" : "不再写入" }).waitFor();
    await page.click('[data-action="renew-folder"]');
    await told.waitFor({ state: "detached" });
    await newerInFolder(page, first.at);
  });
}

test("who has made no backup for long is reminded, once in a while", async (t) => {
  const page = await filled(t);
  const due = page.locator("[data-backup-due]");
  await open(page, "/");
  assert.equal(await due.count(), 0, "not on the first day");
  await page.clock.setFixedTime(Date.now() + 31 * 24 * 3600e3);
  await open(page, "/");
  await due.waitFor();
  await assertAccessible(page, "the reminder");
  await page.click('[data-action="backup-later"]');
  await due.waitFor({ state: "detached" });
  await open(page, "/");
  await page.waitForTimeout(300);
  assert.equal(await due.count(), 0, "put off");
  await page.clock.setFixedTime(Date.now() + 46 * 24 * 3600e3);
  await open(page, "/");
  await due.waitFor();
});

test("the first screen leads to the backup", async (t) => {
  const page = await newPage(t);
  await open(page);
  await page.click('[data-action="to-restore"]');
  await page.waitForURL(`${BASE_URL}/data**`);
  await ready(page);
  await page.locator("#restore-file").waitFor({ state: "attached" });
});
