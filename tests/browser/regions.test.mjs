// A picture with regions: drawn one on the other, told by their labels, seen alone.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { button, quiet, until, value, visit } from "./page.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const EVIL = `<img src=x onerror="window.hacked=1">`;
const group = (page, name) => page.getByRole("group", { name, exact: true });
const masks = (page, name) => group(page, name).locator("img.sf-mask");

async function opened(options) {
  const page = await visit(options);
  await masks(page, "Shown").nth(1).waitFor();
  return page;
}

test("the regions lie on the picture, and their labels are text that can be chosen", async () => {
  const page = await opened();
  const boxes = await group(page, "Shown").locator("img").evaluateAll((all) => all.map((one) => [one.naturalWidth, one.naturalHeight, Math.round(one.getBoundingClientRect().x), Math.round(one.getBoundingClientRect().y)].join()));
  assert.equal(new Set(boxes).size, 1, boxes.join(" | "));
  assert.match(boxes[0], /^60,40,/);
  assert.deepEqual(await group(page, "Shown").locator(".sf-region").allInnerTexts(), [EVIL, "mask"]);
  await button(page, EVIL).click();
  await until(value(page, "Told"), `0 ${EVIL}`);
  await button(page, "Describe").click();
  await until(value(page, "Told"), `image.webp [('image.png', '${EVIL}'), ('image.png', 'mask')]`);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  quiet(page);
});

test("by keyboard, the region whose label has the focus is seen alone", async () => {
  const page = await opened();
  const seen = () => masks(page, "Shown").evaluateAll((all) => all.map((one) => getComputedStyle(one).opacity));
  await button(page, "mask").focus();
  await until(seen, ["0", "1"]);
  await page.keyboard.press("Enter");
  await until(value(page, "Told"), "1 mask");
  await page.keyboard.press("Tab");
  await until(seen, ["1", "1"]);
  quiet(page);
});

test("a function fills it, and what does not fit is told", async () => {
  const page = await opened();
  await group(page, "Empty").getByText("No image").waitFor();
  await button(page, "Fill").click();
  await until(() => masks(page, "Empty").count(), 1);
  assert.equal(await group(page, "Empty").locator(".sf-region:visible").count(), 0);
  await button(page, "Misfit").click();
  await group(page, "Empty").getByRole("alert").getByText("a mask for 'small' of 60 × 10 pixels").waitFor();
});

for (const colorScheme of ["light", "dark"]) {
  test(`no rule of axe-core is broken, ${colorScheme}, and all fits a telephone`, async () => {
    const page = await opened({ colorScheme, viewport: { width: 390, height: 800 }, reducedMotion: "reduce", bypassCSP: true });
    await page.evaluate(axe);
    const broken = await page.evaluate(async () => (await window.axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`));
    assert.deepEqual(broken, []);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0);
  });
}
