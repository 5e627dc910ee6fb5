// Presentation: the player alone on the whole screen where the browser allows it, else over the whole window.

import { debounced, hostOf } from "../page/dom.js";

// Milliseconds until the controls are hidden again.
const AWAKE = 3000;

/**
 * @param {HTMLElement} element the player
 * @param {() => void} left called where the person left full screen by the browser's own means
 * @returns {{enter: (byHand: boolean) => void, leave: () => void, destroy: () => void}}
 */
export function createPresentation(element, left) {
  // Whether the element is the one in full screen.
  let full = false;
  wakeWhenTouched(element);
  element.addEventListener("keydown", keepFocus);

  const notice = () => {
    const stillFull = document.fullscreenElement?.contains(hostOf(element));
    if (full && !stillFull) {
      full = false;
      left();
    }
  };
  document.addEventListener("fullscreenchange", notice);

  /** @param {boolean} byHand whether a person asked just now: a browser goes full screen for no other reason */
  const enter = (byHand) => {
    element.classList.add("presenting");
    const refused = () => element.classList.contains("presenting") && raise(element);
    if (!byHand || !element.requestFullscreen) refused();
    else
      element.requestFullscreen().then(() => {
        full = true;
      }, refused);
  };

  const leave = () => {
    element.classList.remove("presenting");
    lower(element);
    if (full && document.exitFullscreen) document.exitFullscreen().catch(() => {});
    full = false;
  };

  const destroy = () => {
    document.removeEventListener("fullscreenchange", notice);
    leave();
  };

  return { enter, leave, destroy };
}

/**
 * Lead the Tab key from the last place of a presentation to the first and back: what it covers must not get the focus.
 * @param {KeyboardEvent} event
 */
function keepFocus(event) {
  const element = /** @type {HTMLElement} */ (event.currentTarget);
  if (event.key !== "Tab" || !element.classList.contains("presenting")) return;
  const focusable = element.querySelectorAll("a[href], button, input, select, summary, [tabindex]");
  const places = [...focusable].filter(isReached);
  const [from, to] = event.shiftKey ? [places[0], places.at(-1)] : [places.at(-1), places[0]];
  if (event.target !== from || !(to instanceof HTMLElement)) return;
  to.focus();
  event.preventDefault();
}

/** @param {Element} place */
function isReached(place) {
  return !place.matches(":disabled, [tabindex='-1']") && place.getClientRects().length > 0;
}

/**
 * Show the controls for a while after the pointer moves or they get the focus, and as long as the keyboard uses them.
 * @param {HTMLElement} element
 */
function wakeWhenTouched(element) {
  const sleep = debounced(() => {
    if (!element.querySelector(".controls :focus-visible")) element.classList.remove("awake");
  }, AWAKE);
  /** @param {Event} event */
  const wake = ({ type, target }) => {
    if (type === "focusin" && target instanceof Element && !target.closest(".controls")) return;
    element.classList.add("awake");
    sleep();
  };
  for (const sign of ["pointermove", "pointerdown", "focusin", "focusout"]) element.addEventListener(sign, wake);
}

/**
 * Put an element on the top layer, above all others. In browsers without popovers, z-index must do.
 * @param {HTMLElement} element
 */
function raise(element) {
  if (!element.showPopover) return;
  element.setAttribute("popover", "manual");
  element.showPopover();
}

/** @param {HTMLElement} element */
function lower(element) {
  if (element.hasAttribute("popover")) element.hidePopover();
  element.removeAttribute("popover");
}
