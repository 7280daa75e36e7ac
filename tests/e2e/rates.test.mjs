// Orders in other currencies: apart, or at a rate that the merchant gives.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, browserForTests, importFiles, open, ready } from "./support.mjs";

const newPage = browserForTests();

const rows = [
  "order_id,customer_email,ordered_at,total,currency,status",
  "R1,ann@example.com,2026-01-05 10:00:00,20.00,USD,paid",
  "R2,ann@example.com,2026-01-06 10:00:00,30.00,USD,paid",
  "R3,ann@example.com,2026-01-07 10:00:00,100.00,EUR,paid",
  "R4,ben@example.com,2026-02-07 10:00:00,200.00,EUR,paid",
];
const file = { name: "orders.csv", text: `${rows.join("\n")}\n` };
const apart = "[data-other-currencies]";
const listed = "[data-rates] [data-rate]";

async function give(page, rate, from = "") {
  await page.fill("#rate-currency", "EUR");
  await page.fill("#rate-worth", rate);
  await page.fill("#rate-from", from);
  await page.click('[data-action="add-rate"]');
}

for (const language of ["en-US", "zh-CN"]) {
  test(`a rate brings orders of another currency into the figures (${language})`, async (t) => {
    const page = await newPage(t, { language });
    await open(page, "/import");
    await importFiles(page, file);
    await open(page, "/?from=2026-01-01&to=2026-02-28");
    const net = async () => (await page.locator("#kpi-net").innerText()).replace(/[^\d.]/g, "");
    const before = await net();
    await page.click(`${apart} [data-action="give-rate"]`);
    await page.waitForURL(/settings.*#rates/);
    await page.locator("#rates").waitFor();
    assert.equal(await page.inputValue("#rate-currency"), "EUR", "what is apart is proposed");
    await give(page, "1,1");
    await page.waitForSelector("#rate-worth-error");
    await assertAccessible(page, "a bad rate");
    await give(page, "1.1");
    await page.locator(listed).first().waitFor();
    await give(page, "1.5", "2026-02-01");
    await page.waitForFunction((it) => document.querySelectorAll(it).length === 2, listed);
    await assertAccessible(page, "rates");
    await page.reload();
    await ready(page);
    assert.equal(await page.locator(listed).count(), 2);
    await open(page, "/?from=2026-01-01&to=2026-02-28");
    assert.equal(await page.locator(apart).count(), 0);
    assert.notEqual(await net(), before);
    assert.match(await net(), /460/, "50 + 100 × 1.1 + 200 × 1.5");
    await open(page, "/settings");
    await page.locator('[data-action="remove-rate"]').last().click();
    await page.waitForFunction((it) => document.querySelectorAll(it).length === 1, listed);
    await page.click('[data-action="edit-undo"]');
    await page.waitForFunction((it) => document.querySelectorAll(it).length === 2, listed);
    for (const left of [1, 0]) {
      await page.locator('[data-action="remove-rate"]').first().click();
      await page.waitForFunction(([it, left]) => document.querySelectorAll(it).length === left, [listed, left]);
    }
    await open(page, "/?from=2026-01-01&to=2026-02-28");
    await page.locator(apart).waitFor();
    assert.equal(await net(), before);
  });
}

test("a customer's orders say what they count as", async (t) => {
  const page = await newPage(t);
  await open(page, "/import");
  await importFiles(page, file);
  await open(page, "/customers");
  await page.click("text=ann@example.com");
  const order = page.locator('[data-order="R3"]');
  await order.waitFor();
  assert.match(await order.innerText(), /no rate for EUR/);
  await open(page, "/settings");
  await give(page, "1.1");
  await page.locator(listed).first().waitFor();
  await open(page, "/customers");
  await page.click("text=ann@example.com");
  await order.waitFor();
  assert.match(await order.innerText(), /€100\.00/);
  assert.match(await order.innerText(), /counts as \$110\.00/);
});
