// The site on an ordinary static host, one that knows nothing but files, in a folder of its own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { BASE_URL, ROUTES, browserForTests, open } from "./support.mjs";
import { startHost } from "./static_host.mjs";

const newPage = browserForTests();
const FOLDER = "/shops/crm";

let server;
let host;
before(async () => {
  server = await startHost({ folder: FOLDER });
  host = server.origin;
});
after(() => server.stop());

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
