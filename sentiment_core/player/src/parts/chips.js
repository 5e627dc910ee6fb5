// The pinned words as a row of chips, each with a button that unpins it, and the words in a lasso.

import { tr, trPlural } from "../messages.js";
import { make } from "../page/dom.js";
import { icon } from "./icons.js";

/** @import { Actions } from "../session/actions.js" */

/**
 * @param {Pick<Actions, "unpin"|"unpinAll"|"clearLasso"|"hover"|"focusWord">} act
 * @param {(word: string) => number} leanOf a word
 * @param {() => void} leave give the focus back where the last chip goes
 */
export function createChips(act, leanOf, leave) {
  const element = make("ul", { class: "chips", "data-chips": true, "aria-label": tr("Pinned words") });
  let shown = "";

  /** @param {string} word */
  const pinChip = (word) =>
    make(
      "li",
      {
        class: `chip lean-${leanOf(word)}`,
        "data-pin": word,
        mouseenter: () => act.hover(word),
        mouseleave: () => act.hover(null),
        focusin: ({ target }) => target.matches(":focus-visible") && act.focusWord(word),
        focusout: () => act.hover(null),
      },
      make("span", { class: "chip-word" }, word),
      make(
        "button",
        {
          type: "button",
          class: "chip-remove",
          "aria-label": tr("Unpin {word}", { word }),
          click: () => act.unpin(word),
        },
        icon("close"),
      ),
    );

  /** @param {string[]} words */
  const lassoChip = (words) =>
    make(
      "li",
      { class: "chip chip-lasso", "data-lasso-count": words.length },
      make("span", { class: "chip-word" }, trPlural("lasso: {count} word", "lasso: {count} words", words.length)),
      make(
        "button",
        { type: "button", class: "chip-remove", "aria-label": tr("Clear the lasso"), click: act.clearLasso },
        icon("close"),
      ),
    );

  /** @returns {HTMLElement[]} */
  const buttons = () => [...element.querySelectorAll(/** @type {"button"} */ (".chip-remove"))];

  const clearAll = () =>
    make("li", {}, make("button", { type: "button", class: "link", click: act.unpinAll }, tr("Unpin all")));

  /**
   * @param {string[]} pins
   * @param {string[]|null} lasso
   */
  const show = (pins, lasso) => {
    const key = JSON.stringify([pins, lasso?.length, lasso?.[0]]);
    if (key === shown) return;
    shown = key;
    const chips = pins.map(pinChip);
    if (pins.length > 1) chips.push(clearAll());
    if (lasso) chips.unshift(lassoChip(lasso));
    const place = buttons().findIndex((button) => button.matches(":focus"));
    const hadFocus = element.querySelector(":focus");
    element.replaceChildren(...chips);
    if (!hadFocus) return;
    // Focus the chip that takes the place of the removed one.
    const next = buttons()
      .slice(0, place + 1)
      .pop();
    if (next) next.focus();
    else leave();
  };

  return { element, show };
}
