// The row of controls: time, the search, and the most used buttons. The others are in the menu More.

import { namePosition } from "../data/timeline.js";
import { tr } from "../messages.js";
import { make, setAttribute, setText, widthOf } from "../page/dom.js";
import { iconButton, toggleButton, withKey } from "./buttons.js";
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
 * @returns {{element: HTMLElement, turnTo: (target: Node) => void, show: (state: Readonly<State>) => void, measure: () => void}}
 *   turnTo closes what is open where a person has turned to something else; measure fits the controls to the font
 */
export function createControls(payload, act, search) {
  const time = createTime(payload, act);
  const lasso = toggleButton("lasso", tr("Lasso words"), tr("L, or drag with Shift"), act.toggleLasso);
  const reset = iconButton("reset", tr("Show everything"), "0", act.resetViews);
  const more = createMore(payload, act);
  const present = iconButton("present", tr("Presentation"), "F", act.togglePresent);
  const element = make(
    "div",
    { class: "controls", role: "group", "aria-label": tr("Player controls") },
    time.element,
    search,
    make("div", { class: "looks" }, lasso, reset, more.element, present),
  );
  return {
    element,
    turnTo: more.leaveFor,
    measure: time.measure,
    show(state) {
      time.show(state);
      more.show(state);
      setAttribute(lasso, "aria-pressed", String(state.lassoing));
      // Not `disabled`: a button that is disabled while it is pressed would lose the focus.
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
    "aria-label": tr("Checkpoint of training"),
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
    jump(iconButton("first", tr("Jump to the start"), tr("Home"), act.toStart)),
    iconButton("back", tr("Previous checkpoint"), "\u2190", () => act.step(-1)),
    play,
    iconButton("forward", tr("Next checkpoint"), "\u2192", () => act.step(1)),
    jump(iconButton("last", tr("Jump to the end"), tr("End"), act.toEnd)),
    make("div", { class: "slider-box" }, slider, ticks),
    name,
  );
  /** @type {boolean|null} */
  let playing = null;
  return {
    element,
    /** Give the name room for the longest, so that the slider keeps its length. */
    measure() {
      const font = `600 15px ${getComputedStyle(name).fontFamily}`;
      const names = checkpoints.map((_, place) => namePosition(checkpoints, Math.min(place + 0.5, last)));
      const longest = Math.max(...names.map((text) => widthOf(text, font)));
      name.style.setProperty("--longest", `${Math.ceil(longest) + 2}px`);
    },
    /** @param {Readonly<State>} state */
    show(state) {
      const text = namePosition(checkpoints, state.position);
      setText(name, text);
      slider.value = String(state.position * FINENESS);
      slider.style.setProperty("--done", `${last ? (100 * state.position) / last : 0}%`);
      setAttribute(slider, "aria-valuetext", text);
      if (playing === state.playing) return;
      playing = state.playing;
      const action = playing ? tr("Pause") : tr("Play");
      play.setAttribute("aria-label", action);
      play.title = withKey(action, tr("Space"));
      play.replaceChildren(icon(playing ? "pause" : "play"));
    },
  };
}
