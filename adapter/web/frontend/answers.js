// What servers answer, and why a call failed.

import { text } from "./strings.js";

const PASSING = new Set([409, 429, 502, 503, 504]); // statuses after which the same call may go well

/** Why a call failed, in words for the visitor. */
export class CallError extends Error {
  constructor(message, { title = text.error, duration = 10, visible = true, retry = false, fields = null } = {}) {
    super(message);
    Object.assign(this, { title, duration, visible, retry, fields });
  }

  /** Read what the server says about a failed call: `error` with its title, or FastAPI's `detail`. */
  static from(body, status) {
    const detail = body?.detail;
    const fields = Array.isArray(detail) ? detail : null;
    const said = fields ? fields.map((field) => field?.message ?? field?.msg).filter(Boolean).join("\n") : detail?.error;
    const reason = body?.error || said || (typeof detail === "string" && detail);
    const message = String(reason || (status ? text.failedWithStatus(status) : text.failed));
    const { title, duration, visible } = body ?? {};
    const retry = PASSING.has(status) || (status >= 500 && !body);
    return new CallError(message, { title: title ?? text.error, duration, visible, retry, fields });
  }
}

/** Return the answer's JSON, or throw what it says went wrong. */
export async function read(response) {
  const body = await response.json().catch(() => null);
  if (!response.ok) throw CallError.from(body, response.status);
  if (body === null) throw new CallError(text.notUnderstood, { retry: true });
  return body;
}
