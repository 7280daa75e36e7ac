// An import that is killed in the middle: told, gone on with, or forgotten.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, browserForTests, chooseFiles, importSummary, open, temporaryFile } from "./support.mjs";

const newPage = browserForTests();
const told = "[data-import-interrupted]";
const confirm = '[data-action="import-confirm"]:not([disabled])';

// Nothing in it tells whether the day or the month comes first.
const rows = [
  "order_id,customer_email,ordered_at,total,currency,status",
  ...[1, 2, 3].map((n) => `K${n},k${n}@example.com,0${n}/04/2026,20.00,USD,paid`),
];
const text = `${rows.join("\n")}\n`;

/** Reads the files in a tab, answers other than what is assumed there, and kills the tab. */
async function killed(page, come, language = "en-US") {
  const tab = await page.context().newPage();
  await open(tab, "/import");
  await come(tab);
  await tab.waitForSelector(confirm);
  const other = language === "zh-CN" ? "月在前" : "Day first";
  await tab.click(`[data-code="date_order"] >> text="${other}"`);
  await tab.waitForSelector(confirm);
  await tab.waitForFunction(() => /answer/.test(localStorage.getItem("regulars.import")));
  await tab.waitForFunction(() => /file\\t\d+\\t[0-9a-f]{16}/.test(localStorage.getItem("regulars.import")));
  await tab.close();
}

/** What was found, with its first and last day. */
async function days(page) {
  await page.waitForSelector(confirm);
  return page.locator("[data-import-file]").innerText();
}

for (const language of ["en-US", "zh-CN"]) {
  test(`a killed import goes on with the file chosen again and the answers given then (${language})`, async (t) => {
    const page = await newPage(t, { language });
    await open(page, "/");
    const path = await temporaryFile(t, "orders.csv", text);
    await killed(page, (tab) => chooseFiles(tab, path), language);
    await open(page, "/");
    // Nothing had begun to be stored, and nothing else is said.
    const says = language === "zh-CN" ? "已选择但尚未导入：orders.csv" : "Chosen, but not imported: orders.csv";
    await page.locator(told, { hasText: says }).waitFor();
    await assertAccessible(page, "an interrupted import");
    // Another file of the same name is not it.
    const other = { name: "orders.csv", mimeType: "text/csv", buffer: Buffer.from(text.replace("20.00", "21.00")) };
    await page.setInputFiles("#resume-file", other);
    await page.locator(".toast").first().waitFor();
    assert.equal(await page.locator(told).count(), 1);
    await page.setInputFiles("#resume-file", path);
    await page.waitForURL(/\/import/);
    assert.match(await days(page), /1 Apr 2026 – 3 Apr 2026|2026年1月4日 – 2026年3月4日/);
    assert.equal(await page.locator(told).count(), 0);
    await page.click(confirm);
    assert.equal((await importSummary(page)).orders, 3);
    await open(page, "/");
    await page.waitForTimeout(300);
    assert.equal(await page.locator(told).count(), 0);
  });
}

test("where the browser keeps the way to a dropped file one click goes on", async (t) => {
  const page = await newPage(t);
  await open(page, "/");
  await killed(page, (tab) =>
    tab.evaluate(async (text) => {
      // A file in the site's own storage stands in for one of the disk, to which no test can lead.
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle("dropped.csv", { create: true });
      const writer = await handle.createWritable();
      await writer.write(text);
      await writer.close();
      DataTransferItem.prototype.getAsFileSystemHandle = () => Promise.resolve(handle);
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(await handle.getFile());
      document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
    }, text),
  );
  await open(page, "/");
  await page.click('[data-action="resume-import"]');
  assert.match(await days(page), /1 Apr 2026 – 3 Apr 2026/);
  await page.click(confirm);
  assert.equal((await importSummary(page)).orders, 3);
  const kept = await page.evaluate(async () => (await indexedDB.databases()).map((it) => it.name));
  assert.ok(!kept.includes("regulars.import"), "nothing is kept of what is stored");
});

test("a killed import can be forgotten", async (t) => {
  const page = await newPage(t);
  await open(page, "/");
  await killed(page, (tab) => chooseFiles(tab, { name: "orders.csv", text }));
  await open(page, "/");
  await page.click('[data-action="dismiss-interrupted"]');
  await page.locator(told).waitFor({ state: "detached" });
  await open(page, "/");
  await page.waitForTimeout(300);
  assert.equal(await page.locator(told).count(), 0);
  assert.equal(await page.evaluate(() => localStorage.getItem("regulars.import")), null);
});
