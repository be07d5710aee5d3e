import { test } from "node:test";
import { button, field, shown, until, visit } from "./pages.mjs";

const add = async (page, task) => {
  await field(page, "New task").fill(task);
  await button(page, "Add").click();
  await button(page, `Finish ${task}`).waitFor();
};

test("what a function draws is shown, its listeners work, and it is drawn anew", async () => {
  const page = await visit();
  await page.getByText("0 tasks").waitFor();
  await add(page, "one");
  await add(page, "two");
  await page.getByText("2 tasks").waitFor();
  await field(page, "Note 1").fill("well");
  await button(page, "Finish two").click();
  await until(shown(page, "Last done"), "two: well");
  await page.getByText("1 tasks").waitFor();
  await button(page, "Finish two").waitFor({ state: "detached" });
});
