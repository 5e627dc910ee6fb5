// What the server says of a class, and what a phone knows beside it. No elements, no network.

/**
 * @typedef {"lobby"|"voting"|"closed"|"verdicts"|"truth"|"results"|"following"|"ended"} Phase
 *
 * @typedef {Object} Question
 * @property {string} id
 * @property {number} number from 1, in the order of the lesson
 * @property {string} text
 *
 * @typedef {Object} Tally votes by how sure they are, from a guess to certain
 * @property {number[]} positive
 * @property {number[]} negative
 *
 * @typedef {Object} Verdict of a model
 * @property {string} run its name
 * @property {number} probability of positive, 0 to 1
 *
 * @typedef {Object} Standing how often the class or a model was right
 * @property {string} name a run, "" for the class
 * @property {number} right
 * @property {number} of questions that are compared
 * @property {number} ours how often the class was right on the same questions
 *
 * @typedef {Object} Turns in which the phones of a large class open a page that they follow
 * @property {number} phones
 * @property {number} seconds from the first phone to the last, 0 for all at once
 *
 * @typedef {Object} State the same for all phones
 * @property {number} version
 * @property {Phase} phase
 * @property {string} language of the class
 * @property {Question|null} question while it may be seen
 * @property {Tally|null} tally once the votes are closed
 * @property {Verdict[]|null} verdicts
 * @property {number|null} truth 1 positive, 0 negative
 * @property {Standing[]|null} results
 * @property {string|null} view address of the app to follow, relative to its base
 * @property {Turns|null} turns while there is a view
 *
 * @typedef {Object} Vote
 * @property {string} question its id
 * @property {boolean} positive
 * @property {number} sure 1 a guess to 4 certain
 *
 * @typedef {Object} Own of this device alone
 * @property {Vote[]} votes
 * @property {Score|null} score
 * @property {number} seat its number, from 0
 *
 * @typedef {Object} Score
 * @property {number} right
 * @property {number} of votes on questions whose truth is known
 * @property {{sure: number, right: number, of: number}[]} steps
 */

export const STEPS = 4; // from a guess to certain

/** @param {number[]} counts */
export function total(counts) {
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * Milliseconds until it is a phone's turn to open the page that all follow.
 * @param {Turns|null} turns
 * @param {number} seat
 */
export function untilTurn(turns, seat) {
  return turns?.phones ? (1000 * turns.seconds * (seat % turns.phones)) / turns.phones : 0;
}

/**
 * What must be drawn anew when it differs: a state that only counts on leaves the screen as it is.
 * @param {State} state
 */
export function screenOf({ phase, question, view }) {
  return JSON.stringify([phase, question ? question.id : "", view]);
}

/**
 * Whether an address may be shown in a frame: a page of the app, directly below its base, and nothing else.
 * @param {string|null} view such as "drift?runs=rnn"
 * @param {string} base address of the app, with a slash at its end
 * @param {string[]} pages addresses of the app's pages
 * @returns {string|null} the whole address; null if it is not one
 */
export function pageAddress(view, base, pages) {
  if (view === null || !/^[a-z_]*([?#]|$)/.test(view)) return null;
  const address = new URL(view, base);
  const page = address.pathname.slice(new URL(base).pathname.length);
  return address.href.startsWith(base) && pages.includes(page) ? address.href : null;
}
