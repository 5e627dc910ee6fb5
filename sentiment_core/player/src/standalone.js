// The take-home page: the player alone, on the payload that the page holds.

import { mountPlayer } from "./player.js";

/** @param {string} id */
function take(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page lacks its ${id}`);
  return element;
}

const root = take("player");
const bytes = Uint8Array.from(atob(take("payload").textContent), (character) => character.charCodeAt(0));
take("notice").remove();
root.before(Object.assign(document.createElement("h1"), { textContent: document.title }));
mountPlayer(root, bytes, {
  alone: true,
  address: location.protocol !== "file:", // a browser lets no file change its address
  start: JSON.parse(take("start").textContent),
  speech: JSON.parse(take("speech").textContent),
});
