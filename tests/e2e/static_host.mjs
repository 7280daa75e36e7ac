// An ordinary static host, one that knows nothing but files, for the finished site: what a test needs
// of it to be otherwise is said by the test.
import { createServer } from "node:http";
import { readFile, readdir, stat } from "node:fs/promises";
import { extname, join, normalize, relative } from "node:path";
import { required } from "./support.mjs";

const DIST = required("DIST");
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

/**
 * Serves the finished site in a folder, like GitHub Pages or nginx: a folder's address is redirected
 * to end in a slash. `headers` go with every answer.
 *
 * `changed`: files by name that stand in place of the site's; null: not there any more.
 * `instead`: answers by a file's name that are no files: `{ status, type, content }`.
 */
export async function startHost({ folder = "", headers = {} } = {}) {
  const host = { changed: new Map(), instead: new Map() };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://host");
    const inside = url.pathname.startsWith(`${folder}/`);
    const name = normalize(url.pathname.slice(folder.length + 1));
    const found = inside ? await find(host, name) : {};
    if (found.isFolder) return response.writeHead(301, { location: `${url.pathname}/${url.search}` }).end();
    const { status = 200, type, content } = found;
    if (content !== undefined) return response.writeHead(status, { ...headers, "content-type": type }).end(content);
    const page = await readFile(join(DIST, "404.html"));
    return response.writeHead(404, { ...headers, "content-type": "text/html" }).end(page);
  });
  const listen = (port) => new Promise((done) => server.listen(port, "127.0.0.1", done));
  await listen(0);
  const { port } = server.address();
  return Object.assign(host, {
    origin: `http://127.0.0.1:${port}`,
    address: `http://127.0.0.1:${port}${folder}`,
    /** Takes the host from the net; `start` puts it back. */
    stop: () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      return closed;
    },
    start: () => listen(port),
  });
}

async function find({ changed, instead }, path) {
  const name = path === "." || path.endsWith("/") ? join(path, "index.html") : path;
  if (instead.has(name)) return instead.get(name);
  const type = TYPES[extname(name)] ?? "application/octet-stream";
  if (changed.has(name)) return { type, content: changed.get(name) ?? undefined };
  const file = join(DIST, name);
  const kind = await stat(file).catch(() => null);
  if (kind?.isDirectory()) return { isFolder: true };
  return { type, content: kind ? await readFile(file) : undefined };
}

/** The names of all files of the finished site. */
export async function namesInDist() {
  const entries = await readdir(DIST, { recursive: true, withFileTypes: true });
  return entries.filter((it) => it.isFile()).map((it) => relative(DIST, join(it.parentPath, it.name)));
}
