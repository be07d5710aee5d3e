// What the tests of both pages share: a browser, and what a visitor sees whichever page it is.

import assert from "node:assert/strict";
import { after } from "node:test";
import { chromium } from "playwright-core";

const PATIENCE_MS = 20_000;
const OPTIONS = ["no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking"];
const browser = await chromium.launch({
  executablePath: process.env.BROWSER,
  args: [...OPTIONS, "disable-component-update", "disable-sync"].map((name) => `--${name}`),
});
after(() => browser.close());

export async function visit() {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${process.env.PAGE}/`);
  return page;
}

export const field = (page, label) => page.getByLabel(label, { exact: true }).and(page.locator("textarea, input"));
export const button = (page, name) => page.getByRole("button", { name, exact: true });
export const shown = (page, label) => () => field(page, label).inputValue();

/** The texts of a conversation: the visitor's and the answers, in order. */
export const said = (page) => () =>
  page
    .locator('[role="log"] :is(.sf-content, [data-testid="user"], [data-testid="bot"])')
    .evaluateAll((all) => all.map((one) => one.innerText.trim()));

export async function until(read, wanted) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await read();
    try {
      return assert.deepEqual(found, wanted);
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
