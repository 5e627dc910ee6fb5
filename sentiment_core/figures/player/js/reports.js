// What is said of a session outside its picture: to the address, to a screen reader, and to Python. All of it a moment
// after the last change, so that nothing is said of what only passes by.

import { debounced, setText } from "./dom.js";
import { describeState } from "./voice.js";
import { writeAddress } from "./address.js";

const MOST_SENT = 500; // words of a lasso that are handed on

/** The reports of one session. */
export class Reports {
  /** @param {Session} session */
  constructor(session) {
    const { payload, views, live } = session;
    this.session = session;
    this.save = debounced(() => session.options.address && writeAddress(session.texts()), 300);
    this.tell = debounced(() => session.options.onChange(this.selection()), 250);
    this.announce = debounced(() => setText(live, describeState(session.state, payload.moments, views)), 500);
  }

  /** Something changed. */
  note() {
    this.save();
    this.announce();
  }

  selection() {
    const { pins, lasso } = this.session.state;
    const held = lasso || [];
    return { pins: [...pins], lasso: held.slice(0, MOST_SENT), encircled: held.length };
  }

  cancel() {
    for (const later of [this.save, this.tell, this.announce]) later.cancel();
  }
}
