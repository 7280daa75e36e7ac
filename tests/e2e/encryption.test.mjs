// Backups that only a passphrase opens.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, browserForTests, download, importFiles, open } from "./support.mjs";
import { shop } from "./shop.mjs";

const newPage = browserForTests();
const PASSPHRASE = "correct horse 电池";

/** A locked backup of the small shop, and that shop's report. */
async function locked(t, options) {
  const page = await newPage(t, options);
  await open(page);
  await importFiles(page, shop.file);
  await open(page, `/data?as_of=${shop.asOf}`);
  const report = await download(page, "export-report");
  await page.click("#backup summary");
  await fillPassphrases(page, PASSPHRASE, PASSPHRASE);
  const file = await download(page, "export-locked-backup");
  return { page, file, report: report.bytes.toString() };
}

async function fillPassphrases(page, first, second) {
  await page.fill("#backup-passphrase", first);
  await page.fill("#backup-passphrase-again", second);
}

async function choose(page, bytes) {
  await open(page, "/data");
  const buffer = Buffer.from(bytes);
  await page.setInputFiles("#restore-file", { name: "regulars-backup.enc", mimeType: "", buffer });
}

async function unlock(page, passphrase) {
  await page.fill("#restore-passphrase", passphrase);
  await page.click('[data-action="unlock-backup"]');
}

test("a locked backup tells nothing, opens with its passphrase and gives the same report", async (t) => {
  const { file, report } = await locked(t);
  assert.equal(file.name, "regulars-backup.enc");
  assert.equal(file.bytes.subarray(0, 8).toString(), "RGLOCK01");
  for (const plain of ["ana@example.com", "A1001", "regulars-backup", "\x1f\x8b\x08", PASSPHRASE]) {
    assert.equal(file.bytes.indexOf(plain, 0, "latin1"), -1, plain);
  }
  const other = await newPage(t);
  await choose(other, file.bytes);
  await other.locator("[data-backup-locked]").waitFor();
  await assertAccessible(other, "a locked backup");
  await unlock(other, "wrong horse battery");
  await other.locator("#restore-passphrase-error").waitFor();
  // A wrong passphrase costs nothing but a message: the next may be the right one.
  await unlock(other, PASSPHRASE);
  await other.click('[data-action="restore-confirm"]');
  await other.locator('[data-action="restore-undo"]').waitFor();
  await open(other, `/data?as_of=${shop.asOf}`);
  assert.equal((await download(other, "export-report")).bytes.toString(), report);
});

test("letters that look the same are the same, whichever keyboard wrote them", async (t) => {
  const { page, file } = await locked(t);
  await choose(page, file.bytes);
  await unlock(page, PASSPHRASE.replace("correct", "ｃｏｒｒｅｃｔ").normalize("NFD"));
  await page.locator("[data-backup-found]").waitFor();
});

test("every changed, moved or missing byte of a locked backup is noticed", async (t) => {
  const { page, file } = await locked(t);
  const changed = (at) => {
    const bytes = Buffer.from(file.bytes);
    bytes[at] ^= 1;
    return bytes;
  };
  const end = file.bytes.length;
  const cases = [
    // The cost of a try, made cheap: refused before a passphrase is asked for.
    ["cheap", Buffer.concat([file.bytes.subarray(0, 8), Buffer.alloc(4), file.bytes.subarray(12)]), "refused"],
    ["salt", changed(20), "wrong"],
    ["nonce", changed(40), "wrong"],
    ["key", changed(60), "wrong"],
    ["first block", changed(96), "refused"],
    ["last byte", changed(end - 1), "refused"],
    ["cut", file.bytes.subarray(0, end - 1), "refused"],
    ["longer", Buffer.concat([file.bytes, Buffer.alloc(1)]), "refused"],
    ["header alone", file.bytes.subarray(0, 96), "refused"],
  ];
  for (const [what, bytes, expected] of cases) {
    await choose(page, bytes);
    const asks = page.locator("#restore-passphrase");
    const refused = page.locator('[data-backup-error][data-code="backup_damaged"]');
    await asks.or(refused).first().waitFor();
    if (await asks.count()) await unlock(page, PASSPHRASE);
    const wrong = page.locator("#restore-passphrase-error");
    await wrong.or(refused).first().waitFor();
    assert.equal((await refused.count()) === 1 ? "refused" : "wrong", expected, what);
  }
});

test("a passphrase that is short or mistyped is not taken", async (t) => {
  const page = await newPage(t, { language: "zh-CN" });
  await open(page);
  await importFiles(page, shop.file);
  await open(page, "/data");
  await page.click("#backup summary");
  for (const [first, second, said] of [
    ["short", "short", "10"],
    [PASSPHRASE, `${PASSPHRASE}!`, "不一致"],
  ]) {
    await fillPassphrases(page, first, second);
    await page.click('[data-action="export-locked-backup"]');
    assert.match(await page.locator("#backup-passphrase-error").innerText(), new RegExp(said));
  }
});

/** All that the browser keeps for the site, and all that stands in the page, as one text. */
async function everythingKept(page) {
  return page.evaluate(async () => {
    const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const text = (value) => {
      if (value instanceof ArrayBuffer) return text(new Uint8Array(value));
      if (ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
      if (Array.isArray(value)) return value.map(text).join(" ");
      if (value && typeof value === "object") return Object.entries(value).map(text).join(" ");
      return String(value);
    };
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const records = database.transaction(store).objectStore(store);
        texts.push(...(await done(records.getAllKeys())).map(text), ...(await done(records.getAll())).map(text));
      }
      database.close();
    }
    const folder = await navigator.storage.getDirectory();
    for await (const [name, handle] of folder.entries()) {
      texts.push(name, handle.kind === "file" ? await (await handle.getFile()).text() : "");
    }
    for (const name of await caches.keys()) texts.push(name);
    texts.push(document.cookie, location.href, document.documentElement.outerHTML);
    for (const field of document.querySelectorAll("input, textarea")) texts.push(field.value);
    return texts.join("\n");
  });
}

test("no passphrase stays anywhere in the browser", async (t) => {
  const { page, file } = await locked(t);
  await open(page, "/settings");
  await page.fill("#shop-name", "found by the search");
  await page.locator("#shop-name").blur();
  await page.waitForFunction(() => performance.getEntriesByName("edit").length === 1);
  await choose(page, file.bytes);
  await unlock(page, PASSPHRASE);
  await page.locator("[data-backup-found]").waitFor();
  const kept = await everythingKept(page);
  assert.ok(kept.includes("found by the search"), "what is kept is looked through");
  for (const part of ["horse", "correct horse", "电池"]) {
    assert.ok(!kept.includes(part), part);
  }
  const databases = await page.evaluate(async () => (await indexedDB.databases()).map((it) => it.name));
  assert.deepEqual(databases.filter((it) => it !== "regulars.folder"), ["regulars"]);
});
