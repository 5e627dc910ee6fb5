// The row of controls: time, the search, and the looks that are changed often; the others wait behind More.

import { namePosition } from "../data/timeline.js";
import { make, setAttribute, setText } from "../page/dom.js";
import { iconButton, toggleButton } from "./buttons.js";
import { icon } from "./icons.js";
import { createMore } from "./more.js";

// Places of the slider between two moments.
const FINENESS = 1000;

/**
 * @param {Object} payload
 * @param {Object} act see actions.js
 * @param {HTMLElement} search
 * @returns {{element: HTMLElement, show: function(Object): void}}
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

function createTime({ moments }, act) {
  const last = moments.length - 1;
  const play = make("button", { type: "button", class: "icon-button play", click: act.togglePlay });
  const slider = make("input", {
    type: "range",
    class: "slider",
    min: 0,
    max: last * FINENESS,
    step: 1,
    "aria-label": "Moment of training",
    input: (event) => act.scrub(Number(event.target.value) / FINENESS),
  });
  const ticks = make("div", { class: "ticks", "aria-hidden": "true" }, ...moments.map(() => make("i")));
  const name = make("span", { class: "moment-name", "data-moment-name": true });
  const jump = (button) => {
    button.classList.add("jump");
    return button;
  };
  const element = make(
    "div",
    { class: "time", hidden: last === 0 },
    jump(iconButton("first", "Jump to before", "Home", act.toStart)),
    iconButton("back", "One moment back", "\u2190", () => act.step(-1)),
    play,
    iconButton("forward", "One moment forward", "\u2192", () => act.step(1)),
    jump(iconButton("last", "Jump to after", "End", act.toEnd)),
    make("div", { class: "slider-box" }, slider, ticks),
    name,
  );
  let playing = null;
  return {
    element,
    show(state) {
      const text = namePosition(moments, state.position);
      setText(name, text);
      slider.value = state.position * FINENESS;
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
