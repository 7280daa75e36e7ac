// Acts on whole lists, the churn register, whom to win back, and the product page.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assertAccessible, browserForTests, importFiles, loadSample, open, ready } from "./support.mjs";

const newPage = browserForTests({ shared: true });
const numberOf = (text) => Number(text.replace("−", "-").replace(/[^\d.-]/g, ""));

/** How many customers the list says it has. */
async function listed(page) {
  await page.waitForSelector("main [data-total]");
  return Number(await page.locator("main [data-total]").getAttribute("data-total"));
}

/** Waits until the list has so many customers. */
async function listedNow(page, total) {
  await page.waitForSelector(`main [data-total="${total}"]`);
}

async function tagAll(page, scope, tag) {
  await page.locator(`${scope} [data-action="list-acts"]`).click();
  await page.locator(".acts input").first().fill(tag);
  await page.click('[data-action="act-tag"]');
}

const file = (name) => fileURLToPath(new URL(`../../crates/ingest/tests/data/${name}`, import.meta.url));

for (const language of ["en-US", "zh-CN"]) {
  test(`everybody of a list is tagged, kept over a reload, and untagged in one click (${language})`, async (t) => {
    const page = await newPage(t, { language });
    await loadSample(page);
    await open(page, "/customers?group=champions");
    const champions = await listed(page);
    assert.ok(champions > 20);
    await tagAll(page, "main", "spring");
    await page.waitForSelector('.toast [data-action="edit-undo"]');
    await open(page, "/customers?tag=spring");
    assert.equal(await listed(page), champions);
    await page.reload();
    await ready(page);
    assert.equal(await listed(page), champions);
    await tagAll(page, "main", "summer");
    await page.click('.toast [data-action="edit-undo"]');
    await page.waitForSelector(".toast:not(:has([data-action='edit-undo']))");
    await open(page, "/customers?tag=summer");
    await page.waitForSelector("main [data-total='0'], main .state__title");
  });
}

test("a tag shows on the customer's page, leads to its list and comes off there", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/customers?group=champions");
  const champions = await listed(page);
  await tagAll(page, "main", "spring");
  await page.waitForSelector('.toast [data-action="edit-undo"]');
  await page.locator("[data-row] a").first().click();
  await page.waitForURL(/\/customer\?/);
  await ready(page);
  await page.locator('[data-tag="spring"] a').click();
  await page.waitForURL(/tag=spring/);
  await listedNow(page, champions);
  await page.goBack();
  await page.locator('[data-tag="spring"] [data-action="untag"]').click();
  await page.waitForFunction(() => !document.querySelector('[data-tag="spring"]'));
  await page.fill("#new-tag", "met in person");
  await page.keyboard.press("Enter");
  await page.waitForSelector('[data-tag="met in person"]');
  await page.check("#do-not-contact");
  // The toast of the tag may still stand: what counts is that nothing is on its way any more.
  await page.waitForSelector('.toast [data-action="edit-undo"]');
  await ready(page);
  await page.reload();
  await ready(page);
  assert.ok(await page.isChecked("#do-not-contact"));
  await assertAccessible(page, "customer with tags");
});

test("a mailing says who is left out and why", async (t) => {
  const page = await newPage(t);
  await open(page, "/import");
  await importFiles(page, file("syn_shopify_orders.csv"));
  await open(page, "/customers");
  const all = await listed(page);
  await page.click('[data-action="list-acts"]');
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.click('[data-action="act-mailing"]'),
  ]);
  const rows = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
  assert.match(rows[0], /email,phone,name/);
  const said = await page.locator(".toast", { hasText: "in the file" }).innerText();
  const [written, ...left] = said.match(/\d+/g).map(Number);
  assert.equal(rows.length - 1, written);
  assert.equal(written + left.reduce((sum, it) => sum + it, 0), all);
});

test("the register's reasons sum to its list, and a reason given by hand survives a reload", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/churn");
  const all = numberOf(await page.locator('[data-action="see-register"]').innerText());
  const counts = await page.locator("[data-reason] td:nth-child(2)").allInnerTexts();
  assert.equal(counts.map(numberOf).reduce((sum, it) => sum + it, 0), all);
  const choice = page.locator("[data-register] select").first();
  const id = await choice.getAttribute("id");
  await choice.focus();
  await choice.selectOption("price");
  await page.waitForSelector('[data-reason="price"]');
  // The choice was drawn anew and keeps the focus.
  await page.waitForFunction((id) => document.activeElement?.id === id, id);
  await page.reload();
  await ready(page);
  assert.equal(await page.locator(`[id="${id}"]`).inputValue(), "price");
  await page.locator('[data-reason="price"] a').click();
  await page.waitForURL(/behind=reason/);
  await listedNow(page, 1);
  await open(page, "/churn");
  await page.click('[data-action="see-register"]');
  await page.waitForURL(/behind=leaving/);
  assert.equal(await listed(page), all);
});

test("the priority to win back is the product of the two factors beside it, and the greatest stands first", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/churn");
  await page.waitForSelector("[data-win-back]", { timeout: 60_000 });
  const priorities = [];
  for (const row of await page.locator("[data-win-back]").all()) {
    const cells = await row.locator("td.n").allInnerTexts();
    const [value, loss, priority] = cells.map(numberOf);
    assert.ok(Math.abs((value * loss) / 100 - priority) < 0.0051, cells.join(" · "));
    priorities.push(priority);
  }
  assert.deepEqual(priorities, [...priorities].sort((one, other) => other - one));
  const lowest = await page.locator("[data-cause]").evaluateAll((all) => all.map((it) => Number(it.dataset.cause)));
  assert.deepEqual(lowest, [...lowest].sort((one, other) => other - one), "the highest lower end of the interval stands first");
  assert.ok((await page.locator("[data-cause]").count()) > 3);
  await assertAccessible(page, "churn");
});

test("detractors open in the customer list", async (t) => {
  const page = await newPage(t);
  await open(page, "/import");
  await importFiles(page, file("syn_shopify_orders.csv"));
  await open(page, "/import");
  await importFiles(page, file("syn_csat_survey.csv"));
  await open(page, "/satisfaction");
  const link = page.locator('[data-action="see-detractors"]');
  const all = numberOf(await link.innerText());
  await link.click();
  await page.waitForURL(/behind=detractors/);
  assert.equal(await listed(page), all);
  await page.click('[data-filter="behind"]');
  await page.waitForURL((url) => !url.search.includes("behind"));
});

test("a product's page agrees with the cross-sell screen and opens its buyers", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/cross-sell");
  const row = page.locator("[data-product]").first();
  const [name, orders, again] = await row.locator("td").allInnerTexts();
  await row.locator("a").click();
  await page.waitForURL(/\/product\?id=/);
  await ready(page);
  const headline = await page.locator("main h1").innerText();
  assert.ok(headline.startsWith(name), headline);
  assert.ok(headline.includes(orders), headline);
  const figures = await page.locator(".figure__value").allInnerTexts();
  assert.equal(figures[1], again);
  await assertAccessible(page, "product");
  await page.reload();
  await ready(page);
  assert.equal(await page.locator("main h1").innerText(), headline);
  const buyers = numberOf(figures[0]);
  await page.locator(".figure a, a.figure").first().click();
  await page.waitForURL(/behind=bought/);
  assert.equal(await listed(page), buyers);
  await page.locator("[data-row] a").first().click();
  await ready(page);
  await page.locator(".timeline a").first().click();
  await page.waitForURL(/\/product\?id=/);
  await open(page, "/product?id=none-such");
  assert.match(await page.locator("main").innerText(), /no such product/);
});

test("who bought the one and not the other are listed from a rule", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/cross-sell");
  await page.locator('[data-rule] [data-action="who-has-not"]').first().click();
  await page.waitForURL(/behind=bought/);
  assert.ok((await listed(page)) > 0);
  assert.match(await page.locator('[data-filter="behind"]').innerText(), /Bought .+, not .+/);
});
