import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { button, field, until, value, visit } from "./page.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** No rule of axe-core is broken by what is on the page now. */
async function clean(page, what) {
  const broken = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  });
  assert.deepEqual(broken, [], what);
}

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 800 }]) {
    test(`no rule of axe-core is broken: ${colorScheme}, ${viewport.width} pixels wide`, async () => {
      const page = await visit({ colorScheme, viewport, reducedMotion: "reduce", bypassCSP: true }); // axe itself is no file of the page
      await page.evaluate(axe);
      await clean(page, "inputs");
      await page.getByRole("combobox", { name: "Many" }).click();
      await clean(page, "an open list");
      await page.keyboard.press("Escape");
      await page.getByText("More", { exact: true }).click();
      await field(page, "Text").fill("hi");
      await button(page, "Send").click();
      await page.getByRole("tab", { name: "Out" }).click();
      await until(value(page, "Echo"), "hi");
      await clean(page, "outputs");
      await button(page, "Fail").click();
      await page.getByRole("region", { name: "Notifications" }).getByText("Refused").waitFor();
      await page.getByRole("tab", { name: "In" }).click();
      await clean(page, "errors");
      await button(page, "Use via API").click();
      await page.getByRole("heading", { name: "/send" }).waitFor();
      await clean(page, "the panel of endpoints");
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wide <= 0, `the page is ${wide} pixels wider than the window`);
    });
  }
}

test("the theme follows the system until the visitor chooses, and the choice stays", async () => {
  const page = await visit({ colorScheme: "dark" });
  const dark = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const first = await dark();
  await page.emulateMedia({ colorScheme: "light" });
  assert.notEqual(await dark(), first);
  await button(page, "Theme: system").click();
  await button(page, "Theme: light").click();
  assert.equal(await dark(), first);
  await page.reload();
  await button(page, "Theme: dark").waitFor();
  assert.equal(await dark(), first);
});
