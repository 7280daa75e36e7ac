// Files as merchants have them, good and bad: what is understood, what is refused and in which
// words, and that nothing which is stored already is ever harmed.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import {
  NO_WORKER, browserForTests, chooseFiles, download, importFiles, importSummary, open, ready,
} from "./support.mjs";
import { shop } from "./shop.mjs";

const newPage = browserForTests({ shared: true });
const data = new URL("../../crates/ingest/tests/data/", import.meta.url);
const fixture = async (name) => ({ name, bytes: await readFile(new URL(name, data)) });

for (const language of ["en-US", "zh-CN"]) {
  test(`a Shopify export gives the shop's own figures (${language})`, async (t) => {
    const page = await newPage(t, { language });
    await open(page);
    const summary = await importFiles(page, await fixture("syn_shopify_orders.csv"));
    assert.equal(summary.orders, 300);
    assert.equal(summary.customers, 143);
    assert.equal(summary.rejected, 0);
    const report = await reportOf(page, "2026-10-31");
    // The file's offsets say New York; this browser says something else.
    assert.equal(report.time_zone, "America/New_York");
    assert.equal(report.currency, "USD");
    assert.equal(report.totals.orders, 300);
    assert.equal(report.totals.valid_orders, 268);
    assert.equal(report.totals.customers, 143);
    assert.equal(report.totals.buyers, 133);
    assert.equal(report.totals.gross, "13353.77");
    assert.equal(report.totals.net, "13105.13");
    assert.equal(report.totals.first_order, "2025-05-01");
    assert.equal(report.totals.last_order, "2026-10-31");
    assert.equal(report.rfm.scored, 133);
    const groups = Object.values(report.rfm.groups).reduce((sum, count) => sum + count, 0);
    assert.equal(groups, 133, "every scored customer is in exactly one group");
  });
}

test("good rows are kept, bad ones are listed with line and reason", async (t) => {
  const page = await newPage(t);
  await open(page);
  const rows = [
    "order_id,customer_email,ordered_at,total,currency,status,channel",
    "B1,ann@example.com,2026-01-05 10:00:00,20.00,USD,paid,web",
    "B2,ann@example.com,,20.00,USD,paid,web",
    "B3,ann@example.com,2026-02-30 10:00:00,20.00,USD,paid,web",
    "B4,ann@example.com,2026-01-07 10:00:00,,USD,paid,web",
    "B5,ann@example.com,2026-01-08 10:00:00,20.00,USD,paid,web,too,many",
    "B6,ben@example.com,2026-01-09 10:00:00,-5.00,USD,paid,web",
    "B7,ben@example.com,2026-01-10 10:00:00,30.00,EUR,paid,web",
    "B8,ben@example.com,2026-01-11 10:00:00,40.00,USD,paid,web",
  ];
  await chooseFiles(page, { name: "bad-rows.csv", text: rows.join("\n") });
  const csv = await download(page, "export-csv");
  const lines = csv.bytes.toString("utf8").split("\r\n");
  assert.equal(lines.length, 1 + 4 + 1, "a head, four rows, and the last line's end");
  await page.click('[data-action="import-confirm"]:not([disabled])');
  const summary = await importSummary(page);
  assert.deepEqual([summary.orders, summary.rejected], [3, 4]);
  const report = await reportOf(page, "2026-01-31");
  assert.equal(report.totals.net, "55.00", "a refund counts; euros and dollars are never added");
});

const WAYS_BACK = {
  "by the button": (page) => page.locator('[data-action="import-undo"]').first().click(),
  "by Ctrl Z": (page) => page.keyboard.press("Control+z"),
};

for (const [way, takeBack] of Object.entries(WAYS_BACK)) {
  test(`an import is taken back ${way}, and the file can come again`, async (t) => {
    const page = await newPage(t);
    await open(page);
    await importFiles(page, shop.file);
    await page.locator('.toast [data-action="import-undo"]').waitFor();
    await takeBack(page);
    await page.waitForSelector('[data-action="load-sample"]');
    await page.reload();
    await ready(page);
    assert.equal(await page.locator('[data-action="load-sample"]').count(), 1, "still empty");
    const again = await importFiles(page, shop.file);
    assert.equal(again.new, shop.orders);
  });
}

test("another shop's order numbers are asked about, and both shops are kept", async (t) => {
  const page = await newPage(t);
  await open(page);
  await importFiles(page, shop.file);
  await open(page, "/import");
  const other = shop.file.text.replaceAll("@example.com", "@shop.test").replaceAll("2026-", "2025-");
  await chooseFiles(page, { name: "other.csv", text: other });
  await page.waitForSelector('[data-import-question][data-code="other_shop"]');
  await page.click('[data-action="import-confirm"]');
  await page.waitForSelector("[data-import-summary]");
  const report = await reportOf(page, shop.asOf);
  assert.equal(report.totals.orders, 2 * shop.orders);
});

test("text in a file is never a page: nothing runs, and exports are safe", async (t) => {
  const page = await newPage(t);
  let dialogs = 0;
  page.on("dialog", () => (dialogs += 1));
  await open(page);
  await importFiles(page, await fixture("syn_csv_injection.csv"));
  await open(page, "/customers?as_of=2026-10-31");
  await page.getByText("<img src=x onerror=alert(1)>").first().waitFor();
  assert.equal(await page.locator('img[src="x"]').count(), 0);
  await open(page, "/data?as_of=2026-10-31");
  const { bytes } = await download(page, "export-scores");
  const text = bytes.toString("utf8");
  assert.ok(text.includes(`"'=HYPERLINK(""http://example.invalid"")"`), text);
  assert.ok(text.includes("'-Minus Name"));
  assert.equal(dialogs, 0);
});

test("nothing leaves the device", async (t) => {
  const page = await newPage(t);
  const foreign = [];
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    const own = origin === new URL(page.url()).origin || page.url() === "about:blank";
    if (!own && protocol !== "blob:") foreign.push(request.url());
    if (request.method() !== "GET") foreign.push(`${request.method()} ${request.url()}`);
  });
  await open(page);
  await importFiles(page, shop.file);
  await open(page, "/rfm");
  assert.deepEqual(foreign, []);
});

test("a tab that is closed in the middle of an import leaves all of it or nothing", async (t) => {
  const page = await newPage(t);
  await open(page);
  const rows = ["order_id,customer_email,ordered_at,total,currency,status,channel"];
  for (let n = 0; n < 120_000; n += 1) {
    const day = String((n % 28) + 1).padStart(2, "0");
    rows.push(`K${n},c${n % 9000}@example.com,2026-03-${day} 10:00:00,10.00,USD,paid,web`);
  }
  const file = { name: "large.csv", text: rows.join("\n") };
  for (const wait of [0, 40, 120]) {
    const tab = await page.context().newPage();
    await open(tab, "/import");
    await chooseFiles(tab, file);
    await tab.click('[data-action="import-confirm"]:not([disabled])');
    await tab.waitForTimeout(wait);
    await tab.close();
    const look = await page.context().newPage();
    const { totals } = await reportOf(look, "2026-03-31");
    assert.ok([0, 120_000].includes(totals.orders), `${totals.orders} orders after ${wait} ms`);
    await look.close();
  }
});

async function reportOf(page, asOf) {
  await open(page, `/data?as_of=${asOf}`);
  const { bytes } = await download(page, "export-report");
  return JSON.parse(bytes.toString("utf8"));
}

/** A file that takes a while to be read. */
function large() {
  const rows = Array.from({ length: 400_000 }, (_, n) => `L${n},c${n % 9_000}@example.com,2026-0${n % 9 + 1}-11,19.90`);
  const text = `order_id,customer_email,ordered_at,total\n${rows.join("\n")}\n`;
  return { name: "large.csv", bytes: Buffer.from(text) };
}

test("another language in the middle of a reading loses nothing of it", async (t) => {
  const page = await newPage(t);
  await open(page, "/import");
  await chooseFiles(page, large());
  await page.waitForSelector('[data-action="import-stop"]');
  await page.click('[data-action="switch-language"]');
  await page.waitForSelector('html[lang="zh-CN"]', { state: "attached" });
  await page.click('[data-action="import-confirm"]:not([disabled])');
  await page.click('[data-action="switch-language"]');
  const summary = await importSummary(page);
  assert.equal(summary.orders, 400_000);
});

test("a reading is stopped at once, and the next file is read as if nothing had been", async (t) => {
  const page = await newPage(t);
  await open(page, "/import");
  await chooseFiles(page, large());
  const stop = page.locator('[data-action="import-stop"]');
  await stop.waitFor();
  const started = Date.now();
  await stop.click();
  await stop.waitFor({ state: "detached" });
  assert.ok(Date.now() - started < 1_000, `stopped after ${Date.now() - started} ms`);
  assert.equal(await page.locator("[data-import-file]").count(), 0);
  const summary = await importFiles(page, shop.file);
  assert.equal(summary.rejected, 0);
});

test("a reader that cannot be loaded is told, and loaded at the next try", async (t) => {
  const page = await newPage(t, NO_WORKER);
  await page.context().route(/reader-.*\.wasm/, (route) => route.abort());
  await open(page, "/import");
  await chooseFiles(page, shop.file);
  const failed = page.locator('[data-import-error][data-code="reader_stopped"]');
  await failed.waitFor();
  await page.context().unroute(/reader-.*\.wasm/);
  const summary = await importFiles(page, shop.file);
  assert.equal(summary.rejected, 0);
});

test("what changes money is told in the open, before anything is stored", async (t) => {
  const page = await newPage(t);
  await open(page);
  const text =
    "order,Email,Day,Amount,Item\n" +
    "1,ann@example.com,2026-10-01,10,tea\n1,ann@example.com,2026-10-01,20,pot\n" +
    "2,ben@example.com,2026-10-02,5,cup\n3,ben@example.com,2026-10-03,soon,cup\n";
  await chooseFiles(page, { name: "lines.csv", text });
  await page.locator('[data-warning="line_amounts_added"]').waitFor({ state: "visible" });
  assert.ok(await page.locator('[data-warning="no_time_zone"]').isHidden(), "a note is closed");
  const card = await page.locator("[data-import-file]").innerText();
  assert.ok(card.includes("35.00"), card);
  assert.ok(card.includes("Amount “soon”"), card);
  assert.match(await page.locator('[data-action="import-confirm"]').innerText(), /2/);
  await page.click('[data-action="import-confirm"]');
  assert.equal((await importSummary(page)).new, 2);
  // The same again: nothing to confirm, and the button says so.
  await open(page, "/import");
  await chooseFiles(page, { name: "lines.csv", text });
  const button = page.locator('[data-action="import-confirm"]');
  await button.waitFor();
  assert.doesNotMatch(await button.innerText(), /\d/);
  assert.ok(await page.locator('[data-action="import-cancel"]').isHidden());
  await button.click();
  assert.equal((await importSummary(page)).identical, 2);
});

test("names are customers if the user says so", async (t) => {
  const page = await newPage(t);
  await open(page);
  const text = "order,Day,Amount,Customer\n1,2026-10-01,10,Ann Lee\n2,2026-10-02,20,ann lee\n";
  await chooseFiles(page, { name: "names.csv", text });
  await page.locator('[data-import-question][data-code="identity"] input[value="names"]').check();
  await page.locator('[data-import-question] input[value="names"]:checked').waitFor();
  await page.click('[data-action="import-confirm"]:not([disabled])');
  assert.equal((await importSummary(page)).customers, 1);
});
