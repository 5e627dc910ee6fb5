// The teacher's large view of a class, for a projector. It follows the server's numbers, and no vote makes the page run
// again. What may not be seen yet is not in its data: the page gives verdicts and truth when their time has come.

import { createPresentation } from "../input/present.js";
import { tr } from "../messages.js";
import { hostOf, make, setText } from "../page/dom.js";
import { Poller } from "../page/poll.js";
import { icon } from "../parts/icons.js";
import { drawInvitation, sayPresent, sayTurnout, sizeOfReview, spacedCode, Turnout } from "./parts.js";
import { drawSplit, saySplit, splitVotes } from "./split.js";
import { drawStandings, sayStandings } from "./standings.js";
import { isNextKey, mainStep, otherSteps } from "./steps.js";
import { Over, Tallies } from "./tallies.js";
import { drawVerdicts, marked, sideName } from "./verdicts.js";

/** @import { Speech } from "../messages.js" */
/** @import { Invitation } from "./parts.js" */
/** @import { Standing } from "./standings.js" */
/** @import { Known, Step } from "./steps.js" */
/** @import { Numbers, Phase } from "./tallies.js" */
/** @import { Verdict } from "./verdicts.js" */

/**
 * @typedef {Object} Question
 * @property {string} id
 * @property {string} text
 *
 * @typedef {Object} StageData what Python gives
 * @property {"stage"} part
 * @property {Invitation} invitation
 * @property {Record<string, string>} headers by which the server knows the teacher, beside the cookie
 * @property {Numbers} numbers
 * @property {Question|null} question
 * @property {Verdict[]|null} verdicts null before they may be seen
 * @property {number|null} truth null before it may be seen
 * @property {Standing[]|null} standings null before the results are shown
 * @property {Omit<Known, "phase">} known
 * @property {string} shown name of the page that the phones follow; "" for none
 * @property {Speech} speech
 *
 * @typedef {(name: string, value: unknown) => void} Send
 */

const SPEAK_EVERY = 8000; // milliseconds between two reports of votes to a screen reader
const PATIENCE = 6000; // until a button that the page did not answer can be pressed again

/** The view of one class. */
export class Stage {
  /**
   * @param {StageData} data
   * @param {string} base address of the folder of pages
   * @param {Send} send
   */
  constructor(data, base, send) {
    this.data = data;
    this.send = send;
    this.numbers = data.numbers;
    this.told = stateOf(data.numbers);
    this.here = make("p", { class: "stage-here" });
    this.turnout = new Turnout();
    this.codeShown = false;
    this.spokenAt = 0;
    this.spoke = "";
    const { code, place } = data.invitation;
    this.trouble = make("p", { class: "stage-trouble", hidden: true });
    this.voice = make("p", { class: "unseen", role: "status", "aria-live": "polite" });
    this.body = make("div", { class: "stage-body" });
    this.others = make("div", { class: "stage-others" });
    this.main = make("button", { type: "button", class: "stage-main", click: () => this.next() });
    this.keys = make("p", { class: "stage-keys" }, tr("Space or → does the same."));
    this.invite = make("button", { type: "button", class: "stage-button", click: () => this.toggleCode() });
    this.full = make(
      "button",
      { type: "button", class: "stage-button stage-full", click: () => this.togglePresent() },
      icon("present"),
      make("span", {}, tr("Full screen")),
    );
    this.code = make(
      "p",
      { class: "stage-code" },
      make("b", {}, spacedCode(code)),
      make("span", { class: "stage-place" }, place),
    );
    this.element = make(
      "section",
      { class: "player stage", "data-class": code, lang: data.speech.language, "aria-label": tr("The class") },
      make("header", { class: "stage-top" }, this.code, this.here, this.invite, this.full),
      this.trouble,
      this.body,
      make(
        "footer",
        { class: "stage-steps" },
        this.others,
        make("div", { class: "stage-forward" }, this.keys, this.main),
      ),
      this.voice,
    );
    this.room = make("div", { class: "stage-room" }, this.element);
    this.presenting = false;
    this.presentation = createPresentation(this.element, () => this.leftPresentation());
    this.tallies = new Tallies(`${base}class/${code}/`, data.headers, data.numbers.version);
    /** @param {KeyboardEvent} event */
    this.hear = (event) => this.onKey(event);
    document.addEventListener("keydown", this.hear);
  }

  start() {
    this.draw();
    this.poller = new Poller(
      () => this.ask(),
      (failures) => this.lost(failures),
    );
  }

  /** Whether the data are of the class that is shown. @param {StageData} data */
  isOf(data) {
    return data.invitation.code === this.data.invitation.code && data.speech.language === this.data.speech.language;
  }

  /** Take what the page knows after a rerun. @param {StageData} data */
  update(data) {
    const before = stateOf(this.numbers);
    this.data = data;
    if (data.numbers.version >= this.numbers.version) this.numbers = data.numbers;
    this.told = stateOf(data.numbers);
    this.release();
    if (stateOf(this.numbers) !== before) this.codeShown = false;
    this.draw();
    this.tell();
  }

  async ask() {
    try {
      const numbers = await this.tallies.next();
      if (numbers) this.take(numbers);
    } catch (error) {
      if (!(error instanceof Over)) throw error;
      this.send("moved", "ended");
      return { end: true };
    }
    return this.tallies.reply;
  }

  /** @param {Numbers} numbers */
  take(numbers) {
    const before = stateOf(this.numbers);
    this.numbers = numbers;
    if (stateOf(numbers) === before && numbers.phase === "voting") this.count();
    else if (stateOf(numbers) === before) this.draw();
    this.tell();
  }

  /** Let the page run again if it knows another question or phase: it has the texts. */
  tell() {
    const state = stateOf(this.numbers);
    if (state === this.told) return;
    this.told = state;
    this.send("moved", state);
  }

  /** @returns {Known} */
  get known() {
    return { ...this.data.known, phase: this.data.numbers.phase };
  }

  /** Show all parts of the phase. */
  draw() {
    const { phase } = this.data.numbers;
    this.element.dataset.phase = phase;
    this.body.replaceChildren(...(this.codeShown ? [drawInvitation(this.data.invitation)] : this.parts(phase)));
    this.code.hidden = this.codeShown || phase === "lobby";
    this.invite.hidden = phase === "lobby";
    setText(this.invite, this.codeShown ? tr("Hide the code") : tr("Show the code large"));
    this.drawSteps();
    this.count();
  }

  drawSteps() {
    const main = mainStep(this.known);
    this.main.hidden = this.keys.hidden = !main;
    setText(this.main, main?.label ?? "");
    this.others.replaceChildren(
      ...otherSteps(this.known).map(({ act, label }) =>
        make("button", { type: "button", class: "stage-button", "data-act": act, click: () => this.act(act) }, label),
      ),
    );
  }

  /** Show how many are here and have voted. */
  count() {
    const { joined, votes, phase } = this.numbers;
    setText(this.here, sayPresent(joined));
    this.turnout.show(votes, joined);
    if (phase === "voting") this.say(sayTurnout(votes, joined), votes >= joined && joined > 0);
  }

  /**
   * What stands in the middle.
   * @param {Phase} phase
   * @returns {Node[]}
   */
  parts(phase) {
    const { question, verdicts, truth, invitation, shown } = this.data;
    if (phase === "following") {
      this.say(tr("The phones show {page}.", { page: shown }), true);
      return [make("p", { class: "stage-following" }, tr("The phones show {page}.", { page: shown }))];
    }
    if (phase === "results") {
      const standings = this.data.standings ?? [];
      this.say(sayStandings(standings), true);
      return standings.length ? [drawStandings(standings)] : [];
    }
    if (!question) return [drawInvitation(invitation)];
    const { number } = this.data.known;
    const review = make(
      "figure",
      { class: "stage-review" },
      make("figcaption", {}, tr("Question {number}", { number })),
      make("blockquote", { class: `review-text ${sizeOfReview(question.text)}` }, question.text),
    );
    if (phase === "voting") return [review, this.turnout.element];
    const { positive, negative } = this.numbers;
    if (!positive || !negative) return [review];
    const split = splitVotes(positive, negative);
    const votes = split.positive + split.negative;
    const own = votes ? { name: tr("The class"), share: split.positive / votes } : null;
    const parts = [review, drawSplit(split)];
    if (phase !== "closed" && verdicts) parts.push(drawVerdicts(own, verdicts, truth));
    if (phase === "truth" && truth !== null) parts.push(drawTruth(truth));
    if (phase === "closed") this.say(saySplit(split), true);
    else if (phase === "truth" && truth !== null) this.say(sayTruth(truth), true);
    else this.say(tr("The models have said what they think."), true);
    return [make("div", { class: "stage-after" }, ...parts)];
  }

  /**
   * Tell a screen reader, votes not more often than it can read them.
   * @param {string} words
   * @param {boolean} now
   */
  say(words, now) {
    if (words === this.spoke || (!now && Date.now() - this.spokenAt < SPEAK_EVERY)) return;
    this.spoke = words;
    this.spokenAt = Date.now();
    setText(this.voice, words);
  }

  /** What the main button does. */
  next() {
    const step = mainStep(this.known);
    if (step) this.act(step.act);
  }

  /** @param {Step["act"]} act */
  act(act) {
    if (this.waiting) return;
    this.waiting = setTimeout(() => this.release(), PATIENCE);
    this.element.classList.add("busy");
    this.main.setAttribute("aria-disabled", "true");
    const { phase, question } = this.data.numbers;
    this.send("act", { act, phase, question });
  }

  /** Let the buttons be pressed again. */
  release() {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.element.classList.remove("busy");
    this.main.removeAttribute("aria-disabled");
  }

  toggleCode() {
    this.codeShown = !this.codeShown;
    this.draw();
  }

  togglePresent() {
    if (this.presenting) this.presentation.leave();
    else this.presentation.enter(true);
    this.presenting = !this.presenting;
    this.drawPresenting();
  }

  leftPresentation() {
    this.presentation.leave();
    this.presenting = false;
    this.drawPresenting();
  }

  drawPresenting() {
    const label = this.full.querySelector("span");
    if (label) setText(label, this.presenting ? tr("Leave full screen") : tr("Full screen"));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented || event.isComposing || event.repeat)
      return;
    const inside = event.composedPath().includes(this.element);
    // Elsewhere on the page a key is free only while nothing has the focus.
    const free = event.target instanceof Node && event.target.contains(hostOf(this.element));
    if (event.key === "Escape" && this.presenting && (inside || free)) return this.togglePresent();
    if (!isNextKey(event.key, this.presenting) || !(inside || free)) return;
    const focused = event.composedPath()[0];
    if (event.key === " " && focused instanceof HTMLElement && focused.localName === "button") return;
    event.preventDefault();
    event.stopPropagation();
    this.next();
  }

  /** @param {number} failures questions in a row that the server did not answer */
  lost(failures) {
    this.trouble.hidden = failures < 2;
    setText(this.trouble, failures < 2 ? "" : tr("The connection is lost. Trying again; no vote is lost."));
  }

  remove() {
    document.removeEventListener("keydown", this.hear);
    this.release();
    this.poller?.stop();
    this.tallies.stop();
    this.presentation.destroy();
    this.room.remove();
  }
}

/**
 * What the page must know to show the right thing.
 * @param {Numbers} numbers
 */
function stateOf({ phase, question }) {
  return `${phase} ${question ?? ""}`;
}

/** @param {number} truth */
function sayTruth(truth) {
  return truth === 1 ? tr("The truth: this review is positive.") : tr("The truth: this review is negative.");
}

/** @param {number} truth */
function drawTruth(truth) {
  const side = truth === 1 ? "positive" : "negative";
  return make(
    "p",
    { class: "stage-truth", "data-truth": truth },
    make("span", { class: "truth-name" }, tr("The truth")),
    marked(side, sideName(side)),
  );
}
