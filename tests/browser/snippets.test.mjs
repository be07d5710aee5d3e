// The snippets of "Use via API", run as they are pasted.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { button, quiet, visit } from "./page.mjs";

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), "adapter-snippets-"));
after(() => rm(folder, { recursive: true }));
await symlink(join(import.meta.dirname, "..", "node_modules"), join(folder, "node_modules"));

// What a visitor does with each language: where it is pasted, and what runs it.
const LANGUAGES = {
  Python: async (source) => {
    await writeFile(join(folder, "snippet.py"), source);
    return run(process.env.PYTHON, ["snippet.py"], { cwd: folder });
  },
  JavaScript: async (source) => {
    await writeFile(join(folder, "snippet.mjs"), source);
    return run("node", ["snippet.mjs"], { cwd: folder });
  },
  cURL: (source) => run("bash", ["-c", source], { cwd: folder }),
};

for (const [language, execute] of Object.entries(LANGUAGES)) {
  test(`every ${language} snippet of the page runs as it is pasted`, async () => {
    const page = await visit();
    await button(page, "Use via API").click();
    const panel = page.getByRole("dialog", { name: "Use via API" });
    await panel.getByRole("heading", { level: 3 }).first().waitFor();
    await panel.getByRole("button", { name: language }).click();
    const sections = await panel.locator("section").all();
    assert.ok(sections.length >= 5);
    for (const section of sections) {
      const name = await section.getByRole("heading", { level: 3 }).textContent();
      const source = await section.locator("pre").last().textContent();
      const { stdout } = await execute(source).catch((error) => assert.fail(`${name}:\n${source}\n${error.stderr}\n${error.stdout}`));
      assert.doesNotMatch(stdout, /event: error/, `${name}:\n${source}`);
      assert.match(stdout, language === "cURL" ? /event: complete\ndata: \[/ : /here/, `${name}:\n${source}\n${stdout}`);
    }
    quiet(page);
  });
}
