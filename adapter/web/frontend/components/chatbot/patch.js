// Brings nodes to what they should be, and leaves alone what is so already.

import { same } from "../../dom.js";

/** Make what is in `place` equal to `fresh`, and leave alone what is equal: selections and open details stay. */
export function patch(place, fresh) {
  const olds = [...place.childNodes].filter((node) => node.className !== "sf-nested");
  const news = [...fresh.childNodes];
  news.forEach((node, index) => {
    const old = olds[index];
    if (!old) place.append(node);
    else if (old.shows || node.shows) same(old.shows, node.shows) || old.replaceWith(node); // a component draws itself
    else if ((old.image ?? old).isEqualNode(node)) return; // `image`: one that cannot be had, and words in its place
    else if (old.nodeType === Node.TEXT_NODE && node.nodeType === Node.TEXT_NODE) write(old, node.data);
    else if (old.nodeName === node.nodeName && old.nodeType === Node.ELEMENT_NODE && dressed(old, node)) patch(old, node);
    else old.replaceWith(node);
  });
  for (const old of olds.slice(news.length)) old.remove();
}

function write(old, data) {
  if (data.startsWith(old.data)) old.appendData(data.slice(old.length));
  else old.data = data;
}

/** Whether `old` has the attributes of `node`; a thought keeps being open or closed until its status changes. */
function dressed(old, node) {
  const attributes = ({ attributes: all }) => Array.from(all, ({ name, value }) => `${name}=${value}`).sort();
  const own = (element) => attributes(element).filter((attribute) => attribute !== "open=");
  return same(own(old), own(node));
}
