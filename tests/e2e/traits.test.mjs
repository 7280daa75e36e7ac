// Traits: what kind of customer buys what, where there is room, and who is like the best, with known
// answers.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { assertAccessible, browserForTests, importFiles, open, ready } from "./support.mjs";

const newPage = browserForTests({ shared: true });

/**
 * Thirty customers: ten of FR, of whom six bought milk and four tea; twenty of US, all with tea. So the
 * French buy milk 6 of 10 against 6 of 30: three times as often.
 */
const ORDERS = {
  name: "orders.csv",
  text: [
    "order_id,customer_email,ordered_at,total,currency,status,country,sku,product_name,quantity,price",
    ...Array.from({ length: 30 }, (_, n) => {
      const product = n < 6 ? "MILK,Milk" : "TEA,Tea";
      return `${n},c${n}@example.com,2026-01-05 10:00:00,10.00,USD,paid,${n < 10 ? "FR" : "US"},${product},1,10.00`;
    }),
  ].join("\n"),
};

/** The six with milk are mothers of 34 years, the other French are 66. */
const CONTACTS = {
  name: "contacts.csv",
  text: [
    "email,first_name,birthday,tags",
    ...Array.from({ length: 10 }, (_, n) => `c${n}@example.com,Ann,${n < 6 ? "1992-02-01,mother" : "1960-02-01,"}`),
  ].join("\n"),
};

async function shop(t, files, options) {
  const page = await newPage(t, options);
  for (const file of files) {
    await open(page, "/import");
    await importFiles(page, file);
  }
  return page;
}

/** The table as it is drawn: by trait, how many have it, and by product both with it, lift, and whether it is grey. */
const table = (page) =>
  page.locator("#traits tr[data-trait]").evaluateAll((rows) =>
    Object.fromEntries(
      rows.map((row) => [
        row.dataset.trait,
        {
          customers: row.querySelectorAll("td")[1].textContent.trim(),
          cells: [...row.querySelectorAll("td[data-n]")].map((it) => [Number(it.dataset.n), it.dataset.lift, it.dataset.small === "true"]),
          quiet: [...row.querySelectorAll("td[data-n]")].map((it) => getComputedStyle(it).color),
        },
      ]),
    ),
  );

for (const language of ["en-US", "zh-CN"]) {
  test(`who buys three times as often has a lift of three, few are grey (${language})`, async (t) => {
    const page = await shop(t, [ORDERS, CONTACTS], { language });
    await open(page, "/traits?by=country&as_of=2026-02-01");
    const products = await page.locator("#traits thead th").allInnerTexts();
    assert.deepEqual(products.slice(2), ["Tea", "Milk"]);
    // Countries as the reader calls them.
    const names = language === "zh-CN" ? ["法国", "美国"] : ["France", "United States"];
    const found = await table(page);
    const [FR, US] = names.map((it) => found[it]);
    assert.deepEqual([FR.customers, US.customers], ["10", "20"]);
    // Tea: four of ten against 24 of 30.
    assert.deepEqual(FR.cells, [[4, "0.5", true], [6, "3.0", false]]);
    assert.deepEqual(US.cells, [[20, "1.3", false], [0, "0.0", true]]);
    assert.notEqual(FR.quiet[0], FR.quiet[1], "too few are grey");
    assert.match(await page.locator("main h1").innerText(), new RegExp(`${names[0]}.*Milk.*3`));
    await assertAccessible(page, "traits");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.click('#traits [data-action="export-csv"]'),
    ]);
    const lines = (await readFile(await file.path(), "utf8")).trim().split(/\r?\n/);
    assert.equal(lines.length, 3);
    assert.match(lines[1] + lines[2], new RegExp(`${names[0]},10,0\\.5,3(\\.0)?`));
  });
}

test("ages and tags of contact lists tell customers apart, by the keyboard too", async (t) => {
  const page = await shop(t, [ORDERS, CONTACTS]);
  await open(page, "/traits?as_of=2026-02-01");
  // The first kind of which anything is known: who turns 34 on the day is 34.
  const ages = await table(page);
  assert.deepEqual(Object.values(ages).map((it) => it.customers), ["6", "4"]);
  assert.match(Object.keys(ages)[0], /25.*34/);
  assert.deepEqual(Object.values(ages)[0].cells, [[0, "0.0", true], [6, "1.7", false]]);
  await page.locator('#traits [name="by"]:checked').focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForURL(/by=tag/);
  await page.waitForSelector('tr[data-trait="mother"]');
  assert.equal((await table(page)).mother.customers, "6");
  await page.reload();
  await page.waitForSelector('tr[data-trait="mother"]');
});

test("where there is room the customers who have not are the list's", async (t) => {
  // Two of three mothers have no milk yet.
  const mothers = Array.from({ length: 15 }, (_, n) => `c${n < 6 ? n : n + 10}@example.com,Ann,,mother`);
  const contacts = { name: "contacts.csv", text: ["email,first_name,birthday,tags", ...mothers, ...Array.from({ length: 10 }, (_, n) => `c${n + 6}@example.com,Ann,,other`)].join("\n") };
  const page = await shop(t, [ORDERS, contacts]);
  await open(page, "/traits?by=tag&as_of=2026-02-01");
  const row = page.locator("#untapped [data-untapped]", { hasText: "mother" }).filter({ hasText: "Milk" });
  assert.equal(await row.getAttribute("data-untapped"), "9");
  await row.locator("a").last().click();
  await page.waitForURL(/\/customers/);
  await page.waitForFunction(() => document.querySelector("[data-total]")?.dataset.total === "9");
});

/** 600 buyers, of whom nearly all of the best are of FR; and three people who have not bought. */
const BUYERS = {
  name: "orders.csv",
  text: [
    "order_id,customer_email,ordered_at,total,currency,status,country",
    ...Array.from({ length: 600 }, (_, n) => {
      const total = n < 60 ? 900 - n : 20;
      return `${n},c${n}@example.com,2026-01-05 10:00:00,${total}.00,USD,paid,${n < 28 ? "FR" : "US"}`;
    }),
  ].join("\n"),
};
const PROSPECTS = {
  name: "contacts.csv",
  text: ["email,first_name,country,tags", "p1@example.com,Ann,FR,", "p2@example.com,Ben,US,", "p3@example.com,Cay,FR,"].join("\n"),
};

test("look-alikes are prospects only, with what speaks for them", async (t) => {
  const page = await shop(t, [BUYERS, PROSPECTS]);
  await open(page, "/traits?as_of=2026-02-01");
  const rows = page.locator("#like-best [data-like-best]");
  assert.deepEqual(await rows.evaluateAll((all) => all.map((it) => it.dataset.likeBest)), ["0", "0"]);
  for (const text of await rows.allInnerTexts()) assert.match(text, /France/);
  await page.click('[data-action="see-like-best"]');
  await page.waitForURL(/\/customers/);
  await page.waitForFunction(() => document.querySelector("[data-total]")?.dataset.total === "2");
  const listed = await page.locator("[data-row]").allInnerTexts();
  assert.ok(listed.every((it) => /p[13]@example\.com/.test(it)), listed.join(" / "));
});

test("too little is said: nobody's traits, no lines, too few of the best", async (t) => {
  const bare = { name: "orders.csv", text: "order_id,customer_email,ordered_at,total,currency,status\n1,a@example.com,2026-01-05 10:00:00,10.00,USD,paid\n" };
  const page = await newPage(t);
  await open(page, "/traits");
  assert.ok(await page.locator("main .state__title").innerText(), "nothing imported");
  await open(page, "/import");
  await importFiles(page, bare);
  await open(page, "/traits?by=country");
  await ready(page);
  assert.equal(await page.locator("#like-best [data-like-best]").count(), 0);
  const other = await shop(t, [PROSPECTS, bare]);
  await open(other, "/traits?by=country");
  assert.equal(await other.locator("#traits tr[data-trait]").count(), 0, "no product lines");
  assert.match(await other.locator("#like-best").innerText(), /25/);
});
