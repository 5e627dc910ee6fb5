// How large the parts of a player are, from the room that the page gives it.

import { clamp, widthOf } from "./dom.js";

/** @import { PanelView } from "../picture/panel.js" */

const SIDE_BY_SIDE = 720; // pixels of width from which on two panels stand beside each other
const LONG_TITLE = 190; // pixels from which on a title needs a line of its own
const SEEN_ENOUGH = 0.9; // of a picture
const AXIS_WIDTH = 22; // of the name beside a panel

/**
 * Whether a player is as narrow as on a phone.
 * @param {HTMLElement} element
 */
export function isNarrow(element) {
  return element.clientWidth < SIDE_BY_SIDE;
}

/**
 * Give the panels their size, and read what the page made of it.
 * @param {HTMLElement} element the player
 * @param {PanelView[]} views
 */
export function sizePanels(element, views) {
  const width = element.clientWidth;
  const narrow = isNarrow(element);
  const beside = views.length > 1 && !narrow;
  element.classList.toggle("beside", beside);
  element.classList.toggle("narrow", narrow);
  element.classList.toggle("long-titles", views.length > 1 && views.some(hasLongTitle));
  const own = (beside ? width / 2 : width) - AXIS_WIDTH;
  const tallest = Math.max(...views.map(({ extent }) => extent.halfY / extent.halfX));
  const shape = views.length === 1 && !narrow ? clamp(1.4 * tallest, 0.4, 0.5) : clamp(1.4 * tallest, 0.64, 0.78);
  const height = Math.round(clamp(own * shape, 260, Math.max(0.46 * window.innerHeight, 300)));
  element.style.setProperty("--picture-height", `${height}px`);
  for (const view of views) view.measure();
}

/** @param {PanelView} view */
function hasLongTitle({ panel, element }) {
  return widthOf(panel.title, `650 17px ${getComputedStyle(element).fontFamily}`) > LONG_TITLE;
}

/**
 * Pixels of the text on the pictures.
 * @param {HTMLElement} element
 * @param {boolean} presenting
 */
export function sizeOfText(element, presenting) {
  if (presenting) return clamp(Math.min(window.innerHeight * 0.024, window.innerWidth * 0.02), 15, 64);
  return isNarrow(element) ? 12 : 13;
}

/**
 * Call `fit` when the player's room may have changed. Returns what ends this.
 * @param {HTMLElement} element
 * @param {() => void} fit
 */
export function watchSize(element, fit) {
  window.addEventListener("resize", fit);
  const observer = window.ResizeObserver ? new ResizeObserver(fit) : null;
  if (observer) observer.observe(element);
  return () => {
    window.removeEventListener("resize", fit);
    if (observer) observer.disconnect();
  };
}

/**
 * Scroll the controls to the top of the window if too little of the picture is visible.
 * @param {HTMLElement} controls
 * @param {HTMLElement} picture
 */
export function bringIntoSight(controls, picture) {
  const { top, bottom, height } = picture.getBoundingClientRect();
  const seen = Math.min(bottom, window.innerHeight) - Math.max(top, 0);
  if (seen < SEEN_ENOUGH * height) controls.scrollIntoView({ block: "start" });
}
