// Takes one picture: node screenshots.mjs '{"browser", "url", "to", "width", "height", "scheme", "steps"}'
// A step is [role, name, action, ...arguments]: what a visitor does before the picture is taken.

import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../tests/", import.meta.url))("playwright-core");
const { browser: executablePath, url, to, width, height, scheme, steps } = JSON.parse(process.argv[2]);
const OPTIONS = ["no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking"];
const browser = await chromium.launch({ executablePath, args: OPTIONS.map((name) => `--${name}`) });
const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce" });
await page.goto(url);
await page.waitForSelector("main:not([aria-busy])");
for (const [role, name, action, ...rest] of steps) {
  await page.getByRole(role, { name, exact: true }).first()[action](...rest);
  await page.waitForFunction(() => !document.querySelector("main [aria-busy=true]"));
}
await page.evaluate(() => document.activeElement?.blur());
await page.screenshot({ path: to });
await browser.close();
