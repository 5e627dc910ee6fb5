// One text and how several models read it: their curves above, its words below, linked by the word pointed at.

import { clamp, make } from "../page/dom.js";
import { watchSize } from "../page/sizes.js";
import { Curves } from "./chart.js";
import { Readout } from "./readout.js";
import { Words } from "./words.js";

/** @import { Speech } from "../messages.js" */

/**
 * @typedef {Object} Turn of a verdict
 * @property {number} place index of the model's value at which it turned
 * @property {number} word
 * @property {boolean} positive whether it turned to positive
 *
 * @typedef {Object} Model
 * @property {string} name
 * @property {string} colour
 * @property {string|null} dash of its line
 * @property {boolean} onePass whether it read the text once; else it read each beginning of the text anew
 * @property {number} reads words that it reads
 * @property {number[]} x where its values are along the text, in words, ascending
 * @property {(number|null)[]} p probability of positive there
 * @property {Turn[]} turns
 * @property {(number|null)[]|null} salience log-odds that each word adds; null if the model cannot say
 *
 * @typedef {Object} Data what Python gives
 * @property {string[]} words
 * @property {number[]} starts the place of each word's first character in the text
 * @property {boolean[]} joined whether a word follows the one before without a space
 * @property {Model[]} models
 * @property {number} scale the salience of the longest bar
 * @property {number|null} selected word
 * @property {Speech} speech
 */

/** The reading of one text. */
export class Reading {
  /**
   * @param {Data} data
   * @param {(word: number|null) => void} onSelect told which word the reader selects, null for none
   */
  constructor(data, onSelect) {
    this.data = data;
    this.onSelect = onSelect;
    this.selected = data.selected;
    /** @type {number|null} */
    this.pointed = null;
    /** @param {number|null} word */
    const point = (word) => this.point(word);
    /** @param {number} word */
    const choose = (word) => this.choose(word);
    this.curves = new Curves(data, point, choose);
    this.words = new Words(data, point, choose);
    this.readout = new Readout(data, point, choose);
    this.element = make(
      "div",
      {
        class: data.models.length > 2 ? "player reading many" : "player reading",
        lang: data.speech.language,
        "data-reading": true,
      },
      this.readout.element,
      this.curves.element,
      this.words.element,
    );
    this.unwatch = watchSize(this.element, () => this.fit());
  }

  /** Draw to the size that the page gives. Call it once the element is on the page. */
  fit() {
    const height = Math.round(clamp(0.26 * window.innerHeight, 150, 300));
    this.curves.fit(this.element.clientWidth, height);
    this.show();
  }

  /** @param {number|null} word */
  point(word) {
    if (word === this.pointed) return;
    this.pointed = word;
    this.show();
  }

  /**
   * Select a word, or nothing if it is selected already.
   * @param {number} word
   */
  choose(word) {
    this.select(word === this.selected ? null : word);
    this.onSelect(this.selected);
  }

  /** @param {number|null} word */
  select(word) {
    this.selected = word;
    this.show();
  }

  show() {
    this.curves.show(this.pointed, this.selected);
    this.words.show(this.pointed, this.selected);
    this.readout.show(this.pointed ?? this.selected);
  }

  /** The word that has the keyboard's focus, or null. */
  focused() {
    const tree = /** @type {ShadowRoot|Document} */ (this.element.getRootNode());
    const word = this.words.buttons.indexOf(/** @type {HTMLButtonElement} */ (tree.activeElement));
    return word < 0 ? null : word;
  }

  remove() {
    this.unwatch();
    this.element.remove();
  }
}
