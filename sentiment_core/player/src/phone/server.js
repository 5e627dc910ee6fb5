// Asks the server of a class. It holds no elements and no state of the class.

/** @import { Own, State, Vote } from "./state.js" */

const LONGEST = 10_000; // milliseconds for an answer
const LONGEST_POLL = 45_000; // for one that waits for news; the server answers within 25 seconds

/** The server understood and said no. */
export class Refused extends Error {
  /**
   * @param {string} reason a code
   * @param {number} wait seconds until another try may help, 0 if unknown
   */
  constructor(reason, wait) {
    super(reason);
    this.reason = reason;
    this.wait = wait;
  }
}

/** The routes of one class. Each throws Refused, or TypeError or DOMException where there was no answer. */
export class Server {
  /** @param {string} base address of the class, such as https://host/join/K7M2QX */
  constructor(base) {
    this.base = base;
    /** @type {AbortController|null} */
    this.polling = null;
  }

  /** Take a seat, or find the one that this device has. */
  async seat() {
    await this.ask("/seat", { method: "POST", body: "{}" });
  }

  /**
   * Wait for news after a version of the state.
   * @param {number} after
   * @returns {Promise<State>}
   */
  async state(after) {
    const polling = new AbortController();
    this.polling = polling;
    try {
      return await this.ask(`/state?after=${after}`, {}, LONGEST_POLL, polling);
    } finally {
      if (this.polling === polling) this.polling = null;
    }
  }

  /** Give up the question for news that is under way, if any. */
  drop() {
    if (this.polling) this.polling.abort();
  }

  /** @param {Vote} vote */
  async vote(vote) {
    await this.ask("/vote", { method: "POST", body: JSON.stringify(vote) });
  }

  /**
   * The votes and the score of this device.
   * @returns {Promise<Own>}
   */
  async mine() {
    return this.ask("/mine", {});
  }

  /**
   * @param {string} path
   * @param {RequestInit} request
   * @param {number} [longest] milliseconds
   * @param {AbortController} [stopping]
   */
  async ask(path, request, longest = LONGEST, stopping = new AbortController()) {
    const timer = setTimeout(() => stopping.abort(), longest);
    try {
      const headers = request.body ? { "Content-Type": "application/json" } : undefined;
      const signal = stopping.signal;
      const answer = await fetch(this.base + path, {
        ...{ cache: "no-store", credentials: "same-origin", headers, signal },
        ...request,
      });
      if (answer.ok) return await answer.json();
      throw await refusal(answer);
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * What to throw for an answer that is none of success. Only the class itself refuses: what a proxy says while the server
 * starts again is as good as no answer.
 * @param {Response} answer
 */
async function refusal(answer) {
  let reason = "";
  try {
    reason = (await answer.json()).error;
  } catch {
    // no JSON: not from the class
  }
  if (answer.status >= 500 || typeof reason !== "string" || !reason) {
    return new TypeError(`the server answered ${answer.status}`);
  }
  return new Refused(reason, Number(answer.headers.get("retry-after")) || 0);
}
