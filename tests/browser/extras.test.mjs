import assert from "node:assert/strict";
import { test } from "node:test";
import { button, field, quiet, ready, until, value, visit } from "./page.mjs";

test("a colour and a moment are edited and sent, and marked text is shown", async () => {
  const page = await visit();
  await page.getByLabel("Colour", { exact: true }).fill("#ff0000");
  await field(page, "Moment").fill("2026-01-02 03:04:05");
  await button(page, "Mark").click();
  await until(value(page, "Echo"), "#ff0000 2026-01-02 03:04:05");
  assert.deepEqual(await page.locator("mark").allTextContents(), ["redcolour", " carthing", " fast"]);
  quiet(page);
});

test("a colour is typed in any of CSS's notations; what is none is not taken", async () => {
  const page = await visit();
  const written = field(page, "Colour, value");
  const shown = () => page.getByLabel("Colour", { exact: true }).inputValue();
  const mark = async (echo) => {
    await button(page, "Mark").click();
    await until(value(page, "Echo"), echo);
  };
  assert.equal(await written.inputValue(), "#336699");
  await field(page, "Moment").fill("2026-01-02 03:04:05");
  await written.fill("rgb(0, 128, 255)");
  await until(shown, "#0080ff");
  await mark("rgb(0, 128, 255) 2026-01-02 03:04:05");
  await written.fill("#zzz");
  await written.press("Tab");
  await until(() => written.inputValue(), "rgb(0, 128, 255)");
  await mark("rgb(0, 128, 255) 2026-01-02 03:04:05");
  quiet(page);
});

test("a timer ticks once it is active", async () => {
  const page = await visit();
  assert.equal(await value(page, "Ticks")(), "0");
  await button(page, "Start").click();
  await until(async () => Number(await value(page, "Ticks")()) >= 3, true);
  quiet(page);
});

test("a value of the browser's own outlives the page and its session", async () => {
  const page = await visit();
  await button(page, "Visit").click();
  await until(value(page, "Visits"), "1");
  await page.reload();
  await ready(page);
  await button(page, "Visit").click();
  await until(value(page, "Visits"), "2");
  quiet(page);
});

test("a sidebar stands beside the rest and folds away", async () => {
  const page = await visit();
  const side = page.locator(".sf-sidebar");
  const [left, rest] = [await side.boundingBox(), await field(page, "Moment").boundingBox()];
  assert.ok(left.x + left.width <= rest.x);
  await page.getByText("Side", { exact: true }).click();
  await page.getByText("At the side.").waitFor({ state: "hidden" });
  await page.setViewportSize({ width: 380, height: 800 });
  const [above, below] = [await side.boundingBox(), await page.locator(".sf-textbox").first().boundingBox()];
  assert.ok(above.y + above.height <= below.y && Math.abs(above.width - below.width) < 4, "on a narrow page above it, as wide as it");
});
