import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./page.mjs";

const RAN = "globalThis.ran = (globalThis.ran ?? 0) + 1; if (globalThis.postMessage && !globalThis.document) postMessage('ran');";
const NAMES = ["a.js", "a.mjs", "a.cjs", "a.css", "a.json", "a.txt", "a.html", "a.svg", "a.xml", "a.wasm", "a.png", "a.mp3", "a", "a.js.txt", "a.vbs", "a.pdf"];

/** Upload a file of `name` as the page does; return its address. */
const uploaded = (page, name, content) =>
  page.evaluate(
    async ([name, content]) => {
      const form = new FormData();
      form.append("files", new File([content], name, { type: "text/javascript" }));
      const answer = await fetch("gradio_api/upload", { method: "POST", body: form });
      const [path] = await answer.json();
      return new URL(`gradio_api/file=${path}`, document.baseURI).href;
    },
    [name, content],
  );

test("no upload runs as a script, a module or a worker, or dresses the page", async () => {
  const page = await visit();
  for (const name of NAMES) {
    const address = await uploaded(page, name, RAN);
    const style = await uploaded(page, name, "main { outline: 3px solid rgb(1, 2, 3) }");
    const done = await page.evaluate(
      async ([address, style]) => {
        const loads = (node) =>
          new Promise((resolve) => {
            node.onload = () => resolve("loaded");
            node.onerror = () => resolve("refused");
            document.head.append(node);
          });
        const works = (make) =>
          new Promise((resolve) => {
            try {
              const worker = make();
              worker.onmessage = () => resolve("ran");
              worker.onerror = () => resolve("refused");
            } catch {
              resolve("refused");
            }
          });
        const imported = (address) => import(address).then(() => "loaded", () => "refused");
        const styles = await loads(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));
        return {
          script: await loads(Object.assign(document.createElement("script"), { src: address })),
          module: await loads(Object.assign(document.createElement("script"), { src: address, type: "module" })),
          imported: await imported(address),
          worker: await works(() => new Worker(address)),
          moduleWorker: await works(() => new Worker(address, { type: "module" })),
          service: await navigator.serviceWorker.register(address).then(() => "loaded", () => "refused"),
          styles: styles === "loaded" && document.styleSheets[document.styleSheets.length - 1].href === style ? "loaded" : "refused",
          dressed: getComputedStyle(document.querySelector("main")).outlineColor === "rgb(1, 2, 3)",
          ran: globalThis.ran ?? 0,
        };
      },
      [address, style],
    );
    assert.deepEqual(Object.entries(done).filter(([, value]) => value !== "refused"), [["dressed", false], ["ran", 0]], name);
  }
});
