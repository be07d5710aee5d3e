// A picture from the visitor's camera, which is asked for only when it is wanted.

import { text } from "../strings.js";
import { h } from "../dom.js";
import { texts } from "./upload/texts.js";

/** Show the camera in `place` until a picture is taken or the visitor cancels; return it as a file, or null. */
export async function film(place, options) {
  const { mirror = true, constraints } = options ?? {};
  if (!navigator.mediaDevices) throw new Error(texts.camera.insecure);
  const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: constraints?.video ?? constraints ?? true });
  const video = h("video", { class: mirror ? "sf-mirrored" : null, muted: true, playsinline: true, "aria-label": texts.camera.open });
  video.srcObject = stream;
  try {
    await video.play();
    return await new Promise((resolve) => {
      const take = h("button", { type: "button", class: "sf-button sf-primary sf-sm", onclick: () => resolve(taken(video, mirror)) }, texts.camera.take);
      const cancel = h("button", { type: "button", class: "sf-button sf-sm", onclick: () => resolve(null) }, text.cancel);
      place.append(h("div", { class: "sf-camera" }, video, h("div", { class: "sf-options" }, take, cancel)));
      take.focus();
    });
  } finally {
    for (const track of stream.getTracks()) track.stop();
    place.querySelector(":scope > .sf-camera")?.remove();
  }
}

async function taken(video, mirror) {
  const canvas = h("canvas", { width: video.videoWidth, height: video.videoHeight });
  const context = canvas.getContext("2d");
  if (mirror) {
    context.translate(canvas.width, 0);
    context.scale(-1, 1);
  }
  context.drawImage(video, 0, 0);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  return new File([blob], "camera.png", { type: "image/png" });
}
