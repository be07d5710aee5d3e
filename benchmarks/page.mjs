// Opens pages in Chromium with a cold cache and says what each took, a line of JSON for each visit.
// node page.mjs '{"browser": PATH, "playwright": MODULE, "rounds": N, "pages": {NAME: URL}}'

import { createRequire } from "node:module";

const { browser: executablePath, playwright, rounds, pages } = JSON.parse(process.argv[2]);
const { chromium } = createRequire(import.meta.url)(playwright);
const LONGEST_MS = 60_000;
const QUIET_MS = 500;

// Lighthouse's mobile settings, as applied by DevTools.
// Source: https://github.com/GoogleChrome/lighthouse/blob/main/core/config/constants.js
const SLOW_4G = { offline: false, latency: 562.5, downloadThroughput: (1474.56 * 1024) / 8, uploadThroughput: (675 * 1024) / 8 };
const SLOW_CPU = 4;

// Pages that ask for fonts or scripts of other machines get their refusal at once, not after a timeout.
const OPTIONS = ["no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking"];
const NO_OTHER_MACHINE = "host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1";
const browser = await chromium.launch({
  executablePath,
  args: [...OPTIONS, "disable-component-update", "disable-sync", NO_OTHER_MACHINE].map((name) => `--${name}`),
});

/** In the page: keep when a field to write in and a button were first seen, and painted. */
function watch() {
  const seen = (selector) => [...document.querySelectorAll(selector)].some((node) => node.checkVisibility());
  const look = () => {
    if (seen("textarea, input") && seen("button")) requestAnimationFrame(() => (window.readyAt = performance.now()));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function measure(url, slow) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  const asked = new Set();
  let bytes = 0;
  let last = Date.now();
  await wire.send("Network.enable");
  if (slow) await wire.send("Network.emulateNetworkConditions", SLOW_4G);
  if (slow) await wire.send("Emulation.setCPUThrottlingRate", { rate: SLOW_CPU });
  wire.on("Network.requestWillBeSent", ({ requestId, request }) => request.url.startsWith(url) && asked.add(requestId));
  wire.on("Network.dataReceived", () => (last = Date.now()));
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    last = Date.now();
    if (asked.has(requestId)) bytes += encodedDataLength;
  });
  await page.addInitScript(watch);
  await page.goto(url, { timeout: LONGEST_MS, waitUntil: "commit" });
  const ready = await (await page.waitForFunction(() => window.readyAt, null, { timeout: LONGEST_MS })).jsonValue();
  const quiet = QUIET_MS * (slow ? 3 : 1); // longer than one answer takes to begin
  while (Date.now() - last < quiet) await new Promise((resolve) => setTimeout(resolve, 50));
  await context.close();
  return { requests: asked.size, bytes, ready };
}

for (let round = 0; round <= rounds; round += 1) {
  for (const [name, url] of Object.entries(pages)) {
    for (const slow of [false, true]) {
      const found = await measure(url, slow);
      if (round) console.log(JSON.stringify({ name, slow, ...found })); // the first round warms the servers up
    }
  }
}
await browser.close();
