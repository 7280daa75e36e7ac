// Models are fitted in a worker of their own while the page goes on, and files wait for them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_WORKER, browserForTests, download, loadSample, open } from "./support.mjs";

const newPage = browserForTests();
const PATIENCE = 60_000;

test("models are fitted once nothing else is to do, and told with their time", async (t) => {
  const page = await newPage(t);
  await open(page);
  await loadSample(page);
  await page.waitForFunction(() => performance.getEntriesByName("fit", "measure").length > 0, null, { timeout: PATIENCE });
  const [fit] = await page.evaluate(() =>
    performance.getEntriesByName("fit", "measure").map(({ duration, detail }) => ({ duration, detail })));
  assert.ok(fit.duration > 0);
  assert.ok(fit.detail.customers > 100);
  assert.equal(typeof fit.detail.model, "string");
  await open(page, "/data");
  const { bytes } = await download(page, "export-report");
  const { models } = JSON.parse(bytes.toString("utf8"));
  assert.equal(models.chosen, fit.detail.model);
  assert.ok(models.candidates.some(({ name }) => name === "BG/NBD"));
});

test("a shop goes on without models where their program cannot be loaded", async (t) => {
  const page = await newPage(t, NO_WORKER);
  await page.context().route(/modeller-.*\.wasm/, (route) => route.abort());
  await open(page);
  await loadSample(page);
  await open(page, "/data");
  const { bytes } = await download(page, "export-report");
  const report = JSON.parse(bytes.toString("utf8"));
  assert.ok(report.totals.orders > 0);
  assert.equal(report.models, undefined);
});
