// Every file whose figures are known by other means, through the browser and in both languages: what
// the page says before anything is stored, what it says afterwards, and the report that comes out.
//
// `truth.json` holds the figures, file by file. A number beside a warning is how often it must be
// so; `null`: only that it is told. Amounts are in the file's currency, days in the shop's zone.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { BASE_URL, browserForTests, chooseFiles, download, importSummary, open } from "./support.mjs";

const newPage = browserForTests();
const root = new URL("../../", import.meta.url);
const { files, together } = JSON.parse(await readFile(new URL("truth.json", import.meta.url), "utf8"));

const LANGUAGES = ["en-US", "zh-CN"];
/** The zone of a browser: a file whose times say their own zone is read in China, too. */
const zoneOf = (language, known) => (language === "zh-CN" && known.says_zone ? "Asia/Shanghai" : known.zone);
/** No order of any file is later. */
const AS_OF = "2026-11-20";
/** Orders that count nowhere, in the sequence in which the page names them. */
const LEFT_OUT = ["test", "cancelled", "unpaid", "zero_total", "fully_refunded"];
const CONFIRM = '[data-action="import-confirm"]:not([disabled])';

const fixture = async (name) => ({ name, bytes: await readFile(new URL(files[name].from + name, root)) });

/** The numbers of a text, as `13105.13`. */
const numbers = (text) => (text.match(/\d[\d,]*(\.\d+)?/g) ?? []).map((it) => it.replaceAll(",", ""));

// Most of the time of a page is waiting.
describe("known files", { concurrency: 3 }, () => {
  for (const [name, known] of Object.entries(files)) {
    for (const language of LANGUAGES) {
      test(`${name} (${language})`, async (t) => {
        const page = await newPage(t, { language, timezoneId: zoneOf(language, known) });
        await open(page, "/import");
        await chooseFiles(page, await fixture(name));
        const found = await foundOf(page, page.locator("[data-import-file]"));
        assert.ok(found.heading.includes(known.called[language]), found.heading);
        assertWarned(found.warnings, known.warnings);
        assert.deepEqual(found.rejected, known.rejected);
        if (known.refused) {
          assert.ok(await page.locator('[data-action="import-confirm"]').isDisabled(), "nothing to import");
          return;
        }
        if (known.answer) await answer(page, known.answer);
        const isOrders = known.orders !== undefined;
        const facts = isOrders
          ? [[known.orders, known.rows], [known.customers], [known.net, known.valid]]
          : [[known.records], [known.rows]];
        // Behind these: for how long, of orders; how many are of customers, of other records.
        const told = facts.flat().map(String);
        assert.deepEqual(found.facts.slice(0, told.length), told);
        if (isOrders) assert.deepEqual(found.leftOut, leftOut(known));

        await page.click(CONFIRM);
        const summary = await importSummary(page);
        const count = isOrders ? known.orders + known.refundDocuments : known.records;
        assert.deepEqual([summary.new, summary.updated, summary.identical], [count, 0, 0]);
        assert.deepEqual([summary.orders, summary.rejected], [known.orders ?? 0, known.rejected.length]);
        const brought = numbers(await page.locator("[data-import-summary] b").innerText());
        assert.deepEqual(brought, (isOrders ? [known.orders, known.customers] : [known.records]).map(String));

        const report = await reportOf(page);
        if (!isOrders) {
          const { customers, orders } = report.totals;
          assert.deepEqual({ customers, orders }, { customers: known.contacts, orders: 0 });
          return;
        }
        assert.equal(report.time_zone, known.zone);
        assert.equal(report.currency, known.currency ?? (language === "zh-CN" ? "CNY" : "USD"));
        const { onRecord: customers, buyers, orders, valid: valid_orders } = known;
        assert.deepEqual(report.totals, { customers, buyers, orders, valid_orders, ...known.report });
      });
    }
  }

  for (const language of LANGUAGES) {
    test(`contacts, answers and tickets of a shop find its customers and orders (${language})`, async (t) => {
      const page = await newPage(t, { language, timezoneId: zoneOf(language, files["syn_shopify_orders.csv"]) });
      await open(page, "/import");
      await chooseFiles(page, await fixture("syn_shopify_orders.csv"));
      await page.click(CONFIRM);
      await importSummary(page);
      await open(page, "/import");
      const names = Object.keys(together.files);
      await chooseFiles(page, ...(await Promise.all(names.map(fixture))));
      await page.waitForSelector(CONFIRM);
      for (const name of names) {
        const card = page.locator(`[data-import-file="${name}"]`);
        const [records, , one, other] = (await foundOf(page, card)).facts.map(Number);
        const said = await card.locator("[data-found]").evaluateAll((all) => all.map((it) => [it.dataset.found, it.innerText]));
        const counts = said.filter(([what]) => what !== "reading" && what !== "changes").map(([what, text]) => [what, Number(numbers(text)[0])]);
        const known = together.files[name];
        assert.deepEqual({ facts: [records, one, other], said: Object.fromEntries(counts) }, known, name);
      }
      await page.click(CONFIRM);
      await importSummary(page);
      const { customers, buyers, net } = (await reportOf(page)).totals;
      assert.deepEqual({ customers, buyers, net }, together.report);
    });
  }
});

/** What the page says of a file: its numbers are the same in every language. */
async function foundOf(page, card) {
  await card.waitFor();
  await card.locator(".found__fact").first().waitFor();
  const found = await card.evaluate((section) => {
    const texts = (selector) => [...section.querySelectorAll(selector)].map((it) => it.textContent);
    return {
      heading: section.querySelector("h2").textContent,
      facts: texts(".found__fact").join(" | "),
      warnings: [...section.querySelectorAll("[data-warning]")].map((it) => [
        it.dataset.warning,
        it.querySelector(".issue__value").textContent,
      ]),
      leftOut: texts('[data-found="left-out"]').join(" "),
      rejected: texts(".found__rows tbody tr > :first-child").map(Number),
    };
  });
  return {
    ...found,
    facts: numbers(found.facts),
    leftOut: numbers(found.leftOut).map(Number),
    warnings: Object.fromEntries(found.warnings.map(([code, times]) => [code, Number(numbers(times)[0] ?? 1)])),
  };
}

/** Answers a question; where that is not what was assumed the file is read anew, and nobody asks. */
async function answer(page, choice) {
  const input = `input[value="${choice}"]`;
  await page.click(`[data-import-question] ${input}`);
  await page.waitForSelector(`[data-import-question] label:not(:first-of-type) ${input}`, { state: "detached" });
}

/** Every kind that must be told is, as often as it is so. More is no fault. */
function assertWarned(found, expected) {
  for (const [code, count] of Object.entries(expected)) {
    assert.ok(code in found, `${code} is not told: ${JSON.stringify(found)}`);
    if (count !== null) assert.equal(found[code], count, code);
  }
}

/** How many orders count nowhere, state by state. */
function leftOut(known) {
  return LEFT_OUT.map((state) => known.states[state] ?? 0).filter((count) => count > 0);
}

/** The report that the page gives out; the screen is changed without loading the page anew. */
async function reportOf(page) {
  await page.evaluate((address) => {
    history.pushState(null, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
  }, new URL(`./data?as_of=${AS_OF}`, `${BASE_URL}/`).href);
  const { bytes } = await download(page, "export-report");
  const report = JSON.parse(bytes.toString("utf8"));
  assert.equal(report.as_of, AS_OF);
  return report;
}
