import { test } from "node:test";
import { button, quiet, until, visit } from "./page.mjs";

const told = (page) => () => page.getByLabel("Told").inputValue();
const box = (page) => page.getByRole("combobox", { name: "Choice" });
const chips = (page) => () => page.locator(".sf-chip").evaluateAll((all) => all.map((one) => one.firstChild.textContent));

test("a dropdown that a function makes one for several gives lists, and gives one value when it is made so again", async () => {
  const page = await visit();
  await button(page, "Tell").click();
  await until(told(page), "'one'");
  await button(page, "Many").click();
  await until(chips(page), ["one"]);
  await button(page, "Tell").click();
  await until(told(page), "['one']");
  await box(page).click();
  await page.getByRole("option", { name: "two" }).click();
  await until(told(page), "['one', 'two']");
  await page.keyboard.press("Escape");
  await button(page, "Set").click();
  await until(chips(page), ["three"]);
  await button(page, "Tell").click();
  await until(told(page), "['three']");
  await button(page, "One").click();
  await until(chips(page), []);
  await button(page, "Tell").click();
  await until(told(page), "'three'");
  await box(page).selectOption("two");
  await until(told(page), "'two'");
  quiet(page);
});

test("a dropdown that a function lets take other values, or gives many choices, can be written in", async () => {
  const page = await visit();
  await button(page, "Own").click();
  await until(() => box(page).evaluate((node) => node.localName), "input");
  await box(page).fill("mine");
  await page.keyboard.press("Enter");
  await until(told(page), "'mine'");
  quiet(page);
  const other = await visit();
  await button(other, "Long").click();
  await until(() => box(other).evaluate((node) => node.localName), "input");
  await box(other).fill("17");
  await other.getByRole("option", { name: "17" }).click();
  await until(told(other), "'17'");
  quiet(other);
});
