// What new customers cost, said by the shop.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browserForTests, importFiles, open, ready } from "./support.mjs";

const newPage = browserForTests();

/** Two customers by the app in January, one by the web in February. */
const ORDERS = {
  name: "orders.csv",
  text: `order_id,customer_email,ordered_at,total,status,channel,currency
1,ann@example.com,2026-01-05,10.00,paid,app,USD
2,ben@example.com,2026-01-20,30.00,paid,app,USD
3,cat@example.com,2026-02-02,70.00,paid,web,USD
`,
};

const cells = (page, channel) =>
  page.locator(`#acquire tr[data-channel="${channel}"] td`).allInnerTexts();

for (const language of ["en-US", "zh-CN"]) {
  test(`a cost of a month makes the cost of a new customer, kept and taken back (${language})`, async (t) => {
    const page = await newPage(t, { language });
    await open(page);
    await importFiles(page, ORDERS);
    await open(page, "/lifecycle?as_of=2026-02-28");
    assert.equal((await cells(page, "app"))[1], "2");
    assert.equal((await cells(page, "app"))[4], "–");
    await page.selectOption("#cost-month", "2026-01-01");
    await page.fill("#cost-channel", "app");
    await page.fill("#cost-amount", "one hundred");
    await page.click('[data-action="say-cost"]');
    await page.locator("#cost-amount-error").waitFor();
    await page.fill("#cost-amount", "100");
    await page.click('[data-action="say-cost"]');
    const each = "$50.00";
    const costs = (text) =>
      page.locator('#acquire tr[data-channel="app"] td').nth(4).getByText(text, { exact: true }).waitFor();
    await costs(each);
    assert.equal(await page.inputValue("#cost-channel"), "app", "what is typed stays for the next month");
    await page.reload();
    await ready(page);
    await costs(each);
    await page.fill("#cost-channel", "app");
    await page.selectOption("#cost-month", "2026-01-01");
    await page.click('[data-action="say-cost"]');
    await costs("–");
    await page.click('[data-action="edit-undo"]');
    await costs(each);
  });
}

test("who is on a list is a prospect until the first order that counts, and again when that is cancelled", async (t) => {
  const page = await newPage(t);
  const order = (status) => ({
    name: `${status}.csv`,
    text: `order_id,customer_email,ordered_at,total,status\n9,zoe@example.com,2026-02-10,10.00,${status}\n`,
  });
  await open(page);
  await importFiles(page, ORDERS);
  await open(page, "/import");
  await importFiles(page, {
    name: "contacts.csv",
    text: "email,first name,last name,created at\nzoe@example.com,Zoe,Six,2026-01-31\n",
  });
  const prospects = async () => {
    await open(page, "/lifecycle?as_of=2026-02-28");
    const link = page.locator('[data-action="open-prospects"]');
    if ((await link.count()) === 0) return [];
    await link.click();
    await page.waitForSelector("[data-total]");
    return page.locator("[data-row]").allInnerTexts();
  };
  assert.match((await prospects()).join(), /Zoe/);
  await open(page, "/import");
  await importFiles(page, order("paid"));
  assert.deepEqual(await prospects(), []);
  await open(page, "/customers?q=zoe&as_of=2026-02-28");
  await page.locator('[data-row] a[href*="customer?id="]').first().click();
  await page.locator(".profile").getByText("10 days after first heard of").waitFor();
  await open(page, "/import");
  await importFiles(page, order("cancelled"));
  assert.match((await prospects()).join(), /Zoe/);
});
