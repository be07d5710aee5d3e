// Sound and video: recorded, given from a file, and played by the browser's own player.

import { text } from "../strings.js";
import { h, set, styled } from "../dom.js";
import { address, fileLink, loads, nameOf } from "./addresses.js";
import { Given, length, tool } from "./image.js";
import { door, Intake, save } from "./upload.js";
import { viewTexts } from "./image/texts.js";
import { texts } from "./upload/texts.js";

await styled(new URL("media.css", import.meta.url));

class Media extends Given {
  body() {
    const types = () => [this.type];
    this.intake = new Intake(this, ([sent]) => this.took(sent, this.recorded ? "stop_recording" : "upload"), { types, become: (file) => this.become(file) });
    this.intake.receive(this.element);
    this.later = []; // of a stream: what is played next
    this.frame = h("div", { class: "sf-player" });
    this.door = door(this.intake, texts.giveFiles);
    this.record = h("button", { type: "button", class: "sf-button sf-sm", onclick: () => this.film() }, texts.record.start);
    this.more = h("div", { class: "sf-options" }, this.record);
    this.slot.append(this.frame, this.door, this.more);
    this.download = tool(text.download, () => save(this.value, this.page), `${text.download} ${this.called}`);
    this.clear = tool(text.clearAll, () => this.emptied(), `${text.clearAll} ${this.called}`);
    this.tools.append(this.download, this.clear);
  }

  refresh(changes) {
    if ("playback_position" in changes) this.start = changes.playback_position;
    super.refresh(changes);
    this.slot.style.width = length(this.props.width);
    this.frame.style.height = length(this.props.height);
    this.show();
    if (this.start && this.player?.readyState) this.seek();
    if (!("recording" in changes)) return;
    if (!changes.recording) this.stopRecording?.();
    else if (this.interactive) queueMicrotask(() => this.film()); // once it stands on the page
  }

  show() {
    const { value, interactive } = this;
    const { sources, buttons } = this.props;
    const key = value && `${value.path} ${value.url}`;
    if (key !== this.drawn && !this.follows(value)) this.paint(value);
    this.drawn = key;
    for (const name of ["loop", "autoplay"]) if (this.player) set(this.player, name, Boolean(this.props[name]));
    const from = (source) => !value && interactive && !this.recording && sources?.includes(source) !== false;
    this.frame.hidden = !value && interactive;
    this.door.hidden = !from("upload");
    this.more.hidden = !from(this.device);
    this.download.hidden = !value || buttons?.includes("download") === false;
    this.clear.hidden = !value || !interactive;
  }

  /** Put the player of `value` into its place. */
  paint(value) {
    this.player = null;
    if (!value) return this.frame.replaceChildren(this.interactive ? "" : h("p", { class: "sf-soft" }, viewTexts.nothing[this.type]));
    const found = address(value, this.page);
    if (!loads(found, this.page)) return this.frame.replaceChildren(fileLink(value, this.page));
    this.player = this.made(found);
    this.frame.replaceChildren(this.player);
    this.subtitle().catch(() => {}); // without them it can be played still
  }

  made(found) {
    const { called: name, type } = this;
    const { loop, autoplay } = this.props;
    const player = h(type, { src: found, controls: true, preload: "metadata", playsinline: true, loop: Boolean(loop), autoplay: Boolean(autoplay), "aria-label": name });
    const on = (event, run) => player.addEventListener(event, () => player === this.player && run());
    on("loadedmetadata", () => this.seek());
    on("timeupdate", () => (this.props.playback_position = player.currentTime));
    on("play", () => this.emit("play"));
    on("pause", () => player.ended || this.emit("pause"));
    on("ended", () => this.ended());
    on("error", () => this.frame.replaceChildren(h("p", { class: "sf-soft" }, viewTexts.notPlayed), fileLink(this.value, this.page)));
    return player;
  }

  seek() {
    if (this.start) this.player.currentTime = this.start;
    this.start = 0;
  }

  ended() {
    this.emit("stop");
    this.emit("end");
    if (!this.props.streaming) return;
    const next = this.later.shift();
    if (next) this.go(next);
  }

  /** Whether `value` is the next piece of a stream whose last one is not over: it is played after that. */
  follows(value) {
    const { streaming } = this.props;
    if (!streaming || !value || !this.player || this.fresh) return (this.fresh = false);
    if (this.player.ended) this.go(value);
    else this.later.push(value);
    return true;
  }

  go(value) {
    this.paint(value);
    this.player?.play().catch(() => {}); // refused where the visitor has done nothing yet: it waits for that
  }

  /** What comes next is of another call: a stream of its own. */
  pending(mode) {
    super.pending(mode);
    this.fresh = true;
    this.later = [];
  }

  /** Show the subtitles: over a video, and below the player of a sound, which has no room for them. */
  async subtitle() {
    const { subtitles } = this.props;
    const { player } = this;
    if (!subtitles) return;
    let track;
    if (Array.isArray(subtitles)) {
      track = player.addTextTrack("subtitles");
      for (const { start, end, text: words } of subtitles) track.addCue(new VTTCue(start, end, words));
    } else {
      const answer = await fetch(address(subtitles, this.page));
      if (!answer.ok) return;
      const element = h("track", { kind: "subtitles", default: true, src: URL.createObjectURL(await answer.blob()) });
      player.append(element);
      ({ track } = element);
    }
    track.mode = "showing";
    if (this.type === "video") return;
    const line = h("p", { class: "sf-subtitle" });
    track.mode = "hidden";
    track.addEventListener("cuechange", () => (line.textContent = [...(track.activeCues ?? [])].map((cue) => cue.text).join("\n")));
    this.frame.append(line);
  }

  async film() {
    if (this.recording || this.intake.busy) return;
    this.recording = true;
    this.failed(null);
    this.show();
    const { record } = await import("./recorder.js");
    const on = {
      started: (stop) => {
        this.stopRecording = stop;
        this.emit("start_recording");
        this.page.announce(texts.record.running);
      },
      paused: () => this.emit("pause_recording"),
      most: this.page.largest,
    };
    const { type, props } = this;
    const { failed } = type === "audio" ? texts.record : texts.camera;
    const file = await record(this.slot, type, props, on).catch((error) => this.failed(failed(error.message)));
    this.recording = this.stopRecording = null;
    this.show();
    if (!file) return void this.record.focus();
    this.recorded = true;
    await this.intake.give([file]);
    this.recorded = false;
    if (!this.value) this.record.focus(); // it could not be sent
  }

  /** What is sent in place of `file`. */
  become(file) {
    return file;
  }
}

class Audio extends Media {
  get device() {
    return "microphone";
  }

  /** Functions that work on samples get a WAV, which needs no decoder on the server. */
  async become(file) {
    const { type, format } = this.props;
    if (/wav$/.test(file.type) || (type !== "numpy" && format !== "wav")) return file;
    const { asWav } = await import("./recorder.js");
    return asWav(file, this.page.largest).catch(() => file); // the server says what is wrong with it
  }
}

class Video extends Media {
  get device() {
    return "webcam";
  }
}

export const components = { audio: Audio, video: Video };
