// The form that asks for the code of a class.

import { tr } from "../messages.js";
import { make, setText } from "../page/dom.js";
import { readCode } from "./code.js";
import { Refused, Server } from "./server.js";
import { sayRefusal } from "./words.js";

/** @import { Given, Place } from "./phone.js" */

/** A screen with the form. */
export class Join {
  /**
   * @param {Given} given
   * @param {Place} place
   */
  constructor(given, place) {
    this.given = given;
    this.place = place;
    this.asking = false;
    this.typed = readCode("", given.alphabet, given.length);
    this.said = tr("Enter the code that the projector shows.");
    this.box = make("input", {
      ...{ id: "code", name: "code", type: "text", inputmode: "text", enterkeyhint: "go", required: true },
      ...{ autocomplete: "off", autocapitalize: "characters", autocorrect: "off", spellcheck: "false", lang: "en" },
      "aria-describedby": "problem",
      input: (/** @type {InputEvent} */ event) => this.read(event.isComposing),
      compositionend: () => this.read(false),
    });
    this.problem = make("p", { class: "problem", id: "problem", role: "status" });
    this.button = make("button", { type: "submit", class: "main-button" }, tr("Join"));
    this.element = make(
      "form",
      { class: "join", novalidate: true, submit: (/** @type {Event} */ event) => this.send(event) },
      make("h1", { tabindex: "-1" }, tr("Join a class")),
      make("label", { for: "code" }, this.said),
      make("div", { class: "boxes" }, this.box),
      this.problem,
      this.button,
      make("p", { class: "small" }, tr("No name is asked for, and nothing is kept after the class.")),
    );
    this.element.style.setProperty("--length", String(given.length));
  }

  update() {}

  /** @param {boolean} composing whether a syllable is being typed, which must not be disturbed */
  read(composing) {
    this.typed = readCode(this.box.value, this.given.alphabet, this.given.length);
    const { code, strange } = this.typed;
    if (!composing && this.box.value !== code) this.box.value = code;
    setText(this.problem, strange.length ? sayStrange(strange, this.given.alphabet) : "");
  }

  /** @param {Event} event */
  async send(event) {
    event.preventDefault();
    this.read(false);
    const { code, whole, strange } = this.typed;
    if (!whole) {
      if (!strange.length) {
        setText(this.problem, tr("A code has {length} letters and digits.", { length: this.given.length }));
      }
      this.box.focus();
      return;
    }
    if (this.asking) return;
    this.asking = true;
    setText(this.problem, tr("Joining the class …"));
    try {
      await new Server(`${this.place.join}/${code}`).seat();
      window.location.href = `${this.place.join}/${code}${window.location.search}`;
    } catch (error) {
      setText(this.problem, error instanceof Refused ? sayRefusal(error) : tr("No connection. Try again."));
      this.box.focus();
    } finally {
      this.asking = false;
    }
  }
}

/**
 * @param {string[]} strange signs that no code has
 * @param {string} alphabet
 */
function sayStrange(strange, alphabet) {
  const missing = Array.from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ").filter((sign) => !alphabet.includes(sign));
  return tr("No code has {signs}. Look at that place again: codes do without {missing}, which look like others.", {
    signs: strange.join(" "),
    missing: missing.join(", "),
  });
}
