// The elements of a player and how they stand to each other.

import { leanOf } from "../data/payload.js";
import { tr } from "../messages.js";
import { make, setText } from "../page/dom.js";
import { describeKeys } from "../session/voice.js";
import { iconButton } from "./buttons.js";
import { createCard } from "./card.js";
import { Chart } from "./chart.js";
import { createChips } from "./chips.js";
import { createControls } from "./controls.js";
import { createLegend } from "./legend.js";
import { Search } from "./search.js";

/** @import { Payload } from "../data/payload.js" */
/** @import { PanelView } from "../picture/panel.js" */
/** @import { Actions } from "../session/actions.js" */
/** @import { State } from "../session/state.js" */

/** @typedef {ReturnType<typeof createFurniture>} Furniture */

/**
 * The player's `element`, not yet in the page; those of its parts that a session needs; and `show`, which brings the
 * parts around the pictures up to date.
 * @param {Payload} payload
 * @param {PanelView[]} views
 * @param {Actions} act
 */
export function createFurniture(payload, views, act) {
  const scope = `player-${Math.random().toString(36).slice(2, 8)}`;
  const keys = make("p", { id: `${scope}-keys`, class: "unseen" }, describeKeys());
  const stage = createStage(views, keys.id);
  const focusStage = () => stage.focus();
  const search = new Search(payload.vocabularies, act.pin, focusStage, scope);
  const chips = createChips(act, (word) => leanOf(payload, word), focusStage);
  const controls = createControls(payload, act, search.element);
  const chart = new Chart(payload, act.scrub);
  const card = createCard();
  const probe = make("span", { class: "theme-probe", "aria-hidden": "true" });
  const notice = make("p", { class: "notice", role: "status", "data-notice": true });
  const live = make("p", { class: "unseen", "aria-live": "polite", "data-live": true });
  const progress = make("i", { class: "progress-done" });
  const leave = iconButton("close", tr("Leave the presentation"), tr("Escape"), act.leavePresentation);
  leave.classList.add("leave");
  const element = make(
    "div",
    { class: "player", "data-player": true, pointerdown: ({ target }) => controls.turnTo(target) },
    probe,
    controls.element, // above the pictures: within sight on every screen
    make("div", { class: "toolbar" }, chips.element, createLegend()),
    notice,
    stage,
    chart.element,
    ...(payload.note ? [make("p", { class: "note" }, payload.note)] : []),
    make("div", { class: "progress", "aria-hidden": "true" }, progress),
    leave,
    keys,
    live,
  );
  const last = payload.checkpoints.length - 1;
  /** @param {Readonly<State>} state */
  const show = (state) => {
    controls.show(state);
    chart.show(state.position);
    chips.show(state.pins, state.lasso);
    setText(notice, state.notice);
    progress.style.width = `${last ? (100 * state.position) / last : 100}%`;
    element.classList.toggle("lassoing", state.lassoing);
    for (const { box, index } of views) box.classList.toggle("zoomed", state.views[index].scale > 1);
    if (state.pointed === null || state.hovered === null || state.drawing) card.hide();
    else card.show(state.hovered, views[state.pointed], views, state.position);
  };
  return { element, stage, search, controls, chart, probe, notice, live, show };
}

/**
 * @param {PanelView[]} views
 * @param {string} keys id of what describes the keys
 */
function createStage(views, keys) {
  return make(
    "div",
    {
      class: "stage",
      tabindex: "0",
      role: "group",
      "aria-label": tr("Words in motion"),
      "aria-describedby": keys,
      "data-stage": true,
    },
    ...views.map(({ element }) => element),
  );
}
