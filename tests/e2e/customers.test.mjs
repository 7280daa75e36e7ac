// The customer list: what it shows whole, how it sorts, and how it is filtered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, browserForTests, importFiles, loadSample, open, ready } from "./support.mjs";

const newPage = browserForTests({ shared: true });
const names = (page) => page.locator("[data-row] .grid-table__link").allInnerTexts();
const total = async (page) => Number(await page.getAttribute("[data-total]", "data-total"));

/** Presses the header of a column and waits for the list in its order. */
async function sortBy(page, header) {
  await page.getByRole("columnheader", { name: header }).getByRole("button").click();
  await page.waitForSelector(`[aria-sort]:not([aria-sort="none"]):has-text("${header}")`);
  await ready(page);
}

/** Customers of these names, who spent that much each. */
function customers(names, total = "20.00") {
  const rows = names.map(
    (name, at) => `N${at + 1},c${at}@example.com,${name},2026-0${at + 1}-05 10:00:00,${total},CNY,paid`,
  );
  const header = "order_id,customer_email,customer_name,ordered_at,total,currency,status";
  return { name: "orders.csv", text: [header, ...rows, ""].join("\n") };
}

test("names with numbers stand in the order of the numbers", async (t) => {
  const page = await newPage(t);
  await open(page);
  await importFiles(page, customers(["Customer 10", "customer 9", "Customer 2", "Ana"]));
  await open(page, "/customers");
  await sortBy(page, "Name");
  assert.deepEqual(await names(page), ["Ana", "Customer 2", "customer 9", "Customer 10"]);
});

for (const width of [1280, 1024, 900, 640]) {
  test(`no amount is cut off at ${width} px`, async (t) => {
    const page = await newPage(t, { viewport: { width, height: 800 } });
    await open(page);
    await importFiles(page, customers(["Ana", "Ben"], "12345678.90"));
    await open(page, "/customers");
    await page.locator("[data-row]").first().waitFor();
    const cut = await page.evaluate(() => {
      const edge = document.querySelector(".grid-table").getBoundingClientRect().right;
      const cells = [...document.querySelectorAll("[data-row] .grid-table__cell--number")];
      const shown = cells.filter((it) => it.getClientRects().length > 0);
      return shown
        .filter((it) => it.scrollWidth > it.clientWidth || it.getBoundingClientRect().right > edge)
        .map((it) => it.innerText);
    });
    assert.deepEqual(cut, []);
    assert.ok((await page.locator("[data-row]").first().innerText()).includes("¥12,345,678.90"));
  });
}

test("every column sorts, both ways", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/customers");
  for (const header of ["Contact", "Group", "RFM", "Tier"]) {
    await sortBy(page, header);
    const first = await page.locator('[data-row="0"]').innerText();
    await sortBy(page, header);
    await page.waitForFunction(
      (first) => document.querySelector('[data-row="0"]').innerText !== first,
      first,
    );
  }
});

test("filters are chosen on the list, kept in the address, and taken back by Back", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/customers");
  const everybody = await total(page);
  await page.selectOption('[data-filter="group"]', { label: "Loyal" });
  await page.waitForFunction((all) => Number(document.querySelector("[data-total]").dataset.total) < all, everybody);
  const loyal = await total(page);
  await page.selectOption('[data-filter="tier"]', "vip");
  await page.waitForFunction((all) => Number(document.querySelector("[data-total]").dataset.total) < all, loyal);
  assert.match(page.url(), /group=loyal/);
  assert.match(page.url(), /tier=vip/);
  await assertAccessible(page, "filtered list");
  const found = await total(page);
  await page.reload();
  await ready(page);
  assert.equal(await page.inputValue('[data-filter="group"]'), "loyal");
  assert.equal(await total(page), found);

  await page.goBack();
  await page.waitForSelector(`[data-total="${loyal}"]`);
  assert.equal(await page.inputValue('[data-filter="tier"]'), "");
  await page.click('[data-action="clear-filters"]');
  await page.waitForSelector(`[data-total="${everybody}"]`);
  assert.equal(await page.inputValue('[data-filter="group"]'), "");
  assert.equal(await page.evaluate(() => document.activeElement.id), "customer-search");

  await page.click('[data-filter="slipping"]');
  await page.waitForSelector('[data-filter="slipping"][aria-pressed="true"]');
  assert.match(page.url(), /slipping=1/);
});

test("the list is searched while typing: the letters between are never asked for, and Back leaves it", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/customers");
  const everybody = await total(page);
  const before = await page.evaluate(() => history.length);
  await page.evaluate(() => {
    const send = Worker.prototype.postMessage;
    globalThis.asked = 0;
    Worker.prototype.postMessage = function (...message) {
      globalThis.asked += 1;
      return send.apply(this, message);
    };
    const field = document.querySelector("#customer-search");
    field.focus();
    for (const end of [1, 2, 3, 4, 5]) {
      field.value = "silva".slice(0, end);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  await page.waitForFunction(() => location.search.includes("q=silva"));
  await page.waitForFunction((all) => Number(document.querySelector("[data-total]").dataset.total) < all / 20, everybody);
  const asked = await page.evaluate(() => globalThis.asked);
  // Of each the size of the list and its first stretch.
  assert.ok(asked <= 4, `the first letter and the last, not ${asked} questions`);
  assert.equal(await page.inputValue("#customer-search"), "silva");
  assert.equal(await page.evaluate(() => history.length), before, "no step of its own");
});
