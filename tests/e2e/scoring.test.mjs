// How customers are scored: chosen, kept, undone, and never lost while it is being typed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, browserForTests, importFiles, loadSample, open, ready } from "./support.mjs";
import { shop } from "./shop.mjs";

const newPage = browserForTests({ shared: true });
const CHANGE = '[data-action="rfm-change"]';
const UNDO = '[data-action="edit-undo"]';
const SAVE = "#rfm-editor button[type=submit]";

/** Chooses one of the switches in the panel. */
const choose = (page, value) => page.click(`#rfm-editor label:has(input[value="${value}"])`);

/** The field of a fixed cut, by the name that a screen reader says. */
const cut = (page, name) => page.getByRole("textbox", { name, exact: true });

/** Waits until the table of the scores has a text. */
const tableShows = (page, text) => page.locator("#rfm-cuts table", { hasText: text }).waitFor();

/** The customers who have a score. */
async function scored(page) {
  const counts = await page.locator("#rfm-groups tbody td:nth-child(2)").allInnerTexts();
  return counts.reduce((sum, text) => sum + Number(text.replaceAll(",", "")), 0);
}

test("fixed cuts move the scores, stay, and are undone", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/rfm");
  await page.click(CHANGE);
  await choose(page, "fixed");
  await cut(page, "Score 5: Money, at least").fill("1,000");
  await cut(page, "Score 4: Days since last order, at most").fill("100");
  await page.click(SAVE);
  await tableShows(page, "≤ 100");
  await tableShows(page, "≥ $1,000.00");
  await page.locator("#rfm-cuts", { hasText: "Fixed cuts · all time · total" }).waitFor();
  assert.equal(await page.locator("#rfm-editor").count(), 0, "closed");
  await page.click(UNDO);
  await page.locator("#rfm-cuts", { hasText: "Fifths of buyers" }).waitFor();

  await page.click(CHANGE);
  await choose(page, "fixed");
  await page.click(SAVE);
  await tableShows(page, "≤ 90");
  await page.reload();
  await ready(page);
  await tableShows(page, "≤ 90");
});

test("window, average and classes are chosen together, and said in words", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/rfm");
  const everybody = await scored(page);
  await page.click(CHANGE);
  await choose(page, "12m");
  await choose(page, "average");
  await choose(page, "constants");
  await page.click(SAVE);
  await page.locator("#rfm-cuts", { hasText: "the last 12 months · average per order" }).waitFor();
  await page.locator("#rfm-classes", { hasText: "your own values: 10 days" }).waitFor();
  await page.locator(".headline__sub", { hasText: "the last 12 months" }).waitFor();
  const within = await scored(page);
  assert.ok(within > 0 && within < everybody, `${within} of ${everybody}`);
  // A window without an order leaves nobody, and leads back.
  await page.click(CHANGE);
  await choose(page, "days");
  await page.fill("#rfm-window-days", "1");
  await page.click(SAVE);
  await page.goto(`${new URL("/rfm", page.url())}?as_of=2031-01-01`);
  await page.click('[data-action="rfm-all-time"]');
  await page.locator("#rfm-cuts", { hasText: "all time" }).waitFor();
  await page.locator("#rfm-groups").waitFor();
});

test("few buyers are offered fixed cuts in one click", async (t) => {
  const page = await newPage(t);
  await open(page);
  await importFiles(page, shop.file);
  await open(page, `/rfm?as_of=${shop.asOf}`);
  await page.click('[data-action="rfm-fixed-cuts"]');
  await page.waitForSelector('[data-action="rfm-fixed-cuts"]', { state: "detached" });
  // 167.75 in five orders: 33.55 each.
  await tableShows(page, "≥ $33.55");
  await page.click(UNDO);
  await page.waitForSelector('[data-action="rfm-fixed-cuts"]');
});

test("what cannot be used is said at once, and is not saved", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/rfm");
  await page.click(CHANGE);
  await choose(page, "fixed");
  const field = cut(page, "Score 4: Days since last order, at most");
  await field.fill("20");
  await page.locator("#rfm-days-error", { hasText: "greater than the one above" }).waitFor();
  assert.ok(await page.isDisabled(SAVE));
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  await field.fill("60");
  assert.ok(await page.isEnabled(SAVE));
  await page.keyboard.press("Enter");
  await tableShows(page, "≤ 60");
  assert.ok(await page.locator(CHANGE).evaluate((it) => it === document.activeElement), "focus");
});

test("half-typed cuts stay when the data change in another tab", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/rfm");
  await page.click(CHANGE);
  await choose(page, "fixed");
  const field = cut(page, "Score 5: Orders, at least");
  await field.fill("1");
  const other = await page.context().newPage();
  await open(other, "/settings");
  await other.fill("#shop-name", "Second Name");
  await other.locator("#shop-name").blur();
  await page.waitForFunction(() => document.title.includes("Second Name"));
  await ready(page);
  await page.bringToFront();
  assert.equal(await field.inputValue(), "1");
  assert.ok(await field.evaluate((it) => it === document.activeElement), "the focus stays too");
});

for (const language of ["en-US", "zh-CN"]) {
  test(`the open panel fits a telephone and is accessible (${language})`, async (t) => {
    const page = await newPage(t, { language, viewport: { width: 360, height: 740 } });
    await loadSample(page);
    await open(page, "/rfm");
    await page.click(CHANGE);
    for (const value of ["fixed", "days", "constants"]) await choose(page, value);
    const [inner, outer] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    assert.ok(inner <= outer, `${inner} px in ${outer}`);
    await assertAccessible(page, "scoring");
  });
}
