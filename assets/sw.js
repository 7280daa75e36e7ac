// The service worker: keeps the whole site, so that it opens without a line, and says what the site's
// programs may reach. The build writes before this what it is made of (`xtask/src/dist/offline.rs`):
// SITE = { build, headers, routes, files: { name: "sha256-…" } }.

const SCOPE = registration.scope;
const OURS = `regulars ${SCOPE} `;
const CACHE = OURS + SITE.build;
/** What is remembered from build to build: where the syncer may connect, which page is of which build. */
const KEPT = `${OURS}kept`;
const CONNECTION = `${SCOPE}kept/connection`;
const CLIENT = `${SCOPE}kept/client/`;

/** The files of this build: opened once, for a page asks for many. */
let opening;
const ofBuild = () => (opening ??= caches.open(CACHE));

const POLICY = "Content-Security-Policy";
/** A file of some build: what bears a hash is the same wherever it is found. */
const HASHED = /-[0-9a-f]{12,}[^/]*\.(css|js|svg|wasm)$|^snippets\/.+\.js$/;
const SYNCER = /^syncer[^/]*\.js$/;

/** What hosts call a kind of file that they do not know. */
const UNKNOWN = ["", "application/octet-stream", "text/plain"];
/** What they call the others; the first is what it is called here. */
const TYPES = {
  css: ["text/css"],
  html: ["text/html"],
  js: ["text/javascript", "application/javascript", "application/x-javascript"],
  png: ["image/png"],
  svg: ["image/svg+xml"],
  wasm: ["application/wasm", ...UNKNOWN],
  webmanifest: ["application/manifest+json", "application/json", ...UNKNOWN],
};

const typesOf = (name) => TYPES[name.split(".").pop()];
const typeOf = (response) => (response.headers.get("Content-Type") ?? "").split(";")[0].trim().toLowerCase();
const named = (name, body) => new Response(body, { headers: { "Content-Type": typesOf(name)[0], ...SITE.headers } });

addEventListener("install", (event) => event.waitUntil(Promise.all(Object.keys(SITE.files).map(keep))));
// The first build takes over the pages that are open: they are of it. A later one waits until nobody
// has the earlier open, or the user says so.
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET" || !url.startsWith(SCOPE)) return;
  const name = url.slice(SCOPE.length).split(/[?#]/)[0];
  if (mode === "navigate") {
    if (SITE.routes.includes(name.replace(/\/?(index\.html)?$/, ""))) event.respondWith(page(event));
  } else if (Object.hasOwn(SITE.files, name) || HASHED.test(name)) {
    event.respondWith(SYNCER.test(name) ? file(name).then(connected) : file(name));
  }
});

addEventListener("message", (event) => {
  const { activate, connect } = event.data;
  if (activate) skipWaiting();
  if (connect !== undefined) event.waitUntil(allow(connect).catch(() => false).then((done) => event.ports[0].postMessage(done)));
});

/** One page serves every route. */
async function page(event) {
  try {
    const kept = await file("index.html");
    if (event.resultingClientId) event.waitUntil(opened(event.resultingClientId));
    return kept;
  } catch {
    // Lost, and the host has another build by now: that one is whole as well.
    return fetch(event.request);
  }
}

/** A file: of this build, or of the one that an open page is of. Never a page in place of a file. */
async function file(name) {
  const url = SCOPE + name;
  if (Object.hasOwn(SITE.files, name)) return (await (await ofBuild()).match(url)) ?? keep(name);
  const kept = await caches.match(url);
  if (kept) return kept;
  const response = await fetch(url);
  const isFile = response.ok && typesOf(name).includes(typeOf(response));
  return isFile ? named(name, response.body) : new Response(null, { status: 404 });
}

/** Keeps a file of this build, unless it is kept already. */
async function keep(name) {
  const cache = await ofBuild();
  const url = SCOPE + name;
  if (!(await cache.match(url))) await cache.put(url, named(name, await fetched(name)));
  return cache.match(url);
}

/** The content of a file of this build as the host gives it, if it is that to the last byte. */
async function fetched(name) {
  const isPage = name === "index.html";
  // What the browser has kept of the first visit serves; what is wrong there is asked for anew.
  for (const cache of ["default", "reload"]) {
    try {
      const response = await fetch(isPage ? SCOPE : SCOPE + name, { cache, integrity: SITE.files[name] });
      if (!response.ok || !typesOf(name).includes(typeOf(response))) continue;
      return isPage ? based(await response.text()) : response.body;
    } catch {
      // Other bytes, or no line.
    }
  }
  throw new Error(`${name} is not this build's`);
}

/** The page with the site's folder for base, whichever route it is served for. */
function based(html) {
  const folder = new URL(SCOPE).pathname.replaceAll("&", "&amp;");
  return html.replace(/<base [^>]*>/, () => `<base href="${folder}">`);
}

/** The syncer's script under a policy that lets it reach the one server that it was told of. */
async function connected(script) {
  const kept = await caches.match(CONNECTION, { cacheName: KEPT });
  const headers = new Headers(script.headers);
  if (kept && headers.has(POLICY)) {
    const only = `connect-src 'self' ${await kept.text()}`;
    headers.set(POLICY, headers.get(POLICY).replace("connect-src 'self'", only));
  }
  return new Response(script.body, { status: script.status, headers });
}

/** Lets the syncer connect to an origin from its next start on; null: to none. Whether it will. */
async function allow(origin) {
  const kept = await caches.open(KEPT);
  await kept.delete(CONNECTION);
  if (origin !== null && !isSafe(origin)) return false;
  if (origin !== null) await kept.put(CONNECTION, new Response(origin));
  // A page that was loaded past this worker starts its workers past it too.
  await clients.claim();
  return true;
}

/** One origin and nothing else, where nobody on the way reads along; none of IPv6, which no policy can name. */
function isSafe(origin) {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) return false;
  const { protocol, hostname } = new URL(origin);
  if (!/^[\w.-]+$/.test(hostname)) return false;
  const isNear = /^(localhost|.+\.localhost|.+\.local|127(\.\d+){3}|10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|169\.254(\.\d+){2})$/;
  return protocol === "https:" || (protocol === "http:" && isNear.test(hostname));
}

/** Notes that a page is of this build, and removes the builds that no page is of any more. */
async function opened(id) {
  const kept = await caches.open(KEPT);
  await kept.put(CLIENT + id, new Response(SITE.build));
  // The page that it takes the place of is still there.
  await new Promise((later) => setTimeout(later, 2_000));
  const all = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const pages = all.filter((it) => it.url.startsWith(SCOPE)).map((it) => CLIENT + it.id);
  for (const { url } of await kept.keys()) {
    if (url.startsWith(CLIENT) && !pages.includes(url)) await kept.delete(url);
  }
  const notes = await Promise.all(pages.map((it) => kept.match(it)));
  // One that was loaded past this worker may be of any build; one that comes is not to be disturbed.
  if (!notes.every(Boolean) || registration.installing || registration.waiting) return;
  const builds = await Promise.all(notes.map((it) => it.text()));
  const used = [KEPT, CACHE, ...builds.map((it) => OURS + it)];
  const old = (await caches.keys()).filter((it) => it.startsWith(OURS) && !used.includes(it));
  await Promise.all(old.map((it) => caches.delete(it)));
}
