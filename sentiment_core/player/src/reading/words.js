// The text as words in lines. Below each word every model has a lane with a bar: up and blue if the word speaks for
// positive, down and orange if for negative.

import { tr } from "../messages.js";
import { make } from "../page/dom.js";
import { probabilityAfter, reach, runsLeftwards, unsigned, wordByKey } from "./geometry.js";

/** @import { Data } from "./reading.js" */

/** The words. One of them is in the tab order; arrow keys lead to the others. */
export class Words {
  /**
   * @param {Data} data
   * @param {(word: number|null) => void} point told which word is pointed at or focused
   * @param {(word: number) => void} choose told which word was clicked
   */
  constructor(data, point, choose) {
    this.data = data;
    this.leftwards = runsLeftwards(data.words);
    this.buttons = data.words.map((_, index) => this.word(index));
    /** @type {number|null} */
    this.shown = null;
    /** @type {number|null} */
    this.selected = null;
    this.reachable = 0;
    this.element = make(
      "div",
      { class: "words", role: "group", "aria-label": describeGroup(), dir: this.leftwards ? "rtl" : "ltr" },
      ...this.buttons,
    );
    /** @param {Event} event */
    const wordOf = (event) => {
      const found = /** @type {Element} */ (event.target).closest?.(".word");
      return found ? this.buttons.indexOf(/** @type {HTMLButtonElement} */ (found)) : null;
    };
    this.element.addEventListener("pointerover", (event) => point(wordOf(event)));
    this.element.addEventListener("pointerleave", () => point(null));
    this.element.addEventListener("focusin", (event) => {
      const word = wordOf(event);
      if (word !== null) this.makeReachable(word);
      point(word);
    });
    this.element.addEventListener("focusout", () => point(null));
    this.element.addEventListener("click", (event) => {
      const word = wordOf(event);
      if (word !== null) choose(word);
    });
    this.element.addEventListener("keydown", (event) => this.move(event));
    this.makeReachable(data.selected ?? 0);
  }

  /** @param {number} index */
  word(index) {
    const lanes = this.data.models.map((model) => {
      const value = model.salience?.[index] ?? null;
      const lane = make("span", { class: index < model.reads ? "lane" : "lane unread" });
      lane.style.setProperty("--model", model.colour);
      if (value) {
        const bar = make("span", { class: `bar ${value > 0 ? "up" : "down"}` });
        bar.style.height = `${(50 * reach(value, this.data.scale)).toFixed(1)}%`;
        lane.append(bar);
      }
      return lane;
    });
    const joined = this.data.joined[index] ? " joined" : "";
    return make(
      "button",
      { type: "button", class: `word${joined}`, tabindex: -1, "aria-pressed": "false", "aria-label": this.name(index) },
      make("bdi", { class: "word-text" }, this.data.words[index]),
      make("span", { class: "lanes", "aria-hidden": "true" }, ...lanes),
    );
  }

  /**
   * What a screen reader says of a word: every number that a pointer would show.
   * @param {number} index
   */
  name(index) {
    const parts = this.data.models.map((model) => {
      const share = probabilityAfter(model, index);
      if (share === null) return tr("{name} does not read it", { name: model.name });
      const value = model.salience?.[index] ?? null;
      return value === null
        ? tr("{name}: {share:.1%} after it", { name: model.name, share })
        : tr("{name}: {share:.1%} after it, adds {value:+.2f}", { name: model.name, share, value: unsigned(value) });
    });
    return [this.data.words[index], ...parts].join(". ");
  }

  /** @param {KeyboardEvent} event */
  move(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = wordByKey(event.key, this.reachable, this.buttons.length, this.leftwards);
    if (next === null) return;
    event.preventDefault();
    this.buttons[next].focus();
  }

  /** @param {number} word */
  makeReachable(word) {
    this.buttons[this.reachable]?.setAttribute("tabindex", "-1");
    this.buttons[word]?.setAttribute("tabindex", "0");
    this.reachable = word;
  }

  /**
   * @param {number|null} word pointed at
   * @param {number|null} selected
   */
  show(word, selected) {
    if (word !== this.shown) {
      if (this.shown !== null) this.buttons[this.shown]?.classList.remove("pointed");
      if (word !== null) this.buttons[word]?.classList.add("pointed");
      this.shown = word;
    }
    if (selected !== this.selected) {
      if (this.selected !== null) this.buttons[this.selected]?.setAttribute("aria-pressed", "false");
      if (selected !== null) this.buttons[selected]?.setAttribute("aria-pressed", "true");
      this.selected = selected;
    }
  }
}

function describeGroup() {
  return tr("The words of the review. Arrow keys go from word to word, Enter selects one.");
}
