// Segments: built with a live count, explained, saved, combined, used as a filter everywhere, in both
// languages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, browserForTests, importFiles, loadSample, open, ready } from "./support.mjs";

const newPage = browserForTests({ shared: true });

/** Four customers: net 550, 120, 5 and 700; the last three bought lately. */
const ORDERS = {
  name: "orders.csv",
  text: [
    "order_id,customer_email,customer_name,ordered_at,total,currency,status",
    "1,ann@example.com,Ann,2026-10-10 12:00,400.00,USD,paid",
    "2,ann@example.com,Ann,2026-10-20 12:00,150.00,USD,paid",
    "3,ben@example.com,Ben,2026-09-10 12:00,90.00,USD,paid",
    "4,ben@example.com,Ben,2026-10-20 12:00,30.00,USD,paid",
    "5,cat@example.com,Cat,2026-10-21 12:00,5.00,USD,paid",
    "6,dan@example.com,Dan,2024-10-20 12:00,700.00,USD,paid",
  ].join("\n"),
};

async function withOrders(t, options) {
  const page = await newPage(t, options);
  await open(page, "/import");
  await importFiles(page, ORDERS);
  return page;
}

/** Waits until the segment has so many customers. */
const counted = (page, customers) =>
  page.waitForFunction(
    (n) => document.querySelector("[data-count]")?.dataset.count === String(n), customers,
  );

/** How many customers the list says it has. */
async function listed(page) {
  await page.waitForURL(/\/customers/);
  await page.waitForSelector("[data-total]");
  return Number(await page.locator("[data-total]").getAttribute("data-total"));
}

/** The condition of a number, from 1, in its order on the screen. */
const line = (page, at) => page.locator("[data-test]").nth(at - 1);

for (const language of ["en-US", "zh-CN"]) {
  test(`a rule is built while its count follows, explained and saved (${language})`, async (t) => {
    const page = await withOrders(t, { language });
    await open(page, "/segment?as_of=2026-10-31");
    await counted(page, 4);
    // Any of: a group of all (R ≥ 4, spend > 500), the tag VIP.
    await page.locator("[data-group] select").first().selectOption("any");
    await page.click('[data-action="group-add"]');
    const inner = page.locator("[data-group] [data-group]");
    await inner.locator("select").first().selectOption("all");
    await inner.locator('[data-action="condition-add"]').click();
    await line(page, 1).locator("select").first().selectOption("r");
    await line(page, 1).locator("[data-value]").fill("4");
    await inner.locator('[data-action="condition-add"]').click();
    await line(page, 2).locator("select").nth(1).selectOption(">");
    await line(page, 2).locator("[data-value]").fill("500");
    // R is 4 or 5 of whoever bought last among four: Ann and Cat and Ben, of whom Ann spent enough.
    await counted(page, 1);
    await page.locator("#segment-rule > [data-group] > .row").last().locator('[data-action="condition-add"]').click();
    await line(page, 3).locator("select").first().selectOption("tag");
    await page.waitForSelector("[data-wrong]");
    await line(page, 3).locator("[data-value]").fill("vip");
    await page.waitForFunction(() => new URL(location.href).searchParams.get("rule") === "any(all(r>=4,net>500),tag='vip')");
    await counted(page, 1);
    await page.fill("#why-search", "Ben");
    await page.locator("[data-who]").first().click();
    await page.locator("[data-why]", { hasText: "Ben" }).waitFor();
    const said = await page.locator("#segment-why li").allInnerTexts();
    assert.ok(said.some((it) => /500/.test(it) && /120/.test(it)), said.join(" / "));
    assert.equal(await page.locator("[data-truth]").count(), 5);
    await page.fill("#segment-name", language === "zh-CN" ? "重点" : "Top");
    await page.keyboard.press("Enter");
    await page.waitForURL(/id=[0-9a-f]{16}/);
    await page.waitForSelector(".toast [data-action='edit-undo']");
    await page.reload();
    await counted(page, 1);
    assert.equal(await page.inputValue("#segment-name"), language === "zh-CN" ? "重点" : "Top");
    await assertAccessible(page, "segment");
    await open(page, "/segments?as_of=2026-10-31");
    await page.waitForSelector("[data-segment][data-customers='1']");
    await assertAccessible(page, "segments");
  });
}

test("a customer is tagged, and is in the segment by the tag", async (t) => {
  const page = await withOrders(t);
  await open(page, "/customers?q=Cat&as_of=2026-10-31");
  await page.locator("[data-row] a").first().click();
  await page.waitForURL(/\/customer\?/);
  await page.fill("#new-tag", "VIP");
  await page.keyboard.press("Enter");
  await page.waitForSelector('[data-tag="VIP"]');
  const rule = encodeURIComponent("any(all(r>=4,net>500),tag='VIP')");
  await open(page, `/segment?rule=${rule}&as_of=2026-10-31`);
  await counted(page, 2);
  await page.click('[data-action="segment-list"]');
  assert.equal(await listed(page), 2);
});

test("Back takes a change of the rule back", async (t) => {
  const page = await withOrders(t);
  await open(page, "/segment?as_of=2026-10-31&rule=all(net%3E500)");
  await counted(page, 2);
  await line(page, 1).locator("select").nth(1).selectOption("<");
  await counted(page, 2);
  await page.waitForURL(/%3C|net</);
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll("[data-test] select")[1].value === ">");
  await counted(page, 2);
  await page.click('[data-action="condition-remove"]');
  await counted(page, 4);
});

test("a saved segment is copied, combined, deleted and brought back", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/segments");
  const save = page.locator('#segments-suggested [data-action="segment-save"]');
  await save.first().click();
  await page.waitForSelector("#segments-saved [data-segment]");
  await page.locator('#segments-suggested [data-action="segment-save"]').first().click();
  await page.waitForFunction(() => document.querySelectorAll("[data-segment]").length === 2);
  await page.locator('[data-action="segment-clone"]').first().click();
  await page.waitForFunction(() => document.querySelectorAll("[data-segment]").length === 3);
  await page.locator('[data-action="segment-delete"]').first().click();
  await page.waitForFunction(() => document.querySelectorAll("[data-segment]").length === 2);
  await page.locator('.toast [data-action="edit-undo"]').last().click();
  await page.waitForFunction(() => document.querySelectorAll("[data-segment]").length === 3);
  await page.reload();
  await page.waitForFunction(() => document.querySelectorAll("[data-segment]").length === 3);
  await page.click('[data-action="segments-combine"]');
  await page.waitForURL(/\/segment\?rule=/);
  await page.waitForSelector("[data-count]");
  assert.equal(await page.locator("[data-test]").count(), 2);
});

test("a segment is a filter on every screen, with a chip that takes it off", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/segments");
  await page.locator('#segments-suggested [data-action="segment-save"]').first().click();
  const row = page.locator("#segments-saved [data-segment]").first();
  await row.waitFor();
  const customers = Number(await row.getAttribute("data-customers"));
  await row.locator('[data-action="segment-look"]').click();
  await page.waitForURL(/segment=/);
  await page.waitForSelector('[data-action="segment-off"]');
  const link = (path) => `${path}?segment=${new URL(page.url()).searchParams.get("segment")}`;
  const paths = ["/rfm", "/tiers", "/lifecycle", "/cohorts", "/churn", "/cross-sell", "/satisfaction", "/value"];
  for (const path of paths) {
    await open(page, link(path));
    await page.waitForSelector('[data-action="segment-off"]');
    assert.ok(await page.locator("main h1").first().innerText(), path);
  }
  await open(page, link("/customers"));
  assert.equal(await listed(page), customers);
  await page.click('[data-action="segment-off"]');
  await page.waitForFunction((n) => Number(document.querySelector("[data-total]").dataset.total) > n, customers);
});

test("every list can be saved as a segment, by its rule or as it is today", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/customers?group=champions");
  const champions = await listed(page);
  const saveAs = async (name, fixed) => {
    await page.locator('main [data-action="list-acts"]').click();
    if (fixed) await page.check('[data-action="act-segment-fixed"]');
    const form = page.locator(".acts__form", { has: page.locator('[data-action="act-segment"]') });
    await form.locator("input").fill(name);
    await form.locator("button").click();
    await page.locator(".toast", { hasText: name }).waitFor();
  };
  await saveAs("By rule", false);
  await saveAs("As today", true);
  await open(page, "/segments");
  for (const name of ["By rule", "As today"]) {
    await page.waitForSelector(`[data-segment="${name}"][data-customers="${champions}"]`);
  }
  await page.locator('[data-segment="As today"] a').first().click();
  await counted(page, champions);
  assert.equal(await page.locator("#segment-rule").count(), 0);
});

test("customers who are alike are told, the profile of everybody is 100", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, "/segments");
  await page.waitForSelector("#clusters [data-cluster]");
  const kinds = await page.locator("#clusters [data-cluster]").count();
  assert.ok(kinds >= 2 && kinds <= 8);
  const customers = await page.locator("#clusters [data-cluster]").first().getAttribute("data-cluster");
  await page.locator("#clusters a").first().click();
  await page.waitForURL(/\/segment/);
  await counted(page, customers);
  await open(page, "/segment");
  await page.waitForSelector("#segment-profile [data-index]");
  const indices = await page.locator("#segment-profile [data-index]").allInnerTexts();
  assert.ok(indices.length >= 3 && indices.every((it) => it === "100" || it === "–"), String(indices));
});

test("a deleted segment and a rule that cannot be read are said", async (t) => {
  const page = await withOrders(t);
  await open(page, "/segment?id=00000000000000aa");
  await page.waitForSelector("main .state__title");
  await open(page, "/segment?rule=all(mood%3D1)");
  await page.waitForSelector("main .state__title");
  // It is no rule: nobody is counted by it.
  await page.getByText("No segment applies").waitFor();
  assert.equal(await page.locator("[data-count]").count(), 0);
});

test("a part that is removed leaves the focus to its neighbour", async (t) => {
  const page = await withOrders(t);
  const rule = "all(net>1,any(net>2,net>3),net>4)";
  await open(page, `/segment?as_of=2026-10-31&rule=${encodeURIComponent(rule)}`);
  await counted(page, 4);
  const value = () => page.locator(":focus").evaluate((it) => it.closest("[data-part]").querySelector("input")?.value ?? "");
  /** Presses the way to remove what holds a value, and waits for the rule that is left. */
  const remove = async (selector, left) => {
    await page.locator(selector).focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction((rule) => new URL(location.href).searchParams.get("rule") === rule, left);
    await page.waitForFunction(() => document.activeElement?.tagName !== "BODY");
  };
  const of = (at) => `:nth-match([data-test], ${at}) [data-action="condition-remove"]`;
  await remove(of(4), "all(net>1,any(net>2,net>3))");
  // The last one is gone: what stands before it is the group.
  assert.equal(await page.locator(":focus").getAttribute("data-action"), "group-remove");
  await remove(of(2), "all(net>1,any(net>3))");
  assert.equal(await value(), "3");
  await remove(of(2), "all(net>1,any())");
  assert.equal(await page.locator(":focus").getAttribute("data-action"), "condition-add");
  await page.locator('[data-action="group-remove"]').focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.dataset.action === "condition-remove");
  assert.equal(await value(), "1");
});

test("a grade whose name has a bar in it stays one grade", async (t) => {
  const page = await withOrders(t);
  const rule = "all(grade='A%7CB')";
  await open(page, `/segment?as_of=2026-10-31&rule=${encodeURIComponent(rule)}`);
  await page.waitForSelector("[data-count]");
  await page.locator('[data-action="condition-add"]').first().click();
  await line(page, 2).locator("[data-value]").fill("5");
  await page.waitForFunction(() => new URL(location.href).searchParams.get("rule") === "all(grade='A%7CB',net>=5)");
});

test("screens of a segment that looks at models follow them once they are there", async (t) => {
  const page = await newPage(t);
  await loadSample(page);
  await open(page, `/segment?rule=${encodeURIComponent("all(alive>=1)")}`);
  await page.waitForFunction(() => Number(document.querySelector("[data-count]")?.dataset.count) > 0);
  await page.fill("#segment-name", "Alive");
  await page.keyboard.press("Enter");
  await page.waitForURL(/id=[0-9a-f]{16}/);
  const id = new URL(page.url()).searchParams.get("id");
  // Each visit begins without models, which are fitted when nothing else is to do.
  await page.goto(`about:blank`);
  await open(page, `/customers?segment=${id}`);
  await page.waitForFunction(() => Number(document.querySelector("[data-total]")?.dataset.total) > 0);
  const people = await page.locator("[data-total]").getAttribute("data-total");
  await page.goto(`about:blank`);
  await open(page, `/lifecycle?segment=${id}`);
  await page.waitForFunction(
    (people) => {
      const cells = [...document.querySelectorAll("[data-stage] td.n:first-of-type, [data-stage] td.n")];
      return cells.some((it) => /[1-9]/.test(it.textContent)) && people > 0;
    }, Number(people),
  );
  await page.goto(`about:blank`);
  await open(page, `/?segment=${id}`);
  await page.waitForFunction(() => /[1-9]/.test(document.querySelector("#kpi-buyers")?.textContent ?? ""));
});
