// As-of slider, moves between two days, tables of two labels, grades and quadrants: what they show is
// who is listed, and what is chosen survives a reload.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { browserForTests, importFiles, loadSample, open, ready } from "./support.mjs";

const newPage = browserForTests({ shared: true });
const numberOf = (text) => Number(text.replace(/[^\d]/g, ""));
const file = (name) => fileURLToPath(new URL(`../../crates/ingest/tests/data/${name}`, import.meta.url));

async function withSample(t, options) {
  const page = await newPage(t, options);
  await loadSample(page);
  return page;
}

/** How many customers the list says it has. */
async function listed(page) {
  await page.waitForURL(/\/customers/);
  return Number(await page.locator("[data-total]").getAttribute("data-total"));
}

/** The day of the address, as a number. */
const asOf = (page) => Date.parse(new URL(page.url()).searchParams.get("as_of"));
const DAY = 86_400_000;

test("the slider moves the as-of day by keys, to both ends, and the newest position wins", async (t) => {
  const page = await withSample(t);
  await open(page, "/rfm");
  const slider = page.locator("#as-of-slider");
  await slider.focus();
  await page.keyboard.press("ArrowLeft");
  await page.waitForURL(/as_of=/);
  await ready(page);
  const last = asOf(page);
  const before = await page.evaluate(() => performance.getEntriesByName("analysis").length);
  for (let n = 0; n < 40; n += 1) await page.keyboard.press("ArrowLeft");
  await page.waitForFunction(
    (day) => new URL(location.href).searchParams.get("as_of") === new Date(day).toISOString().slice(0, 10),
    last - 40 * DAY,
  );
  await ready(page);
  const asked = (await page.evaluate(() => performance.getEntriesByName("analysis").length)) - before;
  assert.ok(asked < 30, `${asked} questions for 40 days`);
  assert.equal(await slider.evaluate((it) => document.activeElement === it), true, "the focus stays");
  await page.keyboard.press("Home");
  await page.waitForFunction(
    () => document.querySelector("#as-of-slider").value === document.querySelector("#as-of-slider").min,
  );
  await page.waitForFunction(
    (day) => new URL(location.href).searchParams.get("as_of") < new Date(day).toISOString().slice(0, 10),
    last - 40 * DAY,
  );
  await page.reload();
  await ready(page);
  assert.ok(asOf(page) < last - 40 * DAY, "it stands in the address");
});

test("every move between two days opens its customers, and all add up", async (t) => {
  const page = await withSample(t);
  await open(page, "/rfm?since=2026-01-31");
  const matrix = page.locator("#migration .matrix");
  await matrix.waitFor();
  const titles = await matrix.locator("a").evaluateAll((cells) => cells.map((it) => it.title));
  const all = numberOf(titles.find((it) => it.startsWith("All → All")).split(":")[1].split("customer")[0]);
  const rows = titles.filter((it) => !it.startsWith("All →") && it.includes("→ All:"));
  const sum = rows.reduce((sum, it) => sum + numberOf(it.split("→ All:")[1].split("customer")[0]), 0);
  assert.equal(sum, all);
  const move = page.locator("#migration tbody tr").first();
  const expected = numberOf(await move.locator("td").nth(1).innerText());
  await move.locator("a").click();
  assert.equal(await listed(page), expected);
  assert.ok((await page.locator('[data-filter="behind"]').innerText()).includes("→"));
  await page.goBack();
  await page.waitForSelector("#migration [data-moved]");
  await page.locator('#migration .segmented label').nth(2).click();
  await page.waitForURL(/by=tier/);
  await page.waitForFunction(() => /VIP/.test(document.querySelector("#migration .matrix").innerText));
  await page.fill("#since", "2026-03-31");
  await page.waitForURL(/since=2026-03-31/);
});

test("fifths and fixed cuts stand side by side for the same customers", async (t) => {
  const page = await withSample(t);
  await open(page, "/rfm");
  const rows = page.locator("#rfm-ways table").first().locator("tbody tr");
  await rows.first().waitFor();
  assert.equal(await rows.count(), 11);
  const column = async (at) => {
    const texts = await rows.locator(`td:nth-child(${at})`).allInnerTexts();
    return texts.reduce((sum, it) => sum + numberOf(it), 0);
  };
  assert.equal(await column(2), await column(3));
  assert.equal(await page.locator("#rfm-ways table").nth(1).locator("tbody tr").count(), 5);
});

test("the three questions say who, or which file would tell", async (t) => {
  const page = await withSample(t);
  const question = (name) => page.locator(`[data-question="${name}"]`);
  assert.match(await question("service").innerText(), /service log/);
  assert.match(await question("satisfaction").innerText(), /survey/);
  const lead = await question("key").locator("b").innerText();
  await question("key").getByRole("link", { name: "See who", exact: true }).click();
  assert.equal(await listed(page), numberOf(lead.split("key")[0]));
});

test("with tickets and answers the questions are answered", async (t) => {
  const page = await newPage(t);
  await open(page, "/import");
  for (const name of ["syn_shopify_orders.csv", "syn_csat_survey.csv", "syn_service_log.csv"]) {
    await open(page, "/import");
    await importFiles(page, file(name));
  }
  await open(page, "/?as_of=2026-10-31&from=2026-01-01&to=2026-10-31");
  const question = (name) => page.locator(`[data-question="${name}"]`);
  assert.match(await question("service").innerText(), /13 tickets are open/);
  assert.match(await question("satisfaction").locator("b").innerText(), /% are satisfied/);
  assert.match(await page.locator("#kpi-csat .figure__value").innerText(), /%/);
  assert.match(await page.locator("#kpi-identified .figure__value").innerText(), /%/);
  const act = page.locator("[data-act]", { hasText: "open ticket" });
  const expected = Number(await act.getAttribute("data-act"));
  await act.locator("a").click();
  assert.equal(await listed(page), expected);
});

test("a comparison is aligned by weekdays or dates, in the address", async (t) => {
  const page = await withSample(t);
  await page.locator(".topbar .popover > .chip", { hasText: "vs" }).click();
  await page.getByRole("button", { name: "same dates last year" }).click();
  await page.waitForURL(/compare=year.*align=date/);
  await page.reload();
  await ready(page);
  await page.locator(".topbar .popover > .chip", { hasText: "same dates last year" }).waitFor();
});

test("any two labels are crossed, and a cell opens its customers", async (t) => {
  const page = await withSample(t);
  await open(page, "/tiers");
  await page.selectOption('[data-cross="columns"]', "group");
  await page.waitForURL(/columns=group/);
  await page.waitForFunction(() => /Champions/.test(document.querySelector("#cross-table .matrix")?.innerText));
  await page.reload();
  await page.waitForFunction(() => /Champions/.test(document.querySelector("#cross-table .matrix")?.innerText));
  const cell = page.locator('#cross-table .matrix a[title^="VIP × Champions"]');
  const expected = numberOf((await cell.getAttribute("title")).split(":")[1].split("customer")[0]);
  await cell.click();
  assert.equal(await listed(page), expected);
});

test("rules of grades are written, put in order, undone, and the customer shows the rule", async (t) => {
  const page = await withSample(t);
  await open(page, "/tiers");
  const hits = () =>
    page.locator("#grades [data-hits]").evaluateAll((rows) => rows.map((it) => Number(it.dataset.hits)));
  await page.click('[data-action="grades-change"]');
  await page.locator('#grade-editor [data-rule="1"] .rule__head input').fill("");
  await page.click("#grade-editor [type=submit]");
  await page.locator("#grade-editor .field__error", { hasText: "Rule 1" }).waitFor();
  await page.locator('#grade-editor [data-rule="1"] .rule__head input').fill("Top");
  await page.click("#grade-editor [type=submit]");
  await page.waitForSelector("#grades [data-hits]");
  const first = await hits();
  assert.ok(first[0] > 0 && first[2] > 0, String(first));
  await page.reload();
  await page.waitForSelector("#grades [data-hits]");
  assert.deepEqual(await hits(), first, "they are stored");
  // The last rule, everybody who bought, comes first: it takes all.
  await page.click('[data-action="grades-change"]');
  for (let n = 0; n < 2; n += 1) {
    await page.locator('#grade-editor .rule', { hasText: "orders" }).first().waitFor();
    const bronze = page.locator(`#grade-editor [data-rule="${3 - n}"]`);
    await bronze.locator('[data-action="rule-up"]').click();
  }
  await page.click("#grade-editor [type=submit]");
  await page.waitForFunction(() => document.querySelector("#grades [data-hits]:nth-child(2)")?.dataset.hits === "0");
  await page.click('[data-action="edit-undo"]');
  await page.waitForFunction((n) => document.querySelector("#grades [data-hits]")?.dataset.hits === String(n), first[0]);
  await page.locator("#grades a", { hasText: "Top" }).click();
  assert.equal(await listed(page), first[0]);
  await page.locator('a[href*="customer?id="]').first().click();
  await page.locator("#facts", { hasText: "Top (rule 1)" }).waitFor();
});

test("a moved line moves customers between the quarters", async (t) => {
  const page = await withSample(t);
  await open(page, "/tiers");
  const quarters = () =>
    page.locator("#quadrants [data-quarter]").evaluateAll((rows) => rows.map((it) => Number(it.dataset.quarter)));
  await page.waitForSelector("#quadrants [data-quarter]");
  const first = await quarters();
  await page.locator("#cut-up").focus();
  for (let n = 0; n < 10; n += 1) await page.keyboard.press("ArrowLeft");
  await page.waitForURL(/cut_up=70/);
  await page.waitForFunction(
    (first) => Number(document.querySelector("#quadrants [data-quarter]").dataset.quarter) !== first, first[0],
  );
  const second = await quarters();
  const sum = (numbers) => numbers.reduce((sum, it) => sum + it, 0);
  assert.equal(sum(second), sum(first));
  assert.ok(second[0] + second[1] > first[0] + first[1]);
  await page.locator("#quadrants [data-quarter] a").nth(1).click();
  assert.equal(await listed(page), second[1]);
  await page.goBack();
  await page.locator('#quadrants .segmented label').nth(1).click();
  await page.waitForURL(/plane=strategic/);
  assert.ok(!page.url().includes("cut_up"), "each plane has lines of its own");
});
