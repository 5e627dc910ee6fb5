// The row of controls: time on the left, what is drawn in the middle, what leaves the page on the right.

import { SPEEDS, namePosition } from "./timeline.js";
import { icon } from "./icons.js";
import { make, setAttribute, setText } from "./dom.js";

// Places of the slider between two moments.
const FINENESS = 1000;

/** A button with a picture, a name for whoever does not see it, and a hint that names its key. */
export function iconButton(picture, name, key, press) {
  const title = key ? `${name} (${key})` : name;
  return make(
    "button",
    { type: "button", class: "icon-button", "aria-label": name, title, click: press },
    icon(picture),
  );
}

/** A button that stays pressed. Its state is shown by `pressed`. */
function toggleButton(picture, name, key, press) {
  const button = iconButton(picture, name, key, press);
  button.setAttribute("aria-pressed", "false");
  return button;
}

/**
 * @param {Object} payload
 * @param {Object} act see Session
 * @returns {{element: HTMLElement, show: function(Object): void}}
 */
export function createControls(payload, act) {
  const time = createTime(payload, act);
  const looks = createLooks(payload, act);
  const leave = createExports(payload, act);
  const element = make(
    "div",
    { class: "controls", role: "group", "aria-label": "Player controls" },
    time.element,
    looks.element,
    leave,
  );
  return {
    element,
    show(state) {
      time.show(state);
      looks.show(state);
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
  const speed = make(
    "select",
    {
      class: "speed",
      "aria-label": "Speed",
      title: "Speed",
      change: (event) => act.setSpeed(Number(event.target.value)),
    },
    ...SPEEDS.map((times) => make("option", { value: times }, `${times}\u00d7`)),
  );
  const name = make("span", { class: "moment-name", "data-moment-name": true });
  const element = make(
    "div",
    { class: "time", hidden: last === 0 },
    iconButton("first", "Jump to before", "Home", act.toStart),
    iconButton("back", "One moment back", "\u2190", () => act.step(-1)),
    play,
    iconButton("forward", "One moment forward", "\u2192", () => act.step(1)),
    iconButton("last", "Jump to after", "End", act.toEnd),
    make("div", { class: "slider-box" }, slider, ticks),
    name,
    speed,
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
      speed.value = state.speed;
      if (playing === state.playing) return;
      playing = state.playing;
      play.setAttribute("aria-label", playing ? "Pause" : "Play");
      play.title = `${playing ? "Pause" : "Play"} (Space)`;
      play.replaceChildren(icon(playing ? "pause" : "play"));
    },
  };
}

function createLooks({ moments }, act) {
  const lasso = toggleButton("lasso", "Lasso words", "L, or drag with Shift", act.toggleLasso);
  const trails = toggleButton("trails", "Trails of pinned words", "", () => act.toggle("trails"));
  trails.hidden = moments.length === 1;
  const labels = toggleButton("labels", "Labels of words not pinned", "", () => act.toggle("labels"));
  const size = toggleButton("size", "Size by frequency", "", () => act.toggle("bySize"));
  const reset = iconButton("reset", "Show everything", "0", act.resetViews);
  const element = make(
    "div",
    { class: "looks" },
    lasso,
    trails,
    labels,
    size,
    iconButton("zoomIn", "Zoom in", "+", () => act.zoomBy(1.5)),
    iconButton("zoomOut", "Zoom out", "\u2212", () => act.zoomBy(1 / 1.5)),
    reset,
  );
  return {
    element,
    show(state) {
      setAttribute(lasso, "aria-pressed", String(state.lassoing));
      setAttribute(trails, "aria-pressed", String(state.trails));
      setAttribute(labels, "aria-pressed", String(state.labels));
      setAttribute(size, "aria-pressed", String(state.bySize));
      // Said only: a button that is disabled while it is pressed would lose the focus.
      setAttribute(reset, "aria-disabled", String(state.views.every(({ scale }) => scale === 1)));
    },
  };
}

function createExports(payload, act) {
  const save = (name, label, title, press) =>
    make(
      "button",
      { type: "button", class: "text-button", title, "aria-label": label, click: press },
      icon("download"),
      name,
    );
  return make(
    "div",
    { class: "exports" },
    save("PNG", "Save as a PNG picture", "Save this moment as a picture", act.savePicture),
    ...(payload.html
      ? [save("HTML", "Save as an HTML file", "Save as a file that plays without the app", act.saveFile)]
      : []),
    iconButton("present", "Presentation", "F", act.togglePresent),
  );
}
