// A person is erased: on the screen, after a reload, in what files bring again, and in the bytes that
// the browser keeps.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, browserForTests, download, importFiles, open, ready } from "./support.mjs";

const newPage = browserForTests();

const rows = [
  "order_id,customer_email,ordered_at,total,currency,status,customer_name,customer_phone",
  "S1,ann@example.com,2026-01-05 10:00:00,20.00,USD,paid,Ann Lee,",
  "S2,canary@example.com,2026-01-06 10:00:00,33.00,USD,paid,Cana Ry,212-555-0142",
  "S3,ann@example.com,2026-02-07 10:00:00,20.00,USD,paid,Ann Lee,",
  "S4,canary@example.com,2026-02-08 10:00:00,33.00,USD,paid,Cana Ry,212-555-0142",
];
const orders = { name: "orders.csv", text: `${rows.join("\n")}\n` };
const tickets = {
  name: "tickets.csv",
  text: [
    "ticket_id,channel,opened_at,first_reply_at,closed_at,phase,category,customer_email,customer_phone,customer_nick,order_no,agent,csat,text",
    "T-1,chat,2026-02-02 08:00,2026-02-02 08:08,2026-02-02 12:50,insale,stock,ann@example.com,,,S1,Ines,4,About tea",
    "T-2,chat,2026-02-02 08:00,2026-02-02 08:08,2026-02-02 12:50,insale,stock,canary@example.com,,,S2,Ines,4,canary-asked",
    "",
  ].join("\n"),
};
const words = ["canary", "Cana Ry", "2125550142"];

/** Which of the words are in any record of any store of any database of the site. */
function stored(page) {
  return page.evaluate(async (words) => {
    const settled = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const found = new Set();
    const look = (value) => {
      const bytes = value instanceof Uint8Array || value instanceof ArrayBuffer;
      const text = bytes ? new TextDecoder("latin1").decode(value) : JSON.stringify(value);
      for (const word of words) if (text.includes(word)) found.add(word);
    };
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const records = database.transaction(store).objectStore(store);
        (await settled(records.getAll())).forEach(look);
        (await settled(records.getAllKeys())).forEach(look);
      }
      database.close();
    }
    for (const storage of [localStorage, sessionStorage]) look({ ...storage });
    return [...found].sort();
  }, words);
}

/** A shop that knows the person by orders, a ticket and a note, at the person's page. */
async function shop(t, options) {
  const page = await newPage(t, options);
  await open(page);
  await importFiles(page, orders);
  await open(page, "/import");
  await importFiles(page, tickets);
  await open(page, "/customers?q=canary");
  await page.locator('a[href*="customer?id="]').first().click();
  await page.waitForSelector("#note");
  await page.fill("#note", "canary-note");
  await page.locator("#note").blur();
  await page.waitForFunction(() => performance.getEntriesByName("edit").length === 1);
  return page;
}

async function listed(page, query = "") {
  await open(page, `/customers${query}`);
  return page.locator('[data-row] a[href*="customer?id="]').count();
}

for (const [language, word] of [["en-US", "erase"], ["zh-CN", "删除"]]) {
  test(`a person is erased for good, after a word was typed (${language})`, async (t) => {
    const page = await shop(t, { language });
    const address = page.url();
    assert.deepEqual(await stored(page), [...words].sort());
    await page.click('[data-action="erase-person"]');
    const dialog = page.locator("dialog[open]");
    await dialog.waitFor();
    const said = await dialog.innerText();
    for (const part of ["Cana Ry", "canary@example.com", "66.00", "2"]) assert.ok(said.includes(part), said);
    await assertAccessible(page, "the dialog");
    const button = page.locator('[data-action="erase-now"]');
    assert.ok(await button.isDisabled());
    await page.fill("#erase-word", "yes");
    assert.ok(await button.isDisabled());
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement.dataset.action), "erase-person");
    await page.click('[data-action="erase-person"]');
    assert.equal(await page.inputValue("#erase-word"), "", "what was typed is forgotten");
    await page.fill("#erase-word", ` ${word} `);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/customers/);
    await page.locator(".toast").first().waitFor();
    await ready(page);
    assert.equal(await page.locator('[data-row] a[href*="customer?id="]').count(), 1);
    assert.equal(await listed(page, "?q=canary"), 0);
    assert.equal(await listed(page), 1);
    assert.deepEqual(await stored(page), []);
    await page.goto(address);
    await ready(page);
    assert.equal(await page.locator("#own-data").count(), 0, "nobody has the address");
  });
}

test("a file that names them again brings nothing back, and says so", async (t) => {
  const page = await shop(t);
  await page.click('[data-action="erase-person"]');
  await page.fill("#erase-word", "erase");
  await page.click('[data-action="erase-now"]');
  await page.waitForURL(/\/customers/);
  await open(page, "/import");
  const text = `${orders.text}S5,canary@example.com,2026-03-08 10:00:00,33.00,USD,paid,Cana Ry,212-555-0142\n`;
  const summary = await importFiles(page, { name: "again.csv", text });
  assert.deepEqual([summary.orders, summary.customers, summary.new, summary.identical], [2, 1, 0, 2]);
  assert.equal(await page.locator("[data-import-erased]").getAttribute("data-import-erased"), "3");
  assert.equal(await listed(page), 1);
  assert.deepEqual(await stored(page), []);
  // Without its imports, neither.
  await open(page, "/data");
  await page.locator('[data-action="import-undo"]').first().click();
  assert.equal(await listed(page, "?q=canary"), 0);
  assert.deepEqual(await stored(page), []);
});

test("a person gets all that is stored of them, and nothing of others", async (t) => {
  const page = await shop(t);
  const file = await download(page, "export-person");
  assert.equal(file.name, "person.json");
  const { format, known } = JSON.parse(file.bytes);
  assert.equal(format, "regulars-person");
  const [first, second] = known.imports;
  assert.deepEqual(first.orders.map((it) => [it.number, it.total]), [["S2", 3300], ["S4", 3300]]);
  assert.equal(first.customers[0].email, "canary@example.com");
  assert.equal(second.tickets[0].text, "canary-asked");
  assert.equal(known.changes[0].operation.Set.Text, "canary-note");
  assert.ok(!file.bytes.includes("ann@example.com"));
});

test("on a small screen the dialog fits, and its words can be reached", async (t) => {
  const page = await shop(t, { viewport: { width: 360, height: 640 } });
  await page.click('[data-action="erase-person"]');
  const { width, wide } = await page.locator("dialog[open]").evaluate((it) => ({
    width: it.getBoundingClientRect().width,
    wide: document.documentElement.scrollWidth,
  }));
  assert.ok(width <= 360 && wide <= 360, `${width} ${wide}`);
  await page.click('[data-action="erase-cancel"]');
  await page.locator("dialog[open]").waitFor({ state: "detached" });
});
