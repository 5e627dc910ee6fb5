// The teacher's bar on every page: it shows the page that is open to the class, and stops showing it.

import { tr } from "../messages.js";
import { make, setText } from "../page/dom.js";
import { Poller } from "../page/poll.js";
import { sayPresent, spacedCode } from "./parts.js";
import { Over, Tallies } from "./tallies.js";

/** @import { Speech } from "../messages.js" */
/** @import { Numbers } from "./tallies.js" */
/** @import { Send } from "./stage.js" */

/**
 * @typedef {Object} BarData what Python gives
 * @property {"bar"} part
 * @property {string} code
 * @property {Record<string, string>} headers
 * @property {Numbers} numbers
 * @property {string} shown name of the page that the phones show; "" for none
 * @property {Speech} speech
 */

/**
 * The view that is open, as the address says it: the page's name and what its controls and the player keep there.
 * @param {{pathname: string, search: string}} location
 */
export function viewOf({ pathname, search }) {
  return pathname.slice(pathname.lastIndexOf("/") + 1) + search;
}

/** The bar of one class. */
export class Bar {
  /**
   * @param {BarData} data
   * @param {string} base address of the folder of pages
   * @param {Send} send
   */
  constructor(data, base, send) {
    this.data = data;
    this.send = send;
    this.numbers = data.numbers;
    this.told = data.numbers.view;
    this.name = make("b", {}, tr("Class {code}", { code: spacedCode(data.code) }));
    this.here = make("span", { class: "bar-here" });
    this.said = make("span", { class: "bar-said", role: "status" });
    this.show = make("button", { type: "button", class: "bar-button worth", click: () => this.showView() });
    this.stop = make(
      "button",
      { type: "button", class: "bar-button", click: () => this.send("stop", true) },
      tr("Stop showing"),
    );
    this.home = make(
      "button",
      { type: "button", class: "bar-button", click: () => this.send("home", true) },
      tr("To the class"),
    );
    this.room = make(
      "aside",
      {
        class: "player class-bar",
        lang: data.speech.language,
        "aria-label": tr("Your class"),
        "data-class": data.code,
      },
      make("p", { class: "bar-class" }, this.name, this.here),
      this.said,
      make("div", { class: "bar-buttons" }, this.show, this.stop, this.home),
    );
    this.tallies = new Tallies(`${base}class/${data.code}/`, data.headers, data.numbers.version);
  }

  start() {
    this.draw();
    this.poller = new Poller(
      () => this.ask(),
      () => {},
    );
  }

  /** @param {BarData} data */
  isOf(data) {
    return data.code === this.data.code && data.speech.language === this.data.speech.language;
  }

  /** @param {BarData} data */
  update(data) {
    this.data = data;
    if (data.numbers.version >= this.numbers.version) this.numbers = data.numbers;
    this.told = data.numbers.view;
    this.draw();
  }

  async ask() {
    try {
      const numbers = await this.tallies.next();
      if (numbers) {
        this.numbers = numbers;
        this.draw();
        if (numbers.view !== this.told) {
          this.told = numbers.view;
          this.send("moved", numbers.view);
        }
      }
    } catch (error) {
      if (!(error instanceof Over)) throw error;
      this.send("moved", null);
      return { end: true };
    }
    return this.tallies.reply;
  }

  draw() {
    const { joined, view } = this.numbers;
    setText(this.here, sayPresent(joined));
    const { shown } = this.data;
    setText(this.said, view === null || !shown ? "" : tr("The phones show {page}.", { page: shown }));
    setText(this.show, view === null ? tr("Show this view to the class") : tr("Show this view instead"));
    this.stop.hidden = view === null;
  }

  showView() {
    this.send("show", viewOf(window.location));
  }

  remove() {
    this.poller?.stop();
    this.tallies.stop();
    this.room.remove();
  }
}
