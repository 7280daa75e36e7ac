// Several devices of one shop through a folder on a server: what one does is there on the other.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileServer } from "./file_server.mjs";
import { assertAccessible, browserForTests, importFiles, open, ready } from "./support.mjs";
import { shop } from "./shop.mjs";

const freshPage = browserForTests();
const PASSPHRASE = "correct horse 电池";
/** What a round and its news may take on a busy machine, keys and all. */
const SYNCED = { timeout: 60_000 };

/** A device. A browser notes each file that is not there, and each refusal, as an error. */
const device = (t, options) => freshPage(t, { expected: /Failed to load resource|ERR_FAILED|CORS policy/, ...options });

/** A device with orders. */
async function filled(t, options) {
  const page = await device(t, options);
  await open(page);
  await importFiles(page, shop.file);
  return page;
}

/** Types a server into the form and tests it. */
async function testServer(page, server, { password = server.password } = {}) {
  await open(page, "/data");
  await page.fill("#sync-url", server.url);
  await page.fill("#sync-user", server.user);
  await tested(page, password);
}

async function tested(page, password) {
  await page.fill("#sync-password", password);
  await page.click('[data-action="sync-test"]');
  await page.locator("[data-sync-findings]").waitFor(SYNCED);
}

/** Founds the shop on a server and returns its recovery code. */
async function found(page, server) {
  await testServer(page, server);
  await page.fill("#sync-passphrase", PASSPHRASE);
  await page.fill("#sync-passphrase-again", PASSPHRASE);
  await page.click('[data-action="sync-begin"]');
  const code = page.locator("[data-recovery-code]");
  await code.waitFor(SYNCED);
  const text = await code.innerText();
  await page.click('[data-action="sync-recovery-kept"]');
  return text;
}

/** Joins the shop on a server that has been tested. */
async function join(page, secret = PASSPHRASE) {
  await page.fill("#sync-secret", secret);
  await page.click('[data-action="sync-begin"]');
}

async function on(page, phase = "idle") {
  await page.locator(`#sync[data-sync-phase="${phase}"]`).waitFor(SYNCED);
}

/** An import among those of the data screen; the activity log names it too. */
const imported = (page, name) => page.locator(".batches").getByText(name);

/** Two devices of one shop, which has come over. */
async function both(t) {
  const server = await fileServer(t);
  const [one, other] = [await filled(t), await device(t)];
  await found(one, server);
  await on(one);
  await testServer(other, server);
  await join(other);
  await on(other);
  await imported(other, "orders.csv").waitFor(SYNCED);
  return { server, one, other };
}

/** The page of a customer. */
async function customer(page, name = "ana@example.com") {
  await open(page, `/customers?q=${encodeURIComponent(name)}`);
  await page.locator('[data-row] a[href*="customer?id="]').first().click();
  await page.waitForSelector("#note");
}

/** Writes a note about Ana. */
async function note(page, text) {
  await customer(page);
  const before = await page.evaluate(() => performance.getEntriesByName("edit").length);
  await page.fill("#note", text);
  await page.locator("#note").blur();
  await page.waitForFunction((n) => performance.getEntriesByName("edit").length > n, before);
}

/** Waits until a note stands on Ana's page. */
async function noteIs(page, text) {
  await customer(page);
  await page.waitForFunction((text) => document.querySelector("#note")?.value === text, text, SYNCED);
}

/** Waits until something of the server is so. */
async function until(holds, what) {
  const patience = Date.now() + SYNCED.timeout;
  while (!holds()) {
    if (Date.now() > patience) throw new Error(`${what}: not so after a minute`);
    await new Promise((later) => setTimeout(later, 100));
  }
}

/** Does something and waits until the server has been told: who asks it sooner waits for the next look. */
async function told(server, act) {
  const before = server.segments();
  await act();
  await until(() => server.segments() > before, "the server is told");
}

/** Waits until nobody has asked the server for anything for a while. */
async function quiet(server) {
  let asked = -1;
  while (asked !== server.requests.length) {
    asked = server.requests.length;
    await new Promise((later) => setTimeout(later, 3_000));
  }
}

async function act(page, action) {
  await open(page, "/data");
  await page.click(`[data-action="${action}"]`);
}

test("a shop is founded with a passphrase, and the server sees nothing of it", async (t) => {
  const server = await fileServer(t);
  const page = await filled(t);
  await open(page, "/data");
  await assertAccessible(page, "sync is off");
  await testServer(page, server);
  assert.equal(await page.getAttribute("[data-sync-findings]", "data-sync-findings"), "usable");
  for (const finding of ["keeps_files", "tells_missing", "lists", "deletes"]) {
    await page.locator(`[data-finding="${finding}"][data-level="good"]`).waitFor();
  }
  await assertAccessible(page, "a tested server");
  // Neither a short one nor two different ones seal anything, and an empty one has to be meant.
  for (const [first, second, said] of [["", "", "tick"], ["short", "short", "10"], [PASSPHRASE, "another one", "same"]]) {
    await page.fill("#sync-passphrase", first);
    await page.fill("#sync-passphrase-again", second);
    await page.click('[data-action="sync-begin"]');
    assert.match(await page.locator("#sync-passphrase-error").innerText(), new RegExp(said));
  }
  const code = await found(page, server);
  assert.ok(code.length > 20, code);
  await on(page);
  await page.locator("[data-sync-badge]").waitFor();
  await assertAccessible(page, "sync is on");
  await until(() => server.segments() > 0, "the shop is told");
  const written = [...server.files.values()].join("\n");
  for (const secret of ["ana@example.com", "orders.csv", PASSPHRASE, code]) assert.ok(!written.includes(secret), secret);
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  for (const secret of [PASSPHRASE, server.password, server.url, code]) assert.ok(!kept.includes(secret), secret);
});

test("what one device does is there on the other, both ways", async (t) => {
  const { server, one, other } = await both(t);
  await told(server, () => note(one, "likes tea"));
  await noteIs(other, "likes tea");
  await told(server, () => note(other, "likes tea and wool"));
  await noteIs(one, "likes tea and wool");
  // A second import of one arrives whole on the other.
  await open(one, "/import");
  await told(server, () => importFiles(one, { name: "more.csv", text: shop.file.text.replaceAll("A10", "B10") }));
  await open(other, "/data");
  await imported(other, "more.csv").waitFor(SYNCED);
  await open(other, `/customers?as_of=${shop.asOf}&q=ana`);
  await other.locator('[data-row]:has-text("6")').first().waitFor(SYNCED);
  assert.ok(server.segments() >= 3);
});

test("what two have said differently is shown on both sides, and switched by a click", async (t) => {
  const { server, one, other } = await both(t);
  for (const page of [one, other]) {
    await act(page, "sync-pause");
    await on(page, "paused");
  }
  const before = server.segments();
  await note(one, "calls on Mondays");
  await note(other, "calls on Fridays");
  assert.equal(server.segments(), before, "a device that is paused sends nothing");
  await told(server, () => act(one, "sync-pause"));
  await act(other, "sync-pause");
  const conflict = other.locator("[data-sync-conflict]");
  await conflict.waitFor(SYNCED);
  const holding = () => conflict.locator('[data-holds="true"]').innerText();
  assert.match(await holding(), /Fridays/);
  assert.match(await conflict.locator('[data-holds="false"]').innerText(), /Mondays/);
  assert.match(await conflict.locator("a").innerText(), /ana@example\.com/);
  await assertAccessible(other, "a conflict");
  await told(server, () => conflict.locator('[data-action="sync-switch"]').click());
  await conflict.waitFor({ state: "detached", ...SYNCED });
  await noteIs(other, "calls on Mondays");
  await noteIs(one, "calls on Mondays");
});

test("a link brings a device to the shop without a secret, and a wrong passphrase opens nothing", async (t) => {
  const server = await fileServer(t);
  const page = await filled(t);
  const code = await found(page, server);
  await on(page);
  await page.click('[data-action="sync-invite"]');
  const link = await page.locator('[data-copy="sync-copy-link"]').innerText();
  const typed = await page.locator('[data-copy="sync-copy-code"]').innerText();
  for (const secret of [server.password, PASSPHRASE, code]) {
    assert.ok(!link.includes(secret) && !decodeURIComponent(link).includes(secret), secret);
  }
  assert.ok(link.endsWith(typed) && link.includes("/data#join="), link);

  const other = await device(t);
  await other.goto(link);
  await ready(other);
  await other.locator("[data-sync-invited]").waitFor();
  assert.equal(new URL(other.url()).hash, "", "what the link says does not stay in the address");
  assert.equal(await other.inputValue("#sync-url"), server.url);
  assert.equal(await other.inputValue("#sync-user"), server.user);
  await tested(other, server.password);
  await join(other, "wrong horse battery");
  await other.locator('[data-sync-error="sync_wrong_passphrase"]').waitFor(SYNCED);
  assert.equal(await imported(other, "orders.csv").count(), 0);
  // The recovery code opens it as well.
  await other.locator('[name="sync-with"][value="code"]').check({ force: true });
  await join(other, code);
  await on(other);
  await imported(other, "orders.csv").waitFor(SYNCED);

  // A code that is pasted fills in the same; any other text is refused.
  const third = await device(t);
  await open(third, "/data");
  await third.click('[data-action="sync-have-link"]');
  await third.fill("#sync-link", "https://shop.example.com/");
  await third.click('[data-action="sync-take-link"]');
  await third.locator("#sync-link-error").waitFor();
  await third.fill("#sync-link", typed);
  await third.click('[data-action="sync-take-link"]');
  assert.equal(await third.inputValue("#sync-url"), server.url);
});

test("an open shop is meant to be, and is joined without a word", async (t) => {
  const server = await fileServer(t);
  const page = await filled(t);
  await testServer(page, server);
  await page.check("#sync-stay-open");
  assert.equal(await page.locator("#sync-passphrase").count(), 0);
  await page.click('[data-action="sync-begin"]');
  await on(page);
  assert.equal(await page.locator('[data-action="sync-recovery"]').count(), 0, "it has no key");
  const other = await device(t, { language: "zh-CN" });
  await testServer(other, server);
  await other.locator('[data-finding="has_open_shop"][data-level="mind"]').waitFor();
  await other.locator('[data-sync-entry="join-open"]').waitFor();
  assert.equal(await other.locator("#sync-secret").count(), 0, "no passphrase can be typed that would seal nothing");
  await other.click('[data-action="sync-begin"]');
  await on(other);
  await imported(other, "orders.csv").waitFor(SYNCED);
});

test("a server that lets nobody in, or not with this password, is told apart", async (t) => {
  const server = await fileServer(t);
  const page = await filled(t);
  await testServer(page, server, { password: "wrong" });
  await page.locator('[data-finding="sync_denied"][data-level="bad"]').waitFor();
  assert.equal(await page.locator("[data-sync-entry]").count(), 0);

  const shut = await fileServer(t, { shut: true });
  await page.fill("#sync-url", shut.url);
  await tested(page, shut.password);
  await page.locator('[data-finding="sync_unreachable"]').waitFor();
  await page.selectOption("#sync-cors-server", "Apache");
  await page.click('[data-action="sync-cors"]');
  const settings = page.locator("[data-sync-cors]");
  await settings.waitFor(SYNCED);
  const text = await settings.innerText();
  assert.ok(text.includes(new URL(page.url()).origin) && text.includes("Dav On"), text);
  await assertAccessible(page, "settings for a server");

  await page.fill("#sync-url", "https://ana:secret@dav.example.com/shop");
  await page.click('[data-action="sync-test"]');
  await page.locator("#sync-url-error").waitFor();
});

test("another password on the server is asked for, and an emptied server is filled again", async (t) => {
  const server = await fileServer(t);
  const page = await filled(t);
  await found(page, server);
  await on(page);
  server.password = "another password";
  await page.click('[data-action="sync-now"]');
  await page.locator('[data-sync-trouble="sync_denied"]').waitFor(SYNCED);
  await page.fill("#sync-password", "wrong again");
  await page.click('[data-action="sync-sign-in"]');
  await page.locator('[data-sync-sign-in] [data-sync-error="sync_denied"]').waitFor(SYNCED);
  await page.fill("#sync-password", server.password);
  await page.click('[data-action="sync-sign-in"]');
  await on(page);

  await quiet(server);
  server.empty();
  await page.click('[data-action="sync-now"]');
  await page.locator('[data-sync-trouble="sync_emptied"]').waitFor(SYNCED);
  assert.equal(server.segments(), 0, "nothing is written unasked");
  await page.click('[data-action="sync-refill"]');
  await on(page);
  await until(() => server.segments() > 0, "the server is filled again");
});

test("ending sync leaves everything where it is and tells the server nothing more", async (t) => {
  const { server, one, other } = await both(t);
  await open(one, "/data");
  await one.click('[data-action="sync-end"]');
  await one.click('[data-action="sync-end-confirm"]');
  await one.locator("[data-sync-form]").waitFor(SYNCED);
  assert.equal(await one.evaluate(() => localStorage.getItem("regulars.sync")), null);
  assert.equal(await one.locator("[data-sync-badge]").count(), 0);
  assert.ok(await imported(one, "orders.csv").count());
  await open(other, "/data");
  await other.click('[data-action="sync-pause"]');
  await on(other, "paused");
  await quiet(server);
  const asked = server.requests.length;
  await note(one, "after the end");
  await open(one, "/data");
  await new Promise((later) => setTimeout(later, 5_000));
  assert.equal(server.requests.length, asked);
});

test("the card fits a telephone in both languages", async (t) => {
  const server = await fileServer(t);
  for (const language of ["en-US", "zh-CN"]) {
    const page = await filled(t, { language, viewport: { width: 360, height: 740 } });
    if (language === "en-US") await found(page, server);
    else await testServer(page, server);
    const widths = () => page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    const [inner, outer] = await widths();
    assert.ok(inner <= outer, `${language}: ${inner} px in ${outer}`);
    for (const summary of await page.locator("#sync summary").all()) await summary.click();
    const [opened, width] = await widths();
    assert.ok(opened <= width, `${language}, opened: ${opened} px in ${width}`);
    await assertAccessible(page, `sync in ${language}`);
  }
});
