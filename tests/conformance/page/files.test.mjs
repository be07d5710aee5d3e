import assert from "node:assert/strict";
import { test } from "node:test";
import { button, shown, until, visit } from "./pages.mjs";

test("a file is uploaded, used, and another comes back", async () => {
  const page = await visit();
  const [quiet] = await Promise.all([page.waitForResponse(isUpload), choose(page)]);
  assert.equal(quiet.status(), 200);
  await page.getByText("quiet").first().waitFor();
  await button(page, "Shout").click();
  await until(shown(page, "Text"), "HELLO");
  const link = page.locator('a[href*="loud.txt"]').first();
  assert.equal(await page.evaluate(async (url) => (await fetch(url)).text(), await link.getAttribute("href")), "HELLO");
});

const isUpload = (answer) => new URL(answer.url()).pathname.endsWith("/upload"); // beside it, Gradio's page asks how far it is

const choose = (page) =>
  page.locator('input[type="file"]').first().setInputFiles({ name: "quiet.txt", mimeType: "text/plain", buffer: Buffer.from("hello") });
