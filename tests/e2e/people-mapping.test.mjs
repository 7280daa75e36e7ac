// Files about people have the columns of their kind to choose from, and what was said can be changed
// where it is listed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, browserForTests, chooseFiles, open, ready } from "./support.mjs";

const newPage = browserForTests();
const question = '[data-import-question][data-code="mapping"]';
const confirm = '[data-action="import-confirm"]:not([disabled])';
const columnOf = (page, name) => page.locator(`.mapping__columns tr:has(th:text-is("${name}")) select`);

const contacts = {
  name: "kontakte.csv",
  text: "Name,Email,Arbeitet bei,Newsletter\nAnn Lee,ann@example.com,Tea & Co,yes\nBen,ben@example.com,,no\n",
};

/** What stands in the first row of the preview. */
const firstRow = (page) => page.locator(".mapping__orders tbody tr").first().innerText();

for (const language of ["en-US", "zh-CN"]) {
  test(`a list of contacts is mapped as one (${language})`, async (t) => {
    const page = await newPage(t, { language });
    await open(page, "/import");
    await chooseFiles(page, contacts);
    await page.click('[data-action="change-mapping"]');
    const roles = await columnOf(page, "Name").locator("option").evaluateAll((all) => all.map((it) => it.value));
    assert.ok(roles.includes("birthday") && !roles.includes("total"), roles.join());
    assert.equal(await columnOf(page, "Newsletter").inputValue(), "email_consent");
    await columnOf(page, "Arbeitet bei").selectOption("company");
    await page.waitForFunction(() => document.querySelector(".mapping__orders")?.textContent.includes("Tea & Co"));
    assert.match(await firstRow(page), /Ann Lee[\s\S]*ann@example\.com[\s\S]*Tea & Co/);
    await assertAccessible(page, "the columns of contacts");
    // Without a key nobody can be told; the file stays a list of contacts meanwhile.
    await columnOf(page, "Email").selectOption("");
    await page.locator('[data-action="import-confirm"][disabled]').waitFor();
    assert.equal(await columnOf(page, "Name").locator('option[value="birthday"]').count(), 1);
    await columnOf(page, "Email").selectOption("email");
    await page.click(confirm);
    await page.locator("[data-import-summary]").first().waitFor();
    await open(page, "/import");
    const reading = page.locator("[data-readings]");
    assert.match(await reading.innerText(), /arbeitetbei = (company|公司)/);
    // Changed where it is listed: it holds for the next such file.
    await page.click('[data-action="change-reading"]');
    const editor = page.locator("[data-reading-editor]");
    const field = editor.locator('label:has-text("arbeitetbei") select');
    await field.waitFor();
    await assertAccessible(page, "a remembered reading");
    await field.selectOption("note");
    await page.waitForFunction(() => /arbeitetbei = (note|备注)/.test(document.querySelector("[data-readings]").textContent));
    await page.reload();
    await ready(page);
    await chooseFiles(page, { name: "kontakte-2.csv", text: contacts.text.replaceAll("ann@", "cleo@") });
    await page.locator('[data-found="reading"]').waitFor();
    await page.click('[data-action="change-mapping"]');
    assert.equal(await columnOf(page, "Arbeitet bei").inputValue(), "note");
  });
}

test("what the rows are can be said, and brings the columns of that kind", async (t) => {
  const page = await newPage(t);
  await open(page, "/import");
  const text = "Name,Email,Date,Amount\nAnn,ann@example.com,2025-03-01,250.00\n";
  await chooseFiles(page, { name: "people.csv", text });
  await page.click('[data-action="change-mapping"]');
  await page.locator(`${question} label:has-text("Each row is") select`).selectOption("contacts");
  await page.waitForFunction(() => document.querySelector('.mapping__columns option[value="claimed_spent"]'));
  await columnOf(page, "Amount").selectOption("claimed_spent");
  await page.waitForSelector(confirm);
  await page.waitForFunction(() => /1 contact/.test(document.querySelector("[data-preview]").textContent));
  await page.locator(`${question} label:has-text("Each row is") select`).selectOption("orders");
  await page.waitForFunction(() => document.querySelector('.mapping__columns option[value="total"]'));
  await page.waitForSelector(confirm);
  await page.waitForFunction(() => /1 order/.test(document.querySelector("[data-preview]").textContent));
});

for (const [name, text, role, shown] of [
  ["survey.csv", "Email,CSAT,Paket,Comment\nann@example.com,4,5,fine by me\n", "perceived", /4/],
  ["tickets.csv", "Ticket ID,Opened at,Closed at,Email,Wer\nT1,2026-01-05,2026-01-06,ann@example.com,Kim\n", "agent", /T1/],
  ["events.csv", "Time,Email,Event,Was\n2026-01-05,ann@example.com,view,Bowl\n", "subject", /view/],
]) {
  test(`the columns of ${name} are those of its kind`, async (t) => {
    const page = await newPage(t);
    await open(page, "/import");
    await chooseFiles(page, { name, text });
    await page.click('[data-action="change-mapping"]');
    await page.locator(".mapping__columns tbody tr").last().waitFor();
    const own = page.locator(`.mapping__columns option[value="${role}"]`);
    assert.ok((await own.count()) > 0);
    const select = page.locator(`.mapping__columns tr:has(th:text-matches("^(Paket|Wer|Was)$")) select`);
    await select.selectOption(role);
    await page.waitForSelector(confirm);
    assert.match(await firstRow(page), shown);
    await page.click(confirm);
    await page.locator("[data-import-summary]").first().waitFor();
  });
}
