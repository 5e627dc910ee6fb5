// The phone's page: the form that asks for a code, or the class itself. Its words and the app's pages stand in the page.

import { speak, tr } from "../messages.js";
import { make, setAttribute, setText } from "../page/dom.js";
import { Join } from "./join.js";
import { Lesson } from "./lesson.js";
import { draw } from "./screens.js";
import { Server } from "./server.js";
import { screenOf } from "./state.js";

/** @import { Screen } from "./screens.js" */

/**
 * @typedef {Object} Given what the page holds
 * @property {"join"|"class"} page
 * @property {string} language of the page's HTML
 * @property {boolean} chosen whether the reader asked for that language
 * @property {Record<string, string>} languages names by code
 * @property {Record<string, Record<string, string>>} messages translations by language
 * @property {string} alphabet of codes
 * @property {number} length of codes
 * @property {string[]} pages addresses of the app's pages
 *
 * @typedef {Object} Place
 * @property {string} base address of the app
 * @property {string} join address of the page that asks for a code
 * @property {string[]} pages
 */

/** The page around what it shows: the code, the languages, the connection. */
class Phone {
  /** @param {Given} given */
  constructor(given) {
    this.given = given;
    this.language = given.language;
    this.chosen = given.chosen;
    const parts = window.location.pathname.split("/");
    this.code = given.page === "class" ? decodeURIComponent(parts[parts.length - 1]).toUpperCase() : "";
    const join = new URL(this.code ? "../join" : "join", window.location.href).href;
    /** @type {Place} */
    this.place = { join, base: new URL("./", join).href, pages: given.pages };
    this.main = make("main", {});
    this.lost = make("p", { class: "lost", role: "status", hidden: true });
    this.heard = make("p", { class: "unseen", role: "status" });
    this.head = make("header", {});
    /** @type {Screen|null} */
    this.screen = null;
    this.shown = "";
    document.body.textContent = "";
    document.body.append(this.head, this.lost, this.main, this.heard);
    this.lesson = this.code ? new Lesson(new Server(`${join}/${this.code}`), () => this.show()) : null;
    this.speak();
    if (this.lesson) this.lesson.start();
  }

  /** Put everything into the language. */
  speak() {
    const { language, given } = this;
    speak({ language, messages: given.messages[language] || {} });
    document.documentElement.lang = language;
    document.title = this.code ? tr("Class {code}", { code: this.code }) : tr("Join a class");
    this.head.textContent = "";
    this.head.append(make("p", { class: "code" }, document.title), this.languages());
    this.shown = "";
    this.show();
  }

  languages() {
    const names = Object.entries(this.given.languages);
    const buttons = names.map(([code, name]) =>
      make(
        "button",
        {
          type: "button",
          lang: code,
          "aria-pressed": String(code === this.language),
          click: () => this.choose(code),
        },
        name,
      ),
    );
    const label = names.map(([, name]) => name).join(" · "); // in all languages
    return make("div", { class: "languages", role: "group", "aria-label": label }, ...buttons);
  }

  /** @param {string} language */
  choose(language) {
    this.chosen = true;
    this.language = language;
    const address = new URL(window.location.href);
    address.searchParams.set("lang", language); // as on the pages of the app: a reload keeps it
    window.history.replaceState(null, "", address.href);
    this.speak();
    /** @type {HTMLElement|null} */ (this.head.querySelector("[aria-pressed=true]"))?.focus();
  }

  /** Show what has changed. */
  show() {
    const { lesson } = this;
    if (!lesson) {
      const form = new Join(this.given, this.place);
      this.put(form);
      form.box.focus();
      return;
    }
    const { state, refusal, failures } = lesson;
    if (state && !this.chosen && state.language in this.given.languages && state.language !== this.language) {
      this.language = state.language;
      this.speak(); // shows, too
      return;
    }
    this.lost.hidden = !failures;
    setText(this.lost, failures ? tr("No connection. Trying again …") : "");
    const shown = `${refusal ? refusal.reason : ""} ${state ? screenOf(state) : ""}`;
    if (shown === this.shown && this.screen && this.screen.update) {
      this.screen.update();
      return;
    }
    const anew = shown !== this.shown;
    this.shown = shown;
    this.put(draw(lesson, this.place), anew);
  }

  /**
   * @param {Screen} screen
   * @param {boolean} [anew] whether it is another screen and not the same with other numbers
   */
  put(screen, anew = true) {
    const within = this.main.contains(document.activeElement);
    this.screen = screen;
    this.main.textContent = "";
    this.main.append(screen.element);
    if (!anew) return;
    setText(this.heard, screen.said);
    window.scrollTo(0, 0);
    // Whoever moves by keyboard goes on from the top of the new screen.
    if (within) /** @type {HTMLElement|null} */ (screen.element.querySelector("h1"))?.focus();
  }
}

const given = document.getElementById("given");
if (given) {
  setAttribute(document.documentElement, "data-script", "on");
  new Phone(JSON.parse(given.textContent || "{}"));
}
