// One call under way, as the page shows it.

import { text } from "./strings.js";

const LATE_MS = 1000; // after which a screen reader hears that the call is still under way

/** One call under way, and its face on the nodes it will change. */
export class Call {
  #timer = null;
  #late = null;

  constructor(dependency, nodes, triggers) {
    Object.assign(this, { dependency, nodes, triggers, abort: new AbortController() });
    this.ended = new Promise((resolve) => (this.over = resolve));
    this.aborted = new Promise((resolve) => (this.abort.signal.onabort = () => resolve(null)));
    this.mode = dependency.show_progress ?? "full";
    this.expected = null;
    this.line = "";
    this.fraction = null;
  }

  /** Show that the call is under way; `late` is told once if that lasts. */
  begin(late) {
    this.#late = setTimeout(late, LATE_MS);
    const started = performance.now();
    for (const button of this.triggers) button.block(true);
    if (this.mode === "hidden") return;
    for (const node of this.nodes) node.pending(this.mode);
    const tick = () => {
      const clock = text.seconds((performance.now() - started) / 1000, this.expected);
      for (const node of this.nodes) node.status([this.line, clock].filter(Boolean).join(" · "), this.fraction);
    };
    this.#timer = setInterval(tick, 100);
    tick();
  }

  queued(rank, length, expected) {
    this.line = rank > 0 ? text.queued(rank + 1, length) : "";
    this.expected = expected;
  }

  started(expected) {
    this.line = "";
    this.expected = expected ?? this.expected;
  }

  progress(levels) {
    const level = levels?.at(-1);
    if (!level) return;
    this.fraction = level.progress ?? (level.length ? level.index / level.length : null);
    this.line = levels.map(how).filter(Boolean).join(" / ");
    this.expected = null;
  }

  /** Ask for the call's end; return a promise of it. */
  cancel() {
    this.abort.abort();
    return this.ended;
  }

  end() {
    clearInterval(this.#timer);
    clearTimeout(this.#late);
    for (const button of this.triggers) button.block(false);
    for (const node of this.nodes) node.settled();
  }
}

const how = ({ desc, index, length, unit }) =>
  [desc, length ? `${index ?? 0}/${length} ${unit ?? ""}`.trim() : ""].filter(Boolean).join(" ");
