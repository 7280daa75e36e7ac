// How long screens take to be drawn anew, letters of a rule to be counted, and a long list to scroll.
import { median, measured } from "./measure.mjs";
import { open, ready } from "./support.mjs";

const SCREENS = [
  "/", "/customers", "/rfm", "/tiers", "/lifecycle", "/cohorts", "/churn", "/value", "/cross-sell", "/satisfaction",
  "/explore", "/reports",
];
const DAYS = ["2026-10-28", "2026-09-15", "2026-05-01"];
const RULE = "all(net>=0)";
const DIGITS = "12345";

/**
 * From a change of the day to the screen's next picture: all answers are there and drawn. The first time
 * on a screen loads its part and is left out.
 */
export async function measureScreens(page) {
  const times = {};
  for (const screen of SCREENS) {
    await open(page, `${screen}?as_of=2026-10-31`);
    await page.waitForTimeout(1_000);
    const found = [];
    for (const day of DAYS) found.push(await repainted(page, { as_of: day }));
    found.push(await repainted(page, { from: "2026-01-01" }));
    times[screen] = found;
  }
  const slowest = Object.entries(times).map(([screen, found]) => ({ screen, ms: median(found) }));
  slowest.sort((a, b) => b.ms - a.ms);
  return { ...slowest[0], times };
}

/** Changes parameters of the address as the back button does, and waits for the picture. */
async function repainted(page, parameters) {
  await ready(page);
  return page.evaluate(async (parameters) => {
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
    const start = performance.now();
    history.pushState(null, "", address);
    dispatchEvent(new PopStateEvent("popstate", { state: null }));
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const isBusy = () => document.documentElement.dataset.busy === "true";
    // The question goes out with the next task.
    for (let n = 0; n < 3 && !isBusy(); n += 1) await frame();
    while (isBusy() || document.documentElement.dataset.ready !== "true") await frame();
    await frame();
    return performance.now() - start;
  }, parameters);
}

/** Letters of a rule, typed one after the other while nothing else is to do. */
export async function measureRule(page) {
  await open(page, `/segment?rule=${encodeURIComponent(RULE)}`);
  const field = page.locator("[data-value]").first();
  await field.click();
  const times = [];
  for (const digit of DIGITS) {
    times.push((await measured(page, "segment", () => page.keyboard.type(digit))).duration);
  }
  return { ms: median(times), times };
}

/** The slowest frame and the share of late ones while the list of all customers is scrolled by the wheel. */
export async function measureScrolling(page) {
  await open(page, "/customers");
  await page.locator("[data-row]").first().hover();
  await page.evaluate(() => {
    globalThis.frames = [];
    let last = performance.now();
    const count = (now) => {
      globalThis.frames.push(now - last);
      last = now;
      if (globalThis.frames.length < 600) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  for (let n = 0; n < 120; n += 1) await page.mouse.wheel(0, 400);
  const frames = await page.evaluate(() => globalThis.frames.slice(1));
  const late = frames.filter((ms) => ms > 25).length / frames.length;
  return { slowest: Math.max(...frames), late, frames: frames.length };
}
