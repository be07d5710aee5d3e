// The wire: one POST per plain call, and the session that all requests carry.

import { CallError, read } from "./answers.js";
import { text } from "./strings.js";

const SESSION = "x-adapter-session";
const VERSION = "x-adapter-version";
const NEW = "new";

/** Return a name that nobody else has. */
export function randomName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(36)).join("");
}

export class Api {
  #base;
  #kept; // where a persisted session's token is
  #token = NEW;
  #version = null;
  #known = false; // whether an answer has said if this server knows sessions by token
  #opening = null;
  #queue = null;

  /** Names the session for a server that knows no tokens. */
  hash = randomName();

  /** With `persist`, the session goes on after a reload, for as long as the tab is open. */
  constructor(base, { persist = false } = {}) {
    this.#base = base;
    this.#kept = persist ? `${SESSION} ${base}` : null;
    this.#token = (persist && sessionStorage.getItem(this.#kept)) || NEW;
  }

  url(path) {
    return new URL(path, this.#base).href;
  }

  /** The address of a call: it has what the page's own address asks for, which functions read from their request. */
  #called(path) {
    const url = new URL(this.url(path));
    const own = new Set(url.searchParams.keys());
    for (const [name, value] of new URLSearchParams(location.search)) if (!own.has(name)) url.searchParams.append(name, value);
    return url.href;
  }

  /** Call a plain function: one request, one answer. */
  run(dependency, body) {
    return this.post(`run/${encodeURIComponent(dependency.api_name || "predict")}`, body);
  }

  /** Call through the queue, for what answers more than once; see queue.js. */
  async submit(body, on, signal) {
    const { Queue } = await import("./queue.js");
    this.#queue ??= new Queue(this);
    return this.#queue.submit(body, on, signal);
  }

  /** Send `body` with the session's name; return what the answer holds. */
  async post(path, body) {
    const headers = { "content-type": "application/json" };
    return read(await this.request(path, { method: "POST", headers, body: JSON.stringify({ ...body, session_hash: this.hash }) }));
  }

  /** Send one request with the session's headers, by `options.send` or `fetch`. The first one goes alone: two would open two sessions. */
  async request(path, options = {}) {
    while (this.#opening) await this.#opening;
    const answer = this.#send(path, options, this.#token);
    if (!this.#known) {
      const opened = () => (this.#opening = null);
      this.#opening = answer.then(opened, opened);
    }
    return answer;
  }

  async #send(path, { send = fetch, ...options }, sent) {
    const headers = { ...options.headers, [SESSION]: sent };
    if (this.#version !== null) headers[VERSION] = this.#version;
    let response;
    try {
      response = await send(this.#called(path), { ...options, headers });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      this.#version = null; // the call may have changed the session: only a fresh read tells
      throw new CallError(text.unreachable, { title: text.unreachableTitle, retry: true });
    }
    if (response.status === 401 && sent !== NEW) this.#end(sent);
    if (response.status >= 500) this.#version = null; // as above
    this.#remember(response);
    return response;
  }

  #remember({ ok, headers }) {
    this.#known ||= ok || headers.has(SESSION);
    this.#token = headers.get(SESSION) ?? this.#token;
    if (this.#kept && this.#token !== NEW) sessionStorage.setItem(this.#kept, this.#token);
    const version = headers.get(VERSION);
    // Answers of calls that run side by side come in any order: an older one must not take the echo back.
    if (version !== null && !(Number(version) < Number(this.#version))) this.#version = version;
  }

  #end(sent) {
    if (this.#token === sent) {
      this.#token = NEW;
      if (this.#kept) sessionStorage.removeItem(this.#kept);
      this.#version = null;
      this.#known = false;
    }
    throw new CallError(text.sessionEnded, { title: text.sessionEndedTitle, retry: true });
  }
}
