// Files whose columns nobody knows, tables that are pasted, imports of the past, and imports that did
// not come to their end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, browserForTests, chooseFiles, download, importFiles, importSummary, open, ready } from "./support.mjs";
import { shop } from "./shop.mjs";

const newPage = browserForTests();

const STRANGE = [
  "Beleg,Kto,Am,Wert,Ware",
  'K-1,ann@example.com,05.01.2026,"20,00",Tee',
  'K-2,ben@example.com,06.01.2026,"5,50",Tasse',
  'K-3,ann@example.com,17.01.2026,"8,00",Tee',
  "",
].join("\n");
const strange = { name: "belege.csv", text: STRANGE };

const question = '[data-import-question][data-code="mapping"]';
const confirm = '[data-action="import-confirm"]:not([disabled])';
const columnOf = (page, name) => page.locator(`.mapping__columns tr:has(th:text-is("${name}")) select`);

for (const language of ["en-US", "zh-CN"]) {
  test(`unknown columns are asked about on one page, whose figures follow each choice (${language})`, async (t) => {
    const page = await newPage(t, { language });
    await open(page, "/import");
    await chooseFiles(page, strange);
    await page.waitForSelector(question);
    await page.waitForSelector(confirm);
    assert.equal(await columnOf(page, "Wert").inputValue(), "total", "a guess is in force");
    await assertAccessible(page, "the page of the columns");
    // Without the day there is nothing to import.
    await columnOf(page, "Am").selectOption("");
    await page.locator('[data-action="import-confirm"][disabled]').waitFor();
    await columnOf(page, "Am").selectOption("ordered_at");
    await page.waitForSelector(confirm);
    // A role of one column is taken from the other, and that is said.
    await columnOf(page, "Ware").selectOption("order_number");
    await page.waitForFunction(() => document.querySelector(".mapping__needed").textContent.includes("Beleg"));
    assert.equal(await columnOf(page, "Beleg").inputValue(), "");
    await columnOf(page, "Beleg").selectOption("order_number");
    await columnOf(page, "Ware").selectOption("product_name");
    await page.waitForSelector(confirm);
    await page.waitForFunction(() => document.querySelector("[data-preview]").textContent.includes("3"));
    await page.click(confirm);
    const summary = await importSummary(page);
    assert.deepEqual([summary.orders, summary.customers, summary.rejected], [3, 2, 0]);
  });
}

test("what was said is in force for the next file with the same columns, and can be forgotten", async (t) => {
  const page = await newPage(t);
  await open(page, "/import");
  await chooseFiles(page, strange);
  await columnOf(page, "Ware").selectOption("product_name");
  await page.waitForTimeout(400);
  await page.click(confirm);
  await importSummary(page);
  await open(page, "/import");
  const next = 'Ware,Wert,Am,Kto,Beleg\nTee,"9,00",20.01.2026,cleo@example.com,K-9\n';
  await chooseFiles(page, { name: "belege-2.csv", text: next });
  await page.locator('[data-found="reading"]').waitFor();
  assert.equal(await page.locator(question).count(), 0, "nothing is asked twice");
  await page.click(confirm);
  assert.equal((await importSummary(page)).new, 1);
  await open(page, "/import");
  await page.click('[data-action="forget-reading"]');
  await page.locator("[data-readings]").waitFor({ state: "detached" });
  await page.click('[data-action="edit-undo"]');
  await page.locator("[data-readings]").waitFor();
  await page.click('[data-action="forget-reading"]');
  await page.locator("[data-readings]").waitFor({ state: "detached" });
  await chooseFiles(page, { name: "belege-3.csv", text: next.replace("K-9", "K-10") });
  await page.waitForSelector(question);
});

test("a file that was certain can be read otherwise, and put back", async (t) => {
  const page = await newPage(t);
  await open(page, "/import");
  const text = "order_id,customer_email,ordered_at,total\n1,a@example.com,2026-04-03,10\n2,b@example.com,2026-04-04,20\n";
  await chooseFiles(page, { name: "plain.csv", text });
  await page.click('[data-action="change-mapping"]');
  const option = (name) => page.locator(`${question} label:has-text("${name}") select`);
  await option("Between fields").selectOption("tab");
  await page.locator('[data-action="import-confirm"][disabled]').waitFor();
  await page.waitForFunction(() => document.querySelectorAll(".mapping__columns tbody tr").length !== 4);
  await option("Between fields").selectOption("comma");
  await page.waitForSelector(confirm);
  await page.waitForFunction(() => document.querySelectorAll(".mapping__columns tbody tr").length === 4);
  await option("Column names").selectOption("0");
  await page.waitForFunction(() => document.querySelector(".mapping__columns tbody th")?.textContent === "A");
  await page.click('[data-action="mapping-as-found"]');
  await page.waitForFunction(() => document.querySelector(".mapping__columns tbody th")?.textContent === "order_id");
  await page.waitForSelector(confirm);
  await page.click('[data-action="mapping-close"]');
  assert.equal(await page.locator(question).count(), 0);
  await page.click(confirm);
  assert.equal((await importSummary(page)).orders, 2);
});

test("of two changes in a row the last one counts, and a preview of a large file is there at once", async (t) => {
  const page = await newPage(t);
  await open(page, "/import");
  const rows = Array.from({ length: 300_000 }, (_, n) => `L${n},c${n % 9_000}@example.com,0${n % 9 + 1}/0${n % 8 + 1}/2026,19.90`);
  await chooseFiles(page, { name: "large.csv", bytes: Buffer.from(`order_id,customer_email,ordered_at,total\n${rows.join("\n")}\n`) });
  await page.click('[data-action="change-mapping"]', { timeout: 60_000 });
  await page.waitForTimeout(1_000);
  const dates = page.locator(`${question} label:has-text("Dates") select`);
  const other = (await dates.inputValue()) === "day_first" ? "month_first" : "day_first";
  const first = await dates.inputValue();
  await dates.selectOption(other);
  await page.waitForTimeout(700);
  await dates.selectOption(first);
  await page.waitForTimeout(60);
  await dates.selectOption(other);
  await page.waitForSelector(confirm, { timeout: 60_000 });
  assert.equal(await dates.inputValue(), other);
  const previews = await page.evaluate(() => performance.getEntriesByName("preview").map((it) => Math.round(it.duration)));
  console.log(`previews of ${rows.length} rows: ${previews.join(", ")} ms`);
  await page.click(confirm);
  assert.equal((await importSummary(page)).orders, 300_000);
});

test("a table is pasted from a spreadsheet, and from a web page", async (t) => {
  const page = await newPage(t, { expected: /Executing inline event handler violates/ });
  await open(page, "/import");
  const paste = (type, text) =>
    page.evaluate(
      ([type, text]) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData(type, text);
        document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      },
      [type, text],
    );
  const cells = (numbers) => [["Order ID", "Email", "Date", "Total"], ...numbers.map((n) => [n, `c${n}@example.com`, "2026-01-05", "10.00"])];
  await paste("text/plain", cells([1, 2]).map((row) => row.join("\t")).join("\n"));
  await page.locator('[data-import-file="Pasted table"]').waitFor();
  await page.click(confirm);
  assert.equal((await importSummary(page)).new, 2);
  await open(page, "/import");
  const row = (cells) => `<tr>${cells.map((it) => `<td>${it}</td>`).join("")}</tr>`;
  await paste("text/html", `<table>${cells([3, 4, 5]).map(row).join("")}</table><img src=x onerror="throw 1">`);
  await page.locator('[data-import-file="Pasted table"]').waitFor();
  await page.click(confirm);
  assert.equal((await importSummary(page)).new, 3);
});

test("an import of the past has its page, with what was not used and the way back", async (t) => {
  const page = await newPage(t);
  await open(page);
  const bad = `${shop.file.text.trimEnd()}\n=A9+1,x@example.com,soon,1.00,USD,paid,web\n`;
  await importFiles(page, { name: "with-bad-row.csv", text: bad });
  await open(page, "/import");
  await page.click('.batches a:has-text("with-bad-row.csv")');
  await page.waitForURL(/[?&]batch=\d+/);
  await page.locator("[data-import-batch]").waitFor();
  await page.reload();
  await ready(page);
  const csv = (await download(page, "export-csv")).bytes.toString("utf8");
  assert.match(csv, /soon/);
  assert.match(csv, /"'=A9\+1/, "no cell is a formula");
  await assertAccessible(page, "the page of an import");
  await page.click('[data-action="import-undo"]');
  await page.locator('[data-action="import-undo"]').waitFor({ state: "detached" });
  await open(page, "/");
  assert.equal(await page.locator('[data-action="load-sample"]').count(), 1, "empty again");
});

test("an import that did not come to its end is told at the next start", async (t) => {
  const page = await newPage(t);
  await open(page, "/import");
  const tab = await page.context().newPage();
  await open(tab, "/import");
  await chooseFiles(tab, shop.file);
  await tab.waitForSelector(confirm);
  // While the tab is there it is at it.
  await open(page, "/import");
  await page.waitForTimeout(300);
  assert.equal(await page.locator("[data-import-interrupted]").count(), 0);
  await tab.close();
  await open(page, "/import");
  const told = page.locator("[data-import-interrupted]");
  await told.waitFor();
  assert.match(await told.innerText(), /orders\.csv/);
  await page.click('[data-action="dismiss-interrupted"]');
  await told.waitFor({ state: "detached" });
  await open(page, "/import");
  await page.waitForTimeout(300);
  assert.equal(await told.count(), 0);
  // One that is stored is none.
  await importFiles(page, shop.file);
  await open(page, "/");
  await page.waitForTimeout(300);
  assert.equal(await told.count(), 0);
});
