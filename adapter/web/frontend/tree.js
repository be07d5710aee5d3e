// What modules of components made elsewhere import, at one address; see docs/custom-components.md.

export { copy, copyButton, h, same, set, styled } from "./dom.js";
export { told } from "./told.js";
export { Block, Component, Unknown, always } from "./nodes.js";
export { Nodes, build, classes, interactivity, make } from "./build.js";
