import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { button, quiet, until, value, visit } from "./page.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const group = (page, name) => page.getByRole("group", { name, exact: true });
const input = (page, name) => group(page, name).locator("input[type=file]");
const told = (page, wanted) => until(value(page, "Told"), wanted);
const text = (name, size) => ({ name, mimeType: "text/plain", buffer: Buffer.alloc(size, "x") });
const links = (page, name) => () => group(page, name).getByRole("link").allTextContents();
const EVIL = `<img src=x onerror="window.hacked=1">.txt`;

/** A picture that the browser itself has made. */
async function png(page, name = "picture.png", [width, height] = [40, 20]) {
  const data = await page.evaluate(([across, down]) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: across, height: down });
    canvas.getContext("2d").fillRect(0, 0, across / 2, down);
    return canvas.toDataURL("image/png").split(",")[1];
  }, [width, height]);
  return { name, mimeType: "image/png", buffer: Buffer.from(data, "base64") };
}

/** Let `place` get a drop or a paste of `files`. */
const hand = (place, type, files) =>
  place.evaluate((node, [kind, all]) => {
    const transfer = new DataTransfer();
    for (const { name, mimeType, base64 } of all) {
      const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type: mimeType }));
    }
    const init = { bubbles: true, cancelable: true };
    if (kind === "paste") node.dispatchEvent(new ClipboardEvent("paste", { ...init, clipboardData: transfer }));
    else for (const step of ["dragenter", "dragover", "drop"]) node.dispatchEvent(new DragEvent(step, { ...init, dataTransfer: transfer }));
  }, [type, files.map(({ buffer, ...rest }) => ({ ...rest, base64: buffer.toString("base64") }))]);

test("files are uploaded before the first call, in one session, shown with their size, and sent", async () => {
  const page = await visit();
  await input(page, "One").setInputFiles(text("a b#1?.txt", 5000));
  await until(links(page, "One"), ["a b#1?.txt"]);
  await group(page, "One").getByText("5.0 kB").waitFor();
  await input(page, "Several").setInputFiles([text("b.txt", 2), text("c.txt", 3)]);
  await until(links(page, "Several"), ["b.txt", "c.txt"]);
  await button(page, "Send files").click();
  await told(page, ".txt 5000; .txt 2, .txt 3");
  assert.deepEqual(await Promise.all(page.calls.map((call) => call.headerValue("x-adapter-session").then((token) => token === "new"))),
    [true, false, false, false]); // so that all of them are one session's
  quiet(page);
});

test("a file is saved by its name from the list, and by the button", async () => {
  const page = await visit();
  for (const one of [group(page, "Given").getByRole("link"), button(page, "Download one")]) {
    const saved = page.waitForEvent("download");
    await one.click();
    assert.match((await saved).suggestedFilename(), /^given .b.*\.txt$/);
    assert.equal(await (await saved).failure(), null);
  }
  assert.equal(await page.locator("b").count(), 0); // names are text
  quiet(page);
});

test("files are reordered, removed and cleared, and who listens is told", async () => {
  const page = await visit();
  await input(page, "Several").setInputFiles([text("b.txt", 2), text("c.txt", 3), text(EVIL, 4)]);
  await until(links(page, "Several"), ["b.txt", "c.txt", EVIL]);
  await button(page, "Move c.txt up").click();
  await until(links(page, "Several"), ["c.txt", "b.txt", EVIL]);
  await button(page, "Remove b.txt").click();
  await told(page, "without b.txt");
  await button(page, "Send files").click();
  await told(page, "nothing; .txt 3, .txt 4");
  await input(page, "One").setInputFiles(text("d.txt", 1));
  await group(page, "One").getByRole("button", { name: "Clear" }).click();
  await told(page, "cleared");
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  quiet(page);
});

test("what is too large, or of another kind, is refused with the reason before it is sent", async () => {
  const page = await visit();
  await input(page, "One").setInputFiles(text("big.bin", 4_000_001));
  await group(page, "One").getByRole("alert").getByText("“big.bin” has 4.0 MB; the app takes at most 4.0 MB a file.").waitFor();
  await input(page, "Several").setInputFiles([text("run.exe", 1), text("fine.txt", 1)]);
  await group(page, "Several").getByRole("alert").getByText("“run.exe” is not of the kinds that are taken here: .txt, image").waitFor();
  await until(links(page, "Several"), ["fine.txt"]);
  assert.equal(page.calls.length, 1);
  quiet(page);
});

test("files are dropped on a component, and pictures are pasted into it", async () => {
  const page = await visit();
  await hand(group(page, "Several"), "drop", [text("dropped.txt", 2)]);
  await until(links(page, "Several"), ["dropped.txt"]);
  await hand(group(page, "Picture"), "paste", [await png(page)]);
  await group(page, "Picture").getByRole("img", { name: "Picture" }).waitFor();
  await hand(page.locator(".sf-multimodal"), "paste", [await png(page, "said.png")]);
  await button(page, "Remove said.png").waitFor();
  quiet(page);
});

test("a failed upload says why, and the next one goes well", async () => {
  const page = await visit();
  await page.route("**/upload", (route) => route.fulfill({ status: 413, json: { error: "too much" } }), { times: 1 });
  await input(page, "One").setInputFiles(text("a.txt", 2));
  await group(page, "One").getByRole("alert").getByText("“a.txt” was not uploaded: too much").waitFor();
  await input(page, "One").setInputFiles(text("a.txt", 2));
  await until(links(page, "One"), ["a.txt"]);
  assert.equal(await group(page, "One").getByRole("alert").count(), 0);
  quiet(page, ["status of 413"]);
});

test("a picture is shown at once without a download, sent, shown by the function, and pointed at by its pixels", async () => {
  const page = await visit();
  const fetched = [];
  page.on("request", (request) => /file=/.test(request.url()) && fetched.push(request.url()));
  await input(page, "Picture").setInputFiles(await png(page));
  const own = group(page, "Picture").getByRole("img", { name: "Picture" });
  await own.waitFor();
  assert.deepEqual(fetched, []);
  const { width, height } = await own.boundingBox();
  await own.click({ position: { x: width * 0.76, y: height * 0.51 } });
  await told(page, "[30, 10]");
  await button(page, "Show").click();
  const shown = group(page, "Answer").getByRole("img", { name: "Answer" });
  await until(() => shown.evaluate((node) => node.complete && [node.naturalWidth, node.naturalHeight]), [40, 20]);
  await group(page, "Picture").getByRole("button", { name: "Clear Picture" }).click();
  await until(() => own.count(), 0);
  await button(page, "Show").click();
  await told(page, "nothing");
  await group(page, "Answer").getByText("No image").waitFor();
  quiet(page);
});

test("the camera takes a picture when it is asked to, and is off afterwards", async () => {
  const page = await visit({ permissions: ["camera"] });
  await page.evaluate(() => { // this machine has no camera: a canvas that moves stands in for the device
    const canvas = Object.assign(document.createElement("canvas"), { width: 32, height: 24 });
    const stream = canvas.captureStream(30);
    const brush = canvas.getContext("2d");
    setInterval(() => brush.fillRect(Math.random() * 32, 0, 2, 24), 20);
    window.stream = stream;
    navigator.mediaDevices.getUserMedia = async () => stream;
  });
  await group(page, "Picture").getByRole("button", { name: "Camera" }).click();
  await button(page, "Take a picture").click();
  await group(page, "Picture").getByRole("img", { name: "Picture" }).waitFor();
  assert.deepEqual(await page.evaluate(() => window.stream.getTracks().map(({ readyState }) => readyState)), ["ended"]);
  await button(page, "Show").click();
  await until(async () => /^\.png \d+/.test(await value(page, "Told")()), true);
  quiet(page);
});

test("a camera that is refused is told as that", async () => {
  const page = await visit();
  await page.evaluate(() => (navigator.mediaDevices.getUserMedia = async () => Promise.reject(new Error("not allowed"))));
  await group(page, "Picture").getByRole("button", { name: "Camera" }).click();
  await group(page, "Picture").getByRole("alert").getByText("The camera cannot be used: not allowed").waitFor();
  await group(page, "Picture").getByRole("button", { name: "Camera" }).waitFor();
});

test("a button uploads what is chosen, and shows how far it is", async () => {
  const page = await visit();
  const chooser = page.waitForEvent("filechooser");
  await button(page, "Upload one").click();
  await (await chooser).setFiles(text("a.txt", 7));
  await told(page, ".txt 7");
  await button(page, "Upload one").waitFor();
  quiet(page);
});

test("a text is sent with its files, by Enter, and not before they are there", async () => {
  const page = await visit();
  const field = page.getByRole("textbox", { name: "Message", exact: true });
  const place = page.locator(".sf-multimodal");
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/upload", async (route) => (await held, route.continue()));
  await field.fill("look");
  await place.locator("input[type=file]").setInputFiles([await png(page, EVIL.replace("txt", "png")), text("n.txt", 3)]);
  await until(() => place.getByRole("progressbar").count(), 1);
  await field.press("Enter");
  release();
  await until(() => place.locator(".sf-chip").count(), 2);
  await until(() => place.locator(".sf-chip img").count(), 1);
  assert.equal(page.calls.filter((call) => /run/.test(call.url())).length, 0);
  await button(page, "Remove n.txt").click();
  await field.press("Enter");
  await until(async () => /^look; \.png \d+$/.test(await value(page, "Told")()), true);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  quiet(page);
});

test("an update changes the files and the label, an error stands on each output", async () => {
  const page = await visit();
  await button(page, "Update").click();
  await until(() => page.getByRole("group", { name: "Renamed" }).getByRole("link").count(), 2);
  await button(page, "Fail").click();
  await until(() => page.getByRole("alert").getByText("Not this one").count(), 3);
  quiet(page, ["status of 500"]);
});

test("everything is reached and done by keyboard alone", async () => {
  const page = await visit();
  const { keyboard } = page;
  const tabTo = async (name) => {
    for (let count = 0; count < 40; count += 1) {
      await keyboard.press("Tab");
      const said = await page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent);
      if (said.startsWith(name)) return;
    }
    throw new Error(`no Tab leads to ${name}`);
  };
  const choose = async (name, file) => {
    await tabTo(name);
    const chooser = page.waitForEvent("filechooser");
    await keyboard.press("Enter");
    await (await chooser).setFiles(file);
  };
  await choose("Click to upload or drop files", text("k.txt", 6));
  await until(links(page, "One"), ["k.txt"]);
  await choose("Click to upload or drop files", text("l.txt", 2));
  await until(links(page, "Several"), ["l.txt"]);
  await choose("Click to upload or drop files", await png(page));
  await group(page, "Picture").getByRole("img", { name: "Picture" }).waitFor();
  assert.equal(await page.locator(":focus").getAttribute("aria-label"), "Clear Picture");
  await choose("Attach files", text("m.txt", 1));
  await page.locator(".sf-chip").waitFor();
  assert.equal(await page.locator(":focus").evaluate((node) => node.localName), "textarea");
  await keyboard.type("hi");
  await keyboard.press("Enter");
  await told(page, "hi; .txt 1");
  await tabTo("Send files");
  await keyboard.press("Enter");
  await told(page, ".txt 6; .txt 2");
  quiet(page);
});

for (const colorScheme of ["light", "dark"]) {
  test(`no rule of axe-core is broken by files and pictures, ${colorScheme}, and they fit a telephone`, async () => {
    const page = await visit({ colorScheme, viewport: { width: 390, height: 800 }, reducedMotion: "reduce", bypassCSP: true });
    await page.evaluate(axe);
    const broken = () =>
      page.evaluate(async () => (await window.axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`));
    assert.deepEqual(await broken(), [], "empty");
    await input(page, "Several").setInputFiles([text("a name that is long, and has no end at all.txt", 2), text("c.txt", 3)]);
    await input(page, "Picture").setInputFiles(await png(page));
    await page.locator(".sf-multimodal input[type=file]").setInputFiles([await png(page, "said.png")]);
    await page.locator(".sf-chip img").waitFor();
    await input(page, "One").setInputFiles(text("big.bin", 4_000_001));
    await group(page, "One").getByRole("alert").waitFor();
    assert.deepEqual(await broken(), [], "filled");
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0);
  });
}
