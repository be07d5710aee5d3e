import { test } from "node:test";
import { said, until, visit } from "./pages.mjs";

test("a chat answers turn after turn", async () => {
  const page = await visit();
  const box = page.getByRole("textbox").last();
  const conversation = [];
  for (const [turn, message] of ["Hello", "Again", "Bye"].entries()) {
    await box.fill(message);
    await box.press("Enter");
    conversation.push(message, `${message}, for the ${turn + 1}. time`);
    await until(said(page), conversation);
  }
});
