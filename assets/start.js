// Starts the engine in its worker at once: it opens the data while the page's program is loaded.
const address = (name) => new URL(document.querySelector(`meta[name=${name}]`).content, document.baseURI).href;
// Its name tells it where to find those that it starts when it needs them.
const helpers = ["reader", "unpacker", "modeller"].map(address).join(" ");
const engine = new Worker(address("engine"), { type: "module", name: helpers });
// The first message says that it listens; the page may come too late to hear it.
engine.addEventListener("message", () => (engine.listens = true), { once: true });
globalThis.regularsEngine = engine;
// A release names the page's program here. The browser keeps its machine code for the next visit only
// if it is compiled as this request brings it in, not if it was preloaded.
const program = document.querySelector("meta[name=program]");
if (program) {
  const source = new URL(program.content, document.baseURI).href;
  // A host that does not call it what it is: the page loads it itself, more slowly.
  globalThis.regularsProgram = WebAssembly.compileStreaming(fetch(source)).catch(() => source);
}
// The browser may offer to install the page before its program is there to say when.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  globalThis.regularsInstall = event;
});
