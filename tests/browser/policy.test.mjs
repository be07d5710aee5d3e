import assert from "node:assert/strict";
import { test } from "node:test";
import { button, ready, until, visit } from "./page.mjs";

const POLICY = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self'",
  "img-src": "'self' data: blob:",
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
};
const MOST_PRESSES = 25;

/** What was said on the console, but for the answers that a call of an example has failed, as some are meant to. */
const said = (page) => page.said.filter((line) => !line.includes("Failed to load resource"));

for (const [name, path] of Object.entries(JSON.parse(process.env.APPS))) {
  test(`${name} works under the strict policy, and says nothing on the console`, async () => {
    const lost = [];
    const page = await visit({ path, acceptDownloads: false });
    page.on("response", (response) => response.status() >= 400 && !/gradio_api\/(run|queue)/.test(response.url()) && lost.push(response.url()));
    page.on("dialog", (dialog) => dialog.dismiss());
    page.on("filechooser", () => {});
    const answer = await page.reload();
    await ready(page);
    const rules = answer.headers()["content-security-policy"].split(";").map((rule) => rule.trim());
    for (const [rule, value] of Object.entries(POLICY)) assert.ok(rules.includes(`${rule} ${value}`), `${rule}: ${rules}`);

    for (const tab of await page.getByRole("tab").all()) await tab.click();
    const summaries = page.locator("main summary:visible"); // their number changes with what they open and close
    for (let place = 0; place < (await summaries.count()); place += 1) await summaries.nth(place).click();
    const pressable = page.locator("main button:visible:not([aria-disabled]):not(:disabled):not([role=tab])");
    for (let place = 0; place < Math.min(await pressable.count(), MOST_PRESSES); place += 1) {
      const one = pressable.nth(place);
      if (await one.isVisible()) await one.click({ timeout: 2_000 }).catch(() => {}); // gone, or under what the last one opened
      await page.keyboard.press("Escape");
      await page.evaluate(() => document.fullscreenElement && document.exitFullscreen()); // the browser's own Escape, which no test can press
    }
    await until(() => page.locator("main [aria-busy=true]").count(), 0, "every call ends");
    if (await button(page, "Use via API").count()) {
      await button(page, "Use via API").click();
      await page.getByRole("dialog").locator("h3, p").first().waitFor();
    }
    assert.deepEqual(said(page), []);
    assert.deepEqual(lost.filter((url) => !url.endsWith("/x")), []); // x is the image that the payloads ask for
  });
}
