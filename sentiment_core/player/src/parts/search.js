// Finding a word: a box with suggestions, driven by keyboard, mouse or touch, that says when a word is not there.

import { tr } from "../messages.js";
import { make } from "../page/dom.js";
import { icon } from "./icons.js";

/** @import { Vocabulary } from "../data/payload.js" */

const OFFERED = 8;

/**
 * @typedef {Object} Suggestion
 * @property {string} word
 * @property {number} lean
 * @property {boolean} begins whether it begins with what was typed
 * @property {number} near how well it fits
 * @property {number} count times in reviews
 */

/**
 * Words that a person may mean: the word itself, then those that begin with it, then those that contain it; whole
 * words before parts, frequent before rare.
 * @param {Vocabulary[]} vocabularies
 * @param {string} typed
 * @returns {Suggestion[]}
 */
function suggestWords(vocabularies, typed) {
  const wanted = typed.trim().toLowerCase().normalize("NFC");
  if (!wanted) return [];
  /** @type {Map<string, Suggestion>} */
  const found = new Map();
  for (const vocabulary of vocabularies) {
    vocabulary.words.forEach((word, id) => {
      const place = word.toLowerCase().indexOf(wanted);
      if (place < 0 || found.has(word)) return;
      const count = vocabulary.negative[id] + vocabulary.positive[id];
      const near = (word.length === wanted.length ? 4 : 0) + (place === 0 ? 2 : 0) + vocabulary.whole[id];
      found.set(word, { word, lean: vocabulary.leans[id], begins: place === 0, near, count });
    });
  }
  return [...found.values()].sort((a, b) => b.near - a.near || b.count - a.count).slice(0, OFFERED);
}

/** A combobox that pins words. */
export class Search {
  /**
   * @param {Vocabulary[]} vocabularies
   * @param {(word: string) => void} pin a word of a vocabulary
   * @param {() => void} leave give the focus back
   * @param {string} scope unique in the page, for the ids that join box and list
   */
  constructor(vocabularies, pin, leave, scope) {
    this.vocabularies = vocabularies;
    this.pin = pin;
    this.leave = leave;
    this.scope = scope;
    /** @type {Suggestion[]} */
    this.offered = [];
    this.active = -1;
    this.list = make("ul", {
      id: `${scope}-words`,
      class: "suggestions",
      role: "listbox",
      "aria-label": tr("Words"),
      hidden: true,
    });
    this.answer = make("p", { class: "search-answer", role: "status", "data-search-answer": true });
    this.box = make("input", {
      type: "text",
      class: "search-box",
      role: "combobox",
      placeholder: tr("Pin a word"),
      "aria-label": tr("Find a word and pin it"),
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
      enterkeyhint: "done",
      input: (event) => this.offer(event.isComposing),
      compositionend: () => this.offer(false),
      keydown: (event) => this.press(event),
      blur: () => this.close(),
    });
    this.element = make(
      "div",
      { class: "search", "data-search": true },
      icon("search"),
      this.box,
      this.list,
      this.answer,
    );
  }

  focus() {
    this.box.focus();
    this.box.select();
  }

  /** @param {boolean} composing whether an input method is still at work on the last letters */
  offer(composing) {
    this.answer.textContent = "";
    this.offered = suggestWords(this.vocabularies, this.box.value);
    this.list.replaceChildren(...this.offered.map((one, place) => this.option(one, place)));
    this.list.hidden = !this.offered.length;
    this.box.setAttribute("aria-expanded", String(!this.list.hidden));
    this.activate(this.offered.length && this.offered[0].begins ? 0 : -1);
    if (this.box.value.trim() && !this.offered.length && !composing) this.sayMissing();
  }

  /**
   * @param {Suggestion} suggestion
   * @param {number} place
   */
  option({ word, lean }, place) {
    return make(
      "li",
      {
        id: `${this.scope}-word-${place}`,
        role: "option",
        class: `suggestion lean-${lean}`,
        "aria-selected": "false",
        pointerdown: (event) => event.preventDefault(), // the box keeps the focus
        click: () => this.choose(word),
      },
      word,
    );
  }

  /** @param {number} place among those offered, or -1 */
  activate(place) {
    this.active = place;
    for (const [other, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(other === place));
    }
    if (place >= 0) this.box.setAttribute("aria-activedescendant", `${this.scope}-word-${place}`);
    else this.box.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    // The key belongs to an input method, such as Enter that ends a syllable. Safari signals this by key code 229 only.
    if (event.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.offered.length) {
      const from = this.active < 0 && event.key === "ArrowUp" ? 0 : this.active;
      this.activate((from + step + this.offered.length) % this.offered.length);
      event.preventDefault();
    } else if (event.key === "Enter") {
      if (this.active >= 0) this.choose(this.offered[this.active].word);
      else if (this.box.value.trim()) this.sayMissing();
      event.preventDefault();
    } else if (event.key === "Escape") {
      this.clear();
      this.leave();
      event.stopPropagation();
    }
  }

  /** @param {string} word */
  choose(word) {
    this.clear();
    this.pin(word);
  }

  sayMissing() {
    this.answer.textContent = tr("\u201c{word}\u201d is not in the vocabulary", {
      word: this.box.value.trim().slice(0, 40),
    });
  }

  clear() {
    this.box.value = "";
    this.answer.textContent = "";
    this.close();
  }

  close() {
    this.offered = [];
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }
}
