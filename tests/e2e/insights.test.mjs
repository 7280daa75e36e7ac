// Life-cycle, cohorts, churn and value: each number leads to the customers behind it, and is the
// same wherever it stands.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assertAccessible, browserForTests, download, importFiles, loadSample, open, ready } from "./support.mjs";

const newPage = browserForTests({ shared: true });
const numberOf = (text) => Number(text.replace("−", "-").replace(/[^\d.-]/g, ""));

/** How many customers the list says it has. */
async function listed(page) {
  await page.waitForSelector("main [data-total]");
  return Number(await page.locator("main [data-total]").getAttribute("data-total"));
}

async function reportOf(page) {
  await open(page, "/data");
  return JSON.parse((await download(page, "export-report")).bytes.toString("utf8"));
}

test("who is at risk is as many on the screen, in the list and in the report", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/churn");
  const figures = await page.locator(".figure__value").allInnerTexts();
  const [active, atRisk, churned] = figures.map(numberOf);
  assert.ok(atRisk > 0);
  await page.click('[data-action="see-at-risk"]');
  await page.waitForURL(/silence=at-risk/);
  assert.equal(await listed(page), atRisk);
  const report = await reportOf(page);
  assert.deepEqual(
    [report.churn.active, report.churn.at_risk, report.churn.churned],
    [active, atRisk, churned],
  );
});

test("the wait for the next purchase is compared by group, in the address", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/churn");
  await page.locator('.segmented:has([name="by"]) label').nth(1).click();
  await page.waitForURL(/by=first-spend/);
  await page.waitForFunction(() => document.querySelectorAll("#waiting .chart__legend-item").length >= 3);
  assert.match(await page.locator("#waiting .card__note").innerText(), /log-rank/);
  await page.reload();
  await page.waitForFunction(() => document.querySelectorAll("#waiting .chart__legend-item").length >= 3);
});

test("a cell of the cohorts opens those who did not come back", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/cohorts");
  const cell = page.locator('#cohorts a[title*="M1:"]').first();
  const said = await cell.getAttribute("title");
  const [, returned, observed] = said.match(/([\d,]+) of ([\d,]+)/).map(numberOf);
  await cell.click();
  await page.waitForURL(/behind=/);
  assert.equal(await listed(page), observed - returned);
});

test("a switch keeps the keyboard's focus when its answer arrives", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  for (const [route, name, next] of [
    ["/cohorts", "ages", "quarter"],
    ["/churn", "by", "first-spend"],
  ]) {
    await open(page, route);
    await page.locator(`input[name="${name}"]:checked`).focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(new RegExp(`${name}=${next}`));
    await ready(page);
    const focused = () => `${document.activeElement.name}=${document.activeElement.value}`;
    await page.waitForFunction((wanted) => {
      const { name, value } = document.activeElement;
      return `${name}=${value}` === wanted;
    }, `${name}=${next}`);
    // It goes on from there.
    await page.keyboard.press("ArrowLeft");
    await page.waitForURL((url) => url.searchParams.get(name) !== next);
    await ready(page);
    assert.notEqual(await page.evaluate(focused), `${name}=${next}`);
    assert.match(await page.evaluate(focused), new RegExp(`^${name}=`));
  }
});

test("every customer is in one stage, and those to win back are listed", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  const { lifecycle, totals } = await reportOf(page);
  assert.equal(Object.values(lifecycle).reduce((sum, it) => sum + it, 0), totals.customers);
  await open(page, "/lifecycle");
  await page.click('[data-action="open-win-back"]');
  await page.waitForURL(/stage=/);
  assert.equal(await listed(page), lifecycle.winback);
});

for (const language of ["en-US", "zh-CN"]) {
  test(`the value screen shows the models that the report holds (${language})`, async (t) => {
    const page = await newPage(t, { language });
    await loadSample(page);
    await open(page, "/value");
    await page.waitForSelector('[data-models="ready"]', { timeout: 60_000 });
    const { models } = await reportOf(page);
    await open(page, "/value");
    await page.waitForSelector('[data-models="ready"]', { timeout: 60_000 });
    const chosen = page.locator("[data-candidate]:has(.tag--good)");
    assert.equal(await chosen.getAttribute("data-candidate"), models.chosen);
    const few = await page.locator("[data-candidate]").count();
    await page.click('[data-action="all-models"]');
    await page.waitForFunction((few) => document.querySelectorAll("[data-candidate]").length > few, few);
    assert.equal(await page.locator("[data-forecast]").count(), 3);
  });
}

test("what is bought together is the same on the screen and in the report", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  const { basket } = await reportOf(page);
  assert.ok(basket.rules.length > 0);
  await open(page, "/cross-sell");
  const first = await page.locator("[data-rule]").first().innerText();
  const [rule] = basket.rules;
  for (const figure of [String(rule.orders), rule.lift.toFixed(1)]) assert.ok(first.includes(figure), first);
  assert.ok((await page.locator("[data-due]").count()) > 0);
  await page.locator('.segmented:has([name="basket"]) label').nth(1).click();
  await page.waitForURL(/basket=later/);
});

test("a shop without answers is told which file brings them; with answers they are shown", async (t) => {
  const page = await newPage(t);
  await importFiles(page, await openImport(page, "syn_shopify_orders.csv"));
  await open(page, "/satisfaction");
  assert.match(await page.locator("main").innerText(), /No answers yet/);
  await importFiles(page, await openImport(page, "syn_csat_survey.csv"));
  const { satisfaction } = await reportOf(page);
  await open(page, "/satisfaction");
  const [csat, nps] = (await page.locator(".figure__value").allInnerTexts()).map(numberOf);
  assert.equal(csat, Math.round(satisfaction.csat.share * 100));
  assert.equal(nps, Math.round(satisfaction.nps.score));
  assert.ok((await page.locator("[data-detractor]").count()) > 0);
});

/** Opens the import and returns a known file to drop there. */
async function openImport(page, name) {
  await open(page, "/import");
  return fileURLToPath(new URL(`../../crates/ingest/tests/data/${name}`, import.meta.url));
}

test("a picture and the numbers of a chart can be taken out, named alike", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/churn");
  const card = page.locator("#churn-months");
  const take = async (action) => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      card.locator(`[data-action="${action}"]`).click(),
    ]);
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  };
  const picture = await take("export-png");
  assert.equal(picture.name, "churn-by-month.png");
  assert.equal(picture.bytes.subarray(1, 4).toString(), "PNG");
  // Twice 960 pixels and the margins, whatever the window.
  assert.equal(picture.bytes.readUInt32BE(16), 2016);
  const numbers = await take("export-csv");
  assert.equal(numbers.name, "churn-by-month.csv");
  await card.locator('[data-action="as-table"]').click();
  const rows = await card.locator("tbody tr").count();
  assert.equal(numbers.bytes.toString("utf8").trim().split("\r\n").length, rows + 1);
});

test("the rules of the stages are chosen, kept and undone", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/lifecycle");
  const loyal = async () => numberOf(await page.locator('[data-stage="loyalty"] td.n').first().innerText());
  const [before, shown] = [await loyal(), page.locator("#life-rules")];
  // Numbers that cannot be are said, and are not saved.
  await page.fill("#life-loyalty", "2");
  await shown.locator(".field__error", { hasText: "the second is above the first" }).first().waitFor();
  assert.ok(await shown.locator("button[type=submit]").isDisabled());
  await page.fill("#life-loyalty", "3");
  await shown.locator('label:has(input[value="days"])').click();
  await page.fill("#life-at-risk", "400");
  await page.fill("#life-churned", "800");
  await shown.locator('label:has(input[value="store"])').click();
  await shown.locator("button[type=submit]").click();
  await page.locator("#stages", { hasText: "400" }).waitFor();
  const after = await loyal();
  assert.ok(after > before, `${after} of ${before}`);
  await assertAccessible(page, "lifecycle");
  await page.reload();
  await ready(page);
  assert.equal(await loyal(), after);
  assert.equal(await page.inputValue("#life-loyalty"), "3");
  assert.equal(await page.inputValue("#life-churned"), "800");
  // Undone by what is said of it.
  await page.fill("#life-loyalty", "50");
  await shown.locator("button[type=submit]").click();
  await page.click('[data-action="edit-undo"]');
  await page.waitForFunction((after) => document.querySelector('[data-stage="loyalty"] td.n')?.innerText.replace(/\D/g, "") === String(after), after);
  assert.equal(await page.inputValue("#life-loyalty"), "3");
});

test("every list of whom to turn to opens whole, with its acts and its file", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await page.waitForSelector("#slipping [data-action='list-acts']");
  const lines = async (button) => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.click(button)]);
    return (await readFile(await file.path(), "utf8")).trim().split("\r\n").slice(1);
  };
  await open(page, "/churn");
  await page.waitForSelector("#win-back [data-win-back]", { timeout: 60_000 });
  const link = page.locator('#win-back [data-action="see-win-back"]');
  const all = numberOf(await link.innerText());
  assert.ok(all > 12);
  assert.equal((await lines('#win-back [data-action="export-csv"]')).length, all);
  assert.equal(await page.locator('#win-back [data-action="list-acts"]').count(), 1);
  await link.click();
  await page.waitForURL(/behind=to-win-back/);
  assert.equal(await listed(page), all);
  // Opened by its address, it waits for the models.
  await page.reload();
  await page.waitForSelector(`main [data-total="${all}"]`, { timeout: 60_000 });

  await open(page, "/lifecycle");
  const movers = new Set((await lines('#recent-moves [data-action="export-csv"]')).map((it) => it.split(",")[0]));
  assert.ok(movers.size > 0);
  assert.equal(await page.locator('#recent-moves [data-action="list-acts"]').count(), 1);
  await page.click('[data-action="see-moved"]');
  await page.waitForURL(/behind=moved-since/);
  assert.equal(await listed(page), movers.size);
});

test("a point of a chart opens who stands behind it, by click and by key", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/explore?by=channel");
  const chart = page.locator("#explore-picture .chart__stage");
  await chart.waitFor();
  assert.match(await chart.getAttribute("aria-label"), /opens the customers/);
  await chart.focus();
  await page.keyboard.press("ArrowRight");
  await page.locator("#explore-picture .chart__tip-note").waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/customers\?.*behind=orders/);
  const first = await listed(page);
  assert.ok(first > 0);
  await page.goBack();
  await chart.waitFor();
  const box = await chart.boundingBox();
  await page.mouse.move(box.x + box.width * 0.1, box.y + 60);
  await page.locator("#explore-picture .chart__tip-note").waitFor();
  await page.mouse.click(box.x + box.width * 0.1, box.y + 60);
  await page.waitForURL(/\/customers\?.*behind=orders/);
  assert.equal(await listed(page), first, "the same first bar");
});
