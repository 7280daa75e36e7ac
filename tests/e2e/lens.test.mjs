// As-of day, period and comparison, and the way back from a change.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browserForTests, importFiles, loadSample, open, ready } from "./support.mjs";

const newPage = browserForTests({ shared: true });
const period = (page) => page.locator(".topbar .popover > .chip").nth(1);

test("a changed period is a step that Back takes back", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/");
  await period(page).click();
  await page.getByRole("button", { name: "All time" }).click();
  await page.waitForFunction(() => location.search.includes("from="));
  await page.goBack();
  await period(page).locator("b", { hasText: "Last 90 days" }).waitFor();
  assert.ok(!page.url().includes("from="));
  await page.waitForSelector("#kpi-net");
});

test("a period that ends before it begins is said beside its days", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await period(page).click();
  const [from, to] = [page.locator(".lens-panel input").nth(0), page.locator(".lens-panel input").nth(1)];
  await from.fill("2026-05-01");
  await to.fill("2026-04-01");
  await page.locator(".lens-panel button[type=submit]").click();
  await page.locator("#period-error", { hasText: "ends before it begins" }).waitFor();
  for (const day of [from, to]) {
    assert.equal(await day.getAttribute("aria-describedby"), "period-error");
    assert.equal(await day.getAttribute("aria-invalid"), "true");
  }
  await to.fill("2026-06-01");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.search.includes("to=2026-06-01"));
  assert.equal(await page.locator(".lens-panel").count(), 0, "closed");
});

test("a telephone has search and comparison too", async (t) => {
  const page = await newPage(t, { viewport: { width: 360, height: 740 } });
  await loadSample(page);
  await page.locator(".topbar .popover > .chip", { hasText: "vs" }).click();
  await page.getByRole("button", { name: "year before" }).click();
  await page.waitForFunction(() => location.search.includes("compare=year"));
  await page.fill("#search-box", "park");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.pathname.endsWith("/customers"));
  await ready(page);
  assert.equal(await page.inputValue("#customer-search"), "park");
});

test("answers are cut by the days of the address, and the chips say so", async (t) => {
  const page = await newPage(t);
  await open(page, "/import");
  const answer = (at) => `${at},a${at}@example.com,2026-0${at}-05 10:00:00,1,2`;
  const order = (at) => `${at},a${at}@example.com,2026-0${at}-01 10:00:00,20.00,USD,paid`;
  const all = [1, 2, 3, 4, 5];
  await importFiles(page, { name: "orders.csv", text: ["order_id,customer_email,ordered_at,total,currency,status", ...all.map(order), ""].join("\n") });
  await open(page, "/import");
  await importFiles(page, { name: "survey.csv", text: ["response_id,email,submitted_at,overall,nps", ...all.map(answer), ""].join("\n") });
  for (const [days, chip, count] of [["", "All time", 5], ["from=2026-02-01&to=2026-03-31", "1 Feb", 2], ["as_of=2026-04-30", "All time", 4]]) {
    await open(page, `/satisfaction?${days}`);
    await period(page).locator("b", { hasText: chip }).waitFor();
    assert.match(await page.locator('[data-action="see-detractors"]').innerText(), new RegExp(`\\b${count}\\b`), days);
    await page.click('[data-action="see-detractors"]');
    await page.waitForURL(/behind=detractors/);
    await page.locator(`main [data-total="${count}"]`).waitFor();
    await period(page).locator("b", { hasText: chip }).waitFor();
  }
  await open(page, "/value?as_of=2026-04-30");
  await page.locator(".topbar .popover > .chip", { hasText: "30 Apr" }).waitFor();
  // Everybody again, by the chip alone.
  await open(page, "/satisfaction?from=2026-02-01&to=2026-03-31");
  await period(page).click();
  await page.getByRole("button", { name: "All time" }).click();
  await page.waitForFunction(() => !location.search.includes("from="));
});
