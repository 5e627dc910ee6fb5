// Keyboard shortcuts. Inside the player all of them work. They work everywhere if the page is the player's own, as in a
// presentation or a file. On a page with other content they also work while nothing else has the focus and the player is
// visible, except for the keys that scroll the page.

import { hostOf } from "../page/dom.js";

/** @import { Actions } from "../session/actions.js" */

const SCROLLING = ["Home", "End", "PageUp", "PageDown"];

/**
 * @param {HTMLElement} element the player
 * @param {Actions} act
 * @returns {() => void} ends the listening outside the player
 */
export function listenToKeys(element, act) {
  /** @type {Record<string, () => void>} */
  const meanings = {
    " ": act.togglePlay,
    ArrowLeft: () => act.step(-1),
    ArrowRight: () => act.step(1),
    // A presenter's remote control sends these.
    PageUp: () => act.step(-1),
    PageDown: () => act.step(1),
    Home: act.toStart,
    End: act.toEnd,
    f: act.togglePresent,
    l: act.toggleLasso,
    "/": act.focusSearch,
    "+": () => act.zoomBy(1.5),
    "=": () => act.zoomBy(1.5),
    "-": () => act.zoomBy(1 / 1.5),
    0: act.resetViews,
    Escape: act.escape,
  };

  /**
   * @param {KeyboardEvent} event
   * @param {(key: string) => boolean} isMeant
   */
  const hear = (event, isMeant) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented || event.isComposing) return;
    const key = keyOf(event);
    const meaning = meanings[key];
    if (!meaning || !isMeant(key)) return;
    event.preventDefault();
    event.stopPropagation(); // the page has shortcuts of its own
    meaning();
  };

  const host = hostOf(element);
  /** @param {KeyboardEvent} event */
  const outside = (event) => {
    // The focus is on the page itself or on its scrolling part, so nothing else needs the key.
    const isFree = event.target instanceof Node && event.target.contains(host) && event.target !== host;
    if (isFree && isInSight(element)) hear(event, (key) => act.ownsPage() || !SCROLLING.includes(key));
  };
  element.addEventListener("keydown", (event) =>
    hear(event, (key) => !isTaken(/** @type {Element} */ (event.target), key)),
  );
  document.addEventListener("keydown", outside);
  return () => document.removeEventListener("keydown", outside);
}

/**
 * The key that was meant. With a keyboard layout of another script, such as Hangul, it is the Latin letter on that key.
 * @param {KeyboardEvent} event
 */
function keyOf({ key, code }) {
  if (key.length > 1 && key !== "Process") return key;
  const latin = /^Key([A-Z])$/.exec(code);
  return (latin && !/^[a-z]$/i.test(key) ? latin[1] : key).toLowerCase();
}

/** @param {HTMLElement} element */
function isInSight(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top < window.innerHeight && bottom > 0;
}

/**
 * Whether the focused element needs the key itself: a text for typing, a button for pressing, a list for choosing.
 * @param {Element} target
 * @param {string} key
 */
function isTaken(target, key) {
  const kind = target.localName;
  if (target instanceof HTMLInputElement && target.type === "text") return true;
  if (kind === "button") return key === " ";
  return (
    kind === "select" &&
    (key === " " || key.startsWith("Arrow") || key.startsWith("Page") || key === "Home" || key === "End")
  );
}
