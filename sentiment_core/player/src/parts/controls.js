// The row of controls: time, the search, and the looks that are changed often; the others wait behind More.

import { namePosition } from "../data/timeline.js";
import { make, setAttribute, setText } from "../page/dom.js";
import { iconButton, toggleButton } from "./buttons.js";
import { icon } from "./icons.js";
import { createMore } from "./more.js";

/** @import { Payload } from "../data/payload.js" */
/** @import { Actions } from "../session/actions.js" */
/** @import { State } from "../session/state.js" */

// Places of the slider between two checkpoints.
const FINENESS = 1000;

/**
 * @param {Payload} payload
 * @param {Actions} act
 * @param {HTMLElement} search
 * @returns {{element: HTMLElement, turnTo: (target: Node) => void, show: (state: Readonly<State>) => void}} turnTo closes
 *   what is open where a person has turned to something else
 */
export function createControls(payload, act, search) {
  const time = createTime(payload, act);
  const lasso = toggleButton("lasso", "Lasso words", "L, or drag with Shift", act.toggleLasso);
  const reset = iconButton("reset", "Show everything", "0", act.resetViews);
  const more = createMore(payload, act);
  const present = iconButton("present", "Presentation", "F", act.togglePresent);
  const element = make(
    "div",
    { class: "controls", role: "group", "aria-label": "Player controls" },
    time.element,
    search,
    make("div", { class: "looks" }, lasso, reset, more.element, present),
  );
  return {
    element,
    turnTo: more.leaveFor,
    show(state) {
      time.show(state);
      more.show(state);
      setAttribute(lasso, "aria-pressed", String(state.lassoing));
      // Said only: a button that is disabled while it is pressed would lose the focus.
      setAttribute(reset, "aria-disabled", String(state.views.every(({ scale }) => scale === 1)));
    },
  };
}

/**
 * @param {Payload} payload
 * @param {Actions} act
 */
function createTime({ checkpoints }, act) {
  const last = checkpoints.length - 1;
  const play = make("button", { type: "button", class: "icon-button play", click: act.togglePlay });
  const slider = make("input", {
    type: "range",
    class: "slider",
    min: 0,
    max: last * FINENESS,
    step: 1,
    "aria-label": "Checkpoint of training",
    input: (event) => act.scrub(Number(event.target.value) / FINENESS),
  });
  const ticks = make("div", { class: "ticks", "aria-hidden": "true" }, ...checkpoints.map(() => make("i")));
  const name = make("span", { class: "checkpoint-name", "data-checkpoint-name": true });
  /** @param {HTMLElement} button */
  const jump = (button) => {
    button.classList.add("jump");
    return button;
  };
  const element = make(
    "div",
    { class: "time", hidden: last === 0 },
    jump(iconButton("first", "Jump to before", "Home", act.toStart)),
    iconButton("back", "Previous checkpoint", "\u2190", () => act.step(-1)),
    play,
    iconButton("forward", "Next checkpoint", "\u2192", () => act.step(1)),
    jump(iconButton("last", "Jump to after", "End", act.toEnd)),
    make("div", { class: "slider-box" }, slider, ticks),
    name,
  );
  /** @type {boolean|null} */
  let playing = null;
  return {
    element,
    /** @param {Readonly<State>} state */
    show(state) {
      const text = namePosition(checkpoints, state.position);
      setText(name, text);
      slider.value = String(state.position * FINENESS);
      slider.style.setProperty("--done", `${last ? (100 * state.position) / last : 0}%`);
      setAttribute(slider, "aria-valuetext", text);
      if (playing === state.playing) return;
      playing = state.playing;
      play.setAttribute("aria-label", playing ? "Pause" : "Play");
      play.title = `${playing ? "Pause" : "Play"} (Space)`;
      play.replaceChildren(icon(playing ? "pause" : "play"));
    },
  };
}
