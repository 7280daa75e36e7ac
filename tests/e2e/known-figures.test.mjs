// Small shops whose figures are known beforehand: what the screens say of them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { browserForTests, download, importFiles, open, ready } from "./support.mjs";

const newPage = browserForTests({ shared: true });
const numberOf = (text) => Number(text.replace(/[^\d.]/g, ""));

/** Orders as [number, who, day, total, refunded]. */
function orders(rows) {
  const lines = rows.map(
    ([number, who, day, total = 10, refunded = 0]) =>
      `${number},${who}@example.com,${day} 12:00:00,${total.toFixed(2)},${refunded.toFixed(2)},USD,paid`,
  );
  const header = "order_id,customer_email,ordered_at,total,refunded,currency,status";
  return { name: "orders.csv", text: [header, ...lines, ""].join("\n") };
}

/** A page whose shop has these orders. */
async function shopOf(t, rows) {
  const page = await newPage(t);
  await open(page, "/import");
  await importFiles(page, orders(rows));
  return page;
}

/** The rows of the scores file, by the part of the address before the @. */
async function scores(page) {
  await open(page, "/data");
  const text = (await download(page, "export-scores")).bytes.toString("utf8").replace(/^\ufeff/, "");
  const [head, ...lines] = text.trim().split("\r\n").map((line) => line.split(","));
  const named = lines.map((cells) => Object.fromEntries(head.map((name, at) => [name, cells[at]])));
  return Object.fromEntries(named.map((row) => [row.email.split("@")[0], row]));
}

/** How many customers each tier has, the highest first. */
async function tierSizes(page) {
  const counts = await page.locator("#pyramid tr[data-tier] td.n:nth-child(3)").allInnerTexts();
  return counts.map(numberOf);
}

test("equal numbers of orders score equally, and the cuts say where", async (t) => {
  const counts = [1, 1, 1, 1, 1, 1, 2, 2, 3, 9];
  const rows = counts.flatMap((count, who) =>
    Array.from({ length: count }, (_, n) => [`${who}-${n}`, `c${who}`, `2026-09-${String(n + 1).padStart(2, "0")}`]),
  );
  const page = await shopOf(t, rows);
  await open(page, "/rfm");
  const cuts = page.locator("#rfm-cuts tbody tr");
  await cuts.first().waitFor();
  const frequency = await cuts.locator(":scope > :nth-child(3)").allInnerTexts();
  assert.deepEqual(frequency, ["3 – 9", "2", "–", "–", "1"]);
  const found = await scores(page);
  assert.deepEqual(counts.map((_, who) => Number(found[`c${who}`].f)), [1, 1, 1, 1, 1, 1, 4, 4, 5, 5]);
});

test("of 200 customers 2, 8, 30 and 160 are in the tiers, and another share moves two", async (t) => {
  const page = await shopOf(t, Array.from({ length: 200 }, (_, n) => [n, `c${n}`, "2026-10-20", 10 + n]));
  await open(page, "/tiers");
  assert.deepEqual(await tierSizes(page), [2, 8, 30, 160]);
  await page.fill("#share-big", "5");
  await page.fill("#share-normal", "14");
  await page.click("#tier-shares button[type=submit]");
  await page.waitForFunction(() => /10/.test(document.querySelector('#pyramid tr[data-tier="Big"] td:nth-child(3)').innerText));
  assert.deepEqual(await tierSizes(page), [2, 10, 28, 160]);
});

for (const [spending, share, gini] of [[[80, 5, 5, 5, 5], "80%", "0.60"], [Array(10).fill(7), "20%", "0.00"]]) {
  test(`the best fifth of ${spending.length} buyers brings ${share}`, async (t) => {
    const page = await shopOf(t, spending.map((total, n) => [n, `c${n}`, "2026-10-20", total]));
    await open(page, "/tiers");
    assert.ok((await page.locator("h1.headline em").innerText()).endsWith(`bring ${share}`));
    assert.ok((await page.locator(".headline__sub").first().innerText()).endsWith(`Gini coefficient ${gini}.`));
  });
}

test("an order of 100 less 30 counts once at 70, and one that is given back makes no buyer", async (t) => {
  const page = await shopOf(t, [[1, "ann", "2026-10-01", 100, 30], [2, "ben", "2026-10-02", 100, 100]]);
  await open(page, "/customers");
  const row = (who) => page.locator("[data-row]", { hasText: who });
  assert.match(await row("ann").innerText(), /\$70\.00/);
  assert.doesNotMatch(await row("ben").innerText(), /\$[1-9]/);
  await row("ben").locator(".grid-table__link").click();
  await page.waitForURL(/\/customer\?/);
  await page.locator(".profile", { hasText: "No valid order yet" }).waitFor();
  const { ann, ben } = await scores(page);
  assert.deepEqual([ann.orders, ann.historic_clv, ben.orders], ["1", "70.00", "0"]);
});

test("who comes back by month: 2 of 2, none of 2, 1 of 2; a month that is not over is blank", async (t) => {
  const page = await shopOf(t, [
    [1, "ann", "2026-01-05"],
    [2, "ann", "2026-03-05"],
    [3, "ben", "2026-01-31"],
    [4, "cleo", "2026-02-01"],
    [5, "cleo", "2026-03-31"],
  ]);
  await open(page, "/cohorts?as_of=2026-03-31");
  const grid = page.locator("#cohorts .heat-map");
  assert.equal(await grid.getAttribute("aria-rowcount"), "4");
  const shown = (row) => grid.locator("[role=row]").nth(row).locator("[role=cell]").evaluateAll((cells) =>
    cells.map((it) => it.querySelector("[aria-hidden]")?.innerText ?? ""),
  );
  assert.deepEqual(await shown(1), ["100%", "0%", "50%"]);
  assert.deepEqual(await shown(2), ["100%", "100%", ""]);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.click('#cohorts [data-action="export-csv"]'),
  ]);
  assert.equal(file.suggestedFilename(), "cohorts.csv");
  // Nobody came back in the first month after: the two are the list behind.
  await grid.locator("a", { hasText: "0%" }).filter({ hasText: "M1" }).first().click();
  await page.waitForURL(/behind=cohort/);
  await page.waitForSelector('main [data-total="2"]');
  await open(page, "/cohorts?as_of=2026-03-30");
  assert.deepEqual(await shown(1), ["100%", "0%"], "March is not over");
});

test("a weekly buyer who is silent for three weeks is warned of, a yearly one is not", async (t) => {
  const day = (from, days) => new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);
  const rows = [];
  // Sixty with gaps of 50 days make the shop's rhythm.
  for (let n = 0; n < 60; n += 1) rows.push([`s${n}`, `s${n}`, "2026-08-01"], [`t${n}`, `s${n}`, "2026-09-20"]);
  for (let week = 0; week < 30; week += 1) rows.push([`w${week}`, "weekly", day("2026-09-28", -7 * week)]);
  for (const [n, at] of ["2023-10-01", "2024-10-01", "2025-10-01", "2026-09-28"].entries()) rows.push([`y${n}`, "yearly", at]);
  const page = await shopOf(t, rows);
  await open(page, "/churn?as_of=2026-10-19");
  const warned = page.locator("#early-warnings tbody tr");
  assert.equal(await warned.count(), 1);
  assert.match(await warned.innerText(), /weekly@example\.com[\s\S]*21/);
});

test("rows and columns of the moves add up to the customers, and one order more is another class", async (t) => {
  const who = ["ann", "ben", "cleo", "dora", "eve"];
  const page = await shopOf(t, who.map((it, at) => [at, it, `2026-0${at + 1}-10`, 10 + at]));
  const before = await scores(page);
  await open(page, "/import");
  await importFiles(page, orders([["more", "ann", "2026-06-10", 500]]));
  const after = await scores(page);
  assert.notEqual(after.ann.rfm_class, before.ann.rfm_class);
  assert.deepEqual([after.ann.f, after.ann.m], ["5", "5"]);

  await open(page, "/rfm?since=2026-05-31&as_of=2026-06-30");
  const matrix = page.locator("#migration .matrix");
  await matrix.waitFor();
  const titles = await matrix.locator("a").evaluateAll((cells) => cells.map((it) => it.title));
  const sum = (isMeant) => titles
    .map((it) => it.split(": ")).filter(([place]) => isMeant(...place.split(" → ")))
    .reduce((sum, [, said]) => sum + numberOf(said.split(" customer")[0]), 0);
  assert.equal(sum((from, to) => from === "All" && to === "All"), 5);
  assert.equal(sum((from, to) => from === "All" && to !== "All"), 5, "columns");
  assert.equal(sum((from, to) => from !== "All" && to === "All"), 5, "rows");
  assert.equal(sum((from, to) => from !== "All" && to !== "All"), 5, "cells");
  // The matrix is a file of its own, beside that of the largest moves.
  for (const [button, name, lines] of [
    ["#migration .heat-map [data-action=export-csv]", "moves.csv", await matrix.locator("[role=row]").count()],
    ["#migration .card__head [data-action=export-csv]", "largest-moves.csv", 1 + (await page.locator("#migration tbody tr").count())],
  ]) {
    const [file] = await Promise.all([page.waitForEvent("download"), page.click(button)]);
    assert.equal(file.suggestedFilename(), name);
    assert.equal((await readFile(await file.path(), "utf8")).trim().split("\r\n").length, lines, name);
  }
  await ready(page);
});
