// Addresses that are several people's: listed in the settings, no key in what is imported afterwards.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browserForTests, importFiles, open } from "./support.mjs";

const newPage = browserForTests();

const rows = [
  "order_id,customer_email,ordered_at,total,currency,status",
  "S1,office@example.com,2026-01-05 10:00:00,20.00,USD,paid",
  "S2,Office@Example.com,2026-01-06 10:00:00,20.00,USD,paid",
  "S3,ann@example.com,2026-01-07 10:00:00,20.00,USD,paid",
];
const file = { name: "orders.csv", text: `${rows.join("\n")}\n` };

for (const language of ["en-US", "zh-CN"]) {
  test(`a shared address is listed, put back, and tells nobody apart (${language})`, async (t) => {
    const page = await newPage(t, { language });
    await open(page, "/settings");
    const listed = page.locator("[data-shared-keys] .batch__text");
    const add = async (key) => {
      await page.fill("#shared-key", key);
      await page.click('[data-action="share-key"]');
    };
    await add("  ");
    await page.waitForSelector("#shared-key-error");
    await add("office@example.com");
    await listed.first().waitFor();
    assert.deepEqual(await listed.allInnerTexts(), ["office@example.com"]);
    assert.equal(await page.inputValue("#shared-key"), "");
    await page.click('[data-action="edit-undo"]');
    await listed.first().waitFor({ state: "detached" });
    await add("office@example.com");
    await listed.first().waitFor();
    await open(page, "/settings");
    await listed.first().waitFor();
    await open(page, "/import");
    const summary = await importFiles(page, file);
    assert.deepEqual([summary.orders, summary.customers], [3, 1]);
    await open(page, "/settings");
    await page.click('[data-action="unshare-key"]');
    await listed.first().waitFor({ state: "detached" });
  });
}
