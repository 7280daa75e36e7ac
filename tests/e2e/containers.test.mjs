// Orders in workbooks, archives and JSON: unpacked by a program that nobody else loads.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { NO_WORKER, browserForTests, chooseFiles, importFiles, importSummary, open } from "./support.mjs";
import { shop } from "./shop.mjs";
import { orders, xlsx, zip } from "./workbook.mjs";

const newPage = browserForTests();
const rows = shop.file.text.trimEnd().split("\n").map((line) => line.split(","));

/** The addresses of the unpacker's files that were asked for. */
function loaded(page) {
  const addresses = [];
  page.context().on("request", (request) => {
    if (/unpacker/.test(request.url())) addresses.push(request.url());
  });
  return addresses;
}

test("a CSV file loads nothing that only workbooks need; a workbook does", async (t) => {
  const page = await newPage(t, NO_WORKER);
  const addresses = loaded(page);
  await open(page);
  await importFiles(page, shop.file);
  await open(page, "/import");
  assert.deepEqual(addresses, []);
  // The same orders again, as a workbook: every fact is the same.
  await chooseFiles(page, { name: "orders.xlsx", bytes: xlsx([["Notes", [["Made by the till"]]], ["May & June", rows]]) });
  const card = page.locator("[data-import-file]");
  await card.waitFor();
  assert.equal(await card.count(), 1, "a sheet that holds no table is left out");
  assert.match(await card.innerText(), /orders\.xlsx › May & June/);
  await page.click('[data-action="import-confirm"]:not([disabled])');
  const summary = await importSummary(page);
  assert.deepEqual([summary.identical, summary.new, summary.rejected], [shop.orders, 0, 0]);
  assert.ok(addresses.some((address) => address.endsWith(".wasm")));
});

const half = Math.ceil(rows.length / 2);
const text = (some) => some.map((cells) => cells.join(",")).join("\n");
const [header, ...lines] = rows;
const objects = lines.map((cells) => Object.fromEntries(cells.map((cell, at) => [header[at], cell])));
const packed = [
  ["a zip of two files", "export.zip", zip([["a.csv", text(rows.slice(0, half))], ["sub/b.csv", text([header, ...rows.slice(half)])], ["logo.png", "\x89PNG"]])],
  ["a packed file", "orders.csv.gz", gzipSync(shop.file.text)],
  ["JSON", "orders.json", Buffer.from(JSON.stringify({ orders: objects, next: null }))],
  ["a web page named .xls", "orders.xls", Buffer.from(`<html><table>${rows.map((cells) => `<tr>${cells.map((it) => `<td>${it}`).join("")}`).join("")}</table></html>`)],
  ["a workbook in a zip", "export.zip", zip([["orders.xlsx", xlsx([["A", rows]])]])],
];
for (const [what, name, bytes] of packed) {
  test(`${what} gives the same orders as the file of text`, async (t) => {
    const page = await newPage(t);
    await open(page);
    const summary = await importFiles(page, { name, bytes });
    assert.deepEqual([summary.orders, summary.new, summary.rejected], [shop.orders, shop.orders, 0]);
    await open(page, "/import");
    const again = await importFiles(page, shop.file);
    assert.deepEqual([again.identical, again.updated, again.new], [shop.orders, 0, 0]);
  });
}

/** Drops a file that is refused; how long that took, in milliseconds. */
async function refused(page, file, code) {
  await open(page, "/import");
  const started = Date.now();
  await chooseFiles(page, file);
  const refusal = page.locator(`[data-import-error][data-code="${code}"]`);
  await refusal.waitFor();
  const took = Date.now() - started;
  assert.ok((await refusal.innerText()).length > 20, `${code}: a sentence`);
  return took;
}

test("what is locked, broken or a trap is refused in words, and the next file is read", async (t) => {
  const page = await newPage(t);
  const locked = Buffer.concat([
    Buffer.from("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "latin1"),
    Buffer.alloc(1_500),
    Buffer.from("EncryptedPackage", "utf16le"),
  ]);
  const whole = xlsx([["A", rows]]);
  await refused(page, { name: "locked.xlsx", bytes: locked }, "encrypted");
  await refused(page, { name: "cut.xlsx", bytes: whole.subarray(0, whole.length - 40) }, "damaged");
  await refused(page, { name: "empty.xlsx", bytes: xlsx([["A", []]]) }, "nothing_inside");
  const sheet = `<worksheet><sheetData>${"<row><c><v>0</v></c><c><v>0</v></c></row>".repeat(7_500_000)}`;
  const honest = xlsx([["A", sheet]]);
  const lying = Buffer.from(honest);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(sheet.length);
  for (let at = lying.indexOf(size); at >= 0; at = lying.indexOf(size, at)) lying.writeUInt32LE(1_000, at);
  assert.ok(honest.length < 3_000_000, `${honest.length} bytes`);
  // What says a false size of itself is no whole archive.
  for (const [bytes, code] of [[honest, "too_large"], [lying, "damaged"]]) {
    const took = await refused(page, { name: "bomb.xlsx", bytes }, code);
    t.diagnostic(`a sheet of ${(sheet.length / 1e6).toFixed(0)} MB was refused after ${took} ms`);
    // Two seconds, and as much again for a busy machine.
    assert.ok(took < 4_000, `refused after ${took} ms`);
  }
  const summary = await importFiles(page, { name: "orders.xlsx", bytes: whole });
  assert.equal(summary.new, shop.orders);
});

test("an unpacker that cannot be loaded is told, and loaded at the next try", async (t) => {
  const page = await newPage(t, NO_WORKER);
  const file = { name: "orders.xlsx", bytes: xlsx([["A", rows]]) };
  await page.context().route(/unpacker-.*\.wasm/, (route) => route.abort());
  await refused(page, file, "reader_stopped");
  await page.context().unroute(/unpacker-.*\.wasm/);
  assert.equal((await importFiles(page, file)).new, shop.orders);
});

test("a workbook of 100,000 rows is read, or stopped at once", async (t) => {
  const page = await newPage(t);
  await open(page, "/import");
  const file = { name: "large.xlsx", bytes: xlsx([["A", orders(100_000)]]) };
  // In the first frame that has the button: the reading is soon done.
  const stopped = page.evaluate(() => new Promise((done) => {
    const look = () => {
      const button = document.querySelector('[data-action="import-stop"]');
      if (!button) return requestAnimationFrame(look);
      button.click();
      done(performance.now());
    };
    look();
  }));
  await chooseFiles(page, file);
  const at = await stopped;
  await page.locator('[data-action="import-stop"]').waitFor({ state: "detached" });
  const after = (await page.evaluate(() => performance.now())) - at;
  assert.ok(after < 1_000, `stopped after ${after} ms`);
  assert.equal(await page.locator("[data-import-file]").count(), 0);
  const started = Date.now();
  await chooseFiles(page, file);
  await page.locator('[data-action="import-confirm"]:not([disabled])').waitFor();
  const took = Date.now() - started;
  t.diagnostic(`100,000 rows, ${(file.bytes.length / 1e6).toFixed(1)} MB: inspected after ${took} ms`);
  // The target is 6 s, on an idle machine: the bench holds it against that.
  assert.ok(took < 15_000, `inspected after ${took} ms`);
  await page.click('[data-action="import-confirm"]');
  assert.equal((await importSummary(page)).new, 100_000);
});
