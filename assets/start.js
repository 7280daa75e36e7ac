// Starts the engine in its worker at once: it opens the data while the page's program is loaded.
const address = (name) => new URL(document.querySelector(`meta[name=${name}]`).content, document.baseURI).href;
// Its name tells it where to find the reader, which it starts when a file is dropped, and the unpacker.
const helpers = ["reader", "unpacker"].map(address).join(" ");
const engine = new Worker(address("engine"), { type: "module", name: helpers });
// The first message says that it listens; the page may come too late to hear it.
engine.addEventListener("message", () => (engine.listens = true), { once: true });
globalThis.regularsEngine = engine;
