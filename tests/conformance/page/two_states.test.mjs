import { test } from "node:test";
import { button, field, shown, until, visit } from "./pages.mjs";

test("two States go through a chain, and what listens to one is called when it changes", async () => {
  const page = await visit();
  for (const [name, listed, counted] of [["Ann", "Ann", "1 so far"], ["Ben", "Ann, Ben", "2 so far"]]) {
    await field(page, "Name").fill(name);
    await button(page, "Add").click();
    await until(shown(page, "Listed"), listed);
    await until(shown(page, "Counted"), counted);
    await until(shown(page, "Name"), "");
  }
});

test("an error is shown and changes nothing", async () => {
  const page = await visit();
  await button(page, "Add").click();
  await page.getByText("A name is needed.").first().waitFor();
  await field(page, "Name").fill("Ann");
  await button(page, "Add").click();
  await until(shown(page, "Counted"), "1 so far");
});
