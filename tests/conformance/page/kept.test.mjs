import { test } from "node:test";
import { button, field, shown, until, visit } from "./pages.mjs";

const FIRST = "{'name': 'first', 'days': 2} {'place': 'here'}";
const SECOND = "{'name': 'second', 'days': 3} {'place': 'there', 'nights': 1}";

/** Read with a function, until it gets `wanted`: a value arrives some time after its button was pressed. */
async function reads(page, wanted) {
  await until(async () => {
    await button(page, "Read").click();
    await page.waitForTimeout(200);
    return shown(page, "Out")();
  }, wanted);
}

test("functions get dicts: of the default, and of what they returned, after a reload too", async () => {
  const page = await visit();
  await reads(page, FIRST);
  await button(page, "Model").click();
  await button(page, "Dataclass").click();
  await reads(page, SECOND);
  await page.reload();
  await reads(page, SECOND);
});

test("a script gets the default", async (context) => {
  const page = await visit();
  await field(page, "Out").waitFor();
  await button(page, "Script").click();
  if (await page.locator("main#app").count()) {
    const refused = page.getByText("which this page does not run").first();
    const foreign = await page.evaluate(() => !document.getElementById("config").textContent.includes('"script"'));
    if (foreign) return refused.waitFor(); // a server of Gradio's has no file of the script
  }
  await until(shown(page, "Out"), '[{"name":"first","days":2},{"place":"here"}]');
});
