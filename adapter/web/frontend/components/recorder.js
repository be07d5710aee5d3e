// Recordings: of the microphone, as WAV, and of the camera. The device is asked for only when it is wanted.

import { text } from "../strings.js";
import { h, styled } from "../dom.js";
import { texts } from "./upload/texts.js";

await styled(new URL("recorder.css", import.meta.url));

const KINDS = { audio: ["audio/webm", "audio/mp4"], video: ["video/webm", "video/mp4"] };
const ENOUGH_HZ = 16_000; // for speech, where a recording would be too large otherwise
const HEAD_BYTES = 44;

/**
 * Record in `place` until the visitor stops or cancels; return the recording as a file, or null.
 * `on.started` gets what stops it, `on.paused` hears of pauses; a sound has at most `on.most` bytes.
 */
export async function record(place, kind, props, on) {
  if (!navigator.mediaDevices || !window.MediaRecorder) throw new Error(texts.camera.insecure);
  const { mirror = true, constraints } = props.webcam_options ?? {};
  const video = kind === "video" && (constraints?.video ?? constraints ?? true);
  const sound = kind === "audio" || Boolean(props.include_audio);
  const stream = await navigator.mediaDevices.getUserMedia({ audio: sound, video });
  const filmed = video ? await framed(stream, mirror) : null;
  const panel = h("div", { class: "sf-recorder", role: "group", "aria-label": texts.record.running });
  try {
    if (filmed) panel.append(filmed.canvas);
    place.append(panel);
    const blob = await taken(filmed?.stream ?? stream, kind, props.format, panel, on);
    if (!blob) return null;
    if (kind === "audio") return await asWav(new File([blob], "audio.webm", { type: blob.type }), on.most);
    const ending = blob.type.startsWith("video/mp4") ? "mp4" : "webm";
    return new File([blob], `video.${ending}`, { type: `video/${ending}` });
  } finally {
    filmed?.stop();
    for (const track of stream.getTracks()) track.stop();
    panel.remove();
  }
}

/** Let the visitor record a sound for `owner`, a field; it is taken as a file that was chosen. */
export async function speak(owner) {
  owner.failed(null);
  owner.record.disabled = true;
  const on = { started: () => owner.page.announce(texts.record.running), paused() {}, most: owner.page.largest };
  const file = await record(owner.element, "audio", {}, on).catch((error) => owner.failed(texts.record.failed(error.message)));
  owner.record.disabled = false;
  if (file) await owner.intake.give([file]);
  else owner.record.focus();
}

/** The camera's pictures as the visitor sees them, with the stream's sound. */
async function framed(stream, mirror) {
  const video = h("video", { muted: true, playsinline: true });
  video.muted = true;
  video.srcObject = stream;
  await video.play();
  const canvas = h("canvas", { width: video.videoWidth, height: video.videoHeight, role: "img", "aria-label": texts.record.preview });
  const brush = canvas.getContext("2d");
  if (mirror) {
    brush.translate(canvas.width, 0);
    brush.scale(-1, 1);
  }
  const draw = () => brush.drawImage(video, 0, 0);
  const timer = setInterval(draw, 1000 / 30); // also in a tab that is not seen, where no frames are painted
  draw();
  const shown = canvas.captureStream();
  for (const track of stream.getAudioTracks()) shown.addTrack(track);
  return { canvas, stream: shown, stop: () => clearInterval(timer) };
}

/** Record `stream`; return its content, or null if the visitor cancels. */
async function taken(stream, kind, format, panel, on) {
  const wanted = [format && `${kind}/${format}`, ...KINDS[kind]].filter(Boolean);
  const mimeType = wanted.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, mimeType ? { mimeType } : {});
  const pieces = [];
  recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
  const ended = new Promise((resolve, reject) => {
    recorder.addEventListener("stop", resolve);
    recorder.addEventListener("error", ({ error }) => reject(error ?? new Error(text.failed)));
  });
  let kept = true;
  const stop = () => recorder.state !== "inactive" && recorder.stop();
  const clock = controls(panel, recorder, { stop, cancel: () => ((kept = false), stop()), paused: on.paused });
  recorder.start();
  on.started(stop);
  await ended.finally(() => clearInterval(clock));
  return kept ? new Blob(pieces, { type: recorder.mimeType }) : null;
}

/** Put the buttons of a recording into `panel`, and how long it lasts; return the timer of that. */
function controls(panel, recorder, { stop, cancel, paused }) {
  const said = h("span", { class: "sf-recording" });
  const button = (name, run, kind = "") => h("button", { type: "button", class: `sf-button sf-sm sf-${kind}`, onclick: run }, name);
  const pause = button(texts.record.pause, () => (recorder.state === "paused" ? recorder.resume() : recorder.pause()));
  let seconds = 0;
  let since = performance.now();
  const show = () => {
    const now = performance.now();
    const running = recorder.state === "recording";
    if (running) seconds += (now - since) / 1000;
    since = now;
    said.classList.toggle("sf-on", running);
    const whole = Math.floor(seconds);
    const lasted = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
    said.textContent = `${running ? texts.record.running : texts.record.paused} ${lasted}`;
  };
  const tell = () => {
    show();
    pause.textContent = recorder.state === "paused" ? texts.record.resume : texts.record.pause;
  };
  recorder.addEventListener("pause", () => (tell(), paused()));
  recorder.addEventListener("resume", tell);
  const finish = button(text.stop, stop, "stop");
  panel.append(h("div", { class: "sf-options" }, said, finish, pause, button(text.cancel, cancel)));
  finish.focus();
  show();
  return setInterval(show, 200);
}

/** Return the sound in `file` as a WAV of 16 bits; in one channel and fewer samples where it would have more than `most` bytes. */
export async function asWav(file, most = Infinity) {
  const context = new AudioContext();
  try {
    const sound = await context.decodeAudioData(await file.arrayBuffer());
    const fits = HEAD_BYTES + 2 * sound.length * sound.numberOfChannels <= most;
    const written = wav(fits ? sound : await smaller(sound));
    const name = file.name.replace(/\.\w+$/, "");
    return new File([written], `${name}.wav`, { type: "audio/wav" });
  } finally {
    await context.close();
  }
}

async function smaller(sound) {
  const context = new OfflineAudioContext(1, Math.max(1, Math.ceil(sound.duration * ENOUGH_HZ)), ENOUGH_HZ);
  const source = new AudioBufferSourceNode(context, { buffer: sound });
  source.connect(context.destination);
  source.start();
  return context.startRendering();
}

/**
 * Return the bytes of a WAV with `sound`.
 * Source: https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html
 */
function wav(sound) {
  const { numberOfChannels: count, sampleRate: rate, length } = sound;
  const size = 2 * length * count;
  const bytes = new DataView(new ArrayBuffer(HEAD_BYTES + size));
  const words = (at, letters) => [...letters].forEach((letter, index) => bytes.setUint8(at + index, letter.charCodeAt(0)));
  words(0, "RIFF");
  bytes.setUint32(4, HEAD_BYTES - 8 + size, true);
  words(8, "WAVEfmt ");
  [16, 0x10000 * count + 1, rate, 2 * rate * count, 0x100000 + 2 * count].forEach((word, index) => bytes.setUint32(16 + 4 * index, word, true));
  words(36, "data");
  bytes.setUint32(40, size, true);
  const channels = Array.from({ length: count }, (_, index) => sound.getChannelData(index));
  let at = HEAD_BYTES;
  for (let index = 0; index < length; index += 1) {
    for (const channel of channels) {
      bytes.setInt16(at, Math.max(-1, Math.min(1, channel[index])) * 0x7fff, true);
      at += 2;
    }
  }
  return bytes.buffer;
}
