// Kills of the whole browser at random moments, during edits and during imports: what was said to be
// stored is there afterwards, and what is there is the state before or the state after, never a mix.
//
// As a program: KIND (edits, imports), BACKEND (leveldb, sqlite), COUNT and SEED choose what is done.
// The seed is printed; the same seed gives the same moments and the same data.
import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { importFiles, open, ready } from "./support.mjs";
import { backendOf, random, start, stored } from "./whole-browser.mjs";

/** Customers of the shop that is edited. */
const CUSTOMERS = 40;
/** Orders of the file whose import is killed: enough to be stored in several transactions. */
const ORDERS = 150_000;
/** A kill comes at most so long after the first edit, or after the import was confirmed. */
const EDITS_WITHIN_MS = 900;

const HEADER = "order_id,customer_email,ordered_at,total,currency,status,channel";

/** A file of orders; its numbers begin with `mark`. */
function table(mark, orders, customers) {
  const rows = Array.from({ length: orders }, (_, n) => {
    const day = String((n % 28) + 1).padStart(2, "0");
    const month = String((Math.floor(n / 28) % 12) + 1).padStart(2, "0");
    // Texts that do not pack well: the chunks are as large as a real shop's.
    const note = ((n * 2654435761) >>> 0).toString(36);
    return `${mark}-${note}-${n},c${n % customers}@example.com,2026-${month}-${day} 10:00:00,${(n % 90) + 10}.00,USD,paid,web`;
  });
  return { name: `${mark}.csv`, text: [HEADER, ...rows, ""].join("\n") };
}

/** What holds of every state that a person may find: nothing is missing, nothing is left over. */
function assertWhole({ manifest, chunks, deltas, log }, where) {
  const known = manifest.batches.flatMap((batch) => batch.chunks.map((chunk) => chunk.key));
  assert.deepEqual([...chunks].sort(), [...known].sort(), `${where}: the chunks are the manifest's`);
  assert.equal(log.length, manifest.next_log - 1, `${where}: the log is the manifest's`);
  const last = new Map();
  for (const { changes } of log) {
    for (const change of changes) {
      if (change.operation.Set) last.set(`${JSON.stringify(change.entity)} ${change.field}`, change);
    }
  }
  const fields = Object.values(deltas).flatMap(({ entity, fields }) =>
    Object.entries(fields).map(([field, { set }]) => [`${JSON.stringify(entity)} ${field}`, set]),
  );
  for (const [name, set] of fields.filter(([, set]) => set)) {
    assert.deepEqual(set[2], last.get(name)?.operation.Set, `${where}: ${name} is the log's`);
  }
}

/** Opens the shop after a kill and looks at all that is stored once the engine has put it right. */
async function lookAfter(profile, backend, where) {
  const { page, close } = await start(profile, backend);
  try {
    await open(page, "/");
    assert.equal(await page.locator("[data-recovery]").count(), 0, `${where}: no edit was damaged`);
    assert.equal(await page.locator(".banner--bad").count(), 0, `${where}: no import was damaged`);
    // Strays are deleted right after opening.
    await page.waitForTimeout(100);
    const found = await stored(page);
    assertWhole(found, where);
    return found;
  } finally {
    await close();
  }
}

/** Writes notes as fast as they are stored, and tells of each that is. */
function writeNotes(page, run) {
  return page.evaluate((run) => {
    const field = document.querySelector("#note");
    const put = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
    let written = 0;
    const next = () => {
      written += 1;
      put.call(field, `run ${run} note ${written}`);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("blur"));
    };
    // The measure is taken when the engine says that the edit is stored.
    // The next one is written once that was heard: no more than one is ever under way.
    new PerformanceObserver(async (list) => {
      for (const _ of list.getEntriesByName("edit")) {
        await globalThis.acknowledged(written);
        next();
      }
    }).observe({ type: "measure" });
    next();
  }, run);
}

/** Kills during edits; each goes on from what the one before has left. */
async function killEdits(profile, backend, count, next, log) {
  let edits = 0;
  {
    const { page, close } = await start(profile, backend);
    await open(page, "/");
    await importFiles(page, table("base", 400, CUSTOMERS));
    await close();
  }
  for (let run = 1; run <= count; run += 1) {
    const { page, kill } = await start(profile, backend);
    let acknowledged = 0;
    await page.exposeFunction("acknowledged", (written) => (acknowledged = written));
    await open(page, "/customers");
    const link = page.locator('a[href*="customer?id="]').nth(Math.floor(next() * 10));
    const id = new URL(await link.getAttribute("href"), page.url()).searchParams.get("id");
    await link.click();
    await page.waitForSelector("#note");
    await ready(page);
    await writeNotes(page, run);
    const after = next() * EDITS_WITHIN_MS;
    await sleep(after);
    await kill();
    const said = acknowledged;
    const found = await lookAfter(profile, backend, `edits, kill ${run}`);
    const set = found.deltas[`customer:${id}`]?.fields.note?.set;
    const text = set?.[2].Text ?? "";
    const there = text.startsWith(`run ${run} note `) ? Number(text.split(" ").pop()) : 0;
    assert.ok(there >= said, `kill ${run}: note ${said} was acknowledged, ${there} is there`);
    assert.ok(there <= said + 1, `kill ${run}: nobody wrote note ${there}`);
    edits += said;
    log(`edits ${backend} ${run}/${count}: after ${after.toFixed(0)} ms, ${said} acknowledged, ${there} there`);
  }
  return { edits };
}

/** Kills during imports; each begins with the same shop. */
async function killImports(profile, backend, count, next, log) {
  const file = table("more", ORDERS, 9_000);
  const base = `${profile}-base`;
  let within;
  {
    const { page, close } = await start(base, backend);
    await open(page, "/");
    await importFiles(page, table("base", 400, CUSTOMERS));
    await close();
    // How long an import takes here: kills are to come before, during and after it.
    await cp(base, profile, { recursive: true });
    const trial = await start(profile, backend);
    await inspect(trial.page, file);
    const began = Date.now();
    await trial.page.click('[data-action="import-confirm"]:not([disabled])');
    await trial.page.locator("[data-import-summary]").first().waitFor();
    within = (Date.now() - began) * 1.15;
    await trial.kill();
  }
  const seen = { before: 0, after: 0, acknowledged: 0 };
  for (let run = 1; run <= count; run += 1) {
    await rm(profile, { recursive: true, force: true });
    await cp(base, profile, { recursive: true });
    const { page, kill } = await start(profile, backend);
    await inspect(page, file);
    const after = next() * within;
    await page.evaluate(() => document.querySelector('[data-action="import-confirm"]').click());
    await sleep(after);
    const done = await Promise.race([
      page.locator("[data-import-summary]").count().then((it) => it > 0, () => false),
      sleep(30).then(() => false),
    ]);
    await kill();
    const found = await lookAfter(profile, backend, `imports, kill ${run}`);
    const live = found.manifest.batches.filter((batch) => batch.state === "live");
    const rows = live.map((batch) =>
      batch.chunks.filter((chunk) => chunk.kind === "orders").reduce((sum, chunk) => sum + chunk.rows, 0),
    );
    const isNew = rows.length === 2;
    assert.deepEqual(rows, isNew ? [400, ORDERS] : [400], `kill ${run}: the old shop or the new one`);
    assert.ok(isNew || !done, `kill ${run}: the import was acknowledged and is not there`);
    seen[isNew ? "after" : "before"] += 1;
    seen.acknowledged += Number(done);
    log(`imports ${backend} ${run}/${count}: after ${after.toFixed(0)} ms, ${isNew ? "new" : "old"} state`);
  }
  await rm(base, { recursive: true, force: true });
  return seen;
}

async function inspect(page, file) {
  await open(page, "/import");
  await page.setInputFiles("#import-file", {
    name: file.name,
    mimeType: "text/csv",
    buffer: Buffer.from(file.text),
  });
  await page.waitForSelector('[data-action="import-confirm"]:not([disabled])');
}

/** Kills the browser `count` times and returns what was seen; throws at the first loss. */
export async function kills(kind, backend, count, seed, log = () => {}) {
  const folder = await mkdtemp(join(tmpdir(), "regulars-kills-"));
  const profile = join(folder, "profile");
  try {
    const act = kind === "edits" ? killEdits : killImports;
    const seen = await act(profile, backend, count, random(seed), log);
    const at = kind === "edits" ? await backendOf(profile) : await backendOf(profile);
    assert.equal(at, backend, "the switch has chosen the other backend");
    return seen;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { KIND = "edits", BACKEND = "leveldb", COUNT = "200", SEED } = process.env;
  const seed = Number(SEED ?? Date.now() % 2 ** 32);
  console.log(`kills during ${KIND}, ${BACKEND}: ${COUNT}, SEED=${seed}`);
  const seen = await kills(KIND, BACKEND, Number(COUNT), seed, console.log);
  console.log(`${COUNT} kills during ${KIND} on ${BACKEND}, seed ${seed}: 0 lost, 0 mixed;`, JSON.stringify(seen));
}
