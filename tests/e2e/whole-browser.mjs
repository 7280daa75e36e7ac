// A whole browser with a profile of its own, which can be killed as a power switch would.
import { chromium } from "playwright-core";
import { spawn } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CHROMIUM } from "./support.mjs";

/** The two places where Chromium keeps IndexedDB; the second comes with these switches. */
export const BACKENDS = {
  leveldb: ["--disable-features=IdbSqliteOnDiskRollout,IdbSqliteBackingStore"],
  sqlite: ["--enable-features=IdbSqliteOnDiskRollout,IdbSqliteBackingStore"],
};

/** Starts the browser on a profile and returns a page, and how to end all of it at once. */
export async function start(profile, backend) {
  const flags = [
    ...CHROMIUM.args,
    ...BACKENDS[backend],
    "--headless=new",
    "--no-first-run",
    "--lang=en-US",
    "--remote-debugging-port=0",
    `--user-data-dir=${profile}`,
    "about:blank",
  ];
  // In a process group of its own: the kill takes all of the browser's processes in one moment.
  const child = spawn(CHROMIUM.executablePath, flags, { detached: true, stdio: ["ignore", "ignore", "pipe"] });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const address = await listening(child);
  const browser = await chromium.connectOverCDP(address);
  const context = browser.contexts()[0];
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(30_000);
  const kill = async () => {
    process.kill(-child.pid, "SIGKILL");
    await gone;
    await browser.close().catch(() => {});
  };
  /** Ends it as a user does, so that everything is written. */
  const close = async () => {
    const session = await browser.newBrowserCDPSession();
    await session.send("Browser.close").catch(() => {});
    await Promise.race([gone, sleep(5_000)]);
    if (child.exitCode === null && child.signalCode === null) await kill();
    await browser.close().catch(() => {});
  };
  return { page, kill, close };
}

/** The address that a browser says it listens on. */
function listening(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr.on("data", (text) => {
      said += text;
      const found = /DevTools listening on (\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
    child.once("exit", (code) => reject(new Error(`the browser ended (${code}):\n${said}`)));
  });
}

/** Which of the two a profile's IndexedDB is in, by the files that are there. */
export async function backendOf(profile) {
  const folder = join(profile, "Default", "IndexedDB");
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  for (const file of files) {
    const path = join(folder, file);
    const head = await readFile(path).then((bytes) => bytes.subarray(0, 15).toString("latin1"), () => "");
    if (head === "SQLite format 3") return "sqlite";
  }
  return files.some((file) => /CURRENT$/.test(file)) ? "leveldb" : "none";
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What is stored, record by record, read beside the engine. */
export function stored(page) {
  return page.evaluate(async () => {
    const finished = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await finished(indexedDB.open("regulars"));
    const transaction = database.transaction(["meta", "chunk", "delta", "log"]);
    const store = (name) => transaction.objectStore(name);
    // All asked for at once: one moment's data.
    const [manifest, chunks, deltas, log, deltaKeys] = await Promise.all([
      finished(store("meta").get("manifest")),
      finished(store("chunk").getAllKeys()),
      finished(store("delta").getAll()),
      finished(store("log").getAll()),
      finished(store("delta").getAllKeys()),
    ]);
    database.close();
    // A line of JSON, then its checksum.
    const open = (record) => JSON.parse(new TextDecoder().decode(record).slice(0, -17));
    return {
      manifest: open(manifest),
      chunks,
      deltas: Object.fromEntries(deltaKeys.map((key, n) => [key, open(deltas[n])])),
      log: log.map(open),
    };
  });
}
