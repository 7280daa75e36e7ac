// Shops of a few orders, or of none but answers: what is missing is said, and nothing is drawn of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, browserForTests, importFiles, loadSample, open } from "./support.mjs";

const newPage = browserForTests({ shared: true });

const HEADER = "order_id,customer_email,ordered_at,total,currency,status,product_name,quantity,price";
const order = (at) => `${at},c${at}@example.com,2026-08-0${at + 1} 10:00:00,20.00,USD,paid,Tea ${at},1,20.00`;
const orders = (count) => ({
  name: "orders.csv",
  text: [HEADER, ...Array.from({ length: count }, (_, at) => order(at)), ""].join("\n"),
});

for (const count of [1, 6]) {
  test(`no axes or tables of nothing with first orders alone (${count})`, async (t) => {
    const page = await newPage(t);
    await open(page, "/import");
    await importFiles(page, orders(count));
    for (const [route, card] of [["/churn", "#waiting"], ["/churn", "#churn-months"], ["/cohorts", "#cohorts"], ["/cross-sell", "#rules"]]) {
      await open(page, route);
      await page.waitForSelector(`${card}[data-too-little]`);
      assert.equal(await page.locator(`${card} :is(canvas, table, .heat-map)`).count(), 0, card);
      assert.ok((await page.locator(`${card} .card__note`).innerText()).length > 20, card);
      await assertAccessible(page, route);
    }
    await open(page, "/value");
    assert.equal(await page.locator("main :is(canvas, table)").count(), 0, "value");
  });
}

test("answers without orders name nobody and say how they get names", async (t) => {
  const page = await newPage(t);
  await open(page, "/import");
  const rows = [1, 2, 3].map((at) => `${at},s${at}@example.com,2026-08-0${at} 10:00:00,${at},${at}`);
  await importFiles(page, { name: "survey.csv", text: ["response_id,email,submitted_at,overall,nps", ...rows, ""].join("\n") });
  await open(page, "/satisfaction");
  await page.locator("#detractors .card__note", { hasText: "import the order export" }).waitFor();
  assert.equal(await page.locator("#detractors thead th").count(), 3, "neither names nor money");
});

test("orders that name nobody are told from no orders, and how they get names", async (t) => {
  const page = await newPage(t);
  await open(page, "/import");
  const rows = [1, 2, 3].map((at) => `${at},2026-08-0${at} 10:00:00,20.00,USD,paid`);
  await importFiles(page, { name: "orders.csv", text: ["order_id,ordered_at,total,currency,status", ...rows, ""].join("\n") });
  for (const route of ["/rfm", "/tiers", "/lifecycle", "/cohorts", "/churn"]) {
    await open(page, route);
    await page.locator("h1", { hasText: "The orders name no customer" }).waitFor();
    assert.match(await page.locator(".state__text").innerText(), /^3 orders up to this day.*e-mail address/);
  }
  await assertAccessible(page, "orders without customers");
  await page.click('[data-action="name-customers"]');
  await page.waitForURL(/\/import/);
  // Before the first order it is the day that says why.
  await open(page, "/rfm?as_of=2026-07-01");
  await page.locator("h1", { hasText: "Nobody can be scored yet" }).waitFor();
});

test("what is not over is said above the chart", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/reports?as_of=2026-08-15");
  await page.locator("#mix-trend [data-lack]", { hasText: "not over yet" }).waitFor();
  await open(page, "/reports?as_of=2026-08-31");
  await page.waitForSelector("#mix-trend canvas");
  assert.equal(await page.locator("#mix-trend [data-lack]").count(), 0, "the month is over");
});

test("on a telephone a row is a card, and a column that is understood is a line", async (t) => {
  const page = await newPage(t, { viewport: { width: 360, height: 740 } });
  await loadSample(page);
  await open(page, "/rfm");
  const row = page.locator("#rfm-groups tbody tr").first();
  assert.equal(await row.evaluate((it) => getComputedStyle(it).display), "grid");
  const label = await row.locator("td[data-label]").first().evaluate((it) => getComputedStyle(it, "::before").content);
  assert.match(label, /Customers/);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wider <= 0, `${wider} px`);
});
