// Reports a session's state to the address, to screen readers and to Python. Each report waits until changes pause, so
// that intermediate states are not reported.

import { writeAddress } from "../data/address.js";
import { debounced, setText } from "../page/dom.js";
import { describeState } from "./voice.js";

/** @import { Texts } from "../data/address.js" */
/** @import { Payload } from "../data/payload.js" */
/** @import { PanelView } from "../picture/panel.js" */
/** @import { State } from "./state.js" */

const MOST_SENT = 500; // words of a lasso that are handed on
const RELEASES = /** @type {const} */ (["pointerup", "pointercancel"]);

/**
 * @typedef {Object} Selection
 * @property {string[]} pins
 * @property {string[]} lasso words that it holds, the first of them
 * @property {number} encircled how many words it holds
 *
 * @typedef {Object} Options
 * @property {boolean} alone whether the page is the player's own, and so each key and the wheel
 * @property {boolean} address whether the page's address holds the state
 * @property {(selection: Selection) => void} onChange called shortly after the pins or the lasso changed
 * @property {(checkpoint: string) => void} onRest called with a checkpoint's name when time has come to rest there
 *
 * @typedef {Object} Source what is reported
 * @property {Payload} payload
 * @property {PanelView[]} views
 * @property {Readonly<State>} state
 * @property {() => Options} options
 * @property {() => Texts} texts the state as texts
 * @property {HTMLElement} element the player
 * @property {HTMLElement} live what a screen reader reads out
 */

/** The reports of one session. */
export class Reports {
  #source;
  /** Whether a pointer is held down in the player. */
  #held = false;

  /**
   * @param {Source} source
   * @param {string} told name of the checkpoint that Python last received
   */
  constructor(source, told) {
    const { payload, views, state, live, options, texts } = source;
    this.#source = source;
    this.told = told;
    /** Write the address. */
    this.save = debounced(() => options().address && writeAddress(texts()), 300);
    /** Tell Python what is chosen. */
    this.tell = debounced(() => options().onChange(this.#selection()), 250);
    this.announce = debounced(() => setText(live, describeState(state, payload.checkpoints, views)), 500);
    /** Tell Python where time rests. */
    this.rest = debounced(() => this.#tellCheckpoint(), 400);
  }

  /** Something changed. */
  note() {
    this.save();
    this.announce();
    this.rest();
  }

  /** Report no checkpoint while a pointer is down: it may be scrubbing. Returns a function that stops this. */
  watchHold() {
    const hold = () => {
      this.#held = true;
    };
    const release = () => {
      this.#held = false;
      this.rest();
    };
    this.#source.element.addEventListener("pointerdown", hold);
    for (const end of RELEASES) document.addEventListener(end, release, true);
    return () => {
      for (const end of RELEASES) document.removeEventListener(end, release, true);
    };
  }

  cancel() {
    for (const later of [this.save, this.tell, this.announce, this.rest]) later.cancel();
  }

  /** Tell Python the checkpoint if the player neither plays nor is being scrubbed. */
  #tellCheckpoint() {
    const { payload, state, options } = this.#source;
    const { name } = payload.checkpoints[Math.round(state.position)];
    if (state.playing || this.#held || name === this.told) return;
    this.told = name;
    options().onRest(name);
  }

  /** @returns {Selection} */
  #selection() {
    const { pins, lasso } = this.#source.state;
    const held = lasso ?? [];
    return { pins: [...pins], lasso: held.slice(0, MOST_SENT), encircled: held.length };
  }
}
