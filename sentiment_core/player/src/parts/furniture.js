// The elements of a player and how they stand to each other.

import { leanOf } from "../data/payload.js";
import { framesAt } from "../data/timeline.js";
import { make } from "../page/dom.js";
import { KEYS } from "../session/voice.js";
import { iconButton } from "./buttons.js";
import { createCard } from "./card.js";
import { Chart } from "./chart.js";
import { createChips } from "./chips.js";
import { createControls } from "./controls.js";
import { createLegend } from "./legend.js";
import { Search } from "./search.js";

/**
 * @param {Object} payload
 * @param {PanelView[]} views
 * @param {Object} act see actions.js
 * @returns {Object<string, *>} the player's `element`, not yet in the page, and the parts of it that change
 */
export function createFurniture(payload, views, act) {
  const scope = `player-${Math.random().toString(36).slice(2, 8)}`;
  const keys = make("p", { id: `${scope}-keys`, class: "unseen" }, KEYS);
  const stage = make(
    "div",
    {
      class: "stage",
      tabindex: "0",
      role: "group",
      "aria-label": "Words in motion",
      "aria-describedby": keys.id,
      "data-stage": true,
    },
    ...views.map(({ element }) => element),
  );
  const focusStage = () => stage.focus();
  const search = new Search(payload.vocabularies, act.pin, focusStage, scope);
  const parts = {
    stage,
    search,
    chips: createChips(act, (word) => leanOf(payload, word), focusStage),
    controls: createControls(payload, act, search.element),
    chart: new Chart(payload, framesAt, act.scrub),
    card: createCard(),
    probe: make("span", { class: "theme-probe", "aria-hidden": "true" }),
    notice: make("p", { class: "notice", role: "status", "data-notice": true }),
    live: make("p", { class: "unseen", "aria-live": "polite", "data-live": true }),
    progress: make("i", { class: "progress-done" }),
  };
  const leave = iconButton("close", "Leave the presentation", "Escape", act.leavePresentation);
  leave.classList.add("leave");
  const element = make(
    "div",
    { class: "player", "data-player": true, pointerdown: ({ target }) => parts.controls.turnTo(target) },
    parts.probe,
    parts.controls.element, // above the pictures: within sight on every screen
    make("div", { class: "toolbar" }, parts.chips.element, createLegend()),
    parts.notice,
    stage,
    parts.chart.element,
    ...(payload.note ? [make("p", { class: "note" }, payload.note)] : []),
    make("div", { class: "progress", "aria-hidden": "true" }, parts.progress),
    leave,
    keys,
    parts.live,
  );
  return { element, ...parts };
}
