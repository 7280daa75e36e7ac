// The first day with the program: a file goes in, the dashboard comes out, a reload keeps it all,
// and the figures can be taken along. In both languages.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { browserForTests, download, importFiles, open, ready } from "./support.mjs";
import { shop } from "./shop.mjs";

const newPage = browserForTests();

const LANGUAGES = [
  { language: "en-US", code: "en" },
  { language: "zh-CN", code: "zh-CN" },
];

for (const { language, code } of LANGUAGES) {
  describe(`in ${code}`, () => {
    test("a browser's language is the page's, and the address can say otherwise", async (t) => {
      const page = await newPage(t, { language });
      await open(page);
      assert.equal(await page.getAttribute("html", "lang"), code);
      const other = code === "en" ? "zh-CN" : "en";
      await open(page, `/?lang=${other}`);
      assert.equal(await page.getAttribute("html", "lang"), other);
    });

    test("import, dashboard, reload, export", async (t) => {
      const page = await newPage(t, { language });
      await open(page);
      const summary = await importFiles(page, shop.file);
      assert.deepEqual(
        { orders: summary.orders, new: summary.new, rejected: summary.rejected },
        { orders: shop.orders, new: shop.orders, rejected: 0 },
      );
      assert.equal(summary.customers, shop.customers);

      await open(page, `/?as_of=${shop.asOf}&from=2026-01-01&to=${shop.asOf}`);
      await assertDashboard(page);
      const before = await report(page);

      await page.reload();
      await ready(page);
      const after = await report(page);
      assert.equal(after.text, before.text, "the report after a reload, byte for byte");
      assertFigures(before.report);
    });

    test("the scores are a table that Excel opens", async (t) => {
      const page = await newPage(t, { language });
      await open(page);
      await importFiles(page, shop.file);
      await open(page, `/data?as_of=${shop.asOf}`);
      const { name, bytes } = await download(page, "export-scores");
      assert.equal(name, "customer-scores.csv");
      assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], "a byte order mark");
      const lines = bytes.toString("utf8").slice(1).split("\r\n");
      assert.equal(lines.pop(), "", "every line ends in CRLF");
      const header = lines.shift().split(",");
      assert.equal(header[0], "customer_id");
      assert.equal(lines.length, shop.customers);
      const email = header.indexOf("email");
      const ana = lines.map((line) => line.split(",")).find((row) => row[email] === "ana@example.com");
      assert.equal(ana[header.indexOf("frequency")], "3");
      assert.equal(ana[header.indexOf("recency_days")], "19", "11 to 30 June");
      assert.equal(ana[header.indexOf("last_order")].slice(0, 10), "2026-06-11");
    });
  });
}

test("the same file twice changes nothing", async (t) => {
  const page = await newPage(t);
  await open(page);
  await importFiles(page, shop.file);
  await open(page, "/import");
  const again = await importFiles(page, shop.file);
  assert.deepEqual(
    { new: again.new, updated: again.updated, identical: again.identical },
    { new: 0, updated: 0, identical: shop.orders },
  );
});

test("a file without a row is refused in words, and nothing is stored", async (t) => {
  const page = await newPage(t);
  const cases = [
    ["empty.csv", "", "empty_file"],
    ["header.csv", shop.file.text.split("\n")[0] + "\n", "header_only"],
  ];
  for (const [name, text, code] of cases) {
    await open(page);
    await page.setInputFiles("#import-file", { name, mimeType: "text/csv", buffer: Buffer.from(text) });
    const refusal = page.locator(`[data-import-error][data-code="${code}"]`);
    await refusal.waitFor();
    assert.ok((await refusal.innerText()).trim().length > 10, `${name}: a sentence`);
    await open(page);
    assert.equal(await page.locator("#import-file").count(), 1, `${name}: still the first run`);
  }
});

async function assertDashboard(page) {
  const text = await page.locator("main").innerText();
  assert.ok(text.includes("167.75") || text.includes("168"), `net sales on the overview: ${text}`);
}

async function report(page) {
  await open(page, `/data?as_of=${shop.asOf}`);
  const { name, bytes } = await download(page, "export-report");
  assert.equal(name, "analysis-report.json");
  const text = bytes.toString("utf8");
  return { text, report: JSON.parse(text) };
}

function assertFigures(report) {
  assert.equal(report.format, "regulars-report");
  assert.equal(report.as_of, shop.asOf);
  assert.equal(report.currency, "USD");
  const { totals, kpis } = report;
  assert.equal(totals.orders, shop.orders);
  assert.equal(totals.valid_orders, shop.validOrders);
  assert.equal(totals.customers, shop.customers);
  assert.equal(totals.buyers, shop.buyers);
  assert.equal(totals.net, shop.net);
  assert.ok(Math.abs(kpis.repeat_rate - shop.repeatRate) < 1e-9, `repeat rate ${kpis.repeat_rate}`);
  const groups = Object.values(report.rfm.groups);
  assert.equal(groups.reduce((sum, customers) => sum + customers, 0), report.rfm.scored);
}
