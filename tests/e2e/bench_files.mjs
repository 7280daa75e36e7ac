// Measures of files, each in a browser that knows nothing: a workbook, a stop, and for comparison
// PapaParse, which only splits the same file into rows.
import { chromium } from "playwright-core";
import { fileURLToPath } from "node:url";
import { CHROMIUM, open } from "./support.mjs";
import { rendererPeak } from "./measure.mjs";
import { orders, xlsx } from "./workbook.mjs";

const PATIENCE = 180_000;
const WORKBOOK_ROWS = 100_000;
const PAPA = fileURLToPath(import.meta.resolve("papaparse/papaparse.min.js"));

async function inBrowser(act) {
  const browser = await chromium.launch(CHROMIUM);
  try {
    return await act(await browser.newPage({ locale: "en-US" }));
  } finally {
    await browser.close();
  }
}

/** From the drop of a workbook until the page says what is in it. */
export function measureWorkbook() {
  return inBrowser(async (page) => {
    await open(page, "/import");
    const file = { name: "orders.xlsx", mimeType: "", buffer: xlsx([["Orders", orders(WORKBOOK_ROWS)]]) };
    const started = performance.now();
    await page.setInputFiles("#import-file", file);
    await page.waitForSelector('[data-action="import-confirm"]:not([disabled])', { timeout: PATIENCE });
    return { ms: performance.now() - started, bytes: file.buffer.length, processPeak: rendererPeak() };
  });
}

/** From the click on "stop", in the middle of a file, until the page is free for the next. */
export function measureStop(file) {
  return inBrowser(async (page) => {
    await open(page, "/import");
    await page.setInputFiles("#import-file", file);
    const stop = '[data-action="import-stop"]';
    await page.waitForSelector(stop, { timeout: PATIENCE });
    await page.waitForTimeout(200);
    return await page.evaluate((stop) => new Promise((done) => {
      const button = document.querySelector(stop);
      if (!button) return done({ ms: undefined });
      const clicked = performance.now();
      const look = () => {
        if (document.querySelector(stop)) return requestAnimationFrame(look);
        done({ ms: performance.now() - clicked });
      };
      button.click();
      look();
    }), stop);
  });
}

/** How long PapaParse takes to parse a file, as a stream, and how many rows it finds. */
export function measurePapaParse(file) {
  return inBrowser(async (page) => {
    await page.setContent('<input type="file">');
    await page.addScriptTag({ path: PAPA });
    await page.setInputFiles("input", file);
    return await page.evaluate(() => new Promise((done, failed) => {
      const started = performance.now();
      let rows = 0;
      globalThis.Papa.parse(document.querySelector("input").files[0], {
        chunk: ({ data }) => (rows += data.length),
        complete: () => done({ ms: performance.now() - started, rows }),
        error: failed,
      });
    }));
  });
}
