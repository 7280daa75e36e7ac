// Most visits begin with what the last one ended with: they show the same at once, from the answers
// that were kept, and never what has changed since.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browserForTests, firstAnswersKept, importFiles, open, ready } from "./support.mjs";
import { shop } from "./shop.mjs";

const newPage = browserForTests();

/** As many orders once more. */
const more = { name: "more.csv", text: shop.file.text.replaceAll("A10", "B10") };

/** The small shop on its first screen, once that is kept. */
async function filled(t) {
  const page = await newPage(t);
  await open(page);
  await importFiles(page, shop.file);
  await page.reload();
  await ready(page);
  await firstAnswersKept(page);
  return page;
}

/** How often figures were worked out for this page. */
const analyses = (page) => page.evaluate(() => performance.getEntriesByName("analysis", "measure").length);
const shown = (page) => page.locator("#main").innerText();

async function reopened(page, address = page.url()) {
  await page.goto("about:blank");
  await page.goto(address);
  await ready(page);
}

/** Visits until one is answered from what the one before has kept. */
async function untilKept(page, address = page.url()) {
  for (let visits = 0; visits < 10; visits += 1) {
    await page.waitForTimeout(1_000);
    await reopened(page, address);
    if ((await analyses(page)) === 0) return;
  }
  assert.fail("nothing is kept");
}

test("the first screen is the same from what was kept, and everything else works", async (t) => {
  const page = await filled(t);
  const before = await shown(page);
  // A page that is late, as on a busy machine, finds the data loaded already.
  await untilKept(page);
  assert.equal(await shown(page), before);
  // A day that is chosen is worked out, whatever was kept.
  await page.evaluate((day) => {
    history.pushState(null, "", `?as_of=${day}`);
    dispatchEvent(new PopStateEvent("popstate", { state: null }));
  }, shop.asOf);
  await page.waitForFunction(() => performance.getEntriesByName("analysis", "measure").length === 1);
  await reopened(page, `${new URL("/", page.url())}?as_of=${shop.asOf}`);
  assert.equal(await analyses(page), 1);
  // A screen that asks more waits for the data.
  await reopened(page, `${new URL("/customers", page.url())}`);
  assert.equal(await page.locator('main a[href*="customer?id="]').count(), shop.customers);
});

test("an edit is shown by the next visit, at once and after it", async (t) => {
  const page = await filled(t);
  const home = page.url();
  await open(page, "/settings");
  await page.fill("#shop-name", "Wool and more");
  await page.locator("#shop-name").blur();
  await page.waitForFunction(() => performance.getEntriesByName("edit").length === 1);
  for (const visit of [reopened, untilKept]) {
    await visit(page, home);
    assert.equal((await page.locator(".nav__brand").innerText()).includes("Wool and more"), true);
  }
});

test("an import in another tab is in what the next visit shows", async (t) => {
  const page = await filled(t);
  const before = await page.locator("#kpi-orders").innerText();
  const tab = await page.context().newPage();
  await open(tab, "/import");
  await importFiles(tab, more);
  await reopened(page);
  assert.notEqual(await page.locator("#kpi-orders").innerText(), before);
  const after = await shown(page);
  await tab.close();
  await untilKept(page);
  assert.equal(await shown(page), after);
});

test("damage that shows as the data are loaded corrects the screen", async (t) => {
  const page = await filled(t);
  const aside = await page.context().newPage();
  // The browser reports the missing page as an error, as it should.
  await aside.goto(new URL("/404.html", page.url()).href);
  await page.goto("about:blank");
  await aside.evaluate(async () => {
    const finished = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await finished(indexedDB.open("regulars"));
    const chunks = database.transaction("chunk", "readwrite").objectStore("chunk");
    for (const key of await finished(chunks.getAllKeys())) {
      const bytes = await finished(chunks.get(key));
      bytes[Math.floor(bytes.length / 2)] ^= 1;
      await finished(chunks.put(bytes, key));
    }
    database.close();
  });
  await page.goto(new URL("/", aside.url()).href);
  await page.locator(".banner", { hasText: shop.file.name }).waitFor();
  assert.equal(await page.locator("#kpi-net", { hasText: /[1-9]/ }).count(), 0);
});

test("deleting everything deletes what was kept", async (t) => {
  const page = await filled(t);
  await open(page, "/data");
  await page.fill("#delete-word", "delete");
  await page.click('[data-action="delete-all"]');
  await page.waitForFunction(
    () =>
      new Promise((resolve) => {
        indexedDB.open("regulars").onsuccess = ({ target }) => {
          const keys = target.result.transaction("meta").objectStore("meta").getAllKeys();
          keys.onsuccess = () => {
            target.result.close();
            resolve(keys.result.join() === "manifest");
          };
        };
      }),
    null,
    { polling: 100 },
  );
});
