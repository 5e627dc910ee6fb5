// What a phone knows of the class at any time: what the server last said, its own votes, and what is still on its way.

import { Poller } from "../page/poll.js";
import { Delivery } from "./delivery.js";
import { Refused } from "./server.js";
import { screenOf, untilTurn } from "./state.js";

/** @import { Reply } from "../page/poll.js" */
/** @import { Progress } from "./delivery.js" */
/** @import { Server } from "./server.js" */
/** @import { Score, State, Vote } from "./state.js" */

const PAUSE = 1000; // milliseconds after an answer that came at once and said nothing new
const CROWDED = 15; // seconds until the next try where the server does not say

/** @typedef {{positive: boolean|null, sure: number|null}} Draft null where nothing is chosen yet */

/** A device in a class. */
export class Lesson {
  /**
   * @param {Server} server
   * @param {() => void} changed called after any change
   */
  constructor(server, changed) {
    this.server = server;
    this.changed = changed;
    this.seated = false;
    this.seat = 0;
    this.opensAt = 0; // milliseconds since 1970, of the page that all follow
    /** @type {State|null} */
    this.state = null;
    /** @type {{reason: string, wait: number}|null} */
    this.refusal = null;
    this.failures = 0; // of the connection, in a row
    /** @type {Map<string, Vote>} by question, those that have arrived */
    this.votes = new Map();
    /** @type {Map<string, Draft>} by question, what is chosen and perhaps not sent */
    this.drafts = new Map();
    /** @type {Score|null} */
    this.score = null;
    /** @type {Progress} */
    this.progress = "none";
    /** @type {string|null} the question whose vote came too late */
    this.tooLate = null;
    this.delivery = new Delivery(server, (progress, vote) => this.delivered(progress, vote));
  }

  start() {
    this.poller = new Poller(
      () => this.ask(),
      (failures) => this.heard(failures),
      () => this.server.drop(),
    );
  }

  /** @returns {Promise<Reply>} */
  async ask() {
    this.delivery.now(); // the device may just have woken up
    try {
      if (!this.seated) await this.sitDown();
      const asked = Date.now();
      // Whoever was without a connection is answered at once, also if nothing is new: else the page would look lost on.
      const state = await this.server.state(this.state && !this.failures ? this.state.version : -1);
      const news = !this.state || state.version !== this.state.version;
      await this.take(state);
      return { wait: news || Date.now() - asked >= PAUSE ? 0 : PAUSE, end: state.phase === "ended" };
    } catch (error) {
      if (error instanceof Refused) return this.refused(error);
      throw error;
    }
  }

  async sitDown() {
    await this.server.seat();
    const own = await this.found();
    for (const vote of own.votes) this.votes.set(vote.question, vote);
    this.score = own.score;
    this.seat = own.seat;
    this.seated = true;
  }

  /** What the server has of this device, which has just sat down. A device that keeps no cookie has no seat even then. */
  async found() {
    try {
      return await this.server.mine();
    } catch (error) {
      throw error instanceof Refused && error.reason === "no-seat" ? new Refused("no-cookie", 0) : error;
    }
  }

  /** @param {State} state */
  async take(state) {
    const before = this.state;
    this.state = state;
    this.refusal = null;
    // Who opens the class while a page is shown opens it at once.
    if (before && before.view !== state.view) this.opensAt = Date.now() + untilTurn(state.turns, this.seat);
    if (!before || screenOf(before) !== screenOf(state)) {
      const ongoing = state.question && this.delivery.vote && this.delivery.vote.question === state.question.id;
      if (!ongoing) this.progress = "none";
    }
    if (state.phase === "ended") this.delivery.stop();
    this.changed();
    if (state.phase === "results" && before?.phase !== "results") {
      this.score = (await this.server.mine()).score;
      this.changed();
    }
  }

  /**
   * @param {Refused} error
   * @returns {Reply}
   */
  refused({ reason, wait }) {
    if (reason === "no-seat") {
      this.seated = false;
      return {};
    }
    this.refusal = { reason, wait };
    this.changed();
    const again = reason === "too-many" || reason === "full";
    return { wait: 1000 * (wait || CROWDED), end: !again };
  }

  /** @param {number} failures in a row, 0 after an answer */
  heard(failures) {
    this.failures = failures;
    this.changed();
  }

  /**
   * @param {boolean} positive
   * @param {number} sure
   */
  vote(positive, sure) {
    if (!this.state?.question) return;
    this.tooLate = null;
    this.delivery.send({ question: this.state.question.id, positive, sure });
  }

  /**
   * @param {Progress} progress
   * @param {Vote} vote
   */
  delivered(progress, vote) {
    if (progress === "sent") this.votes.set(vote.question, vote);
    if (progress === "late") this.tooLate = vote.question;
    const question = this.state ? this.state.question : null;
    if (question && question.id === vote.question) this.progress = progress;
    this.changed();
  }

  /** The vote of this device on the question that is shown. */
  get own() {
    const question = this.state ? this.state.question : null;
    return question ? (this.votes.get(question.id) ?? null) : null;
  }

  /**
   * What is chosen for a question: at first the vote that has arrived, if any.
   * @param {string} question its id
   * @returns {Draft}
   */
  draftOf(question) {
    const { positive = null, sure = null } = this.votes.get(question) ?? {};
    const draft = this.drafts.get(question) ?? { positive, sure };
    this.drafts.set(question, draft);
    return draft;
  }
}
