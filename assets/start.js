// Starts the engine in its worker at once: it opens the data while the page's program is loaded.
const address = (name) => new URL(document.querySelector(`meta[name=${name}]`).content, document.baseURI).href;
// Its name tells it where to find those that it starts when it needs them.
const helpers = ["reader", "unpacker", "modeller"].map(address).join(" ");
const engine = new Worker(address("engine"), { type: "module", name: helpers });
// The first message says that it listens; the page may come too late to hear it.
engine.addEventListener("message", () => (engine.listens = true), { once: true });
globalThis.regularsEngine = engine;
