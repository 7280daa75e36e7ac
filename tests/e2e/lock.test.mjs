// The lock of this device: what is stored can be read by nobody, and opened by whoever may.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, BASE_URL, browserForTests, download, importFiles, open, ready } from "./support.mjs";
import { shop } from "./shop.mjs";

const newPage = browserForTests();
const PASSPHRASE = "four unrelated words";
const OTHER = "five words of another kind";
/** A customer, a note and the shop's name, none of which may be readable. */
const CANARIES = ["ana@example.com", "zyx-canary-note", "Canary & Wool"];

/** A shop with orders, a name and a note. */
async function filled(t, options) {
  const page = await newPage(t, options);
  await open(page);
  await importFiles(page, shop.file);
  await open(page, "/settings");
  await page.fill("#shop-name", CANARIES[2]);
  await page.locator("#shop-name").blur();
  await page.waitForFunction(() => performance.getEntriesByName("edit").length === 1);
  await open(page, "/customers");
  await page.locator('a[href*="customer?id="]').first().click();
  await page.fill("#note", CANARIES[1]);
  const before = await page.evaluate(() => performance.getEntriesByName("edit").length);
  await page.locator("#note").blur();
  await page.waitForFunction((n) => performance.getEntriesByName("edit").length > n, before);
  return page;
}

/** Puts the lock on; the recovery code. */
async function lock(page, passphrase = PASSPHRASE) {
  await open(page, "/settings");
  await page.fill("#lock-set", passphrase);
  await page.fill("#lock-set-again", passphrase);
  await page.click('[data-action="lock-set"]');
  const code = (await page.locator("[data-lock-code]").innerText()).trim();
  assert.match(code, /^([A-Z2-7]{4}-){9}[A-Z2-7]{4}$/);
  await page.click('[data-action="lock-code-kept"]');
  await page.waitForSelector('[data-lock="on"]');
  return code;
}

async function locked(page) {
  await page.waitForSelector("#lock-passphrase");
}

async function unlock(page, passphrase = PASSPHRASE) {
  await page.fill("#lock-passphrase", passphrase);
  await page.click('[data-action="unlock"]');
}

/** Waits until the data are on screen. */
async function opened(page) {
  await page.waitForSelector(".nav");
  await ready(page);
}

/** Reads every database, what is remembered and every cache as text; of bytes, as Latin letters. */
async function everythingStored(page) {
  return page.evaluate(async () => {
    const request = (it) =>
      new Promise((resolve, reject) => {
        it.onsuccess = () => resolve(it.result);
        it.onerror = () => reject(it.error);
      });
    const text = (value) => {
      if (value instanceof Uint8Array) return new TextDecoder("latin1").decode(value);
      return value instanceof CryptoKey ? `[key ${value.extractable}]` : JSON.stringify(value);
    };
    const found = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const { name } of await indexedDB.databases()) {
      const database = await request(indexedDB.open(name));
      for (const area of database.objectStoreNames) {
        const store = database.transaction(area).objectStore(area);
        const [keys, values] = await Promise.all([request(store.getAllKeys()), request(store.getAll())]);
        found.push(...keys.map(String), ...values.map(text));
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) found.push(url);
    }
    return found.join("\n");
  });
}

const seen = (stored) => CANARIES.filter((it) => stored.includes(it));

test("what is stored is readable without the lock and unreadable with it", async (t) => {
  const page = await filled(t);
  assert.deepEqual(seen(await everythingStored(page)), CANARIES);
  await lock(page);
  assert.deepEqual(seen(await everythingStored(page)), []);
  // Neither is what is written from now on, nor what is kept for the next visit.
  await open(page);
  await locked(page);
  await unlock(page);
  await opened(page);
  await page.waitForTimeout(2_000);
  await open(page, "/settings");
  await unlock(page);
  await page.fill("#shop-name", "Canary & Wool again");
  await page.locator("#shop-name").blur();
  await page.waitForFunction(() => performance.getEntriesByName("edit").length === 1);
  assert.deepEqual(seen(await everythingStored(page)), []);
});

test("a reload asks, a wrong passphrase costs nothing, the right one opens", async (t) => {
  const page = await filled(t);
  await lock(page);
  await page.reload();
  await locked(page);
  const shown = await page.locator("body").innerText();
  assert.ok(!CANARIES.some((it) => shown.includes(it)) && !(await page.title()).includes("Canary"));
  await unlock(page, "not the right one");
  await page.locator("#lock-passphrase-error").waitFor();
  assert.match(await page.locator("#lock-passphrase-error").innerText(), /not the passphrase/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "lock-passphrase");
  await page.fill("#lock-passphrase", "");
  await page.click('[data-action="unlock"]');
  assert.match(await page.locator("#lock-passphrase-error").innerText(), /Type the passphrase/);
  await page.fill("#lock-passphrase", PASSPHRASE);
  await page.keyboard.press("Enter");
  await opened(page);
  assert.equal(await page.inputValue("#shop-name"), CANARIES[2]);
  // A key that stays does not tell its bytes.
  await page.reload();
  await locked(page);
});

test("one unlock serves all tabs, one closing closes all, and what is typed is stored before", async (t) => {
  const page = await filled(t);
  const other = await page.context().newPage();
  await open(other, "/settings");
  await lock(page);
  // The tab of before begins anew and gets the key.
  await other.waitForSelector('[data-lock="on"]');
  assert.equal(await other.inputValue("#shop-name"), CANARIES[2]);
  await other.fill("#shop-name", "typed and not left");
  await page.click('[data-action="lock-now-here"]');
  await Promise.all([locked(page), locked(other)]);
  await unlock(page);
  await opened(page);
  await opened(other);
  assert.equal(await page.inputValue("#shop-name"), "typed and not left");
  const third = await page.context().newPage();
  await open(third);
  await third.waitForSelector("#kpi-net");
  await third.waitForSelector('[data-action="lock-now"]');
  await third.click('[data-action="lock-now"]');
  await Promise.all([locked(page), locked(other), locked(third)]);
});

test("the recovery code opens, and a new passphrase takes the place of the old one", async (t) => {
  const page = await filled(t);
  const code = await lock(page);
  await page.reload();
  await locked(page);
  await page.click('[data-action="lock-other-way"]');
  const submit = async (typed) => {
    await page.fill("#lock-code", typed);
    await page.fill("#lock-new-passphrase", OTHER);
    await page.fill("#lock-new-passphrase-again", OTHER);
    await page.click('[data-action="unlock"]');
  };
  await submit(`${code.slice(0, -1)}${code.endsWith("A") ? "B" : "A"}`);
  await page.locator("#lock-code-error").waitFor();
  await submit(code.toLowerCase().replaceAll("-", " "));
  await opened(page);
  await page.reload();
  await locked(page);
  await unlock(page);
  await page.locator("#lock-passphrase-error").waitFor();
  await unlock(page, OTHER);
  await opened(page);
});

test("passphrase and code are changed, and the lock is removed", async (t) => {
  const page = await filled(t);
  const code = await lock(page);
  await page.click('[data-action="lock-open-change"]');
  const change = async (present) => {
    await page.fill("#lock-present", present);
    await page.fill("#lock-change", OTHER);
    await page.fill("#lock-change-again", OTHER);
    await page.click('[data-action="lock-change"]');
  };
  await change("wrong one for sure");
  await page.locator("[data-lock-error]").waitFor();
  await change(PASSPHRASE);
  await page.locator(".toast", { hasText: "passphrase is changed" }).waitFor();
  await page.click('[data-action="open-lock-renew"]');
  await page.fill("#lock-renew", OTHER);
  await page.click('[data-action="lock-renew"]');
  const second = (await page.locator("[data-lock-code]").innerText()).trim();
  assert.notEqual(second, code);
  await page.click('[data-action="open-lock-remove"]');
  await page.fill("#lock-remove", PASSPHRASE);
  await page.click('[data-action="lock-remove"]');
  await page.locator("[data-lock-error]").waitFor();
  await page.fill("#lock-remove", OTHER);
  await page.click('[data-action="lock-remove"]');
  await page.waitForSelector('[data-lock="off"]');
  assert.deepEqual(seen(await everythingStored(page)), CANARIES);
  await page.reload();
  await opened(page);
  assert.equal(await page.inputValue("#shop-name"), CANARIES[2]);
});

test("a key that stays opens at the next visit until the lock is closed", async (t) => {
  const page = await filled(t);
  await lock(page);
  await page.reload();
  await locked(page);
  await page.check("#lock-stay");
  await unlock(page);
  await opened(page);
  const stored = await everythingStored(page);
  assert.match(stored, /\[key false\]/);
  assert.deepEqual(seen(stored), []);
  await page.reload();
  await opened(page);
  await page.click('[data-action="lock-now-here"]');
  await locked(page);
  assert.doesNotMatch(await everythingStored(page), /\[key/);
  await page.reload();
  await locked(page);
});

test("nobody there for a while closes the lock", async (t) => {
  const page = await filled(t);
  await page.clock.install();
  await lock(page);
  await page.locator('label:has([name=lock-after][value="5"])').click();
  await page.clock.fastForward(4 * 60_000);
  await page.keyboard.press("Tab");
  await page.clock.fastForward(4 * 60_000);
  await page.waitForTimeout(500);
  assert.equal(await page.locator("#lock-passphrase").count(), 0);
  await page.clock.fastForward(6 * 60_000);
  await locked(page);
});

test("a backup, a restore and deleting everything work with the lock on", async (t) => {
  const page = await filled(t);
  await lock(page);
  await page.goto(`${BASE_URL}/data`);
  await locked(page);
  await unlock(page);
  await opened(page);
  const file = await download(page, "export-backup");
  await page.fill("#delete-word", "delete");
  await page.click('[data-action="delete-all"]');
  await page.locator(".toast").first().waitFor();
  await page.setInputFiles("#restore-file", { name: file.name, mimeType: "application/gzip", buffer: file.bytes });
  await page.click('[data-action="restore-confirm"]');
  await page.locator('[data-action="restore-undo"]').waitFor();
  assert.deepEqual(seen(await everythingStored(page)), []);
  await page.reload();
  await locked(page);
  await unlock(page);
  await opened(page);
  await page.goto(`${BASE_URL}/settings`);
  await locked(page);
  await unlock(page);
  await opened(page);
  assert.equal(await page.inputValue("#shop-name"), CANARIES[2]);
});

test("who has neither passphrase nor code can delete everything and begin anew", async (t) => {
  const page = await filled(t);
  await lock(page);
  await page.goto(`${BASE_URL}/`);
  await locked(page);
  await page.click('[data-action="lock-forgotten"]');
  assert.ok(await page.isDisabled('[data-action="lock-delete-all"]'));
  await page.fill("#lock-delete-word", "delete");
  await page.click('[data-action="lock-delete-all"]');
  await page.waitForSelector('[data-action="load-sample"]');
  assert.deepEqual(seen(await everythingStored(page)), []);
});

for (const [language, title] of [["en-US", "Locked"], ["zh-CN", "已锁定"]]) {
  test(`the lock screen and the settings are accessible and fit a telephone: ${language}`, async (t) => {
    const page = await filled(t, { language, viewport: { width: 360, height: 740 } });
    await lock(page);
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= 360);
    for (const summary of await page.locator("#security summary").all()) await summary.click();
    assert.ok(await fits(), "settings");
    for (const theme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme: theme });
      await assertAccessible(page, `settings, ${theme}`);
    }
    await page.reload();
    await locked(page);
    assert.equal(await page.locator("h1").innerText(), title);
    for (const theme of ["dark", "light"]) {
      await page.emulateMedia({ colorScheme: theme });
      await assertAccessible(page, `lock screen, ${theme}`);
      assert.ok(await fits(), "lock screen");
    }
    await page.click('[data-action="lock-other-way"]');
    await page.click('[data-action="lock-forgotten"]');
    await page.waitForSelector("#lock-code");
    await assertAccessible(page, "lock screen by the code");
    assert.ok(await fits(), "lock screen by the code");
  });
}
