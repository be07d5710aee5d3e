// "Try again" after a call that was applied, but whose answer was lost: neither the session nor the shared counter has it twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { button, field, quiet, until, value, visit } from "./page.mjs";

async function send(page, name) {
  await field(page, "Name").fill(name);
  await page.keyboard.press("Enter");
}

/** Count once; return what the session and what all have counted. */
async function count(page, name) {
  await send(page, name);
  await until(async () => (await value(page, "Counted")()).startsWith(`${name}: `), true);
  return (await value(page, "Counted")()).match(/\d+/g).map(Number);
}

const retry = (page) => page.getByRole("alert").getByRole("button", { name: "Try again" });

/** What happens to the next call, in the network. */
const LOST = {
  "its answer": async (route) => {
    await route.fetch(); // it arrives, and is applied
    await route.abort("connectionreset");
  },
  "its answer, for which a gateway answers": async (route) => {
    await route.fetch();
    await route.fulfill({ status: 504, body: "" });
  },
};

for (const [what, lose] of Object.entries(LOST)) {
  test(`a call that lost ${what} is not applied again`, async () => {
    const page = await visit();
    const [mine, all] = await count(page, "first");
    await page.route("**/run/*", lose, { times: 1 });
    await send(page, "second");
    await retry(page).click();
    await page.getByRole("alert").getByText("It was not applied again.").waitFor();
    assert.deepEqual(await count(page, "third"), [mine + 2, all + 2]);
    quiet(page, ["ERR_CONNECTION_RESET", "status of 504", "status of 410"]);
  });
}

test("a call that never arrived is applied once when it is tried again", async () => {
  const page = await visit();
  const [mine, all] = await count(page, "first");
  await page.route("**/run/*", (route) => route.abort("connectionrefused"), { times: 1 });
  await send(page, "second");
  await retry(page).click();
  await until(value(page, "Counted"), `second: ${mine + 1} of ${all + 1}`);
  quiet(page, ["ERR_CONNECTION_REFUSED"]);
});

test("a call in steps whose stream was lost is not applied again", async () => {
  const page = await visit();
  const [mine, all] = await count(page, "first");
  await page.route("**/queue/data*", LOST["its answer"], { times: 1 });
  await field(page, "Name").fill("second");
  await button(page, "Slowly").click();
  await retry(page).click();
  await page.getByRole("alert").getByText("It was not applied again.").waitFor();
  assert.deepEqual(await count(page, "third"), [mine + 2, all + 2]);
  quiet(page, ["ERR_CONNECTION_RESET", "status of 410"]);
});
