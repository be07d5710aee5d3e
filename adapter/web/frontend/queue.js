// Calls that answer more than once: they join the queue, and one stream brings the messages of all of them.

import { CallError, read } from "./answers.js";
import { text } from "./strings.js";

const MOST_LISTENS = 3; // times to ask for a result whose stream ended early
const CANCEL_MS = 2500; // in which a call that was cancelled may still tell what it had yielded

export class Queue {
  #api;
  #events = new Map(); // event id → what to do with its messages
  #early = new Map(); // event id → messages that came before its join returned
  #listening = false;

  constructor(api) {
    this.#api = api;
  }

  /** Call, and tell `on` what happens: queued, started, progress, log, data. The result is the last output, or null of a call that was cancelled. */
  async submit(body, on, signal) {
    const { event_id: id } = await this.#api.post("queue/join", body);
    return new Promise((resolve, reject) => {
      const event = { id, on, resolve, reject, values: null };
      const cancel = () => this.#cancel(event, body.fn_index);
      this.#events.set(id, event);
      for (const message of this.#early.get(id) ?? []) this.#deliver(message);
      this.#early.delete(id);
      if (signal.aborted) cancel();
      else signal.addEventListener("abort", cancel, { once: true });
      this.#listen();
    });
  }

  /** End a call. Its server hands out what it has yielded and ends it; one that takes long for that is not waited for. */
  async #cancel(event, fn_index) {
    event.cancelled = true;
    setTimeout(() => this.#drop(event), CANCEL_MS);
    await this.#api.post("cancel", { fn_index, event_id: event.id }).catch(() => {}); // for the page it ends without, too
  }

  #drop({ id, resolve }) {
    if (this.#events.delete(id)) resolve(null);
  }

  async #listen() {
    if (this.#listening) return;
    this.#listening = true;
    try {
      for (let left = MOST_LISTENS; this.#events.size && left; left -= 1) {
        const before = this.#events.size;
        await this.#stream();
        for (const event of this.#events.values()) if (event.cancelled) this.#drop(event); // it had not begun
        if (this.#events.size < before) left = MOST_LISTENS;
      }
      this.#fail(new CallError(text.streamLost, { retry: true }));
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#listening = false;
    }
  }

  /** Read one stream to its end. */
  async #stream() {
    const response = await this.#api.request(`queue/data?session_hash=${this.#api.hash}`);
    if (!response.ok) await read(response);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ done: true }));
      if (done) return;
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop();
      for (const block of blocks) {
        if (!block.startsWith("data:")) continue;
        const message = JSON.parse(block.slice(5));
        if (message.msg === "close_stream") return void reader.cancel().catch(() => {});
        this.#deliver(message);
      }
    }
  }

  #deliver(message) {
    const { event_id: id, msg, output } = message;
    if (msg === "unexpected_error") return this.#fail(CallError.from({ error: message.message }));
    const event = this.#events.get(id);
    if (id && !event) this.#early.set(id, [...(this.#early.get(id) ?? []), message]);
    if (!event) return;
    const { on } = event;
    if (msg === "estimation") on.queued(message.rank, message.queue_size, message.rank_eta);
    if (msg === "process_starts") on.started(message.eta);
    if (msg === "progress") on.progress(message.progress_data);
    if (msg === "log") on.log(message);
    if (msg === "process_generating" && message.success) {
      event.values = patched(event.values, output.data);
      on.data({ ...output, data: structuredClone(event.values) });
    }
    if (msg !== "process_completed") return;
    this.#events.delete(id);
    if (message.success) event.resolve(output?.data ? output : null); // Gradio's server ends one that was cancelled without
    else event.reject(CallError.from({ title: message.title, ...output }));
  }

  #fail(error) {
    for (const { cancelled, resolve, reject } of this.#events.values()) cancelled ? resolve(null) : reject(error);
    this.#events.clear();
  }
}

/** The outputs of a generator: full values first, then per output only what has changed. */
export function patched(values, data) {
  return values ? values.map((value, index) => (data[index] ?? []).reduce(patch, value)) : data;
}

/** Apply one change of the wire, `[action, path, value]`, to `target`; return the target. */
function patch(target, [action, path, value]) {
  if (!path.length) return action === "append" ? target + value : value;
  const parent = path.slice(0, -1).reduce((node, key) => node[key], target);
  const key = path.at(-1);
  if (action === "append") parent[key] += value;
  else if (action === "add" && Array.isArray(parent)) parent.splice(Number(key), 0, value);
  else if (action === "delete" && Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (action === "delete") delete parent[key];
  else parent[key] = value;
  return target;
}
