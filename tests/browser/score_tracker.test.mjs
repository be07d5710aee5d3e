import { test } from "node:test";
import { button, quiet, secondTab, tree, until, visit } from "./page.mjs";

const scores = (page) => () => tree(page, "Top scores").locator(".sf-leaf").allTextContents();

async function add(page, score) {
  await page.getByRole("spinbutton", { name: "Score" }).fill(String(score));
  await button(page, "Submit").click();
}

test("a score is added and the three highest are shown, in every tab", async () => {
  const page = await visit();
  const seen = [[5, ["5"]], [9, ["9", "5"]], [7, ["9", "7", "5"]], [6.5, ["9", "7", "6.5"]]];
  for (const [score, shown] of seen) {
    await add(page, score);
    await until(scores(page), shown);
  }
  const other = await secondTab(page);
  await add(other, 8);
  await until(scores(other), ["9", "8", "7"]);
  quiet(page);
  quiet(other);
});

test("Enter in the field submits", async () => {
  const page = await visit();
  await page.getByRole("spinbutton", { name: "Score" }).fill("1000");
  await page.keyboard.press("Enter");
  await until(async () => (await scores(page)())[0], "1000");
});
