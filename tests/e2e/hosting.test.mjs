// The site on an ordinary static host, one that knows nothing but files, in a folder of its own.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { after, before, test } from "node:test";
import { BASE_URL, ROUTES, browserForTests, open, required } from "./support.mjs";

const newPage = browserForTests();
const FOLDER = "/shops/crm";
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};

/** Answers like GitHub Pages or nginx: a folder's address is redirected to end in a slash. */
async function answer(request, response) {
  const url = new URL(request.url, "http://host");
  const inside = url.pathname.startsWith(`${FOLDER}/`);
  let path = join(required("DIST"), normalize(url.pathname.slice(FOLDER.length)));
  const found = inside && (await stat(path).catch(() => null));
  if (found && found.isDirectory() && !url.pathname.endsWith("/")) {
    return response.writeHead(301, { location: `${url.pathname}/${url.search}` }).end();
  }
  if (found && found.isDirectory()) path = join(path, "index.html");
  const content = found && (await readFile(path).catch(() => null));
  if (!content) {
    const page = await readFile(join(required("DIST"), "404.html"));
    return response.writeHead(404, { "content-type": "text/html" }).end(page);
  }
  return response.writeHead(200, { "content-type": TYPES[extname(path)] }).end(content);
}

let server;
let host;
before(async () => {
  server = createServer(answer);
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  host = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

test("every route is a file", async () => {
  for (const route of ROUTES) {
    const response = await fetch(BASE_URL + route);
    assert.equal(response.status, 200, route);
    assert.match(await response.text(), /<base href="\.{1,2}\/">/, route);
  }
  const nowhere = await fetch(`${BASE_URL}/no-such-page`);
  assert.equal(nowhere.status, 404);
  assert.match(await nowhere.text(), /找不到页面/);
});

test("a deep link works in a folder, whether or not the host adds a slash", async (t) => {
  const page = await newPage(t);
  await open(page, `${FOLDER}/`, host);
  await open(page, `${FOLDER}/rfm?lang=zh-CN`, host);
  assert.equal(await page.getAttribute("html", "lang"), "zh-CN");
  await open(page, "/rfm?lang=en");
  assert.equal(await page.getAttribute("html", "lang"), "en");
});

test("a wrong address shows the way back", async (t) => {
  const page = await newPage(t);
  await open(page, `${FOLDER}/`, host);
  for (const wrong of ["no-such-page", "no-such-page/"]) {
    const context = page.context();
    // A page of its own: the browser reports the 404 as an error, as it should.
    const stray = await context.newPage();
    const response = await stray.goto(`${host}${FOLDER}/${wrong}`);
    assert.equal(response.status(), 404);
    await stray.click("a >> nth=0");
    assert.equal(new URL(stray.url()).pathname, `${FOLDER}/`, wrong);
  }
});
