// A picture of every screen: routes × languages × themes × widths, into the folder ARTIFACTS.
// With SCREENS="rfm tiers" only those routes.
import { chromium } from "playwright-core";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { BASE_URL, CHROMIUM, collectErrors, open, ready, required } from "./support.mjs";

const ROUTES = [
  "", "customers", "customer?id=1", "orders", "order?id=1", "products", "product?id=1", "tasks", "rfm", "tiers",
  "lifecycle", "cohorts", "churn", "value", "cross-sell", "satisfaction", "explore", "reports", "traits", "outreach", "segments",
  "key-accounts", "credit", "duplicates", "quality", "import", "data", "settings",
];
const LANGUAGES = ["en", "zh-CN"];
const THEMES = ["light", "dark"];
const WIDTHS = [{ width: 1280, height: 800 }, { width: 360, height: 740 }];

const folder = required("ARTIFACTS");
const wanted = process.env.SCREENS?.split(" ");
await mkdir(folder, { recursive: true });
const browser = await chromium.launch(CHROMIUM);
const context = await browser.newContext({ viewport: WIDTHS[0] });
const errors = [];
let page = await newPage();

await open(page);
await picture("first-run");
await open(page);
await page.click('[data-action="load-sample"]');
await page.waitForSelector('[data-action="remove-sample"], [data-import-summary]', { state: "attached" });
await ready(page);
const customer = await firstLink("/customers", "customer?id=");
const order = await firstLink("/orders", "order?id=");
const product = await firstLink("/cross-sell", "product?id=");

for (const route of ROUTES) {
  const name = route.split("?")[0] || "overview";
  if (wanted && !wanted.includes(name)) continue;
  const address = { customer, order, product }[name] ?? route;
  // A page that is reloaded a hundred times in a minute runs out of room for its programs' memory.
  await page.close();
  page = await newPage();
  await picture(name, address);
}
await browser.close();
for (const error of errors.flat()) console.error(error);
console.log(`The pictures are in ${folder}`);
process.exitCode = errors.flat().length > 0 ? 1 : 0;

async function newPage() {
  const page = await context.newPage();
  errors.push(collectErrors(page));
  return page;
}

async function picture(name, route = "") {
  for (const language of LANGUAGES) {
    for (const theme of THEMES) {
      for (const size of WIDTHS) {
        await page.setViewportSize(size);
        const query = `${route.includes("?") ? "&" : "?"}lang=${language}&theme=${theme}`;
        await open(page, `/${route}${query}`);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        const file = `${name}-${language}-${theme}-${size.width}.png`;
        if (overflow > 0) errors.push(`${file}: ${overflow} px wider than the screen`);
        await page.screenshot({ path: join(folder, file), fullPage: size.width < 600 });
      }
    }
  }
  console.log(name);
}

/** The address of the first detail page that a list links to. */
async function firstLink(list, target) {
  await open(page, list);
  const links = page.locator(`a[href*="${target}"]`);
  if ((await links.count()) === 0) return undefined;
  const href = await links.first().getAttribute("href");
  return href.slice(href.indexOf(target));
}
