// Sends a file of the visitor's: through the API, or to the store itself.

import { CallError, read } from "../answers.js";
import { text } from "../strings.js";
import { keep } from "./addresses.js";
import { texts } from "./upload/texts.js";

/** Send by XMLHttpRequest: of a `fetch` nobody hears how far it is. */
const sender = (progress) => (url, { method, headers, body, signal }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => progress(loaded / (total || 1));
    request.onload = () => {
      const lines = request.getAllResponseHeaders().trim().split(/[\r\n]+/);
      const named = lines.map((line) => line.split(/:\s*(.*)/s).slice(0, 2)).filter(([name]) => name);
      resolve(new Response(request.responseText || null, { status: request.status, headers: named }));
    };
    request.onerror = request.onabort = () => reject(new TypeError("not sent"));
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body);
  });

/** Send `file` through the API; return its path. */
async function called(file, page, { send, signal }) {
  const body = new FormData();
  body.append("files", file, file.name || "file");
  const [path] = await read(await page.request("upload", { method: "POST", body, send, signal }));
  return path;
}

/** Send `file` to the store itself, by a form that the API signs for it; return its path. An API takes a few MB only. */
async function posted(file, page, { send, signal }) {
  const wanted = JSON.stringify({ name: file.name || "file", size: file.size });
  const headers = { "content-type": "application/json" };
  const { path, url, fields } = await read(await page.request("upload/form", { method: "POST", headers, body: wanted, signal }));
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("file", file, "file"); // the last one: what stands after it is not read
  const answer = await send(url, { method: "POST", headers: {}, body, signal }).catch(() => {
    throw new CallError(texts.storeUnreachable);
  });
  if (answer.ok) return path;
  const [, code] = /<Code>(\w+)</.exec(await answer.text()) ?? [];
  throw new CallError(texts.storeRefused(code ?? answer.status));
}

/** Send `file`; return the server's data of it. */
export async function upload(file, page, { progress, signal }) {
  const way = file.size > page.largestCalled ? posted : called;
  const path = await way(file, page, { send: sender(progress), signal });
  if (typeof path !== "string") throw new CallError(text.notUnderstood);
  keep(path, file);
  return {
    path,
    url: null,
    orig_name: file.name || "file",
    size: file.size,
    mime_type: file.type || null,
    is_stream: false,
    meta: { _type: "gradio.FileData" },
  };
}
