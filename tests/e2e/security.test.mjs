// What the page may do, and what a file that is imported cannot make it do.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { BASE_URL, browserForTests, collectErrors, importFiles, open, ready, required } from "./support.mjs";
import { shop } from "./shop.mjs";

const newPage = browserForTests();
const dist = (name) => readFile(join(required("DIST"), name), "utf8");

/** A policy's rules by name. */
function rules(policy) {
  return Object.fromEntries(policy.split(";").map((rule) => rule.trim().split(/ (.*)/s).slice(0, 2)));
}

const policyOf = (html) => /http-equiv=Content-Security-Policy content="([^"]*)"/.exec(html)?.[1];

async function pages() {
  const entries = await readdir(required("DIST"), { withFileTypes: true });
  const routes = entries.filter((it) => it.isDirectory() && it.name !== "snippets").map((it) => `${it.name}/index.html`);
  return ["index.html", ...routes];
}

test("every page states a policy that lets nothing in from elsewhere, before its first script", async () => {
  for (const name of await pages()) {
    const html = await dist(name);
    const policy = policyOf(html);
    assert.ok(policy, name);
    const { "script-src": scripts, ...rest } = rules(policy);
    assert.equal(rest["default-src"], "'none'", name);
    assert.equal(rest["connect-src"], "'self'", name);
    const hash = scripts.split(" ").filter((it) => it.startsWith("'sha256-"));
    assert.deepEqual(scripts.split(" ").filter((it) => !hash.includes(it)), ["'self'", "'wasm-unsafe-eval'"]);
    const inline = [...html.matchAll(/<script(?![^>]*src=)[^>]*>([^]*?)<\/script>/g)].map((it) => it[1]);
    for (const script of inline) {
      const known = `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
      assert.ok(hash.includes(known), `${name}: ${script}`);
    }
    assert.ok(inline.length <= 1, name);
    assert.doesNotMatch(html, /\son[a-z]+=/, `${name}: no script in an attribute`);
  }
});

test("the page for wrong addresses states its own policy before its script and may do nothing more", async () => {
  const html = await dist("404.html");
  assert.ok(html.indexOf("Content-Security-Policy") < html.indexOf("<script"));
  const policy = rules(policyOf(html));
  assert.deepEqual(Object.keys(policy).sort(), ["base-uri", "default-src", "form-action", "script-src", "style-src"]);
  for (const [element, rule] of [["script", "script-src"], ["style", "style-src"]]) {
    const content = new RegExp(`<${element}>([^]*?)</${element}>`).exec(html)[1];
    assert.equal(policy[rule], `'sha256-${createHash("sha256").update(content).digest("base64")}'`);
  }
});

test("the hosts that send headers find them", async () => {
  const inPage = rules(policyOf(await dist("index.html")));
  const wrongAddress = await dist("404.html");
  const hashOf = (element) => {
    const content = new RegExp(`<${element}>([^]*?)</${element}>`).exec(wrongAddress)[1];
    return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
  };
  for (const name of ["_headers", ".htaccess", "nginx-headers.conf", "vercel.json"]) {
    const text = await dist(name);
    const inHeader = rules(/default-src[^"\n]*/.exec(text)[0]);
    for (const [rule, value] of Object.entries(inPage)) {
      // The page for wrong addresses carries its script and its style.
      const own = { "script-src": ` ${hashOf("script")}`, "style-src": ` ${hashOf("style")}` }[rule] ?? "";
      assert.equal(inHeader[rule], value + own, `${name}: ${rule}`);
    }
    assert.equal(inHeader["frame-ancestors"], "'none'", name);
    assert.match(text, /nosniff/, name);
  }
  JSON.parse(await dist("vercel.json"));
});

test("code in texts, foreign lines and foreign frames are stopped by the browser", async (t) => {
  const page = await newPage(t);
  // In a context of its own: the browser reports what it stops as errors, as it should.
  const context = await page.context().browser().newContext();
  t.after(() => context.close());
  const tried = await context.newPage();
  await tried.goto(BASE_URL);
  await ready(tried);
  const outcome = await tried.evaluate(async () => {
    const stopped = (work) => Promise.resolve().then(work).then(() => false, () => true);
    const image = new Image();
    const loads = new Promise((resolve) => {
      image.onload = () => resolve(true);
      image.onerror = () => resolve(false);
    });
    image.src = "http://127.0.0.1:9/pixel.png?customers";
    const text = document.createElement("div");
    text.innerHTML = '<img src="x" onerror="globalThis.ran = true"><a href="javascript:globalThis.ran = true">x</a>';
    document.body.append(text);
    const inline = document.createElement("script");
    inline.textContent = "globalThis.ran = true";
    document.body.append(inline);
    await new Promise((later) => setTimeout(later, 300));
    return {
      eval: await stopped(() => (0, eval)("1")),
      fetch: await stopped(() => fetch("https://example.com/?customers")),
      image: !(await loads),
      ran: globalThis.ran ?? false,
    };
  });
  assert.deepEqual(outcome, { eval: true, fetch: true, image: true, ran: false });
});

const PAYLOADS = [
  "<img src=x onerror=globalThis.ran=1>",
  "<script>globalThis.ran=1</script>",
  '"><svg onload=globalThis.ran=1>',
  "javascript:globalThis.ran=1",
  "</textarea><iframe src=javascript:globalThis.ran=1>",
  "{{constructor.constructor('globalThis.ran=1')()}}",
];

test("scripts in an imported file are texts on every screen", async (t) => {
  const page = await newPage(t);
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  const rows = Array.from({ length: 60 }, (_, n) => {
    const bad = PAYLOADS[n % PAYLOADS.length];
    const fields = [`X${n}${bad}`, `x${n % 12}@example.com`, `2026-0${(n % 9) + 1}-1${n % 9} 10:00:00`, "20.00", "USD", "paid", bad, bad, bad, bad];
    return fields.map(cell).join(",");
  });
  const header = "order_id,customer_email,ordered_at,total,currency,status,channel,customer_name,city,product_name";
  await open(page);
  await importFiles(page, { name: "<img src=x onerror=globalThis.ran=1>.csv", text: [header, ...rows, ""].join("\n") });
  const errors = collectErrors(page);
  let dialogs = 0;
  page.on("dialog", (dialog) => {
    dialogs += 1;
    dialog.dismiss();
  });
  const routes = (await pages()).map((it) => `/${it.replace(/\/?index\.html$/, "")}`);
  assert.ok(routes.length > 20 && routes.includes("/explore"), `${routes}`);
  for (const route of routes) {
    await open(page, route);
  }
  // One product, one customer, and a rule that names what the file says.
  await open(page, "/products");
  await page.locator("[data-product] a").first().click();
  await page.waitForURL(/\/product\?/);
  await ready(page);
  const rule = encodeURIComponent(`bought='${PAYLOADS[0].replaceAll("'", "%27")}'`);
  await open(page, `/segment?rule=${rule}`);
  await page.waitForSelector("[data-count]");
  await open(page, "/customers");
  await page.locator('a[href*="customer?id="]').first().click();
  await page.waitForSelector("#note");
  await ready(page);
  assert.ok((await page.locator("main").innerText()).includes("onerror"), "they are shown as they are");
  assert.equal(await page.evaluate(() => globalThis.ran), undefined);
  assert.equal(dialogs, 0);
  assert.deepEqual(errors, []);
  const links = await page.evaluate(() => [...document.querySelectorAll("a[href]")].map((it) => new URL(it.href).protocol));
  assert.deepEqual([...new Set(links)].filter((it) => !["http:", "https:", "mailto:", "tel:"].includes(it)), []);
});

test("what the browser remembers beside the database names no customer", async (t) => {
  const page = await newPage(t);
  await open(page);
  await importFiles(page, shop.file);
  await open(page, "/customers?q=ana");
  await page.locator('a[href*="customer?id="]').first().click();
  await page.waitForSelector("#note");
  await page.fill("#note", "a secret");
  await page.locator("#note").blur();
  await open(page, "/data");
  const kept = await page.evaluate(() => ({ ...localStorage, ...sessionStorage }));
  const known = ["regulars.lang", "regulars.theme", "regulars.last-visit", "regulars.import", "regulars.backup", "regulars.backup.later", "regulars.install", "regulars.exports", "regulars.lock", "regulars.lock-after", "regulars.active"];
  assert.deepEqual(Object.keys(kept).filter((key) => !known.includes(key)), []);
  for (const secret of ["ana", "example.com", "A1001", "secret"]) {
    assert.ok(!JSON.stringify(kept).includes(secret), secret);
  }
});
