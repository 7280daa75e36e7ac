// A customer's note: saved by itself, undone whole, and never written over unseen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browserForTests, loadSample, open, ready } from "./support.mjs";

const newPage = browserForTests({ shared: true });

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

/** Comes to a customer's page from the list, so that there is a screen to go back to. */
async function fromTheList(page, address) {
  await page.locator(".link--back").click();
  await page.locator(`[data-row] a[href*="${new URL(address).search}"]`).click();
  await page.waitForSelector("#note");
}

/** Another tab's note "theirs", saved before this one's typing of "mine" has rested. */
async function contest(page, address) {
  const other = await page.context().newPage();
  await other.goto(address);
  await ready(other);
  await page.evaluate(() => {
    const field = document.querySelector("#note");
    const keep = setInterval(() => field.dispatchEvent(new Event("input")), 100);
    globalThis.stop = () => clearInterval(keep);
  });
  await page.locator("#note").fill("mine");
  await other.locator("#note").fill("theirs");
  await page.locator("#note-contested", { hasText: "theirs" }).waitFor();
  await page.evaluate(() => globalThis.stop());
  return other;
}

test("a note is saved as typing rests, without leaving the field", async (t) => {
  const { page } = await customer(t);
  await page.locator("#note").pressSequentially("prefers");
  await page.waitForFunction(() => performance.getEntriesByName("edit", "measure").length === 1);
  assert.equal(await page.evaluate(() => document.activeElement.id), "note", "still there");
  assert.equal(await page.locator(".toast").count(), 0, "quietly");
  await page.locator("#note-state[role=status]", { hasText: "Saved" }).waitFor();
  await page.locator("#note").pressSequentially(" ");
  assert.equal(await page.locator("#note-state").innerText(), "", "what is being typed is not saved yet");
  await page.locator("#note").pressSequentially("e-mail");
  await page.waitForFunction(() => performance.getEntriesByName("edit", "measure").length === 2);
  await page.locator("#note-state", { hasText: "Saved" }).waitFor();
  await page.reload();
  await ready(page);
  assert.equal(await page.inputValue("#note"), "prefers e-mail");
});

for (const [blank, name] of [[" ", "a blank"], ["\n", "a new line"]]) {
  test(`a pause after ${name} leaves it under the caret`, async (t) => {
    const { page } = await customer(t);
    await page.locator("#note").pressSequentially(`prefers${blank}`);
    await page.waitForFunction(() => performance.getEntriesByName("edit", "measure").length === 1);
    // The news of what is stored now have come as well.
    await page.waitForTimeout(300);
    await ready(page);
    assert.equal(await page.locator("#note-contested").count(), 0, "nobody else has written");
    await page.locator("#note").pressSequentially("e-mail");
    await page.locator("#note").blur();
    await page.waitForSelector(".toast");
    assert.equal(await page.inputValue("#note"), `prefers${blank}e-mail`);
    await page.reload();
    await ready(page);
    assert.equal(await page.inputValue("#note"), `prefers${blank}e-mail`);
  });
}

test("what is typed back while a pause is being saved is what stays", async (t) => {
  const { page } = await customer(t);
  // The engine hears of nothing before it is let go.
  await page.evaluate(() => {
    const [send, held] = [Worker.prototype.postMessage, []];
    Worker.prototype.postMessage = function (...message) {
      held.push(() => send.apply(this, message));
    };
    globalThis.held = held;
    globalThis.letGo = () => {
      Worker.prototype.postMessage = send;
      for (const message of held) message();
    };
  });
  await page.locator("#note").pressSequentially("one");
  await page.waitForFunction(() => globalThis.held.length === 1);
  await page.locator("#note").fill("");
  await page.locator("#note").blur();
  await page.evaluate(() => globalThis.letGo());
  await page.waitForFunction(() => performance.getEntriesByName("edit", "measure").length > 0);
  await ready(page);
  await page.waitForTimeout(300);
  assert.equal(await page.inputValue("#note"), "");
  await page.reload();
  await ready(page);
  assert.equal(await page.inputValue("#note"), "");
});

test("undoing brings back the note from before, not the last pause's", async (t) => {
  const { page } = await customer(t);
  await page.locator("#note").pressSequentially("one");
  await page.waitForFunction(() => performance.getEntriesByName("edit", "measure").length === 1);
  await page.locator("#note").pressSequentially(" two");
  await page.locator("#note").blur();
  await page.click('[data-action="edit-undo"]');
  await page.waitForFunction(() => document.querySelector("#note").value === "");
  assert.equal(await page.locator("#note-state").innerText(), "", "what was put back is not called saved");
});

test("a note is saved when the screen goes from under it", async (t) => {
  const { page, address } = await customer(t);
  await fromTheList(page, address);
  await page.locator("#note").pressSequentially("gone");
  await page.goBack();
  await page.waitForSelector(".toast");
  await page.goto(address);
  await ready(page);
  assert.equal(await page.inputValue("#note"), "gone");
});

test("a note that nobody chose as the screen was left is offered once more", async (t) => {
  const { page, address } = await customer(t);
  await fromTheList(page, address);
  const other = await contest(page, address);
  await page.goBack();
  await page.locator(".toast", { hasText: "yours was not saved" }).waitFor();
  assert.equal(await other.inputValue("#note"), "theirs", "nothing was written over");

  await page.click('[data-action="edit-offer"]');
  await other.waitForFunction(() => document.querySelector("#note").value === "mine");
  await page.click('[data-action="edit-undo"]');
  await other.waitForFunction(() => document.querySelector("#note").value === "theirs");
});

for (const [choice, expected] of [["note-keep-mine", "mine"], ["note-take-theirs", "theirs"]]) {
  test(`two tabs on one note: both are shown, and one is chosen (${expected})`, async (t) => {
    const { page, address } = await customer(t);
    const other = await contest(page, address);
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
