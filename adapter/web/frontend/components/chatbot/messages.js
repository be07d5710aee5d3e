// What a message says: its parts, its words, and of which kind a file is.

import { text } from "../../strings.js";
import { nameOf } from "../addresses.js";

const KINDS = { image: "png jpg jpeg gif webp svg avif", audio: "mp3 wav ogg flac m4a", video: "mp4 webm mov" };
const MIME = Object.fromEntries(Object.entries(KINDS).flatMap(([kind, all]) => all.split(" ").map((end) => [end, kind])));

/** The first word of a file's type, by what it says itself or by its name's ending. */
export function kindOf(file) {
  const ending = nameOf(file).split(".").at(-1).toLowerCase();
  return (file.mime_type ?? MIME[ending] ?? (/^data:(image)/.exec(file.url ?? file.path ?? "")?.[1] || "")).split("/")[0];
}

/** A message's content as parts: each has a `text`, or a `file`. */
export function partsOf(content) {
  if (content === null || content === undefined) return [];
  if (typeof content === "string") return [{ text: content }];
  if (Array.isArray(content)) return content.flatMap(partsOf);
  if (content.path || content.url) return [{ file: content }];
  if (content.file) return [content];
  if (content.component) return [content];
  if (content.files) return [...partsOf(content.text || null), ...content.files.map((file) => ({ file }))];
  return typeof content.text === "string" ? [content] : [{ text: JSON.stringify(content) }];
}

/** The words of a message. */
export const plain = ({ content }) => partsOf(content).flatMap((part) => part.text ?? []).join("\n");

/** What events say of a message: its words, or what it has instead. */
export const valueOf = (message) => plain(message) || message.content;

/** A conversation as one text. */
export function transcript(messages) {
  const name = (role) => (role === "user" ? text.chat.you : text.chat.assistant);
  return messages.map((message) => `${name(message.role)}: ${plain(message)}`).join("\n\n");
}
