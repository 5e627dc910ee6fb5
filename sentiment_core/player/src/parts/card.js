// The card beside the word under the pointer, with its numbers.

import { tr } from "../messages.js";
import { clamp, make } from "../page/dom.js";
import { leanName } from "../page/theme.js";

/** @import { PanelView } from "../picture/panel.js" */

// Pixels between a word and its card.
const WORD_GAP = 18;
const EDGE_GAP = 4;

/** A card, hidden until it shows a word. */
export function createCard() {
  const element = make("div", { class: "card", "data-card": true, hidden: true, "aria-hidden": "true" });
  return {
    element,
    hide: () => {
      element.hidden = true;
    },
    /**
     * @param {string} word
     * @param {PanelView} panel where it is pointed at
     * @param {PanelView[]} panels whose distances it lists
     * @param {number} position in time
     */
    show(word, panel, panels, position) {
      const lean = panel.panel.vocabulary.leans[panel.find(word)];
      const lines = describeWord(word, panel, panels, position).map((line) => make("span", {}, line));
      element.replaceChildren(make("strong", { class: `card-word lean-${lean}` }, word), ...lines);
      element.hidden = false;
      if (element.parentNode !== panel.box) panel.box.append(element);
      placeBeside(element, panel, panel.find(word));
    },
  };
}

/**
 * The facts about a word at a position in time, as lines of text.
 * @param {string} word
 * @param {PanelView} panel that has it
 * @param {PanelView[]} panels whose distances are listed, where there is time to move in
 * @param {number} position
 * @returns {string[]}
 */
export function describeWord(word, panel, panels, position) {
  const { vocabulary } = panel.panel;
  const id = panel.find(word);
  const polarity = vocabulary.polarity[id];
  const known = Number.isNaN(polarity)
    ? tr("polarity unknown")
    : tr("polarity {polarity:+.2f}, {lean}", { polarity, lean: leanName(vocabulary.leans[id]) });
  const [positive, negative] = [vocabulary.positive[id], vocabulary.negative[id]];
  return [
    known,
    ...(Number.isNaN(polarity)
      ? []
      : [tr("{positive} times in positive reviews, {negative} in negative", { positive, negative })]),
    ...panels
      .filter((one) => one.find(word) >= 0 && one.panel.frames.length > 1)
      .map((one) => describeMove(word, one, position)),
  ];
}

/**
 * @param {string} word
 * @param {PanelView} view
 * @param {number} position
 */
function describeMove(word, view, position) {
  const { panel } = view;
  const place = view.frameAt(position) * panel.vocabulary.words.length + view.find(word);
  const moved = panel.displacement[place] * panel.displacementScale;
  return tr("{moved:.2f} from where it began ({network})", { moved, network: panel.title });
}

/**
 * Place a card beside a word; where there is no room beside it, at the other end of the picture.
 * @param {HTMLElement} element
 * @param {PanelView} panel
 * @param {number} id
 */
function placeBeside(element, panel, id) {
  const [x, y] = [panel.screen[2 * id], panel.screen[2 * id + 1]];
  const [right, bottom] = [
    panel.size.width - element.offsetWidth - EDGE_GAP,
    panel.size.height - element.offsetHeight - EDGE_GAP,
  ];
  const beside = x > panel.size.width / 2 ? x - element.offsetWidth - WORD_GAP : x + WORD_GAP;
  const fits = beside >= EDGE_GAP && beside <= right;
  const left = clamp(beside, EDGE_GAP, Math.max(right, EDGE_GAP));
  const middle = clamp(y - element.offsetHeight / 2, EDGE_GAP, Math.max(bottom, EDGE_GAP));
  const top = fits ? middle : y > panel.size.height / 2 ? EDGE_GAP : bottom;
  element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}
