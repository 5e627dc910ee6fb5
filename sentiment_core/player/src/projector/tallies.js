// Asks the server for the numbers of a class. Each question waits there until something has changed.

/** @import { Reply } from "../page/poll.js" */

/**
 * @typedef {"lobby"|"voting"|"closed"|"verdicts"|"truth"|"results"|"following"|"ended"} Phase of a class
 *
 * @typedef {Object} Numbers of a class at one moment
 * @property {number} version grows with each change
 * @property {Phase} phase
 * @property {string|null} question its id
 * @property {number} joined phones
 * @property {number} votes for the question
 * @property {number[]|null} positive votes by how sure they are, a guess first; null while they are open
 * @property {number[]|null} negative
 * @property {string|null} view what the phones follow
 */

const LONGEST = 40_000; // milliseconds for one answer; the server gives one within 25 s
const PAUSE = 30; // milliseconds between two questions

/** The class is over, or another one, or not this browser's. */
export class Over extends Error {}

/** The numbers of one class as they change. */
export class Tallies {
  #stopping = new AbortController();
  #stopped = false;
  #lost = false;

  /**
   * @param {string} base address of the class's routes
   * @param {Record<string, string>} headers that show that a teacher asks
   * @param {number} version that is known
   */
  constructor(base, headers, version) {
    this.base = base;
    this.headers = headers;
    this.version = version;
  }

  /**
   * The numbers once they have changed; null where they have not for a while. After a question without an answer the next
   * one is answered at once, so that the view need not wait for a vote to know that the server is back.
   * @returns {Promise<Numbers|null>}
   */
  async next() {
    const stopping = new AbortController();
    if (this.#stopped) throw new TypeError("stopped");
    this.#stopping = stopping;
    const timer = setTimeout(() => stopping.abort(), LONGEST);
    const after = this.#lost ? -1 : this.version;
    this.#lost = true;
    try {
      const response = await fetch(`${this.base}tally?after=${after}`, {
        headers: this.headers,
        signal: stopping.signal,
        cache: "no-store",
      });
      if ([401, 403, 404, 410].includes(response.status)) throw new Over();
      if (!response.ok) throw new TypeError(`the server answered ${response.status}`);
      const numbers = readNumbers(await response.json());
      this.#lost = false;
      if (numbers.version === this.version) return null;
      this.version = numbers.version;
      return numbers;
    } finally {
      clearTimeout(timer);
    }
  }

  /** How a poller goes on after an answer. @returns {Reply} */
  get reply() {
    return { wait: PAUSE };
  }

  stop() {
    this.#stopped = true;
    this.#stopping.abort();
  }
}

/**
 * Numbers as the server writes them, checked only where a chart would break.
 * @param {any} answer
 * @returns {Numbers}
 */
export function readNumbers(answer) {
  /** @param {unknown} votes */
  const four = (votes) => (Array.isArray(votes) && votes.length === 4 ? votes.map(Number) : null);
  return {
    version: Number(answer.version),
    phase: answer.phase,
    question: answer.question ?? null,
    joined: Number(answer.joined) || 0,
    votes: Number(answer.votes) || 0,
    positive: four(answer.positive),
    negative: four(answer.negative),
    view: answer.view ?? null,
  };
}
