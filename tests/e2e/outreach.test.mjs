// Whom to turn to, one after the other; what became of those who were leaving; what shares are to reach;
// what a customer is likely to buy next.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, browserForTests, loadSample, open, ready } from "./support.mjs";

const newPage = browserForTests();
const numberOf = (text) => Number(text.replace(/[^\d.-]/g, ""));

/** How many customers the heading names. */
async function total(page) {
  await page.waitForSelector("main [data-total]");
  return Number(await page.locator("main [data-total]").getAttribute("data-total"));
}

/** The screen counts so many now. */
async function totalNow(page, expected) {
  await page.waitForSelector(`main [data-total="${expected}"]`);
}

/** The number of the card that leads to a list, 0 without one. */
async function card(page, code) {
  await open(page, "/");
  await page.waitForSelector("#do-this-week");
  const row = page.locator(`[data-act]:has(a[href*="act%3A${code}"])`);
  return (await row.count()) === 0 ? 0 : Number(await row.getAttribute("data-act"));
}

for (const language of ["en-US", "zh-CN"]) {
  test(`done takes a customer off the card, its list and the queue, and logs the contact (${language})`, async (t) => {
    const page = await newPage(t, { language });
    await loadSample(page);
    const before = await card(page, "win-back");
    assert.ok(before > 2, `${before}`);
    await page.locator('a[href$="/outreach"], a[href*="/outreach?"]').first().click();
    const all = await total(page);
    assert.ok(all >= before);
    await open(page, "/outreach?act=win-back");
    await totalNow(page, before);
    const first = await page.locator("[data-outreach]").first().getAttribute("data-outreach");
    await page.locator('#outreach-0 [data-action="outreach-done"]').focus();
    await page.keyboard.press("Enter");
    await totalNow(page, before - 1);
    assert.notEqual(await page.locator("[data-outreach]").first().getAttribute("data-outreach"), first);
    // Whoever is next has the focus: the queue is worked through by one key.
    await page.waitForFunction(() => document.activeElement.dataset.action === "outreach-done");
    assert.equal(await card(page, "win-back"), before - 1);
    await open(page, "/customers?behind=act%3Awin-back");
    await totalNow(page, before - 1);
    await open(page, `/customer?id=${first}`);
    await page.waitForSelector("#contacted");
    assert.match(await page.locator("#contacted").innerText(), /\d/);
    await page.reload();
    await ready(page);
    await open(page, "/outreach?act=win-back");
    await totalNow(page, before - 1);
  });
}

test("who is put off is back in one click, and a whole list is put off at once", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/outreach?act=at-risk");
  const all = await total(page);
  await page.locator('#outreach-0 [data-action="outreach-snooze-7"]').click();
  await totalNow(page, all - 1);
  await page.click('[data-action="edit-undo"]');
  await totalNow(page, all);
  await page.locator('#outreach [data-action="list-acts"]').click();
  await page.click('[data-action="act-snooze-30"]');
  await page.waitForSelector('main [data-total="0"]', { state: "attached" });
  assert.equal(await card(page, "at-risk"), 0);
  await open(page, "/outreach");
  await page.getByText(/done with or put off/).first().waitFor();
});

test("who is put off is listed until when, and taken back", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/outreach");
  const all = await total(page);
  assert.equal(await page.locator("#put-off").count(), 0);
  const first = await page.locator("[data-outreach]").first().getAttribute("data-outreach");
  await page.locator('#outreach-0 [data-action="outreach-snooze-7"]').click();
  await totalNow(page, all - 1);
  await page.reload();
  await ready(page);
  const row = page.locator(`#put-off [data-away="${first}"]`);
  assert.match(await row.innerText(), /20\d\d/, "the day on which they are back");
  await assertAccessible(page, "who is put off");
  await row.locator('[data-action="take-back"]').click();
  await totalNow(page, all);
  assert.equal(await page.locator("#put-off").count(), 0);
  await page.click('[data-action="edit-undo"]');
  await totalNow(page, all - 1);
});

test("what to say names customer and shop, and is copied", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "/outreach");
  const row = page.locator("[data-outreach]:has(details)").first();
  await row.locator("summary").click();
  const text = await row.locator(".outreach__text").innerText();
  const name = await row.locator(".table__link").innerText();
  assert.ok(text.startsWith(`Hello ${name},`), text);
  const shop = (await page.title()).split(" · ").at(-1);
  assert.ok(text.trimEnd().endsWith(shop), text);
  await row.locator('[data-action="outreach-copy"]').click();
  await page.getByText("Copied.").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied.replaceAll("\r", ""), text);
});

test("the queue is for everybody, and says who must not be written to", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/outreach");
  const id = await page.locator("[data-outreach]").first().getAttribute("data-outreach");
  await open(page, `/customer?id=${id}`);
  await page.check("#do-not-contact");
  await page.waitForSelector('[data-action="edit-undo"]');
  await open(page, "/outreach");
  await page.waitForSelector(`[data-outreach="${id}"] [data-reach="blocked"]`);
  await assertAccessible(page, "outreach");
});

test("the register keeps who looks after a customer and what came of it", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/churn");
  await page.waitForSelector("#register");
  const row = page.locator("[data-register]").first();
  const id = await row.getAttribute("data-register");
  await page.fill(`#owner-${id}`, "Ines");
  await page.keyboard.press("Tab");
  await page.waitForSelector('[data-action="edit-undo"]');
  await page.waitForSelector('#register-owners option[value="Ines"]', { state: "attached" });
  await page.selectOption(`#outcome-${id}`, "lost");
  await page.getByText("Outcome saved").waitFor();
  await page.reload();
  await ready(page);
  await page.waitForSelector("#register");
  assert.equal(await page.inputValue(`#owner-${id}`), "Ines");
  assert.equal(await page.inputValue(`#outcome-${id}`), "lost");
  // Open and lost are the whole register.
  const note = await page.locator("#register .card__note").innerText();
  const [open_, lost] = note.match(/\d[\d,]*/g).map(numberOf);
  const all = numberOf(await page.locator('[data-action="see-register"]').innerText());
  assert.equal(open_ + lost, all);
  await assertAccessible(page, "register");
});

for (const { language, missed, reached } of [
  { language: "en-US", missed: /target 100% *, .* below|target 100%, .* below/, reached: /reached/ },
  { language: "zh-CN", missed: /目标 100%，差/, reached: /已达成/ },
]) {
  test(`a target stands under its figure, and a bad one is said (${language})`, async (t) => {
    const page = await newPage(t, { language });
    await loadSample(page);
    const set = async (field, text) => {
      await page.fill(field, text);
      await page.locator(field).blur();
    };
    await open(page, "/settings");
    await set("#target-repeat", "120");
    await page.waitForSelector("#target-repeat-error");
    await set("#target-repeat", "100");
    await page.waitForSelector('[data-action="edit-undo"]');
    await set("#target-identified", "1");
    await page.waitForFunction(() => document.querySelectorAll(".toast").length > 0);
    await page.waitForTimeout(300);
    await page.reload();
    await ready(page);
    assert.equal(await page.inputValue("#target-repeat"), "100");
    await open(page, "/");
    await page.waitForSelector("#kpi-repeat .figure__target");
    assert.match(await page.locator("#kpi-repeat .figure__target").innerText(), missed);
    assert.match(await page.locator("#kpi-identified .figure__target").innerText(), reached);
    assert.equal(await page.locator("#kpi-csat .figure__target").count(), 0);
    assert.ok((await page.locator("#kpi-repeat svg, #kpi-repeat canvas").count()) > 0, "a trend");
  });
}

test("a customer's page says what they are likely to buy, and why", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/customers?group=champions");
  await page.locator('a[href*="customer?id="]').first().click();
  await page.waitForSelector("#likely [data-likely]");
  const rows = page.locator("#likely [data-likely]");
  assert.ok((await rows.count()) <= 3);
  for (const row of await rows.all()) {
    const n = Number(await row.getAttribute("data-n"));
    assert.equal(await row.getAttribute("data-small"), String(n < 5));
    assert.match(await row.locator("small").innerText(), /n = /);
  }
  await assertAccessible(page, "likely");
  await rows.first().locator("a").click();
  await page.waitForSelector("#product-sales");
});
