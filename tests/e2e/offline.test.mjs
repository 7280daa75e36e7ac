// What the service worker is for: the shop opens without a line, a newer version comes whole and when
// the user says so, and one program alone reaches one server.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { browserForTests, importFiles, open, ready, required } from "./support.mjs";
import { namesInDist, startHost } from "./static_host.mjs";
import { shop } from "./shop.mjs";

const newPage = browserForTests();
const FOLDER = "/shops/crm";
const HASH = "0123456789abcdef";
const dist = (name) => readFile(join(required("DIST"), name));
const isUnreached = /ERR_(CONNECTION_REFUSED|FAILED)|status of 404/;

async function hosted(t, options) {
  const host = await startHost(options);
  t.after(() => host.stop().catch(() => {}));
  return host;
}

/** Waits until the page's service worker is at work, which the page itself leaves for a quiet moment. */
async function atWork(page, { byItself = false } = {}) {
  if (!byItself) await page.evaluate(() => navigator.serviceWorker.register("sw.js", { updateViaCache: "none" }).then(() => {}));
  return page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
}

/** The site's service worker: what it is made of, and its script. */
async function worker() {
  const [first, ...script] = (await dist("sw.js")).toString().split("\n");
  return { site: JSON.parse(/^const SITE = (.*);$/.exec(first)[1]), script: script.join("\n") };
}

const hashOf = (content) => `sha256-${createHash("sha256").update(content).digest("base64")}`;

/** Another build on a host: its files by name that are not in the finished site. */
async function publish(host, files, renamed = (name) => name) {
  const { site, script } = await worker();
  site.files = Object.fromEntries(Object.entries(site.files).map(([name, hash]) => [renamed(name), hash]));
  for (const [name, content] of Object.entries(files)) {
    host.changed.set(name, content);
    if (name.endsWith(".js") || name in site.files) site.files[name] = hashOf(content);
  }
  site.build = createHash("sha256").update(JSON.stringify(site)).digest("hex").slice(0, 16);
  host.changed.set("sw.js", `const SITE = ${JSON.stringify(site)};\n${script}`);
}

/** Every request of the browser that does not go to this machine, whichever program makes it. */
async function recordForeign(t) {
  const asked = [];
  const proxy = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(502).end();
  });
  proxy.on("connect", (request, socket) => {
    asked.push(request.url);
    socket.destroy();
  });
  await new Promise((done) => proxy.listen(0, "127.0.0.1", done));
  t.after(() => proxy.close());
  return { asked, proxy: { server: `http://127.0.0.1:${proxy.address().port}`, bypass: "127.0.0.1" } };
}

test("without a line the shop opens on every screen, with its data and charts, and nothing is asked elsewhere", async (t) => {
  const host = await hosted(t, { folder: FOLDER });
  const { asked, proxy } = await recordForeign(t);
  const page = await newPage(t, { expected: isUnreached, proxy });
  await open(page, "/", host.address);
  await importFiles(page, shop.file);
  await atWork(page, { byItself: true });
  await open(page, `/?as_of=${shop.asOf}`, host.address);
  const figures = await page.locator("#kpi-net").innerText();

  await host.stop();
  await page.reload();
  await ready(page);
  assert.equal(await page.locator("#kpi-net").innerText(), figures);
  assert.ok((await page.locator("main canvas").count()) > 0, "charts");
  for (const route of ["/rfm", "/customers/", "/settings/index.html", "/cohorts?lang=zh-CN"]) {
    await open(page, route, host.address);
    assert.equal(await page.locator('[data-action="load-part"]').count(), 0, route);
    assert.equal(await page.evaluate(() => document.baseURI), `${host.address}/`, route);
  }
  assert.equal(await page.getAttribute("html", "lang"), "zh-CN");
  await page.click('nav a[href*="/customers"]');
  await page.waitForURL(`${host.address}/customers?**`);
  await page.waitForSelector('main a[href*="customer?id="]');
  // Chromium itself asks its maker about forms that it has seen.
  const byTheSite = asked.filter((it) => it !== "content-autofill.googleapis.com:443");
  assert.deepEqual(byTheSite, [], "no request leaves the site");
});

test("a file that is not this build's is refused, and a missing one is never a page", async (t) => {
  const host = await hosted(t);
  const [wasm] = (await namesInDist()).filter((it) => /^unpacker-.*\.wasm$/.test(it));
  const page = await newPage(t, { expected: isUnreached });
  const installs = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.register("sw.js");
      const coming = registration.installing;
      if (!coming) return registration.active ? "activated" : "none";
      return new Promise((resolve) => {
        coming.onstatechange = () => ["activated", "redundant"].includes(coming.state) && resolve(coming.state);
      });
    });
  // A page without a program, so that no other registration is under way.
  host.instead.set("bare.html", { type: "text/html", content: "<!doctype html><title>bare</title>" });
  await page.goto(`${host.address}/bare.html`);
  const wrong = await dist(wasm);
  wrong[wrong.length - 1] ^= 1;
  for (const poison of [
    { type: "text/html", content: "<!doctype html>" },
    { type: "text/html", content: await dist(wasm) },
    { type: "application/wasm", content: wrong },
    { type: "application/wasm", content: await dist(wasm), status: 404 },
  ]) {
    host.instead.set(wasm, poison);
    assert.equal(await installs(), "redundant", JSON.stringify({ ...poison, content: "" }));
    assert.equal(await page.evaluate((wasm) => caches.match(wasm).then(Boolean), `/${wasm}`), false);
  }
  host.instead.delete(wasm);
  assert.equal(await installs(), "activated");
  const statusOf = (name) => page.evaluate((name) => fetch(name).then((it) => it.status), name);
  const gone = `engine-${HASH}_bg.wasm`;
  host.instead.set(gone, { type: "text/html", content: "<!doctype html>" });
  assert.equal(await statusOf(`/${gone}`), 404, "a host that answers everything with the page");
  assert.equal(await statusOf(`/${wasm}`), 200);
});

/** A program with other bytes that does the same: a section is added that says nothing. */
const changedProgram = (wasm) => Buffer.concat([wasm, Buffer.from([0, 5, 4, ...Buffer.from("next")])]);

/** The next build: page and engine with other bytes, and so in files of other names. */
async function nextBuild(host) {
  const names = await namesInDist();
  const old = ["regulars", "engine"].map((it) => names.map((name) => new RegExp(`^${it}-([0-9a-f]{16})_bg`).exec(name)?.[1]).find(Boolean));
  const turned = (hash) => [...hash].reverse().join("");
  const renamed = (text) => old.reduce((text, hash) => text.replaceAll(hash, turned(hash)), text);
  const files = {};
  for (const name of names.filter((it) => /\.(html|js|wasm)$/.test(it) && it !== "sw.js")) {
    const content = await dist(name);
    const isOurs = renamed(name) !== name;
    if (isOurs) host.changed.set(name, null);
    if (name.endsWith(".wasm")) {
      if (isOurs) files[renamed(name)] = changedProgram(content);
    } else if (renamed(`${content}`) !== `${content}`) {
      files[renamed(name)] = Buffer.from(renamed(`${content}`));
    }
  }
  await publish(host, files, renamed);
  return { old, next: old.map(turned) };
}

/** The hashes in the names of the programs that a page has taken its files from, the engine's last. */
async function programs(page) {
  const names = await page.evaluate(() => [
    ...performance.getEntriesByType("resource").map((it) => it.name),
    document.querySelector("meta[name=engine]").content,
  ]);
  const hashes = names.map((it) => /(?:regulars|engine|split_\w+|chunk_\d+)-([0-9a-f]{16})/.exec(it)?.[1]);
  return [...new Set(hashes.filter(Boolean))].sort();
}

test("a newer version under open tabs: whole, when the user says so, and the old one until then", async (t) => {
  const host = await hosted(t);
  const page = await newPage(t, { expected: isUnreached });
  await open(page, "/", host.address);
  await importFiles(page, shop.file);
  await atWork(page);
  const tab = await page.context().newPage();
  await open(tab, "/rfm", host.address);
  const { old, next } = await nextBuild(host);
  const notice = (page) => page.locator("[data-newer-version]");

  // The host has nothing but the next build; what is open and what is opened goes on with its own.
  await page.reload();
  await ready(page);
  await notice(page).waitFor();
  await notice(tab).waitFor();
  assert.deepEqual(await programs(page), [...old].sort());
  assert.equal(await page.locator("#kpi-net").count(), 1);

  await page.click('[data-action="change-version"]');
  await page.waitForFunction((engine) => document.querySelector("meta[name=engine]")?.content.includes(engine), next[1]);
  await ready(page);
  assert.deepEqual(await programs(page), [...next].sort());
  assert.equal(await page.locator("#kpi-net").count(), 1, "the data are there");
  assert.equal(await notice(page).count(), 0);

  // The other tab is of the old build still, and whole.
  await tab.click('nav a[href*="/cohorts"]');
  await ready(tab);
  const ofEngine = (hash) => `engine-${hash}_loader.js`;
  const statusOf = (name) => tab.evaluate((name) => fetch(name).then((it) => it.status), name);
  assert.deepEqual([await statusOf(ofEngine(old[1])), await statusOf(ofEngine(next[1]))], [200, 200]);
  assert.deepEqual(await programs(tab), [...old].sort());
  assert.equal(await tab.locator("main h1.headline").count(), 1);
  const builds = () => page.evaluate(() => caches.keys().then((keys) => keys.filter((it) => !it.endsWith(" kept")).length));
  assert.equal(await builds(), 2);
  await tab.click('[data-action="change-version"]');
  await tab.waitForFunction((engine) => document.querySelector("meta[name=engine]")?.content.includes(engine), next[1]);
  await ready(tab);
  assert.deepEqual(await programs(tab), [...next].sort());
  // Nobody is of the old one any more.
  for (let tries = 0; (await builds()) > 1; tries += 1) {
    assert.ok(tries < 40, "the old build is removed");
    await page.waitForTimeout(250);
  }
});

const FETCHES = "onmessage = ({ data }) => fetch(data).then((it) => it.ok, () => false).then(postMessage);";

/** Whether a worker of the site can reach each of some addresses. */
function reaches(page, script, addresses) {
  return page.evaluate(
    async ([script, addresses]) => {
      const worker = new Worker(new URL(script, document.baseURI), { type: "module" });
      const outcomes = [];
      for (const address of addresses) {
        outcomes.push(
          await new Promise((resolve) => {
            worker.onmessage = ({ data }) => resolve(data);
            worker.onerror = () => resolve("stopped");
            worker.postMessage(address);
          }),
        );
      }
      worker.terminate();
      return outcomes;
    },
    [script, addresses],
  );
}

/** Tells the service worker where the syncer may connect, and returns what it says. */
function allow(page, connect) {
  return page.evaluate(async (connect) => {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
      active.postMessage({ connect }, [port2]);
    });
  }, connect);
}

for (const sends of [false, true]) {
  test(`the syncer alone reaches the one server that is set, on a host that sends ${sends ? "its own policy" : "no policy"}`, async (t) => {
    const policy = (await worker()).site.headers["Content-Security-Policy"];
    const host = await hosted(t, { headers: sends ? { "content-security-policy": policy } : {} });
    // What stands in for the syncer: its script, and one that this imports.
    await publish(host, {
      [`syncer-${HASH}_loader.js`]: `import "./syncer-${HASH}.js";`,
      [`syncer-${HASH}.js`]: FETCHES,
      [`helper-${HASH}.js`]: FETCHES,
    });
    const server = () => hosted(t, { headers: { "access-control-allow-origin": "*" } });
    const [a, b] = [await server(), await server()];
    const page = await newPage(t, { expected: /Content Security Policy|violates|ERR_/ });
    await open(page, "/", host.address);
    await atWork(page);
    const syncer = `syncer-${HASH}_loader.js`;
    const addresses = [a, b, host].map((it) => `${it.address}/manifest.webmanifest`);
    assert.deepEqual(await reaches(page, syncer, addresses), [false, false, true], "none is set");
    assert.equal(await allow(page, a.origin), true);
    assert.deepEqual(await reaches(page, syncer, addresses), [true, false, true]);
    assert.deepEqual(await reaches(page, `helper-${HASH}.js`, addresses), [false, false, true], "no other program");
    assert.deepEqual(await reaches(page, `syncer-${HASH}.js`, addresses), [true, false, true], "and what it imports");
    const stopped = await page.evaluate((url) => fetch(url).then(() => false, () => true), addresses[0]);
    assert.ok(stopped, "nor the page");

    await page.reload();
    await ready(page);
    assert.deepEqual(await reaches(page, syncer, addresses), [true, false, true], "it is remembered");
    assert.equal(await allow(page, b.origin), true);
    assert.deepEqual(await reaches(page, syncer, addresses), [false, true, true], "never two");
    assert.equal(await allow(page, null), true);
    assert.deepEqual(await reaches(page, syncer, addresses), [false, false, true]);
  });
}

test("only an origin is taken, and http only where nobody reads along", async (t) => {
  const host = await hosted(t);
  const page = await newPage(t);
  await open(page, "/", host.address);
  await atWork(page);
  for (const [origin, taken] of [
    ["https://sync.example.com", true],
    ["https://example.com:8443", true],
    ["http://localhost:8080", true],
    ["http://127.0.0.1:5984", true],
    ["http://192.168.1.20", true],
    ["http://172.20.0.2:80", false],
    ["http://172.20.0.2", true],
    ["http://172.32.0.2", false],
    ["http://nas.local:5005", true],
    ["http://example.com", false],
    ["http://localhost.example.com", false],
    ["http://10.0.0.1.example.com", false],
    ["https://example.com/", false],
    ["https://example.com/folder", false],
    ["https://someone@example.com", false],
    ["https://example.com; script-src *", false],
    ["https://*.example.com", false],
    ["https:", false],
    ["*", false],
    // A policy cannot name such a host.
    ["https://[::1]", false],
    ["ftp://example.com", false],
    ["", false],
  ]) {
    assert.equal(await allow(page, origin), taken, origin);
  }
});

test("the page can be installed, and offers it once to who comes back to data of their own", async (t) => {
  const host = await hosted(t);
  const manifest = JSON.parse(await dist("manifest.webmanifest"));
  for (const { src } of manifest.icons) assert.ok((await dist(src)).length > 0, src);
  const html = (await dist("rfm/index.html")).toString();
  assert.ok(/<link [^>]*rel="?manifest/.test(html), "every page names it");
  const page = await newPage(t);
  // What a browser does that finds that the page could be installed.
  await page.addInitScript(() => {
    addEventListener("load", () => {
      const event = new Event("beforeinstallprompt", { cancelable: true });
      event.prompt = async () => (globalThis.prompted = event.defaultPrevented);
      dispatchEvent(event);
    });
  });
  const offer = page.locator("[data-install]");
  await open(page, "/", host.address);
  await importFiles(page, shop.file);
  await atWork(page);
  assert.equal(await offer.count(), 0, "not on the first visit");
  await page.reload();
  await offer.waitFor();
  await page.click('[data-action="install"]');
  await page.waitForFunction(() => globalThis.prompted === true);
  assert.equal(await offer.count(), 0);
  await page.reload();
  await ready(page);
  await page.waitForFunction(() => performance.getEntriesByType("resource").some((it) => it.name.includes("split_keeping")));
  await page.waitForTimeout(500);
  assert.equal(await offer.count(), 0, "it is answered");
});
