// Every screen answers, in both languages and themes, at every width, and for everybody.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertAccessible, browserForTests, loadSample, open, ready } from "./support.mjs";

const newPage = browserForTests({ shared: true });
const BUILT = [
  "/", "/customers", "/rfm", "/tiers", "/lifecycle", "/cohorts", "/churn", "/value", "/satisfaction", "/cross-sell",
  "/outreach", "/products", "/explore", "/reports", "/traits", "/segments", "/segment", "/import", "/data", "/settings",
  "/product?id=none", "/segment?id=1",
];
const LATER = ["/orders", "/quality"];

async function withSample(t, options) {
  const page = await newPage(t, options);
  await loadSample(page);
  return page;
}

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };

/** The page is no wider than the window. */
async function assertFits(page, route) {
  const [inner, outer] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(inner <= outer, `${route}: ${inner} px in ${outer}`);
}

for (const { language, colorScheme, viewport } of [
  { language: "en-US", colorScheme: "light", viewport: DESK },
  { language: "zh-CN", colorScheme: "dark", viewport: PHONE },
]) {
  const which = `${language}, ${colorScheme}`;

  test(`every screen fits a telephone, and axe finds nothing to say at ${viewport.width} px (${which})`, async (t) => {
    const page = await newPage(t, { language, colorScheme, viewport });
    const looked = async (name) => {
      await page.setViewportSize(viewport);
      await assertAccessible(page, name);
      await page.setViewportSize(PHONE);
      await assertFits(page, name);
    };
    await open(page);
    await looked("first run");
    await page.click('[data-action="load-sample"]');
    await page.waitForSelector("#kpi-net");
    for (const route of [...BUILT, ...LATER]) {
      await open(page, route);
      await looked(route);
    }
    await page.setViewportSize(viewport);
    await open(page, "/customers");
    await page.locator('a[href*="customer?id="]').first().click();
    await page.waitForSelector("#facts");
    await looked("customer");
    await page.locator('a[href*="product?id="]').first().click();
    await page.waitForSelector("#product-sales");
    await looked("product");
  });
}

/** Types into a field and leaves it, which saves it. */
async function saveField(page, field, text) {
  await page.bringToFront();
  await page.fill(field, text);
  await page.locator(field).blur();
  await page.waitForSelector('[data-action="edit-undo"]');
}

for (const { where, control } of [
  { where: "first run", control: '[data-action="switch-language"]' },
  { where: "/", control: '[data-action="switch-language"]' },
  { where: "/settings", control: '[name="lang"]:checked' },
]) {
  test(`the control that changed the language keeps the focus (${where}, ${control})`, async (t) => {
    const page = await newPage(t);
    if (where === "first run") {
      await open(page);
    } else {
      await loadSample(page);
      await open(page, where);
    }
    await page.focus(control);
    await page.keyboard.press(control.includes("name") ? "ArrowDown" : "Enter");
    await page.waitForSelector('html[lang="zh-CN"]', { state: "attached" });
    await page.waitForFunction((it) => document.activeElement.matches(it), control);
  });
}

describe("with the sample shop", () => {
  test("the language changes without a reload, and no word is left over", async (t) => {
    const page = await withSample(t);
    await page.evaluate(() => (globalThis.mark = 1));
    await page.click('[data-action="switch-language"]');
    await page.waitForSelector('html[lang="zh-CN"]');
    await page.getByRole("link", { name: "客户分层" }).waitFor();
    assert.equal(await page.evaluate(() => globalThis.mark), 1, "the same page");
    assert.ok(!(await page.locator("main").innerText()).includes("Net revenue"));
    await page.reload();
    await ready(page);
    assert.equal(await page.getAttribute("html", "lang"), "zh-CN", "remembered");
  });

  test("each act's list has as many rows as the act says", async (t) => {
    const page = await withSample(t);
    const acts = page.locator("[data-act]");
    const count = await acts.count();
    assert.ok(count >= 3);
    for (let n = 0; n < count; n += 1) {
      await open(page, "/");
      await page.waitForSelector("[data-act]");
      const act = acts.nth(n);
      const expected = await act.getAttribute("data-act");
      await act.locator("a").click();
      await page.waitForSelector(`[data-total="${expected}"]`);
    }
  });

  test("a cell of the heat map opens its customers, and a chip closes the filter", async (t) => {
    const page = await withSample(t);
    await open(page, "/rfm");
    await page.locator('a[href*="r=5&f=5"], a[href*="r=5"][href*="f=5"]').first().click();
    await page.waitForSelector('[data-filter="r"]');
    const narrow = Number(await page.locator("[data-total]").getAttribute("data-total"));
    await page.click('[data-filter="f"]');
    await page.waitForSelector('[data-filter="f"]', { state: "detached" });
    await page.waitForFunction(
      (narrow) => Number(document.querySelector("[data-total]")?.dataset.total) > narrow,
      narrow,
    );
  });

  test("the keyboard goes on from the heading of the screen that a cell opens", async (t) => {
    const page = await withSample(t);
    for (const route of ["/", "/rfm"]) {
      await open(page, route);
      await page.locator("a.heat-map__cell").first().focus();
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.activeElement.matches("main h1"));
      assert.match(page.url(), /customers/);
    }
    // What is pressed and stays keeps the focus.
    await page.locator(".nav__link", { hasText: "RFM" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector("#rfm-groups");
    await ready(page);
    assert.ok(await page.evaluate(() => document.activeElement.matches(".nav__link")));
  });

  test("screens that come later are said to, and lead to their place", async (t) => {
    const page = await withSample(t);
    await page.getByRole("link", { name: /Tasks · soon/ }).click();
    await page.getByText("Not built yet").waitFor();
    assert.equal(await page.getByRole("link", { name: /RFM · soon/ }).count(), 0);
  });

  test("a message stands beside the navigation, in the middle of the screen", async (t) => {
    const page = await withSample(t, { viewport: { width: 1280, height: 800 } });
    await open(page, "/settings");
    await saveField(page, "#shop-name", "Second Name");
    const [toast, main] = await Promise.all(
      [".toast", ".page"].map((it) => page.locator(it).boundingBox()),
    );
    const middles = [toast, main].map((it) => it.x + it.width / 2);
    assert.ok(toast.x >= main.x && Math.abs(middles[0] - middles[1]) <= 1, `${middles}`);
    await page.locator(".toast__close").click();
    await page.waitForSelector(".toast", { state: "detached" });
  });

  test("a note and a new name survive the reload, and search finds the name", async (t) => {
    const page = await withSample(t);
    await open(page, "/customers");
    await page.locator('a[href*="customer?id="]').first().click();
    await page.fill("#note", "prefers e-mail");
    await page.locator("#note").blur();
    await page.waitForSelector(".toast");
    await page.click('[data-action="rename"]');
    await page.fill(".profile form input", "Zuleika Test");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Zuleika Test" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Zuleika Test" }).waitFor();
    assert.equal(await page.inputValue("#note"), "prefers e-mail");
    await open(page, "/customers");
    await page.fill("#customer-search", "zuleika");
    await page.waitForSelector('[data-total="1"]');
  });

  test("what is being typed stays when the data change in another tab", async (t) => {
    const page = await withSample(t);
    const other = await page.context().newPage();
    await open(page, "/customers");
    await page.locator('a[href*="customer?id="]').first().click();
    await open(other, "/settings");
    const rename = async (name) => {
      await saveField(other, "#shop-name", name);
      await page.waitForFunction((name) => document.title.includes(name), name);
      await ready(page);
    };
    await page.fill("#note", "half a sent");
    await rename("Second Name");
    assert.equal(await page.inputValue("#note"), "half a sent");
    await page.click('[data-action="rename"]');
    await page.fill(".profile form input", "Half A N");
    await rename("Third Name");
    assert.equal(await page.inputValue(".profile form input"), "Half A N");

    await open(page, "/settings");
    await page.fill("#shop-country", "C");
    await rename("Fourth Name");
    assert.equal(await page.inputValue("#shop-name"), "Fourth Name");
    assert.equal(await page.inputValue("#shop-country"), "C");

    await open(page, "/tiers");
    await page.fill("#share-vip", "3");
    await rename("Fifth Name");
    assert.equal(await page.inputValue("#share-vip"), "3");
  });

  test("every edit is undone from its message", async (t) => {
    const page = await withSample(t);
    const undo = page.locator('[data-action="edit-undo"]');
    await open(page, "/customers");
    await page.locator('a[href*="customer?id="]').first().click();
    const name = await page.locator("h1").first().innerText();
    await page.fill("#note", "prefers e-mail");
    await page.locator("#note").blur();
    await undo.click();
    await page.waitForFunction(() => document.querySelector("#note").value === "");
    await page.click('[data-action="rename"]');
    await page.fill(".profile form input", "Zuleika Test");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Zuleika Test" }).waitFor();
    await page.keyboard.press("Control+z");
    await page.waitForFunction(
      (name) => document.querySelector("h1").innerText === name,
      name,
    );

    await open(page, "/settings");
    const zone = await page.inputValue("#shop-zone");
    await saveField(page, "#shop-zone", "Asia/Tokyo");
    await undo.click();
    await page.waitForFunction((zone) => document.querySelector("#shop-zone").value === zone, zone);

    await open(page, "/tiers");
    await page.fill("#share-vip", "2");
    await page.fill("#share-small", "79");
    await page.locator("#tier-shares button[type=submit]").click();
    await undo.click();
    await page.waitForFunction(() => document.querySelector("#share-vip").value === "1");
    // Cutting the tiers and undoing it are both timed.
    await page.waitForFunction(() => performance.getEntriesByName("edit", "measure").length === 2);
  });

  test("an import is taken back from the list, by keyboard too", async (t) => {
    const page = await withSample(t);
    await open(page, "/data");
    await page.locator('.batch [data-action="import-undo"]').focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".batch--undone");
  });

  test("cutting the tiers elsewhere moves customers, and stays", async (t) => {
    const page = await withSample(t);
    await open(page, "/tiers");
    await page.fill("#share-vip", "2");
    await page.fill("#share-small", "79");
    await page.locator("#tier-shares button[type=submit]").click();
    await page.waitForFunction(() =>
      document.querySelector('[data-tier="VIP"]')?.textContent.includes("2.0%"));
    await page.reload();
    await page.waitForFunction(() =>
      document.querySelector('[data-tier="VIP"]')?.textContent.includes("2.0%"));
    await page.fill("#share-vip", "50");
    await page.locator("#tier-shares button[type=submit]").click();
    await page.locator(".field__error", { hasText: "100" }).waitFor();
  });

  test("the sample goes in one click and leaves nothing", async (t) => {
    const page = await withSample(t);
    await page.click('[data-action="remove-sample"]');
    await page.waitForSelector('[data-action="load-sample"]');
    await page.reload();
    await page.waitForSelector('[data-action="load-sample"]');
  });

  test("two tabs show the same", async (t) => {
    const page = await withSample(t);
    const other = await page.context().newPage();
    await open(other, "/settings");
    await page.bringToFront();
    await open(page, "/settings");
    await page.fill("#shop-name", "Second Name");
    await page.locator("#shop-name").blur();
    await other.waitForFunction(() => document.title.includes("Second Name"));
  });
});
