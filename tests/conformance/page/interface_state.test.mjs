import { test } from "node:test";
import { button, field, shown, until, visit } from "./pages.mjs";

test("an Interface remembers, and each visitor has a memory of their own", async () => {
  const [ann, ben] = [await visit(), await visit()];
  for (const [page, message, messages] of [
    [ann, "one", "one"],
    [ben, "other", "other"],
    [ann, "two", "two < one"],
    [ann, "three", "three < two < one"],
  ]) {
    await field(page, "Message").fill(message);
    await button(page, "Submit").click();
    await until(shown(page, "Messages"), messages);
  }
  await button(ann, "Clear").click();
  await until(shown(ann, "Messages"), "");
});
