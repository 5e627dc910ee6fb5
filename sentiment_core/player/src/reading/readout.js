// A table with a row for each model: how its line looks, and its numbers at the word pointed at.

import { tr } from "../messages.js";
import { make, makeSvg, setText } from "../page/dom.js";
import { leanName } from "../page/theme.js";
import { probabilityAfter, unsigned } from "./geometry.js";

/** @import { Data, Model } from "./reading.js" */

const DASH = "–";

/** The table. Without a word pointed at it has each model's numbers for the whole text. */
export class Readout {
  /**
   * @param {Data} data
   * @param {(word: number|null) => void} point told which word a reader looks for
   * @param {(word: number) => void} choose told which word was clicked
   */
  constructor(data, point, choose) {
    this.data = data;
    this.after = make("th", { scope: "col", class: "after" });
    this.rows = data.models.map((model) => ({
      share: make("td", { class: "figure" }),
      value: make("td", { class: "figure" }),
      model,
    }));
    const adds = data.models.some(({ salience }) => salience);
    const heads = [tr("classifier"), null, adds ? tr("adds (log-odds)") : null, tr("last turned"), tr("reads")];
    this.element = make(
      "table",
      { class: "readout" },
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          ...heads.flatMap((head, index) => (index === 1 ? [this.after] : head ? [headCell(head, index)] : [])),
        ),
      ),
      make(
        "tbody",
        {},
        ...this.rows.map(({ model, share, value }) =>
          make(
            "tr",
            {},
            make("th", { scope: "row" }, sample(model), make("bdi", {}, model.name)),
            share,
            ...(adds ? [value] : []),
            make("td", {}, this.turn(model, point, choose)),
            make("td", { class: "pass" }, model.onePass ? tr("once") : tr("again for each word")),
          ),
        ),
      ),
    );
    this.show(null);
  }

  /**
   * Where a model's verdict last turned, as a button that leads there.
   * @param {Model} model
   * @param {(word: number|null) => void} point
   * @param {(word: number) => void} choose
   */
  turn(model, point, choose) {
    const turn = model.turns.at(-1);
    if (!turn) return DASH;
    const { word, positive } = turn;
    const side = leanName(positive ? 1 : 2);
    return make(
      "button",
      {
        type: "button",
        class: "turn-button",
        pointerenter: () => point(word),
        pointerleave: () => point(null),
        focus: () => point(word),
        blur: () => point(null),
        click: () => choose(word),
      },
      positive ? "● " : "◆ ",
      tr("{side}, at “{word}”", { side, word: this.data.words[word] }),
    );
  }

  /** @param {number|null} word */
  show(word) {
    const { words } = this.data;
    setText(this.after, word === null ? tr("after the last word") : tr("after “{word}”", { word: words[word] }));
    for (const { model, share, value } of this.rows) {
      setText(share, word === null ? percent(model.p.at(-1)) : percent(probabilityAfter(model, word)));
      const adds = word === null ? total(model) : (model.salience?.[word] ?? null);
      setText(value, adds === null ? DASH : tr("{value:+.2f}", { value: unsigned(adds) }));
      value.dataset.side = adds === null || unsigned(adds) === 0 ? "" : adds > 0 ? "positive" : "negative";
    }
  }
}

/**
 * @param {string} text
 * @param {number} index
 */
function headCell(text, index) {
  return make("th", { scope: "col", class: index === 4 ? "pass" : null }, text);
}

/** @param {Model} model */
function total({ salience }) {
  return salience ? salience.reduce((/** @type {number} */ sum, value) => sum + (value ?? 0), 0) : null;
}

/** @param {number|null|undefined} share */
function percent(share) {
  return share === null || share === undefined ? DASH : tr("{share:.1%}", { share });
}

/** @param {Model} model */
function sample({ colour, dash }) {
  const line = makeSvg("line", { x1: 1, x2: 33, y1: 6, y2: 6, stroke: colour, "stroke-dasharray": dash });
  return makeSvg("svg", { class: "sample", width: 34, height: 12, "aria-hidden": "true" }, line);
}
