// What is changed seldom, behind one button: what is drawn, how fast, and what leaves the page.

import { SPEEDS } from "../data/timeline.js";
import { make, setAttribute } from "../page/dom.js";
import { textButton, textToggle } from "./buttons.js";

/**
 * @param {Object} payload
 * @param {Object} act see actions.js
 * @returns {{element: HTMLElement, show: function(Object): void}}
 */
export function createMore(payload, act) {
  const looks = lookToggles(payload, act);
  const speed = speedChoice(act);
  const list = make(
    "div",
    { class: "more-list", hidden: true },
    ...Object.values(looks),
    make("label", { class: "more-speed", hidden: payload.moments.length === 1 }, "Speed", speed),
    make(
      "div",
      { class: "more-row" },
      textButton("zoomIn", "Zoom in", "Zoom in", () => act.zoomBy(1.5)),
      textButton("zoomOut", "Zoom out", "Zoom out", () => act.zoomBy(1 / 1.5)),
    ),
    make("div", { class: "more-row" }, ...exportButtons(payload, act)),
  );
  const open = (opens) => {
    list.hidden = !opens;
    button.setAttribute("aria-expanded", String(opens));
  };
  const button = textButton("more", "More", "More", () => open(list.hidden));
  button.setAttribute("aria-expanded", "false");
  const element = make("div", { class: "more", keydown: closeByEscape }, button, list);
  function closeByEscape(event) {
    if (event.key !== "Escape" || list.hidden) return;
    open(false);
    button.focus();
    event.stopPropagation();
  }
  return {
    element,
    /** Close it where a person has turned to something else. */
    leaveFor: (target) => element.contains(target) || open(false),
    show(state) {
      for (const [name, toggle] of Object.entries(looks)) setAttribute(toggle, "aria-pressed", String(state[name]));
      speed.value = state.speed;
    },
  };
}

function lookToggles({ moments, panels }, act) {
  const toggle = (picture, word, name, key) => textToggle(picture, word, name, () => act.toggle(key));
  const equal = textToggle("scales", "Equal scales", "Equal scales in both pictures", act.toggleScales);
  return {
    ...(panels.length > 1 ? { equalScales: equal } : {}),
    ...(moments.length > 1 ? { trails: toggle("trails", "Trails", "Trails of pinned words", "trails") } : {}),
    labels: toggle("labels", "Labels", "Labels of words not pinned", "labels"),
    bySize: toggle("size", "Size by frequency", "Size by frequency", "bySize"),
  };
}

function speedChoice(act) {
  return make(
    "select",
    { class: "speed", "aria-label": "Speed", change: (event) => act.setSpeed(Number(event.target.value)) },
    ...SPEEDS.map((times) => make("option", { value: times }, `${times}\u00d7`)),
  );
}

function exportButtons(payload, act) {
  const picture = textButton("download", "PNG", "Save as a PNG picture", act.savePicture);
  if (!payload.html) return [picture];
  return [picture, textButton("download", "HTML", "Save as an HTML file", act.saveFile)];
}
