// Screens that are not loaded with the page: they come when they are visited, or while it is idle.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BASE_URL, NO_WORKER, browserForTests, loadSample, open, ready } from "./support.mjs";

const newPage = browserForTests();
const PART = /\/(split|chunk)_[^/]*\.wasm$/;

/** The parts that a page has asked for so far, by name. */
function partsAsked(page) {
  const asked = new Set();
  page.on("request", (request) => {
    if (PART.test(request.url())) asked.add(request.url().split("/").pop());
  });
  return asked;
}

test("the page opens without the parts and loads them once it is idle", async (t) => {
  const page = await newPage(t);
  const asked = partsAsked(page);
  let before;
  page.on("request", (request) => {
    if (PART.test(request.url())) {
      before ??= page.evaluate(() => performance.getEntriesByName("open").length);
    }
  });
  await open(page);
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some((it) => it.name.includes("split_keeping")),
  );
  assert.equal(await before, 1, "nothing is asked for before the page has opened");
  assert.ok(asked.size >= 4, [...asked].join());
});

test("a tab that has lost its line still shows every screen", async (t) => {
  const page = await newPage(t, NO_WORKER);
  const ofEngine = page.context().waitForEvent("requestfinished", {
    predicate: (request) => request.url().includes("split_insights_part"),
  });
  await loadSample(page);
  const isThere = (name) =>
    performance.getEntriesByType("resource").some(
      (it) => it.name.includes(name) && it.responseEnd > 0,
    );
  for (const part of ["split_keeping", "split_goods"]) await page.waitForFunction(isThere, part);
  await ofEngine;
  // What parts share comes in files beside theirs.
  await page.waitForTimeout(1_000);
  await page.context().setOffline(true);
  for (const route of ["customers", "rfm", "tiers", "import", "data", "settings"]) {
    await page.click(`nav a[href*="/${route}"]`);
    await page.waitForURL(new RegExp(`/${route}`));
    await ready(page);
    assert.equal(await page.locator('[data-action="load-part"]').count(), 0, route);
  }
});

test("a part that cannot be loaded says so, and comes with another try", async (t) => {
  // In a context of its own: a browser reports the failed request as an error, as it should.
  const { browser } = await newPage(t).then((page) => ({ browser: page.context().browser() }));
  const context = await browser.newContext({ locale: "en-US", ...NO_WORKER });
  t.after(() => context.close());
  const page = await context.newPage();
  await page.route(PART, (route) => route.abort());
  await page.goto(`${BASE_URL}/settings/`);
  const again = page.locator('[data-action="load-part"]');
  await again.waitFor();
  await ready(page);
  assert.match(await page.textContent("main"), /could not be loaded/);
  await again.click();
  await again.waitFor();
  await page.unroute(PART);
  await again.click();
  await page.waitForSelector("main h1.headline");
  assert.equal(await again.count(), 0);
});

test("a part of the engine that cannot be loaded is told, and comes with the next question", async (t) => {
  const { browser } = await newPage(t).then((page) => ({ browser: page.context().browser() }));
  const context = await browser.newContext({ locale: "en-US", ...NO_WORKER });
  t.after(() => context.close());
  const insights = /split_insights_part[^/]*\.wasm$/;
  await context.route(insights, (route) => route.abort());
  const page = await context.newPage();
  await loadSample(page);
  await page.click('nav a[href*="/churn"]');
  await page.waitForURL(/\/churn/);
  await ready(page);
  assert.match(await page.textContent("main"), /could not be loaded/);
  await context.unroute(insights);
  await page.click('nav a[href*="/cohorts"]');
  await page.waitForURL(/\/cohorts/);
  await page.waitForSelector("main h1.headline");
  await ready(page);
  assert.doesNotMatch(await page.textContent("main"), /could not be loaded/);
});
