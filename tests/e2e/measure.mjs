// What a browser and the file system tell about cost: timings, long tasks, memory, sizes.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/** Collects what blocks the page for more than 50 ms, from the first moment on. */
export async function watchLongTasks(context) {
  await context.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        window.longTasks.push({ startTime, duration });
      }
    }).observe({ type: "longtask", buffered: true });
  });
}

/** The measures of one name on the page so far. */
export function measures(page, name) {
  return page.evaluate(
    (name) =>
      performance
        .getEntriesByName(name, "measure")
        .map(({ startTime, duration, detail }) => ({ startTime, duration, detail })),
    name,
  );
}

/** Does something and returns the measure of that name that comes of it. */
export async function measured(page, name, act, patience = 60_000) {
  const before = (await measures(page, name)).length;
  await act();
  await page.waitForFunction(
    ([name, before]) => performance.getEntriesByName(name, "measure").length > before,
    [name, before],
    { timeout: patience, polling: 50 },
  );
  return (await measures(page, name)).at(-1);
}

/** The longest task of the page that overlaps a measure, in milliseconds; 0 if none did. */
export async function longestTaskDuring(page, { startTime, duration }) {
  const tasks = await page.evaluate(() => window.longTasks);
  const end = startTime + duration;
  const during = tasks.filter((task) => task.startTime < end && task.startTime + task.duration > startTime);
  return Math.max(0, ...during.map((task) => task.duration));
}

export function median(values) {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The most memory that the page's process has held, its worker included, in bytes. Read from
 * /proc: undefined where there is none.
 */
export function rendererPeak() {
  try {
    const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap(processFacts);
    const parents = new Map(processes.map(({ id, parent }) => [id, parent]));
    const isOurs = (id) => id === process.pid || (parents.has(id) && isOurs(parents.get(id)));
    const peaks = processes.filter(({ id, renderer }) => renderer && isOurs(id)).map(({ peak }) => peak);
    return peaks.length > 0 ? Math.max(...peaks) : undefined;
  } catch {
    return undefined;
  }
}

/** One process of /proc; none if it has ended meanwhile. */
function processFacts(name) {
  try {
    const status = readFileSync(`/proc/${name}/status`, "utf8");
    const field = (label) => Number(status.match(new RegExp(`^${label}:\\s+(\\d+)`, "m"))?.[1] ?? 0);
    const renderer = readFileSync(`/proc/${name}/cmdline`, "utf8").includes("--type=renderer");
    return [{ id: Number(name), parent: field("PPid"), peak: field("VmHWM") * 1024, renderer }];
  } catch {
    return [];
  }
}

/** Every file of the site with its size, as it is and as a host would send it. */
export function assetSizes(dist) {
  return files(dist)
    .map((path) => ({ path, name: relative(dist, path) }))
    // A visitor loads one of the copies of index.html.
    .filter(({ name }) => !name.endsWith("/index.html") && name !== "404.html")
    .map(({ path, name }) => {
      const content = readFileSync(path);
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
      return { name, raw: content.length, brotli: brotliCompressSync(content, { params }).length };
    })
    .sort((a, b) => b.brotli - a.brotli);
}

function files(folder) {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? files(path) : [path]));
}
