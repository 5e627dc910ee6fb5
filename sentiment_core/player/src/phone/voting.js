// The question: a review, two sides, four steps of certainty, and a button. A vote may be changed while it is open.

import { tr } from "../messages.js";
import { make, setText } from "../page/dom.js";
import { dots, mark } from "./marks.js";
import { STEPS } from "./state.js";
import { sideName, stepName } from "./words.js";

/** @import { Lesson } from "./lesson.js" */
/** @import { Question, Vote } from "./state.js" */

/** The form of one question. */
export class Voting {
  /**
   * @param {Lesson} lesson
   * @param {Question} question
   */
  constructor(lesson, question) {
    this.lesson = lesson;
    this.draft = lesson.draftOf(question.id);
    this.hint = "";
    /** @type {Map<HTMLElement, () => boolean>} whether each choice is chosen */
    this.choices = new Map();
    this.button = make("button", { type: "submit", class: "main-button" });
    this.said = make("p", { class: "said", role: "status" });
    this.element = make(
      "form",
      { class: "voting", novalidate: true, submit: (/** @type {Event} */ event) => this.send(event) },
      make(
        "div",
        { class: "voting-text" },
        make("h1", { tabindex: "-1" }, tr("Review {number}", { number: question.number })),
        make("p", { class: "review" }, question.text),
      ),
      make(
        "div",
        { class: "voting-answer" },
        this.group(
          "side",
          tr("Is this review positive or negative?"),
          [true, false].map((side) => this.side(side)),
        ),
        this.group(
          "sure",
          tr("How sure are you?"),
          Array.from({ length: STEPS }, (_, place) => this.step(place + 1)),
        ),
        make("div", { class: "send" }, this.button, this.said),
      ),
    );
    this.update();
  }

  /**
   * @param {string} name
   * @param {string} legend
   * @param {HTMLElement[]} choices
   */
  group(name, legend, choices) {
    return make("fieldset", { class: name }, make("legend", {}, legend), make("div", { class: "choices" }, ...choices));
  }

  /** @param {boolean} positive */
  side(positive) {
    const choose = () => this.choose({ positive });
    const label = make(
      "label",
      { class: `choice ${positive ? "positive" : "negative"}` },
      make("input", { type: "radio", name: "side", checked: this.draft.positive === positive, change: choose }),
      mark(positive),
      make("span", {}, sideName(positive)),
    );
    this.choices.set(label, () => this.draft.positive === positive);
    return label;
  }

  /** @param {number} sure */
  step(sure) {
    const choose = () => this.choose({ sure });
    const label = make(
      "label",
      { class: "choice" },
      make("input", { type: "radio", name: "sure", checked: this.draft.sure === sure, change: choose }),
      dots(sure, STEPS),
      make("span", {}, stepName(sure)),
    );
    this.choices.set(label, () => this.draft.sure === sure);
    return label;
  }

  /** @param {Partial<{positive: boolean, sure: number}>} changes */
  choose(changes) {
    Object.assign(this.draft, changes);
    this.hint = "";
    this.update();
  }

  /** @param {Event} event */
  send(event) {
    event.preventDefault();
    const { positive, sure } = this.draft;
    if (positive === null || sure === null) {
      this.hint = positive === null ? tr("Choose positive or negative first.") : tr("Say how sure you are first.");
      this.update();
      /** @type {HTMLElement|null} */ (
        this.element.querySelector(positive === null ? "[name=side]" : "[name=sure]")
      )?.focus();
      return;
    }
    this.lesson.vote(positive, sure);
  }

  /** Show what has become of the vote. */
  update() {
    const { own, progress } = this.lesson;
    const complete = this.draft.positive !== null && this.draft.sure !== null;
    const changed = own !== null && !sameVote(own, this.draft);
    const sending = progress === "sending" || progress === "waiting";
    for (const [label, isChosen] of this.choices) label.classList.toggle("is-chosen", isChosen());
    setText(this.button, own ? (changed ? tr("Send the change") : tr("Sent")) : tr("Send"));
    this.button.classList.toggle("quiet", !complete || (own !== null && !changed));
    this.element.classList.toggle("is-sent", own !== null && !changed && !sending);
    setText(this.said, this.hint || sayProgress(progress, own, changed));
  }
}

/**
 * @param {Vote} vote
 * @param {{positive: boolean|null, sure: number|null}} draft
 */
function sameVote(vote, { positive, sure }) {
  return vote.positive === positive && vote.sure === sure;
}

/**
 * @param {string} progress
 * @param {Vote|null} own
 * @param {boolean} changed
 */
function sayProgress(progress, own, changed) {
  if (progress === "sending") return tr("Sending …");
  if (progress === "waiting") return tr("Not sent yet: there is no connection. It is sent as soon as there is one.");
  if (progress === "late") return tr("That came too late: the votes are closed.");
  if (!own) return "";
  if (changed) return tr("Your earlier vote counts until you send the change.");
  return tr("Your vote has arrived. You may change it until the votes are closed.");
}
