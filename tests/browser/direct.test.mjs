import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { address, button, quiet, until, value, visit } from "./page.mjs";

const api = `${process.env.API}/gradio_api/`;
const bucket = process.env.BUCKET;
const group = (page, name) => page.getByRole("group", { name, exact: true });
const links = (page, name) => () => group(page, name).getByRole("link").allTextContents();
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
const sent = (page) => page.calls.map((call) => call.url());
const refused = (page, reason) => group(page, "One").getByRole("alert").getByText(reason, { exact: true }).waitFor();

const folder = await mkdtemp(join(tmpdir(), "adapter-direct-"));
after(() => rm(folder, { recursive: true }));

/** Choose a file of `size` bytes, from the disk; give its bytes. */
async function give(page, name, size = 5_000_000) {
  const bytes = randomBytes(size);
  await writeFile(join(folder, name), bytes);
  await group(page, "One").locator("input[type=file]").setInputFiles(join(folder, name));
  return bytes;
}

test("a large file goes straight to the bucket, is used by a function, and comes back", async () => {
  const page = await visit();
  const bytes = await give(page, "large ü.html", 20_000_000);
  await until(links(page, "One"), ["large ü.html"]);
  await group(page, "One").getByText("20 MB").waitFor();
  assert.deepEqual(sent(page), [`${api}upload/form`, bucket]);
  await button(page, "Check").click();
  await until(value(page, "Told"), `20000000 ${hash(bytes)}`);
  await until(links(page, "Back"), ["large ü.html"]);
  const [saving] = await Promise.all([page.waitForEvent("download"), group(page, "Back").getByRole("link").click()]);
  assert.equal(saving.suggestedFilename(), "large ü.html");
  assert.equal(hash(await readFile(await saving.path())), hash(bytes));
  quiet(page);
});

test("what the page tells the bucket says nothing of the session", async () => {
  const page = await visit();
  await give(page, "a.bin");
  await until(links(page, "One"), ["a.bin"]);
  const headers = await page.calls[1].allHeaders();
  assert.deepEqual(Object.keys(headers).filter((name) => /adapter|cookie|authorization/.test(name)), []);
  quiet(page);
});

test("a small file still goes through the API, in one request", async () => {
  const page = await visit();
  await give(page, "small.bin", 4_000_000);
  await until(links(page, "One"), ["small.bin"]);
  assert.deepEqual(sent(page), [`${api}upload`]);
  quiet(page);
});

test("what is larger than the app takes is refused before anything is sent", async () => {
  const page = await visit();
  await give(page, "huge.bin", 25_000_001);
  await refused(page, "“huge.bin” has 25 MB; the app takes at most 25 MB a file.");
  assert.deepEqual(sent(page), []);
  quiet(page);
});

test("another session may not use the file", async () => {
  const [ann, ben] = [await visit(), await visit()];
  let path;
  ann.on("response", async (response) => /upload\/form$/.test(response.url()) && ({ path } = await response.json()));
  await give(ann, "mine.bin");
  await until(links(ann, "One"), ["mine.bin"]);
  const used = (page, headers) =>
    page.evaluate(
      async ([url, given, more]) => {
        const body = JSON.stringify({ data: [{ path: given, meta: { _type: "gradio.FileData" } }], session_hash: "ben" });
        const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json", ...more }, body });
        return [answer.status, (await answer.json()).error ?? "used"];
      },
      [`${api}run/check`, path, headers],
    );
  for (const headers of [{}, { "x-adapter-session": "new" }]) {
    const [status, error] = await used(ben, headers);
    assert.equal(status, 403);
    assert.match(error, /another session's/);
  }
  await button(ann, "Check").click();
  await until(async () => /^5000000 /.test(await value(ann, "Told")()), true);
});

test("it is shown how far it is, and a bucket that cannot be reached is told", async () => {
  const page = await visit();
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(bucket, async (route) => (await held, route.abort()));
  await give(page, "slow.bin");
  await group(page, "One").getByRole("progressbar").waitFor();
  await group(page, "One").getByText("Uploading slow.bin").waitFor();
  release();
  await refused(page, "“slow.bin” was not uploaded: the store of large files cannot be reached; try again.");
  await page.unroute(bucket);
  await give(page, "slow.bin");
  await until(links(page, "One"), ["slow.bin"]);
  assert.equal(await group(page, "One").getByRole("alert").count(), 0);
  quiet(page, ["ERR_FAILED"]);
});

test("a refusal of the bucket's, and of the API's, is told", async () => {
  const page = await visit();
  await page.route("**/upload/form", (route) => route.fulfill({ status: 404, json: { error: "no forms here" }, headers: { "access-control-allow-origin": "*" } }), { times: 1 });
  await give(page, "a.bin");
  await refused(page, "“a.bin” was not uploaded: no forms here");
  await page.route("**/upload/form", async (route) => {
    const response = await route.fetch();
    const json = await response.json();
    await route.fulfill({ response, json: { ...json, fields: { ...json.fields, key: "elsewhere" } } });
  }, { times: 1 });
  await give(page, "b.bin");
  await refused(page, "“b.bin” was not uploaded: the store of large files refused it (AccessDenied); try again.");
  quiet(page, ["status of 40"]);
});

test("a page of an origin that the bucket does not know cannot send it anything", async () => {
  const elsewhere = new URL(address);
  elsewhere.hostname = "localhost";
  const page = await visit({ path: elsewhere.href });
  await give(page, "a.bin");
  await refused(page, "“a.bin” was not uploaded: the store of large files cannot be reached; try again.");
  assert.equal(page.said.filter((line) => /blocked by CORS policy/.test(line)).length, 1, page.said.join("\n"));
});
