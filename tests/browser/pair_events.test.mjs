import { test } from "node:test";
import { button, quiet, until, visit } from "./page.mjs";

const log = (page) => page.getByRole("log");
const said = (page) => () => log(page).locator(".sf-message:visible .sf-content").evaluateAll((all) => all.map((one) => one.innerText.trim()));
const told = (page) => () => page.getByLabel("Told").inputValue();

test("events of a message that was a pair name the pair and the side, and pairs of nothing are not seen", async () => {
  const page = await visit();
  await until(said(page), ["hi", "Hello.", "Still there?", "yes", "Good."]);
  await button(page, "Like").first().click();
  await until(told(page), "like [0, 1] Hello.");
  await log(page).getByText("Still there?").click();
  await until(told(page), "select [1, 1] Still there?");
  await button(page, "Undo").click();
  await until(said(page), ["hi", "Hello.", "Still there?"]);
  await until(told(page), "undo [2, 0] yes");
  await button(page, "Blank").click();
  await until(told(page), "[['hi', 'Hello.'], [None, 'Still there?'], [None, None]]");
  await until(said(page), ["hi", "Hello.", "Still there?"]);
  await button(page, "Fill").click();
  await until(said(page), ["hi", "Hello.", "Still there?", "now", "Then."]);
  quiet(page);
});
