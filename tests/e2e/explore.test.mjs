// Tables of orders, reports and the list of products: known answers from a small file, agreement with
// the first screen, and the customers behind every cell.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { assertAccessible, browserForTests, importFiles, loadSample, open, ready } from "./support.mjs";

const newPage = browserForTests({ shared: true });

const HEADER =
  "order_id,customer_email,ordered_at,total,refunded,currency,status,channel,country,product_name,quantity,price";
/** Ana buys in January twice and in February; Ben in both; Cay cancels; one order is nobody's. */
const ORDERS = [
  "1,ana@example.com,2026-01-05 09:30:00,100.00,0.00,USD,paid,web,US,Tea,1,100.00",
  "2,ana@example.com,2026-01-11 09:59:59,50.00,10.00,USD,paid,app,US,Pot,1,50.00",
  "3,ben@example.com,2026-01-12 23:00:00,30.00,0.00,USD,paid,web,FR,Tea,1,30.00",
  "4,ben@example.com,2026-02-02 00:00:00,70.00,0.00,USD,paid,web,FR,Cup,2,35.00",
  "5,cay@example.com,2026-02-03 09:00:01,20.00,0.00,USD,cancelled,app,FR,Tea,1,20.00",
  "6,,2026-02-03 10:00:00,40.00,0.00,USD,paid,app,,Pot,1,40.00",
  "7,ana@example.com,2026-02-10 12:00:00,60.00,0.00,USD,paid,web,US,Tea,2,30.00",
];
const FILE = { name: "orders.csv", text: [HEADER, ...ORDERS, ""].join("\n") };
const LENS = "as_of=2026-02-28&from=2026-01-01&to=2026-02-28";

async function shop(t, options) {
  const page = await newPage(t, options);
  await open(page, "/import");
  await importFiles(page, FILE);
  return page;
}

const sum = (numbers) => numbers.reduce((sum, it) => sum + it, 0);
/** What a row of the list has, by its places; sums stand after the last slice. */
const rowsOf = (page) =>
  page.locator("#explore-table [data-row]").evaluateAll((rows) =>
    rows.map((it) => ({
      name: it.querySelector("th").innerText.trim(),
      depth: Number(it.dataset.depth),
      orders: Number(it.dataset.orders),
      customers: Number(it.dataset.customers),
      net: Number(it.dataset.net),
    })),
  );

async function listed(page) {
  await page.waitForURL(/\/customers/);
  return Number(await page.locator("[data-total]").getAttribute("data-total"));
}

/** A file that a button hands over, as rows of cells without commas in them. */
async function saved(page, button) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.click(button)]);
  const text = await readFile(await file.path(), "utf8");
  return text.replace("\u{feff}", "").trim().split("\r\n").map((line) => line.split(","));
}

for (const language of ["en-US", "zh-CN"]) {
  test(`orders by month and channel add up to the overview (${language})`, async (t) => {
    const page = await shop(t, { language });
    await open(page, `/explore?${LENS}&layout=list&by=month,channel`);
    const rows = await rowsOf(page);
    assert.deepEqual(
      rows.map(({ depth, orders, customers, net }) => [depth, orders, customers, net]),
      [
        [1, 3, 2, 17000],
        [2, 2, 2, 13000],
        [2, 1, 1, 4000],
        [1, 3, 2, 17000],
        [2, 2, 2, 13000],
        [2, 1, 0, 4000],
        [0, 6, 2, 34000],
      ],
    );
    const csv = await saved(page, '#explore-table [data-action="export-csv"]');
    assert.equal(csv.length, 1 + 9, "every cell with its sums");
    assert.ok(csv.some((row) => row[2] === "340.00" && row[3] === "6"), String(csv));
    await page.reload();
    await ready(page);
    assert.equal((await rowsOf(page)).length, 7, "it stands in the address");
    await assertAccessible(page, "explore as a list");
    await open(page, `/?${LENS}`);
    assert.match(await page.locator("#kpi-net .figure__value").innerText(), /340/);
  });
}

test("dimensions are turned, filtered and sorted, and the sum stays what it is", async (t) => {
  const page = await shop(t);
  await open(page, `/explore?${LENS}&layout=list&by=month,channel`);
  const total = async () => (await rowsOf(page)).at(-1);
  const before = await total();
  await page.click('[data-action="turn"]');
  await page.waitForURL(/by=channel%2Cmonth|by=channel,month/);
  await page.waitForFunction(() => document.querySelector("#explore-table tbody th").innerText === "web");
  assert.deepEqual(await total(), before);
  // The third dimension.
  await page.selectOption('[data-by="2"]', "country");
  await page.waitForSelector('#explore-table [data-depth="3"]');
  assert.deepEqual(await total(), before);
  await page.click('[data-sort="orders"]');
  await page.waitForURL(/sort=orders/);
  assert.equal(await page.locator('#explore-table th[aria-sort="descending"]').count(), 1);
  // Only what was sold through the app.
  await page.selectOption("[data-only-what]", "channel");
  await page.selectOption("[data-only-which]", "channel='app");
  await page.waitForURL(/only=/);
  await page.waitForFunction(() => document.querySelector(".headline__sub").dataset.net === "8000");
  assert.equal((await total()).orders, 2);
  await page.reload();
  await ready(page);
  assert.equal((await total()).net, 8000);
  await page.click('[data-only="channel"]');
  await page.waitForFunction(() => document.querySelector(".headline__sub").dataset.net === "34000");
});

test("figures are taken and left, at most six", async (t) => {
  const page = await shop(t);
  await open(page, `/explore?${LENS}&by=month`);
  for (const name of ["new", "refunds"]) await page.click(`[data-measure="${name}"]`);
  await page.waitForURL(/show=.*refunds/);
  assert.equal(await page.locator('[data-measure="gross"]').isDisabled(), true);
  const heads = await page.locator("#explore-table thead th").allInnerTexts();
  assert.equal(heads.length, 7, String(heads));
  await page.selectOption("[data-main]", "new");
  await page.waitForURL(/show=new/);
  await page.waitForFunction(() => /New customers/.test(document.querySelector("#explore-picture h2").innerText));
});

test("what nobody has chosen is told by files without channels too", async (t) => {
  const page = await newPage(t);
  await open(page, "/import");
  const lines = FILE.text.split("\n").map((it) => it.split(",").filter((_, at) => at !== 7).join(","));
  await importFiles(page, { name: "orders.csv", text: lines.join("\n") });
  await open(page, `/explore?${LENS}&layout=list`);
  const parts = (await rowsOf(page)).filter((it) => it.depth === 2);
  assert.deepEqual(parts.map((it) => it.name).slice(0, 2).sort(), ["New", "Returning"]);
});

test("every cell opens the customers who have an order in it", async (t) => {
  const page = await shop(t);
  await open(page, `/explore?${LENS}&layout=list`);
  const rows = await rowsOf(page);
  for (let at = 0; at < rows.length; at += 1) {
    if (rows[at].customers === 0) continue;
    await page.locator("#explore-table [data-row]").nth(at).locator("a").click();
    assert.equal(await listed(page), rows[at].customers, rows[at].name);
    await page.locator('[data-filter="behind"]', { hasText: "Ordered" }).waitFor();
    await page.goBack();
    await page.waitForSelector("#explore-table");
  }
});

test("the map of weekdays and hours has every order, and says who has no time", async (t) => {
  const page = await shop(t);
  await open(page, `/explore?${LENS}`);
  await page.click('[data-starter="hours"]');
  await page.waitForURL(/by=weekday/);
  await page.waitForFunction(() => /clock/.test(document.querySelector(".headline__sub").innerText));
  assert.match(await page.locator(".headline__sub").innerText(), /1 order has a day and no time/);
  const titles = await page.locator("#explore-table .heat-map__cell:not(.heat-map__cell--total):not(.heat-map__cell--none)")
    .evaluateAll((cells) => cells.map((it) => it.title));
  assert.equal(sum(titles.map((it) => Number(it.split(": ")[1].split(" ")[0]))), 6, String(titles));
  assert.ok(titles.some((it) => it.startsWith("Mon × 09: 1")), String(titles));
  await assertAccessible(page, "weekdays and hours");
  await page.selectOption('[data-by="1"]', "");
  await page.waitForURL(/by=weekday(&|$)/);
});

test("an empty choice says why and leads out of it", async (t) => {
  const page = await shop(t);
  await open(page, "/explore?as_of=2026-02-28&from=2020-01-01&to=2020-01-31");
  assert.match(await page.locator(".state").innerText(), /Jan 2026/);
  await page.click('[data-action="all-time"]');
  await page.waitForSelector("#explore-table");
  const empty = await newPage(t);
  await open(empty, "/explore");
  assert.match(await empty.locator("main").innerText(), /No orders yet/);
});

test("the bridge adds up, and new and repeat orders are all orders", async (t) => {
  const page = await shop(t);
  await open(page, "/reports?as_of=2026-02-28&from=2026-02-01&to=2026-02-20");
  const change = page.locator("#bridge-table [data-change]");
  const of = async (name) => Number(await change.getAttribute(`data-${name}`));
  const effects = await page.locator("#bridge-table [data-effect]").evaluateAll((rows) =>
    rows.map((it) => Number(it.dataset.effect)));
  assert.equal(sum(effects), await of("change"));
  assert.equal((await of("after")) - (await of("before")), await of("change"));
  const parts = await page.locator("#relation [data-part]").evaluateAll((rows) =>
    rows.map((it) => [it.dataset.part, Number(it.dataset.net)]));
  assert.deepEqual(parts, [["repeat", 13000], ["new", 0], ["unknown", 4000], ["all", 17000]]);
  // The shares are of what the index is of: known customers.
  assert.deepEqual(await page.locator("#relation [data-share]").allInnerTexts(), ["100.0%", "0.0%", "–"]);
  await page.locator('#relation [data-part="repeat"] a').click();
  assert.equal(await listed(page), 2);
  await page.goBack();
  await page.waitForSelector("#bridge");
  await assertAccessible(page, "reports");
  const csv = await saved(page, '#bridge [data-action="export-csv"]');
  assert.ok(csv.length >= 6, String(csv));
  await open(page, "/reports?as_of=2026-02-28&from=2026-02-01&to=2026-02-28&compare=off&lang=zh-CN");
  assert.match(await page.locator("#bridge").innerText(), /对比时段/);
});

test("the list of products is sorted, searched and leads to each page", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/products");
  const buyers = () => page.locator("#products [data-product] td:nth-child(2)").allInnerTexts();
  const numbers = (await buyers()).map((it) => Number(it.replace(/\D/g, "")));
  assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a));
  await page.click('#products [data-sort="again"]');
  await page.waitForURL(/sort=again/);
  const shares = await page.locator("#products [data-product] td:nth-child(4)").allInnerTexts();
  const values = shares.filter((it) => it !== "–").map((it) => parseFloat(it));
  assert.deepEqual(values, [...values].sort((a, b) => b - a));
  const row = page.locator("#products [data-product]").first();
  const name = await row.locator("a").innerText();
  await page.fill("#product-search", name.toUpperCase());
  await page.waitForURL(/q=/);
  assert.ok((await page.locator("#products [data-product]").count()) >= 1);
  await assertAccessible(page, "products");
  await page.locator("#products [data-product] a").first().click();
  await page.waitForURL(/\/product\?id=/);
  await page.waitForFunction((name) => document.querySelector("h1").innerText.includes(name), name);
});

test("of very many products it is said which are listed", async (t) => {
  const page = await newPage(t, { language: "zh-CN" });
  const rows = Array.from({ length: 2_030 }, (_, n) => `${n},c@example.com,2026-01-05,5.00,USD,paid,S${n},No ${n},1,5.00`);
  const header = "order_id,customer_email,ordered_at,total,currency,status,sku,product_name,quantity,price";
  await open(page, "/import");
  await importFiles(page, { name: "orders.csv", text: [header, ...rows].join("\n") });
  await open(page, "/products");
  const note = await page.locator("#products .card__note").innerText();
  assert.match(note, /2,030.*2,000/);
  assert.equal(await page.locator("[data-products]").getAttribute("data-products"), "2030");
});
