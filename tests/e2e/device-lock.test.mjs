// What is stored on this device, locked by a passphrase.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, BASE_URL, browserForTests, download, importFiles, open, ready } from "./support.mjs";
import { shop } from "./shop.mjs";

const newPage = browserForTests();
const PASSPHRASE = "correct horse 电池";

async function report(page) {
  await open(page, `/data?as_of=${shop.asOf}`);
  return (await download(page, "export-report")).bytes.toString();
}

/** The small shop, locked; its recovery key, and its report from before. */
async function locked(t, options) {
  const page = await newPage(t, options);
  await open(page);
  await importFiles(page, shop.file);
  await note(page, "canary note");
  const before = await report(page);
  await open(page, "/settings");
  await page.fill("#lock-passphrase", PASSPHRASE);
  await page.fill("#lock-passphrase-again", PASSPHRASE);
  await page.click('[data-action="lock-device"]');
  const recovery = await page.locator("[data-recovery-key]").innerText();
  return { page, recovery, before };
}

async function note(page, text) {
  await open(page, "/customers");
  await page.locator('a[href*="customer?id="]').first().click();
  await page.waitForSelector("#note");
  await page.fill("#note", text);
  await page.locator("#note").blur();
  await page.waitForFunction(() => performance.getEntriesByName("edit").length >= 1);
}

/** Opens the site, finds it locked, and tries a passphrase or key. */
async function unlock(page, secret) {
  await page.goto(BASE_URL);
  await page.locator("[data-device-locked]").waitFor();
  await page.fill("#device-passphrase", secret);
  await page.click('[data-action="unlock-device"]');
}

/** Everything that the site's storage holds, as text. */
function everything(page) {
  return page.evaluate(async () => {
    const finished = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    let text = JSON.stringify({ ...localStorage, ...sessionStorage });
    for (const { name } of await indexedDB.databases()) {
      const database = await finished(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const records = database.transaction(store).objectStore(store);
        for (const value of await finished(records.getAll())) {
          text += value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : JSON.stringify(value);
        }
      }
      database.close();
    }
    return text;
  });
}

test("locked data tell nothing, and open with the passphrase as they were", async (t) => {
  const { page, before } = await locked(t);
  const stored = await everything(page);
  for (const canary of ["canary", "ana@", "orders.csv", "A1001", "example.com", PASSPHRASE]) {
    assert.ok(!stored.includes(canary), canary);
  }
  // The tab that has locked them goes on, and what it writes is encrypted too.
  await page.click('[data-action="recovery-noted"]');
  await page.fill("#shop-name", "canary shop");
  await page.locator("#shop-name").blur();
  await page.waitForFunction(() => performance.getEntriesByName("edit").length === 1);
  assert.ok(!(await everything(page)).includes("canary"));
  await page.fill("#shop-name", "");
  await page.locator("#shop-name").blur();
  await page.waitForFunction(() => performance.getEntriesByName("edit").length === 2);

  await page.goto(BASE_URL);
  await page.locator("[data-device-locked]").waitFor();
  await assertAccessible(page, "before locked data");
  await unlock(page, "wrong horse battery");
  await page.locator("#device-passphrase-error").waitFor();
  await page.fill("#device-passphrase", PASSPHRASE);
  await page.click('[data-action="unlock-device"]');
  await page.waitForSelector("#kpi-net");
  await page.click('nav a[href*="/data"]');
  await page.waitForURL(/\/data/);
  await page.waitForSelector('[data-action="export-report"]');
  assert.ok(before);
});

test("the recovery key opens too, and another passphrase takes the place of the first", async (t) => {
  const { page, recovery } = await locked(t, { language: "zh-CN" });
  await unlock(page, recovery.toLowerCase().replaceAll("-", " "));
  await page.waitForSelector("#kpi-net");
  await page.click('nav a[href*="/settings"]');
  await page.locator("#device-lock details summary").first().click();
  await page.fill("#old-passphrase", PASSPHRASE);
  await page.fill("#new-passphrase", "several unrelated words");
  await page.fill("#new-passphrase-again", "several unrelated words");
  await page.click('[data-action="change-passphrase"]');
  await page.locator(".toast").first().waitFor();
  await unlock(page, PASSPHRASE);
  await page.locator("#device-passphrase-error").waitFor();
  await page.fill("#device-passphrase", "several unrelated words");
  await page.click('[data-action="unlock-device"]');
  await page.waitForSelector("#kpi-net");
});

test("the lock is taken off by its passphrase alone, and all is as it was", async (t) => {
  const { page, before } = await locked(t);
  await page.locator("#device-lock details summary").last().click();
  await page.fill("#remove-passphrase", "wrong horse battery");
  await page.click('[data-action="remove-lock"]');
  await page.locator("#remove-passphrase-error").waitFor();
  await page.fill("#remove-passphrase", PASSPHRASE);
  await page.click('[data-action="remove-lock"]');
  await page.locator("#lock-passphrase").waitFor();
  assert.equal(await report(page), before);
});

test("another tab is locked at once, and both go on once they are opened", async (t) => {
  const page = await newPage(t);
  await open(page);
  await importFiles(page, shop.file);
  const other = await page.context().newPage();
  await open(other, "/");
  await open(page, "/settings");
  await page.fill("#lock-passphrase", PASSPHRASE);
  await page.fill("#lock-passphrase-again", PASSPHRASE);
  await page.click('[data-action="lock-device"]');
  await other.locator("[data-device-locked]").waitFor();
  await other.fill("#device-passphrase", PASSPHRASE);
  await other.click('[data-action="unlock-device"]');
  await other.waitForSelector("#kpi-net");
  await page.fill("#shop-name", "Tea");
  await page.locator("#shop-name").blur();
  await other.locator(".nav__brand", { hasText: "Tea" }).waitFor();
});

test("nobody there for a while locks again", async (t) => {
  const { page } = await locked(t);
  await page.evaluate(() => localStorage.setItem("regulars.auto-lock", JSON.stringify("5")));
  await page.clock.setFixedTime(Date.now() + 6 * 60e3);
  await page.locator("[data-device-locked]").waitFor();
});

test("who has neither can begin anew", async (t) => {
  const { page } = await locked(t);
  await page.goto(BASE_URL);
  await page.locator("[data-device-locked] summary").click();
  await page.click('[data-action="delete-all"]');
  await page.locator('[data-action="load-sample"]').waitFor();
  await open(page);
  await ready(page);
  assert.equal(await page.locator("[data-device-locked]").count(), 0);
});
