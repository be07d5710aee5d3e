// What the browser tests share: a browser, a page that keeps what it says, and waiting for a condition.

import assert from "node:assert/strict";
import { after } from "node:test";
import { chromium } from "playwright-core";

export const address = `${process.env.PAGE || "http://127.0.0.1"}/`;

const PATIENCE_MS = 15_000;
const MOST_REQUESTS = 10;
const MOST_BYTES = 40_000; // with their headers
const DEVICES = ["use-fake-device-for-media-stream", "use-fake-ui-for-media-stream"]; // a camera and a microphone, and nobody who is asked
const OPTIONS = ["no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", ...DEVICES];
const browser = await chromium.launch({
  executablePath: process.env.BROWSER,
  args: [...OPTIONS, "disable-component-update", "disable-sync"].map((name) => `--${name}`),
});
after(() => browser.close());

/** Open the page, or the one at `path` from it, in a fresh context; `page.said` holds its console messages and errors, `page.calls` its POSTs. */
export async function visit(options = {}) {
  const { path = "", ...context } = options;
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...context })).newPage();
  await listen(page);
  await page.goto(new URL(path, address).href);
  return ready(page);
}

/** Open the page in a second tab of `page`'s window. */
export async function secondTab(page) {
  const other = await page.context().newPage();
  await listen(other);
  await other.goto(address);
  return ready(other);
}

export async function ready(page) {
  await page.waitForSelector("main:not([aria-busy])");
  return page;
}

async function listen(page) {
  page.setDefaultTimeout(PATIENCE_MS);
  page.said = [];
  page.calls = [];
  page.on("console", (message) => page.said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => page.said.push(`error: ${error.stack}`));
  page.on("filechooser", () => {}); // from the start: one that opens before somebody waits for it would be the browser's own
  page.on("request", (request) => request.method() === "POST" && page.calls.push(request));
}

/** Wait until `read()` gives `wanted`; fails with what it gave last. */
export async function until(read, wanted, what = "the page shows") {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await read();
    try {
      assert.deepEqual(found, wanted);
      return;
    } catch (error) {
      if (Date.now() > end) throw new Error(`${what}: ${error.message}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Nothing was written to the console: no error, no warning, no violation of the policy. */
export function quiet(page, expected = []) {
  assert.deepEqual(page.said.filter((line) => !expected.some((part) => line.includes(part))), []);
}

/** A page that was just opened has taken few requests, none of them to a function, and little of the wire. */
export async function light(page, { most = MOST_BYTES } = {}) {
  const loaded = await page.evaluate(() =>
    ["navigation", "resource"].flatMap((kind) =>
      performance.getEntriesByType(kind).map(({ name, transferSize }) => ({ name, bytes: transferSize })),
    ),
  );
  const said = loaded.map(({ name, bytes }) => `${bytes} ${name}`).join("\n");
  assert.deepEqual(loaded.filter(({ name }) => /config|gradio_api/.test(name)), []);
  assert.ok(loaded.length <= MOST_REQUESTS, said);
  const bytes = loaded.reduce((sum, entry) => sum + entry.bytes, 0);
  assert.ok(bytes > 0 && bytes <= most, `${bytes} bytes:\n${said}`);
  return loaded.map(({ name }) => new URL(name).pathname);
}

/** Hold back the answers of `path` until the returned function is called. */
export async function hold(page, path) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route(`**/${path}`, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

export const field = (page, name) => page.getByRole("textbox", { name, exact: true });
export const value = (page, name) => () => field(page, name).inputValue();
export const button = (page, name) => page.getByRole("button", { name, exact: true });
export const tree = (page, name) => page.getByRole("group", { name, exact: true }).first();

/** Put a component on the page that its app has not: what it emits is kept, and what it would ask of the server is not asked. */
export async function made(page, type, props) {
  await page.evaluate(async ([kind, given]) => {
    const { make } = await import(document.querySelector("script[type=module]").src);
    window.events ??= [];
    const own = {
      emit: (node, event, data) => window.events.push([event, structuredClone(data)]),
      listens: () => true,
      url: (path) => new URL(`gradio_api/${path}`, document.baseURI).href,
      announce() {},
      notify() {},
      largest: 1e6,
    };
    window.count = (window.count ?? 0) + 1;
    window.node = await make({ id: `own-${window.count}`, type: kind, props: given }, own);
    document.querySelector("main").prepend(window.node.element);
  }, [type, props]);
}

/** What the last component that was made emitted as `event`. */
export const emitted = (page, event) =>
  page.evaluate((wanted) => window.events.filter(([name]) => name === wanted).map(([, data]) => data), event);
