// Brings one vote to the server, however often the connection fails. The last vote counts, so it may arrive twice.

import { patience } from "../page/poll.js";
import { Refused } from "./server.js";

/** @import { Server } from "./server.js" */
/** @import { Vote } from "./state.js" */

/**
 * @typedef {"none"|"sending"|"waiting"|"sent"|"late"} Progress waiting: for the connection; late: the class went on before
 *   the vote arrived
 */

/** The vote that a person sends, until it has arrived or comes too late. */
export class Delivery {
  /**
   * @param {Server} server
   * @param {(progress: Progress, vote: Vote) => void} tell
   */
  constructor(server, tell) {
    this.server = server;
    this.tell = tell;
    /** @type {Vote|null} */
    this.vote = null;
    this.failures = 0;
    this.asking = false;
    this.stopped = false;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
  }

  /**
   * Send a vote. One that is still under way is forgotten.
   * @param {Vote} vote
   */
  send(vote) {
    this.vote = vote;
    this.failures = 0;
    this.tell("sending", vote);
    return this.now();
  }

  /** Try now, as when the connection is back. */
  async now() {
    const { vote } = this;
    if (!vote || this.asking || this.stopped) return;
    clearTimeout(this.timer);
    this.asking = true;
    /** @type {Progress} */
    let progress = "sent";
    try {
      await this.server.vote(vote);
    } catch (error) {
      progress = await this.after(error);
    } finally {
      this.asking = false;
    }
    if (this.vote !== vote) {
      await this.now(); // another was sent meanwhile
      return;
    }
    if (progress === "waiting") this.timer = setTimeout(() => this.now(), patience(++this.failures));
    else this.vote = null;
    this.tell(progress, vote);
  }

  /**
   * What a failure means for the vote.
   * @param {unknown} error
   * @returns {Promise<Progress>}
   */
  async after(error) {
    if (!(error instanceof Refused)) return "waiting";
    if (error.reason !== "no-seat") return error.reason === "too-many" ? "waiting" : "late";
    try {
      await this.server.seat(); // the server forgot this device: it sits down again
    } catch {
      // the next try says why
    }
    return "waiting";
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }
}
