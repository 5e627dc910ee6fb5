// The parts of the teacher's large view: the invitation, the review, how many have voted.

import { tr, trPlural } from "../messages.js";
import { make, setAttribute, setText } from "../page/dom.js";

/** Most characters of a review for each size of its type, largest first. */
const SIZES = /** @type {[string, number][]} */ ([
  ["huge", 90],
  ["large", 220],
  ["medium", 520],
  ["small", 1100],
]);

/**
 * The class of type that a review of so many characters is set in.
 * @param {string} text
 */
export function sizeOfReview(text) {
  // A Hangul syllable is about as wide as two Latin letters.
  const wide = text.match(/[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7af]/g)?.length ?? 0;
  return SIZES.find(([, most]) => text.length + wide <= most)?.[0] ?? "tiny";
}

/**
 * A code in two groups, as one reads it out.
 * @param {string} code
 */
export function spacedCode(code) {
  const half = Math.ceil(code.length / 2);
  return `${code.slice(0, half)} ${code.slice(half)}`;
}

/**
 * @typedef {Object} Invitation
 * @property {string} code
 * @property {string} link the address that a phone opens
 * @property {string} place where a phone types the code: host and path
 * @property {string} qr address of the picture of the link
 * @property {string} trouble why phones cannot reach the address; "" if they can
 */

/**
 * Code, link and QR code, for the last row.
 * @param {Invitation} given
 */
export function drawInvitation({ code, link, place, qr, trouble }) {
  const said = make(
    "div",
    { class: "invite-said" },
    make("p", { class: "invite-how" }, tr("Open this address on a phone")),
    make("p", { class: "invite-place" }, place),
    make("p", { class: "invite-how" }, tr("and type the code")),
    make("p", { class: "invite-code", "aria-label": [...code].join(" ") }, spacedCode(code)),
  );
  if (trouble) said.append(make("p", { class: "stage-trouble" }, trouble));
  return make(
    "div",
    { class: "invite" },
    said,
    make(
      "figure",
      { class: "invite-qr" },
      make("img", { src: qr, alt: tr("QR code of the address {link}", { link }) }),
      make("figcaption", {}, tr("or point the camera here")),
    ),
  );
}

/**
 * How many phones are there.
 * @param {number} joined
 */
export function sayPresent(joined) {
  return trPlural("{count} here", "{count} here", joined);
}

/** How many of those who are there have voted. The bar needs no split to be seen. */
export class Turnout {
  constructor() {
    this.said = make("p", { class: "turnout-said" });
    this.done = make("i", {});
    this.track = make(
      "div",
      {
        class: "turnout-bar",
        role: "progressbar",
        "aria-label": tr("Votes"),
        "aria-valuemin": 0,
        "aria-valuemax": 100,
      },
      this.done,
    );
    this.element = make("div", { class: "turnout" }, this.said, this.track);
  }

  /**
   * @param {number} votes
   * @param {number} joined
   */
  show(votes, joined) {
    const share = joined ? Math.min(votes / joined, 1) : 0;
    setText(this.said, sayTurnout(votes, joined));
    this.done.style.transform = `scaleX(${share.toFixed(4)})`;
    setAttribute(this.track, "aria-valuenow", String(Math.round(100 * share)));
  }
}

/**
 * @param {number} votes
 * @param {number} joined
 */
export function sayTurnout(votes, joined) {
  if (!joined) return tr("Nobody has joined yet.");
  if (votes >= joined) return trPlural("{count} has voted: everybody.", "{count} have voted: everybody.", votes);
  return trPlural("{count} of {joined} has voted", "{count} of {joined} have voted", votes, { joined });
}
