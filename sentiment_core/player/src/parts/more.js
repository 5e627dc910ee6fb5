// The menu More: what is drawn, the speed, zoom and the exports.

import { SPEEDS } from "../data/timeline.js";
import { number, tr } from "../messages.js";
import { make, setAttribute } from "../page/dom.js";
import { textButton, textToggle } from "./buttons.js";

/** @import { Payload } from "../data/payload.js" */
/** @import { Actions } from "../session/actions.js" */
/** @import { State } from "../session/state.js" */
/** @import { IconName } from "./icons.js" */

/** @typedef {"equalScales"|"trails"|"labels"|"bySize"} Look what is drawn or not */

/**
 * @param {Payload} payload
 * @param {Actions} act
 */
export function createMore(payload, act) {
  const looks = lookToggles(payload, act);
  const speed = speedChoice(act);
  const list = make(
    "div",
    { class: "more-list", hidden: true },
    ...looks.values(),
    make("label", { class: "more-speed", hidden: payload.checkpoints.length === 1 }, tr("Speed"), speed),
    make(
      "div",
      { class: "more-row" },
      textButton("zoomIn", tr("Zoom in"), tr("Zoom in"), () => act.zoomBy(1.5)),
      textButton("zoomOut", tr("Zoom out"), tr("Zoom out"), () => act.zoomBy(1 / 1.5)),
    ),
    make("div", { class: "more-row" }, ...exportButtons(payload, act)),
  );
  /** @param {boolean} opens */
  const open = (opens) => {
    list.hidden = !opens;
    button.setAttribute("aria-expanded", String(opens));
  };
  const button = textButton("more", tr("More"), tr("More"), () => open(Boolean(list.hidden)));
  button.setAttribute("aria-expanded", "false");
  const element = make("div", { class: "more", keydown: closeByEscape }, button, list);
  /** @param {KeyboardEvent} event */
  function closeByEscape(event) {
    if (event.key !== "Escape" || list.hidden) return;
    open(false);
    button.focus();
    event.stopPropagation();
  }
  return {
    element,
    /**
     * Close it where a person has turned to something else.
     * @param {Node} target
     */
    leaveFor(target) {
      if (!element.contains(target)) open(false);
    },
    /** @param {Readonly<State>} state */
    show(state) {
      for (const [name, toggle] of looks) setAttribute(toggle, "aria-pressed", String(state[name]));
      speed.value = String(state.speed);
    },
  };
}

/**
 * @param {Payload} payload
 * @param {Actions} act
 * @returns {Map<Look, HTMLElement>}
 */
function lookToggles({ checkpoints, panels }, act) {
  /** @type {Map<Look, HTMLElement>} */
  const toggles = new Map();
  /**
   * @param {Exclude<Look, "equalScales">} key
   * @param {IconName} picture
   * @param {string} word
   * @param {string} name
   */
  const add = (key, picture, word, name) =>
    toggles.set(
      key,
      textToggle(picture, word, name, () => act.toggle(key)),
    );
  if (panels.length > 1) {
    toggles.set(
      "equalScales",
      textToggle("scales", tr("Equal scales"), tr("Equal scales in both pictures"), act.toggleScales),
    );
  }
  if (checkpoints.length > 1) add("trails", "trails", tr("Trails"), tr("Trails of pinned words"));
  add("labels", "labels", tr("Labels"), tr("Labels of words not pinned"));
  add("bySize", "size", tr("Size by frequency"), tr("Size by frequency"));
  return toggles;
}

/** @param {Actions} act */
function speedChoice(act) {
  return make(
    "select",
    { class: "speed", "aria-label": tr("Speed"), change: (event) => act.setSpeed(Number(event.target.value)) },
    ...SPEEDS.map((times) => make("option", { value: times }, `${number(times, times % 1 ? 1 : 0)}\u00d7`)),
  );
}

/**
 * @param {Payload} payload
 * @param {Actions} act
 */
function exportButtons(payload, act) {
  const picture = textButton("download", "PNG", tr("Save as a PNG picture"), act.savePicture);
  if (!payload.html) return [picture];
  return [picture, textButton("download", "HTML", tr("Save as an HTML file"), act.saveFile)];
}
