// A WebDAV folder as merchants rent it: it keeps files by name, wants a password, and lets pages of other
// sites in. It is as strict as the strictest: folders have to be made before anything is put into them.
import { createServer } from "node:http";

const METHODS = "GET, PUT, DELETE, MKCOL, PROPFIND";

/** Starts a server that ends with the test. `shut`: it lets no page of another site in. */
export async function fileServer(t, { user = "ana", password = "server-password", shut = false } = {}) {
  const served = { user, password, files: new Map(), folders: new Set(["/shop"]), requests: [] };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { status, text = "", headers = {} } = answer(served, request, body);
    if (!shut) {
      Object.assign(headers, {
        "Access-Control-Allow-Origin": request.headers.origin ?? "*",
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "Authorization, Content-Type, Depth",
        "Access-Control-Expose-Headers": "Retry-After",
      });
    }
    response.writeHead(status, headers);
    response.end(text);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  });
  served.url = `http://127.0.0.1:${server.address().port}/shop`;
  served.empty = () => {
    served.files.clear();
    served.folders = new Set(["/shop"]);
  };
  served.segments = () => [...served.files.keys()].filter((it) => /\/v1\/d\/[0-9a-f]{16}\/\d+\.json$/.test(it)).length;
  return served;
}

function answer(served, { method, url, headers }, body) {
  if (method === "OPTIONS") return { status: 204 };
  const path = decodeURIComponent(url).replace(/\/$/, "");
  served.requests.push(`${method} ${url}`);
  const expected = `Basic ${Buffer.from(`${served.user}:${served.password}`).toString("base64")}`;
  if (headers.authorization !== expected) return { status: 401 };
  const folder = path.slice(0, path.lastIndexOf("/"));
  const { files, folders } = served;
  switch (method) {
    case "GET":
      return files.has(path) ? { status: 200, text: files.get(path) } : { status: 404 };
    case "PUT":
      if (!folders.has(folder)) return { status: 409 };
      files.set(path, body);
      return { status: 201 };
    case "DELETE":
      return { status: files.delete(path) ? 204 : 404 };
    case "MKCOL":
      if (folders.has(path)) return { status: 405 };
      if (!folders.has(folder)) return { status: 409 };
      folders.add(path);
      return { status: 201 };
    case "PROPFIND":
      return folders.has(path) ? { status: 207, text: listing(served, path) } : { status: 404 };
    default:
      return { status: 405 };
  }
}

function listing({ files, folders }, path) {
  const within = [...folders, ...files.keys()].filter((it) => it.startsWith(`${path}/`));
  const entries = within.map((it) => `<d:response><d:href>${it}</d:href></d:response>`);
  return `<?xml version="1.0"?><d:multistatus xmlns:d="DAV:">${entries.join("")}</d:multistatus>`;
}
