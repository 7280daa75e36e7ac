// A shop whose warehouse has summed up the orders shows the customers that its orders show.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, browserForTests, importFiles, open } from "./support.mjs";

const newPage = browserForTests({ shared: true });

const DAY = 86_400_000;
const iso = (ms) => new Date(ms).toISOString().slice(0, 10);
const LAST = Date.parse("2026-10-31");

/** Orders of so many customers, oldest first: day and cents. */
const customers = Array.from({ length: 60 }, (_, at) => ({
  email: `c${String(at).padStart(2, "0")}@example.com`,
  orders: Array.from({ length: 1 + ((at * 7) % 6) }, (_, n) => ({
    at: LAST - ((at * 37) % 300) * DAY - n * (at % 4 === 0 && n < 2 ? 0 : 5 + (at % 40)) * DAY,
    cents: 1_000 + ((at * 13) % 97) * 100 + at + n,
  })).sort((a, b) => a.at - b.at),
}));

const orderFile = {
  name: "orders.csv",
  text: [
    "order_id,customer_email,ordered_at,total,currency,status",
    ...customers.flatMap(({ email, orders }, at) =>
      orders.map((it, n) => `S${at}-${n},${email},${iso(it.at)} 12:00:00,${(it.cents / 100).toFixed(2)},USD,paid`),
    ),
    "",
  ].join("\n"),
};

function summary({ email, orders }) {
  const gaps = orders.slice(1).map((it, n) => (it.at - orders[n].at) / DAY);
  const money = (some) => (some.reduce((sum, it) => sum + it.cents, 0) / 100).toFixed(2);
  const days = 1 + gaps.filter((gap) => gap > 0).length;
  const ofFirst = orders.filter((it) => it.at === orders[0].at);
  const [first, last] = [orders[0], orders.at(-1)].map((it) => iso(it.at));
  return [`W-${email.slice(0, 3)}`, email, "USD", "2026-10-31", first, last, orders.length, days, money(orders), money(ofFirst), gaps.join(" ")].join(",");
}

const summaryFile = {
  name: "summaries.csv",
  text: [
    "customer_id,email,currency,as_of_date,first_order_date,last_order_date,orders,purchase_days,net,first_day_net,order_gaps",
    ...customers.map(summary),
    "C99,,USD,2026-10-31,2026-09-01,2026-08-01,1,1,5.00,5.00,",
    "",
  ].join("\n"),
};

/** What the screens of customers say. */
async function shown(page) {
  const said = {};
  for (const [route, card] of [["/rfm", "#rfm-groups"], ["/tiers", "#pyramid"], ["/churn", "#register"]]) {
    await open(page, `${route}?as_of=2026-10-31`);
    said[card] = await page.locator(`${card} table`).first().innerText();
  }
  await open(page, "/customers?as_of=2026-10-31");
  await page.locator("[data-row]").nth(5).waitFor();
  said.customers = await page.locator("[data-row]").allInnerTexts();
  return said;
}

test("a file of summaries shows what the orders show, and says what it cannot", async (t) => {
  const [ofOrders, page] = [await newPage(t), await newPage(t)];
  await open(ofOrders, "/import");
  await importFiles(ofOrders, orderFile);
  const expected = await shown(ofOrders);

  await open(page, "/import");
  const found = await importFiles(page, summaryFile);
  assert.equal(found.rejected, 1, "last order before the first");
  const said = await shown(page);
  assert.deepEqual(said, expected);

  await open(page, "/rfm");
  await page.waitForSelector("[data-of-summaries]");
  for (const route of ["/cohorts", "/cross-sell", "/explore", "/reports", "/products", "/traits"]) {
    await open(page, route);
    await page.locator(".state--too-little h1", { hasText: "needs single orders" }).waitFor();
    await assertAccessible(page, route);
  }
  await open(page, "/?as_of=2026-10-01");
  const net = customers.flatMap((it) => it.orders).reduce((sum, it) => sum + it.cents, 0) / 100;
  const told = await page.locator("#kpi-net").innerText();
  assert.ok(told.replace(/[^\d]/g, "").includes(String(Math.round(net))), `${told}, not ${net}`);
  await page.locator(".topbar", { hasText: "day of the summaries" }).waitFor();
  await assertAccessible(page, "/");

  await open(page, "/customers?q=c08");
  await page.locator("[data-row] .grid-table__link").first().click();
  await page.locator("#orders [data-summed]", { hasText: "up to" }).waitFor();
});

test("summaries are taken back as any import", async (t) => {
  const page = await newPage(t);
  await open(page, "/import");
  await importFiles(page, orderFile);
  await open(page, "/import");
  await importFiles(page, summaryFile);
  await open(page, "/cohorts");
  await page.locator(".state--too-little").waitFor();
  await open(page, "/import");
  await page.locator('[data-action="import-undo"]').first().click();
  await page.locator(".toast").waitFor();
  await open(page, "/cohorts");
  await page.locator("#cohorts").waitFor();
});
