// Several tabs over one shop: nothing is lost, and each shows within a second what another did.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browserForTests, chooseFiles, importFiles, importSummary, open, ready } from "./support.mjs";
import { shop } from "./shop.mjs";

const newPage = browserForTests();
/** What a change may take to be seen in another tab, here on a busy machine. */
const SOON = 1_000;

async function filled(t) {
  const page = await newPage(t);
  await open(page);
  await importFiles(page, shop.file);
  return page;
}

/** The address of the first customer's page. */
async function customer(page) {
  await open(page, "/customers");
  const link = page.locator('a[href*="customer?id="]').first();
  return new URL(await link.getAttribute("href"), page.url()).href;
}

async function another(page, address) {
  const tab = await page.context().newPage();
  await tab.goto(address);
  await ready(tab);
  return tab;
}

test("a note written in one tab stands in the other within a second", async (t) => {
  const page = await filled(t);
  const address = await customer(page);
  const [one, other] = [await another(page, address), await another(page, address)];
  await one.fill("#note", "likes tea");
  await one.locator("#note").blur();
  await one.waitForFunction(() => performance.getEntriesByName("edit").length === 1);
  await other.waitForFunction(() => document.querySelector("#note").value === "likes tea", null, { timeout: SOON });
});

test("an import in one tab is counted in the other within a second", async (t) => {
  const page = await filled(t);
  const other = await another(page, `${new URL("/", page.url())}?as_of=${shop.asOf}`);
  const before = await other.locator("#kpi-net").innerText();
  await open(page, "/import");
  await importFiles(page, { name: "more.csv", text: shop.file.text.replaceAll("A10", "B10") });
  await other.waitForFunction(
    (before) => document.querySelector("#kpi-net")?.innerText !== before,
    before,
    { timeout: SOON },
  );
});

test("ten tabs that edit at once lose no edit", async (t) => {
  const page = await filled(t);
  const EDITS = 8;
  const address = await customer(page);
  const tabs = await Promise.all(Array.from({ length: 10 }, () => another(page, address)));
  await Promise.all(
    tabs.map((tab, n) =>
      tab.evaluate(
        async ([n, edits]) => {
          const input = document.querySelector("#new-tag");
          const put = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
          for (let edit = 0; edit < edits; edit += 1) {
            put.call(input, `t${n}-${edit}`);
            input.dispatchEvent(new Event("input", { bubbles: true }));
            input.form.requestSubmit();
            const patience = performance.now() + 60_000;
            while (performance.getEntriesByName("edit").length <= edit) {
              if (performance.now() > patience) throw new Error(`edit ${edit} of tab ${n} was not stored`);
              await new Promise((later) => setTimeout(later, 5));
            }
          }
        },
        [n, EDITS],
      ),
    ),
  );
  const fresh = await another(page, address);
  const text = await fresh.locator("main").innerText();
  for (let n = 0; n < tabs.length; n += 1) {
    for (let edit = 0; edit < EDITS; edit += 1) assert.ok(text.includes(`t${n}-${edit}`), `t${n}-${edit}`);
  }
});

test("of two tabs that import at once one waits its turn, and both imports are there", async (t) => {
  const page = await filled(t);
  const address = new URL("/import", page.url()).href;
  const tabs = [await another(page, address), await another(page, address)];
  for (const [n, tab] of tabs.entries()) {
    const text = shop.file.text.replaceAll("A10", `T${n}-`);
    await chooseFiles(tab, { name: `tab${n}.csv`, text });
    await tab.waitForSelector('[data-action="import-confirm"]:not([disabled])');
  }
  await Promise.all(tabs.map((tab) => tab.click('[data-action="import-confirm"]')));
  for (const tab of tabs) assert.equal((await importSummary(tab)).orders, shop.orders);
  await open(page, "/data");
  const names = await page.locator("main").innerText();
  for (const name of ["orders.csv", "tab0.csv", "tab1.csv"]) assert.ok(names.includes(name), name);
});

test("a tab of another build than its engine is refused in a sentence and touches nothing", async (t) => {
  const page = await filled(t);
  const tab = await page.context().newPage();
  // The page's first word to its engine is the id of its build, 16 digits: here of another.
  await tab.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...more) {
      const bytes = Array.isArray(message) ? message[0] : null;
      const said = bytes && new TextDecoder("latin1").decode(bytes);
      const at = said?.search(/[0-9a-f]{16}/) ?? -1;
      if (at >= 0 && !globalThis.toldAnother) {
        globalThis.toldAnother = true;
        bytes[at] = bytes[at] === 0x30 ? 0x31 : 0x30;
      }
      return post.call(this, message, ...more);
    };
  });
  await tab.goto(page.url());
  await tab.getByText(/newer version is here/).first().waitFor();
  assert.ok(await tab.evaluate(() => globalThis.toldAnother));
  assert.equal(await tab.locator("#kpi-net").count(), 0);
  await open(page, "/data");
  assert.ok((await page.locator("main").innerText()).includes("orders.csv"));
});
