// The take-home page: the player alone, on the payload that the page holds.

import { mountPlayer } from "./player.js";

const root = document.getElementById("player");
const text = atob(document.getElementById("payload").textContent);
const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
document.getElementById("notice").remove();
root.before(Object.assign(document.createElement("h1"), { textContent: document.title }));
mountPlayer(root, bytes, {
  alone: true,
  address: location.protocol !== "file:", // a browser lets no file change its address
  start: JSON.parse(document.getElementById("start").textContent),
});
