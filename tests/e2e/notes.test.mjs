// A customer's note: saved by itself, undone whole, and never written over unseen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browserForTests, loadSample, open, ready } from "./support.mjs";

const newPage = browserForTests();

/** The sample shop, and its first customer's page. */
async function customer(t) {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/customers");
  const link = page.locator('a[href*="customer?id="]').first();
  const address = new URL(await link.getAttribute("href"), page.url()).href;
  await page.goto(address);
  await ready(page);
  return { page, address };
}

test("a note is saved as typing rests, without leaving the field", async (t) => {
  const { page } = await customer(t);
  await page.locator("#note").pressSequentially("prefers");
  await page.waitForFunction(() => performance.getEntriesByName("edit", "measure").length === 1);
  assert.equal(await page.evaluate(() => document.activeElement.id), "note", "still there");
  assert.equal(await page.locator(".toast").count(), 0, "quietly");
  await page.locator("#note").pressSequentially(" e-mail");
  await page.waitForFunction(() => performance.getEntriesByName("edit", "measure").length === 2);
  await page.reload();
  await ready(page);
  assert.equal(await page.inputValue("#note"), "prefers e-mail");
});

test("undoing brings back the note from before, not the last pause's", async (t) => {
  const { page } = await customer(t);
  await page.locator("#note").pressSequentially("one");
  await page.waitForFunction(() => performance.getEntriesByName("edit", "measure").length === 1);
  await page.locator("#note").pressSequentially(" two");
  await page.locator("#note").blur();
  await page.click('[data-action="edit-undo"]');
  await page.waitForFunction(() => document.querySelector("#note").value === "");
});

test("a note is saved when the screen goes from under it", async (t) => {
  const { page, address } = await customer(t);
  await page.locator(".link--back").click();
  await page.locator(`[data-row] a[href*="${new URL(address).search}"]`).click();
  await page.locator("#note").pressSequentially("gone");
  await page.goBack();
  await page.waitForSelector(".toast");
  await page.goto(address);
  await ready(page);
  assert.equal(await page.inputValue("#note"), "gone");
});

for (const [choice, expected] of [["note-keep-mine", "mine"], ["note-take-theirs", "theirs"]]) {
  test(`two tabs on one note: both are shown, and one is chosen (${expected})`, async (t) => {
    const { page, address } = await customer(t);
    const other = await page.context().newPage();
    await other.goto(address);
    await ready(other);
    // Saved by the other tab before this one's typing has rested.
    await page.evaluate(() => {
      const field = document.querySelector("#note");
      const keep = setInterval(() => field.dispatchEvent(new Event("input")), 100);
      globalThis.stop = () => clearInterval(keep);
    });
    await page.locator("#note").fill("mine");
    await other.locator("#note").fill("theirs");
    await page.locator("#note-contested", { hasText: "theirs" }).waitFor();
    await page.evaluate(() => globalThis.stop());
    assert.equal(await page.inputValue("#note"), "mine");
    assert.equal(await other.inputValue("#note"), "theirs", "nothing was written over");

    await page.click(`[data-action="${choice}"]`);
    await page.waitForSelector("#note-contested", { state: "detached" });
    await other.waitForFunction((text) => document.querySelector("#note").value === text, expected);
    assert.equal(await page.inputValue("#note"), expected);
    await page.reload();
    await ready(page);
    assert.equal(await page.inputValue("#note"), expected);
  });
}
