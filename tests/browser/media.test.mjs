// Sound and video: recorded with a microphone and a camera that are not there, given, played.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { button, made, quiet, until, value, visit } from "./page.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const group = (page, name) => page.getByRole("group", { name, exact: true }).first();
const within = (page, name, label) => group(page, name).getByRole("button", { name: label, exact: true });
const told = (page, wanted) => until(value(page, "Told"), wanted);
const count = (page, event) => page.getByRole("spinbutton", { name: event, exact: true }).inputValue();
const heard = (page, wanted) => until(async () => Object.fromEntries(await Promise.all(Object.keys(wanted).map(async (event) => [event, await count(page, event)]))), wanted);
const src = (page, name) => group(page, name).locator("audio, video").evaluate((player) => player.src);

/** A page that may use the devices; `streams` keeps what it was given of them. */
async function equipped(options = {}) {
  const page = await visit({ permissions: ["microphone", "camera"], ...options });
  await page.evaluate(() => {
    window.streams = [];
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      window.streams.push([wanted, stream]);
      return stream;
    };
  });
  return page;
}
const tracks = (page) => page.evaluate(() => window.streams.map(([, stream]) => stream.getTracks().map(({ kind, readyState }) => `${kind} ${readyState}`)));
const clock = (page, name) => group(page, name).locator(".sf-recording").textContent();
const lasted = (page, name) => until(async () => / 0:0[1-9]/.test(await clock(page, name)), true, "it has recorded for a second");

test("the microphone is recorded while that is seen, is off afterwards, and the function gets samples", async () => {
  const page = await equipped();
  await within(page, "Recorded", "Record").click();
  await lasted(page, "Recorded");
  assert.match(await clock(page, "Recorded"), /^Recording 0:0\d$/);
  assert.equal(await page.locator(":focus").textContent(), "Stop");
  await page.keyboard.press("Enter");
  await group(page, "Recorded").locator("audio").waitFor();
  assert.deepEqual(await tracks(page), [["audio ended"]]);
  await button(page, "Measure").click();
  await told(page, "True int16 1 True True");
  await heard(page, { start_recording: "1", stop_recording: "1", upload: "0", change: "1" });
  await within(page, "Recorded", "Clear Recorded").click();
  assert.equal(await page.locator(":focus").textContent(), "Click to upload or drop files");
  await button(page, "Measure").click();
  await told(page, "nothing");
  await heard(page, { clear: "1", change: "2" });
  quiet(page);
});

test("a recording can pause, and be given up", async () => {
  const page = await equipped();
  await within(page, "Recorded", "Record").click();
  await lasted(page, "Recorded");
  await within(page, "Recorded", "Pause").click();
  await until(async () => /^Paused/.test(await clock(page, "Recorded")), true);
  await within(page, "Recorded", "Go on").click();
  await until(async () => /^Recording/.test(await clock(page, "Recorded")), true);
  await within(page, "Recorded", "Cancel").click();
  await until(() => group(page, "Recorded").locator(".sf-recorder").count(), 0);
  assert.equal(await page.locator(":focus").textContent(), "Record");
  assert.deepEqual(await tracks(page), [["audio ended"]]);
  await heard(page, { start_recording: "1", pause_recording: "1", stop_recording: "0", change: "0" });
  assert.equal(page.calls.filter((call) => call.url().includes("upload")).length, 0);
  quiet(page);
});

test("a microphone that is refused is told as that", async () => {
  const page = await visit();
  await page.evaluate(() => (navigator.mediaDevices.getUserMedia = async () => Promise.reject(new Error("not allowed"))));
  await within(page, "Recorded", "Record").click();
  await group(page, "Recorded").getByRole("alert").getByText("The microphone cannot be used: not allowed").waitFor();
  await within(page, "Recorded", "Record").waitFor();
  quiet(page);
});

test("a sound that is no WAV becomes one, so that the function gets samples", async () => {
  const page = await visit();
  const bytes = await page.evaluate(async () => {
    const context = new AudioContext();
    const end = context.createMediaStreamDestination();
    const tone = new OscillatorNode(context);
    tone.connect(end);
    tone.start();
    const recorder = new MediaRecorder(end.stream, { mimeType: "audio/webm" });
    const pieces = [];
    recorder.ondataavailable = ({ data }) => pieces.push(data);
    recorder.start();
    const start = context.currentTime;
    while (context.currentTime < start + 0.6) await new Promise(requestAnimationFrame);
    recorder.stop();
    await new Promise((resolve) => (recorder.onstop = resolve));
    return [...new Uint8Array(await new Blob(pieces).arrayBuffer())];
  });
  const input = group(page, "Recorded").locator("input[type=file]");
  await input.setInputFiles({ name: "tone.webm", mimeType: "audio/webm", buffer: Buffer.from(bytes) });
  await until(() => group(page, "Recorded").locator("audio").count(), 1);
  await heard(page, { upload: "1", stop_recording: "0" });
  await button(page, "Measure").click();
  await until(async () => /^True int16 \d True True$/.test(await value(page, "Told")()), true);
  quiet(page);
});

test("what cannot be decoded is sent, and the server says what is wrong with it", async () => {
  const page = await visit();
  const input = group(page, "Recorded").locator("input[type=file]");
  await input.setInputFiles({ name: "none.mp3", mimeType: "audio/mpeg", buffer: Buffer.from("none") });
  await group(page, "Recorded").getByText("This browser cannot play it").waitFor();
  await button(page, "Measure").click();
  await page.getByText("The input of 'Recorded' is 'none.mp3', and no WAV").first().waitFor();
  quiet(page, ["status of 422"]);
});

test("the camera is recorded as it is seen, without a sound where none is wanted", async () => {
  const page = await equipped();
  await within(page, "Filmed", "Record").click();
  await group(page, "Filmed").getByRole("img", { name: "What the camera sees" }).waitFor();
  await lasted(page, "Filmed");
  await within(page, "Filmed", "Stop").click();
  const video = group(page, "Filmed").locator("video");
  await until(() => video.evaluate((player) => player.videoWidth > 0), true);
  assert.deepEqual(await tracks(page), [["video ended"]]);
  await button(page, "Name").click();
  await told(page, "video.webm");
  quiet(page);
});

test("a message is said with a recording", async () => {
  const page = await equipped();
  const message = page.locator(".sf-multimodal");
  assert.equal(await message.getByRole("button", { name: "Attach files" }).isVisible(), false);
  await message.getByRole("button", { name: "Record" }).click();
  await until(async () => / 0:0[1-9]/.test(await message.locator(".sf-recording").textContent()), true);
  await message.getByRole("button", { name: "Stop" }).click();
  await until(() => message.locator(".sf-chip span").allInnerTexts(), ["audio.wav"]);
  assert.equal(await page.locator(":focus").evaluate((node) => node.tagName), "TEXTAREA");
  await page.keyboard.type("listen");
  await page.keyboard.press("Enter");
  await told(page, "listen audio.wav b'RIFF'");
  assert.deepEqual(await tracks(page), [["audio ended"]]);
  quiet(page);
});

test("playing is told, where it is too, and the words are shown with it", async () => {
  const page = await visit();
  const audio = group(page, "Played").locator("audio");
  const line = group(page, "Played").locator(".sf-subtitle");
  await until(() => audio.evaluate((player) => player.readyState > 0), true);
  await audio.evaluate((player) => player.play());
  await until(() => line.textContent(), "second line");
  await until(() => audio.evaluate((player) => player.ended), true);
  await button(page, "Where").click();
  await told(page, "True");
  const video = group(page, "Shown").locator("video");
  await until(() => video.evaluate((player) => [...player.textTracks].flatMap((track) => [...(track.cues ?? [])].map((cue) => cue.text))), ["first line", "second line"]);
  assert.equal(await video.evaluate((player) => player.loop && player.controls), true);
  quiet(page);
});

test("the events of a player are its listeners'", async () => {
  const page = await equipped();
  await within(page, "Recorded", "Record").click();
  await lasted(page, "Recorded");
  await within(page, "Recorded", "Stop").click();
  const audio = group(page, "Recorded").locator("audio");
  await until(() => audio.evaluate((player) => player.readyState > 0), true);
  await audio.evaluate((player) => player.play());
  await heard(page, { play: "1" });
  await audio.evaluate((player) => player.pause());
  await heard(page, { pause: "1" });
  await audio.evaluate((player) => ((player.currentTime = player.duration - 0.1), player.play()));
  await heard(page, { play: "2", stop: "1", pause: "1" });
  quiet(page);
});

test("the pieces of a stream are played one after the other", async () => {
  const page = await visit();
  await page.evaluate(() => {
    window.ended = [];
    document.addEventListener("ended", ({ target }) => window.ended.push(target.src), true);
  });
  await button(page, "Go on").click();
  await until(() => page.evaluate(() => new Set(window.ended).size), 3);
  const [first] = await page.evaluate(() => window.ended);
  await button(page, "Go on").click();
  await until(() => page.evaluate(() => new Set(window.ended).size), 6);
  assert.notEqual(await src(page, "Stream"), first);
  quiet(page);
});

test("one can go to any place of a sound that is longer than an answer", async () => {
  const page = await visit();
  const parts = [];
  page.on("response", (answer) => answer.url().includes("file=") && parts.push(answer.status()));
  await button(page, "Long one").click();
  const audio = group(page, "Long").locator("audio");
  await until(() => audio.evaluate((player) => Math.round(player.duration)), 40);
  await audio.evaluate((player) => ((player.currentTime = 35), player.play()));
  await until(() => audio.evaluate((player) => player.currentTime > 35.2 && !player.seeking), true);
  assert.ok(parts.length && parts.every((status) => status === 206), String(parts));
  quiet(page);
});

test("what cannot be played is told, with the file to save", async () => {
  const page = await visit();
  await group(page, "Broken").getByText("This browser cannot play it:").waitFor();
  assert.equal(await group(page, "Broken").getByRole("link", { name: "media.py" }).count(), 1);
  const saved = page.waitForEvent("download");
  await within(page, "Played", "Download Played").click();
  assert.equal((await saved).suggestedFilename(), "audio.wav");
  quiet(page);
});

test("a function can record and stop, change the place, and show another player", async () => {
  const page = await equipped();
  await made(page, "audio", { label: "Own", sources: ["microphone"], recording: true });
  await lasted(page, "Own");
  assert.equal(await group(page, "Own").locator(".sf-door").isVisible(), false);
  await page.evaluate(() => window.node.update({ recording: false }));
  await until(() => group(page, "Own").locator(".sf-recorder").count(), 0);
  const given = { path: "https://example.org/a.mp3", url: "https://example.org/a.mp3", orig_name: "a.mp3" };
  await page.evaluate((other) => window.node.update({ value: other }), given);
  await group(page, "Own").getByRole("link", { name: "a.mp3" }).waitFor(); // of another site: the policy lets no player have it
  const at = await src(page, "Played");
  await made(page, "audio", { label: "Other", playback_position: 0.25, interactive: false, value: { path: at, url: at } });
  await until(() => group(page, "Other").locator("audio").evaluate((player) => player.currentTime), 0.25);
  await page.evaluate(() => window.node.update({ playback_position: 0.4, loop: true }));
  await until(() => group(page, "Other").locator("audio").evaluate((player) => [player.currentTime, player.loop]), [0.4, true]);
  await page.evaluate(() => window.node.update({ value: null }));
  await group(page, "Other").getByText("No sound").waitFor();
});

for (const colorScheme of ["light", "dark"]) {
  test(`no rule of axe-core is broken by players and recorders, ${colorScheme}, and they fit a telephone`, async () => {
    const page = await equipped({ colorScheme, viewport: { width: 390, height: 800 }, reducedMotion: "reduce", bypassCSP: true });
    await page.evaluate(axe);
    await within(page, "Recorded", "Record").click();
    await within(page, "Filmed", "Record").click();
    await lasted(page, "Recorded");
    await lasted(page, "Filmed");
    const broken = await page.evaluate(async () => (await window.axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`));
    assert.deepEqual(broken, []);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0);
  });
}
