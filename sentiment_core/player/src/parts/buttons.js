// Buttons with pictures.

import { make } from "../page/dom.js";
import { icon } from "./icons.js";

/** @import { IconName } from "./icons.js" */

/**
 * A button with a picture, a name for screen readers, and a tooltip with its key.
 * @param {IconName} picture
 * @param {string} name
 * @param {string} key
 * @param {() => void} press
 */
export function iconButton(picture, name, key, press) {
  return make(
    "button",
    { type: "button", class: "icon-button", "aria-label": name, title: withKey(name, key), click: press },
    icon(picture),
  );
}

/**
 * What a button does and the key for it.
 * @param {string} name
 * @param {string} key
 */
export function withKey(name, key) {
  return `${name} (${key})`;
}

/**
 * A button that stays pressed. Its state is its attribute aria-pressed.
 * @type {typeof iconButton}
 */
export function toggleButton(picture, name, key, press) {
  const button = iconButton(picture, name, key, press);
  button.setAttribute("aria-pressed", "false");
  return button;
}

/**
 * A button with a picture and a word for it.
 * @param {IconName} picture
 * @param {string} word
 * @param {string} name what it does, in full
 * @param {() => void} press
 */
export function textButton(picture, word, name, press) {
  return make(
    "button",
    { type: "button", class: "text-button", "aria-label": name, title: name, click: press },
    icon(picture),
    word,
  );
}

/**
 * The same, and it stays pressed.
 * @type {typeof textButton}
 */
export function textToggle(picture, word, name, press) {
  const button = textButton(picture, word, name, press);
  button.setAttribute("aria-pressed", "false");
  return button;
}
