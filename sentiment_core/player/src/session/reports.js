// What is said of a session outside its picture: to the address, to a screen reader, and to Python. All of it a moment
// after the last change, so that nothing is said of what only passes by.

import { writeAddress } from "../data/address.js";
import { debounced, setText } from "../page/dom.js";
import { describeState } from "./voice.js";

const MOST_SENT = 500; // words of a lasso that are handed on

/** The reports of one session. */
export class Reports {
  /**
   * @param {Session} session
   * @param {string} told name of the moment at which Python takes the playhead to rest
   */
  constructor(session, told) {
    const { payload, views, live } = session;
    Object.assign(this, { session, told, held: false });
    this.save = debounced(() => session.options.address && writeAddress(session.texts()), 300);
    this.tell = debounced(() => session.options.onChange(this.selection()), 250);
    this.announce = debounced(() => setText(live, describeState(session.state, payload.moments, views)), 500);
    this.rest = debounced(() => this.tellMoment(), 400);
  }

  /** Something changed. */
  note() {
    this.save();
    this.announce();
    this.rest();
  }

  /** Tell Python the moment once time neither runs nor is held by a person. */
  tellMoment() {
    const { payload, state, options } = this.session;
    const { name } = payload.moments[Math.round(state.position)];
    if (state.playing || this.held || name === this.told) return;
    this.told = name;
    options.onRest(name);
  }

  /** Wait while a pointer is held down in the player: it may be dragging time. Returns what ends the watch. */
  watchHold() {
    const release = () => {
      this.held = false;
      this.rest();
    };
    this.session.element.addEventListener("pointerdown", () => (this.held = true));
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, release, true);
    return () => {
      for (const end of ["pointerup", "pointercancel"]) document.removeEventListener(end, release, true);
    };
  }

  selection() {
    const { pins, lasso } = this.session.state;
    const held = lasso || [];
    return { pins: [...pins], lasso: held.slice(0, MOST_SENT), encircled: held.length };
  }

  cancel() {
    for (const later of [this.save, this.tell, this.announce, this.rest]) later.cancel();
  }
}
