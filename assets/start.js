// Starts the engine in its worker at once: it opens the data while the page's program is loaded.
const name = document.querySelector("meta[name=engine]").content;
const engine = new Worker(new URL(name, document.baseURI), { type: "module" });
// The first message says that it listens; the page may come too late to hear it.
engine.addEventListener("message", () => (engine.listens = true), { once: true });
globalThis.regularsEngine = engine;
