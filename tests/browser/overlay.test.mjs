import assert from "node:assert/strict";
import { test } from "node:test";
import { button, until, value, visit } from "./page.mjs";

const KINDS = ["fixed", "itself", "absolute", "margins", "moved", "shadow", "outside", "broken out"];

const COLOURED = KINDS.slice(0, 5);

/** Return what a visitor would hit in the middle of the button. */
const hit = (page) =>
  page.getByRole("button", { name: "Reach me" }).evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2)?.textContent;
  });

test("an HTML value cannot lie over the page, nor hide what is around it", async () => {
  const page = await visit();
  for (const kind of KINDS) {
    await button(page, kind).click();
    await page.locator(".over").getByText(kind, { exact: true }).waitFor({ state: "attached" });
    assert.equal(await hit(page), "Reach me", kind);
    const red = await page.locator(".over").evaluate((one) => [one, one.closest(".sf-body")].map((it) => getComputedStyle(it).backgroundColor));
    if (COLOURED.includes(kind)) assert.ok(red.includes("rgb(255, 0, 0)"), `${kind} has no style at all`);
    await page.evaluate(() => scrollTo(0, 0));
    assert.ok(await page.getByText("Reached").isVisible(), kind);
  }
  await button(page, "Reach me").click();
  await until(value(page, "Reached"), "reached");
});
