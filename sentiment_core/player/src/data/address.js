// The state as a handful of short texts by name: what an address holds, and what a take-home file opens with.
//
//   moment=3  pins=great,bad  zoom=a:2.5,0.1,-0.3;b:4,0,0  play=1  present=1
//   size=frequency  scales=equal  trails=0  labels=0  speed=2
//
// An address may name the checkpoint instead: at=2, or as older ones do, at=epoch 2. What is at its default is left out. What is not understood
// falls back to its default, and so disappears.

import { tr } from "../messages.js";
import { DEEPEST } from "../picture/view.js";
import { SPEEDS } from "./timeline.js";

/** @import { Checkpoint, Payload } from "./payload.js" */
/** @import { State } from "../session/state.js" */
/** @import { View } from "../picture/view.js" */

/**
 * @typedef {Record<string, string>} Texts of a state, by the keys above
 *
 * @typedef {Object} Shown the part of the player's state that texts describe
 * @property {number} position
 * @property {string[]} pins
 * @property {string[]} absent words asked for that are in no vocabulary here, and may be in the next payload's
 * @property {(View|null)[]} views null where a panel is not zoomed
 * @property {boolean} playing
 * @property {boolean} presenting
 * @property {boolean} bySize
 * @property {boolean} equalScales
 * @property {boolean} trails
 * @property {boolean} labels
 * @property {number} speed
 */

/** Words that may be pinned. */
export const MOST_PINS = 50;

const OWN_KEYS = ["moment", "at", "pins", "zoom", "play", "present", "size", "scales", "trails", "labels", "speed"];
const PANEL_LETTERS = "ab";
let isWriting = false;

/**
 * A word as the vocabularies spell it: as typed, or in lower case, or composed (some keyboards send Hangul in parts).
 * @param {Payload} payload
 * @param {string} word
 * @returns {string|null}
 */
export function knownWord(payload, word) {
  const typed = word.trim();
  const spellings = [typed, typed.toLowerCase()].flatMap((one) => [one, one.normalize("NFC")]);
  return spellings.find((one) => one && payload.vocabularies.some(({ ids }) => ids.has(one))) ?? null;
}

/**
 * The part of the player's state that texts describe.
 * @param {Texts} texts
 * @param {Payload} payload
 * @returns {Shown}
 */
export function readState(texts, payload) {
  const last = payload.checkpoints.length - 1;
  const playing = texts.play === "1" && last > 0;
  const speed = SPEEDS.find((one) => String(one) === texts.speed);
  return {
    position: positionIn(texts, payload) ?? (playing ? 0 : last),
    ...(texts.pins === undefined
      ? { ...readPins(payload.pins, payload), absent: [] }
      : readPins(splitWords(texts.pins), payload)),
    views: readViews(texts.zoom ?? "", payload.panels.length),
    playing,
    presenting: texts.present === "1",
    bySize: texts.size === "frequency",
    equalScales: texts.scales === "equal",
    trails: texts.trails !== "0",
    labels: texts.labels !== "0",
    speed: speed ?? 1,
  };
}

/**
 * The checkpoint that a player opens at if it does not play. Python reads the same texts in the same way.
 * @param {Texts} texts
 * @param {Payload} payload
 */
export function restIn(texts, payload) {
  return Math.round(positionIn(texts, payload) ?? payload.checkpoints.length - 1);
}

/**
 * The position that texts ask for, or null.
 * @param {Texts} texts
 * @param {Payload} payload
 */
function positionIn({ moment, at }, { checkpoints }) {
  const stated = moment && /^\d+(\.\d+)?$/.test(moment) ? Number(moment) : NaN;
  if (stated <= checkpoints.length - 1) return stated;
  const named = checkpoints.findIndex(({ name, former }) => name === at || former.includes(at ?? ""));
  return named < 0 ? null : named;
}

/**
 * The texts that describe a state, without what is at its default.
 * @param {Readonly<State>} state
 * @param {Payload} payload
 * @returns {Texts}
 */
export function writeState(state, payload) {
  /** @type {Texts} */
  const texts = {};
  const last = payload.checkpoints.length - 1;
  const position = rounded(state.position);
  if (position !== last && !state.playing) texts.moment = String(position);
  const usual = readPins(payload.pins, payload).pins;
  if (state.pins.join("\n") !== usual.join("\n")) texts.pins = pinsText(state.pins);
  const zoom = writeViews(state.views);
  if (zoom) texts.zoom = zoom;
  if (state.playing) texts.play = "1";
  if (state.presenting) texts.present = "1";
  if (state.bySize) texts.size = "frequency";
  if (state.equalScales) texts.scales = "equal";
  if (!state.trails) texts.trails = "0";
  if (!state.labels) texts.labels = "0";
  if (state.speed !== 1) texts.speed = String(state.speed);
  return texts;
}

/**
 * The texts that carry what a person chose into another payload: words that were not in the old one too, the checkpoint
 * by its name, and no zoom into another plane.
 * @param {{state: Readonly<State>, payload: Payload}} old
 * @param {Payload} next
 * @returns {Texts}
 */
export function carryTexts({ state, payload }, next) {
  const texts = writeState(state, payload);
  if (state.absent.length) texts.pins = pinsText([...state.pins, ...state.absent]);
  if (planesOf(payload) !== planesOf(next)) delete texts.zoom;
  if (texts.moment || state.playing) {
    const position = positionAmong(next.checkpoints, payload.checkpoints, rounded(state.position));
    if (position < 0) delete texts.moment;
    else texts.moment = String(position);
  }
  return texts;
}

/** @param {number} position */
function rounded(position) {
  return Math.round(position * 100) / 100;
}

/**
 * What must be the same for a zoom to show the same place.
 * @param {Payload} payload
 */
function planesOf({ panels }) {
  return JSON.stringify(panels.map(({ title, frames, axes }) => [title, ...frames.map((_, frame) => axes(frame))]));
}

/**
 * A position among other checkpoints by name: between two that are neighbours there too, else at the nearer; or -1.
 * @param {Checkpoint[]} checkpoints
 * @param {Checkpoint[]} named
 * @param {number} position among the named
 */
function positionAmong(checkpoints, named, position) {
  /** @param {number} place */
  const find = (place) => checkpoints.findIndex(({ name }) => name === named[place].name);
  const before = find(Math.floor(position));
  const isBetween = before >= 0 && find(Math.ceil(position)) - before === Math.ceil(position % 1);
  return isBetween ? before + (position % 1) : find(Math.round(position));
}

/**
 * The player's own texts in the page's address.
 * @returns {Texts}
 */
export function readAddress() {
  /** @type {Texts} */
  const texts = {};
  for (const part of window.location.search.slice(1).split("&")) {
    const [key, ...rest] = part.split("=");
    if (OWN_KEYS.includes(key)) texts[key] = unescapeText(rest.join("="));
  }
  return texts;
}

/**
 * Put the player's texts in the page's address and leave what others keep there.
 * @param {Texts} texts
 */
export function writeAddress(texts) {
  // The listener to address changes is called during the change and must not write again.
  if (isWriting) return;
  isWriting = true;
  try {
    replaceQuery(texts);
  } catch {
    // A file opened from disk may not change its address; the player works without.
    return;
  } finally {
    isWriting = false;
  }
}

/** @param {Texts} texts */
function replaceQuery(texts) {
  const others = window.location.search
    .slice(1)
    .split("&")
    .filter((part) => part && !OWN_KEYS.includes(part.split("=")[0]));
  const own = Object.entries(texts).map(([key, text]) => `${key}=${escapeText(text)}`);
  const address = new URL(window.location.href);
  // Compare as the browser spells it.
  address.search = [...others, ...own].join("&");
  if (address.search !== window.location.search) window.history.replaceState(window.history.state, "", address.href);
}

/**
 * Words as one text, each with its own commas and percent signs escaped, so that a comma only ever separates words. The
 * address escapes the text as a whole: who reads it unescaped once, as a server does, still tells the words apart.
 * @param {string[]} words
 */
function pinsText(words) {
  return words.map((word) => word.replace(/[%,]/g, encodeURIComponent)).join(",");
}

/** @param {string} text */
function splitWords(text) {
  return text.split(",").map((word) => word.replace(/%2[5C]/gi, decodeURIComponent));
}

/**
 * A text as it stands in an address, what needs no escape there left readable.
 * @param {string} text
 */
function escapeText(text) {
  return encodeURIComponent(text).replace(/%2C|%3A|%3B/g, decodeURIComponent);
}

/**
 * An invalid byte becomes U+FFFD and the rest stays, so that one damaged word does not affect the others.
 * @param {string} text
 */
function unescapeText(text) {
  return new URLSearchParams(`text=${text}`).get("text") ?? "";
}

/**
 * @param {string[]} words
 * @param {Payload} payload
 * @returns {{pins: string[], absent: string[]}}
 */
function readPins(words, payload) {
  const pins = new Set();
  const absent = new Set();
  for (const word of words.slice(0, 1000)) {
    const known = knownWord(payload, word);
    if (known !== null && pins.size < MOST_PINS) pins.add(known);
    else if (known === null && word.trim()) absent.add(word.trim());
  }
  return { pins: [...pins], absent: [...absent] };
}

/**
 * @param {string} text
 * @param {number} panels
 * @returns {(View|null)[]}
 */
function readViews(text, panels) {
  const views = new Array(panels).fill(null);
  for (const part of text.split(";")) {
    const [letter, numbers = ""] = part.split(":");
    const [scale, x, y] = numbers.split(",").map((number) => (number.trim() ? Number(number) : NaN));
    const panel = letter.length === 1 ? PANEL_LETTERS.indexOf(letter) : -1;
    const fits = scale > 1 && scale <= DEEPEST && Number.isFinite(x) && Number.isFinite(y);
    if (panel >= 0 && panel < panels && fits) views[panel] = { scale, x, y };
  }
  return views;
}

/** @param {View[]} views */
function writeViews(views) {
  const parts = views.map(({ scale, x, y }, panel) =>
    scale > 1
      ? `${PANEL_LETTERS[panel]}:${[scale, x, y].map((number) => Number(number.toPrecision(4))).join(",")}`
      : "",
  );
  return parts.filter(Boolean).join(";");
}

/**
 * A sentence on words that are in no vocabulary; "" without any.
 * @param {string[]} words
 */
export function listMissing(words) {
  if (!words.length) return "";
  const listed = words.slice(0, 10).map((word) => word.slice(0, 40));
  return tr("Not in the vocabulary: {words}", {
    words: [...listed, ...(words.length > 10 ? ["\u2026"] : [])].join(", "),
  });
}
