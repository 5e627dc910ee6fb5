// The moments of a training that came so far: a slider over them that follows the newest unless the reader moves it.

import { number, tr } from "../messages.js";
import { make, setAttribute, setText } from "../page/dom.js";
import { iconButton } from "../parts/buttons.js";
import { icon } from "../parts/icons.js";
import { lastBefore } from "./log.js";

const EVERY = 400; // milliseconds a moment while it plays

/** The slider with its buttons. */
export class Timebar {
  /** @param {(step: number) => void} show called with the step to show; Infinity for the newest */
  constructor(show) {
    this.tell = show;
    /** @type {number[]} */
    this.steps = [];
    /** The step that the reader chose; null follows the newest. */
    this.chosen = /** @type {number|null} */ (null);
    this.stepsPerEpoch = 0;
    /** @type {ReturnType<typeof setInterval>|undefined} */
    this.timer = undefined;
    this.play = make("button", { type: "button", class: "icon-button play", click: () => this.togglePlay() });
    this.slider = make("input", {
      type: "range",
      class: "slider",
      ...{ min: 0, max: 0, step: 1, value: 0 },
      "aria-label": tr("Moment of the training"),
      input: ({ target }) => this.choose(this.steps[Number(target.value)]),
    });
    this.name = make("span", { class: "live-moment", "data-moment": true });
    this.follow = make(
      "button",
      { type: "button", class: "text-button live-follow", click: () => this.toEnd() },
      tr("Follow"),
    );
    this.element = make(
      "div",
      { class: "live-time", role: "group", "aria-label": tr("Moments of the training") },
      iconButton("back", tr("Previous moment"), "←", () => this.step(-1)),
      this.play,
      iconButton("forward", tr("Next moment"), "→", () => this.step(1)),
      make("div", { class: "slider-box" }, this.slider),
      this.name,
      this.follow,
    );
    this.element.classList.add("early");
    this.showPlay();
  }

  /** The step that is shown; Infinity for the newest. */
  get shown() {
    return this.chosen ?? Infinity;
  }

  /**
   * @param {number[]} steps ascending
   * @param {number} stepsPerEpoch
   */
  take(steps, stepsPerEpoch) {
    this.steps = steps;
    this.stepsPerEpoch = stepsPerEpoch;
    this.element.classList.toggle("early", steps.length < 2);
    this.show();
  }

  /** @param {number|undefined} step */
  choose(step) {
    if (step === undefined) return;
    this.chosen = step >= (this.steps.at(-1) ?? 0) ? null : step;
    this.show();
    this.tell(this.shown);
  }

  /**
   * Show the moment nearest to a step.
   * @param {number} step
   */
  seek(step) {
    const before = Math.max(lastBefore(this.steps, step), 0);
    const after = Math.min(before + 1, this.steps.length - 1);
    this.pause();
    this.choose(this.steps[step - this.steps[before] <= this.steps[after] - step ? before : after]);
  }

  get place() {
    return this.chosen === null ? this.steps.length - 1 : Math.max(lastBefore(this.steps, this.chosen), 0);
  }

  /** @param {1|-1} direction */
  step(direction) {
    this.pause();
    this.choose(this.steps[Math.min(Math.max(this.place + direction, 0), this.steps.length - 1)]);
  }

  toStart() {
    this.pause();
    this.choose(this.steps[0]);
  }

  toEnd() {
    this.pause();
    this.chosen = null;
    this.show();
    this.tell(Infinity);
  }

  togglePlay() {
    if (this.timer) return this.pause();
    if (this.chosen === null) this.choose(this.steps[0]);
    this.timer = setInterval(() => {
      this.choose(this.steps[this.place + 1]);
      if (this.chosen === null) this.pause();
    }, EVERY);
    this.showPlay();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.showPlay();
  }

  show() {
    const last = Math.max(this.steps.length - 1, 0);
    setAttribute(this.slider, "max", String(last));
    this.slider.value = String(this.place);
    this.slider.style.setProperty("--done", `${last ? (100 * this.place) / last : 100}%`);
    const text = this.say(this.steps[this.place] ?? 0);
    setText(this.name, text);
    setAttribute(this.slider, "aria-valuetext", text);
    setAttribute(this.follow, "aria-pressed", String(this.chosen === null));
  }

  /** @param {number} step */
  say(step) {
    const said = tr("step {step}", { step: number(step) });
    return this.stepsPerEpoch ? `${said} · ${tr("epoch {epoch:.2f}", { epoch: step / this.stepsPerEpoch })}` : said;
  }

  showPlay() {
    const action = this.timer ? tr("Pause") : tr("Play from the start");
    setAttribute(this.play, "aria-label", action);
    this.play.title = action;
    this.play.replaceChildren(icon(this.timer ? "pause" : "play"));
  }

  remove() {
    clearInterval(this.timer);
  }
}
