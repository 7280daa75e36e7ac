// What is told on two screens is the same on both, and the lists have just as many rows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browserForTests, loadSample, open } from "./support.mjs";

const newPage = browserForTests();
const numberOf = (text) => Number(text.replace(/[^\d.-]/g, ""));

/** How many customers the list of an address has. */
async function listed(page, address) {
  await open(page, address);
  await page.waitForSelector("main [data-total]");
  return Number(await page.locator("main [data-total]").getAttribute("data-total"));
}

/** The first number of each element. */
async function numbers(page, selector) {
  await page.waitForSelector(selector);
  const texts = await page.locator(selector).allInnerTexts();
  return texts.map((it) => numberOf(it.match(/[\d,]+/)[0]));
}

/** The rows of a table: how many customers each has, and where it leads to. */
async function figuresOf(page, rows) {
  await page.waitForSelector(rows);
  return page.$$eval(rows, (all) =>
    all.map((row) => ({
      href: new URL(row.querySelector("a").href).pathname + new URL(row.querySelector("a").href).search,
      customers: Number(row.querySelector("td.n").innerText.replace(/\D/g, "")),
    })),
  );
}

/** Each figure is the length of the list behind it; there are so many of them, and not all are 0. */
async function compare(page, figures, count) {
  assert.equal(figures.length, count);
  assert.ok(figures.some((it) => it.customers > 0));
  for (const { href, customers } of figures) {
    assert.equal(await listedOrNobody(page, href), customers, href);
  }
}

for (const language of ["en-US", "zh-CN"]) {
  test(`figures that are shown twice are the same (${language})`, async (t) => {
    const page = await newPage(t, { language });
    await loadSample(page);

    // Overview: who slips away, and each card of the week.
    await open(page, "/");
    const [slipping] = await numbers(page, ".headline__link");
    assert.equal(await listed(page, "/customers?slipping=1"), slipping);
    // The other screens that speak of it mean the same.
    for (const [route, link] of [["/churn", ".headline__link"], ["/rfm", '[data-action="see-slipping"]']]) {
      await open(page, route);
      assert.deepEqual(await numbers(page, link), [slipping], route);
      assert.match(await page.locator(link).getAttribute("href"), /slipping=1/);
    }

    // RFM: the groups and the heat map are all who are scored, and lead to lists of their length.
    await open(page, "/rfm");
    const buyers = await groupsOf(page);
    const cells = await numbers(page, 'a.heat-map__cell[href*="f="] > span:not(.visually-hidden)');
    const scored = buyers.reduce((sum, it) => sum + it.customers, 0);
    assert.equal(cells.reduce((sum, it) => sum + it, 0), scored, "cells of the heat map");
    for (const { href, customers } of [buyers[0], buyers.at(-1)]) {
      assert.equal(await listed(page, href), customers, href);
    }

    // Life-cycle and churn: the same people, cut otherwise.
    await open(page, "/churn");
    await page.waitForSelector("#register");
    const states = await page.$$eval('main a[href*="silence="].figure__body', (all) =>
      all.map((it) => ({
        href: new URL(it.href).pathname + new URL(it.href).search,
        customers: Number(it.querySelector(".figure__value").innerText.replace(/\D/g, "")),
      })),
    );
    assert.equal(states.length, 3);
    assert.equal(states.reduce((sum, it) => sum + it.customers, 0), scored, "states of silence");
    const register = numberOf(await page.locator('[data-action="see-register"]').innerText());
    const warnings = numberOf(await page.locator('[data-action="see-at-risk"]').innerText());
    assert.equal(register, states[1].customers + states[2].customers);
    assert.equal(warnings, states[1].customers);
    const reasons = await page.$$eval("[data-reason] td:nth-child(2)", (all) =>
      all.map((it) => Number(it.innerText.replace(/\D/g, ""))),
    );
    assert.equal(reasons.reduce((sum, it) => sum + it, 0), register, "reasons");
    assert.equal(await listed(page, "/customers?behind=leaving"), register);
    for (const { href, customers } of states) {
      assert.equal(await listed(page, href), customers, href);
    }
    // The first screen calls late whom the churn screen warns of.
    await open(page, "/");
    const late = page.locator('[data-act]:has(a[href*="act%3Alate"])');
    assert.equal(Number(await late.getAttribute("data-act")), warnings);

    // Life-cycle: the stages are all customers.
    const everybody = await listed(page, "/customers");
    let inStages = 0;
    for (const stage of ["acquisition", "retention", "loyalty", "win-back", "lost"]) {
      inStages += await listedOrNobody(page, `/customers?stage=${stage}`);
    }
    assert.equal(inStages, everybody, "stages");
    await open(page, "/lifecycle");
    await compare(page, await figuresOf(page, "#stages tr[data-stage]"), 5);

    // Tiers: the pyramid is all who have bought.
    let inTiers = 0;
    for (const tier of ["vip", "big", "normal", "small"]) {
      inTiers += await listed(page, `/customers?tier=${tier}`);
    }
    assert.equal(inTiers, scored, "tiers");
    await open(page, "/tiers");
    await compare(page, await figuresOf(page, "#pyramid tr[data-tier]"), 4);

    // What is to be done: card, list and queue.
    await open(page, "/");
    await page.waitForSelector("[data-act]");
    const acts = await page.$$eval("[data-act]", (all) =>
      all.map((it) => ({
        customers: Number(it.dataset.act),
        href: new URL(it.querySelector("a").href).search,
      })),
    );
    for (const { customers, href } of acts) {
      assert.equal(await listed(page, `/customers${href}`), customers, href);
      const code = decodeURIComponent(href).match(/act:([a-z-]+)/)[1];
      assert.equal(await listed(page, `/outreach?act=${code}`), customers, code);
    }
  });
}

async function listedOrNobody(page, address) {
  await open(page, address);
  await page.waitForSelector("main [data-total], main .state__title");
  const found = page.locator("main [data-total]");
  return (await found.count()) === 0 ? 0 : Number(await found.getAttribute("data-total"));
}

/** The groups of the RFM screen: how many, and where they lead to. */
function groupsOf(page) {
  return figuresOf(page, "#rfm-groups tbody tr:has(a[href*='group='])");
}
