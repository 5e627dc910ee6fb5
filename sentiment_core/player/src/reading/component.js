// The reading as a Streamlit component. It sends Python the trigger `chosen`: the place of the selected word's first
// character in the text, -1 if the reader selects nothing.
//
// Streamlit calls the function below after every rerun of the page, with a new copy of the data, and keeps only the last
// call's cleanup. The same data leaves the reading as it is, so that neither focus nor pointer is lost.

import { speak } from "../messages.js";
import { Reading } from "./reading.js";

/** @import { Data } from "./reading.js" */

/**
 * @typedef {Object} Call what Streamlit gives
 * @property {HTMLElement|ShadowRoot} parentElement
 * @property {Data} data
 * @property {(name: string, value: unknown) => void} setTriggerValue
 */

/** @typedef {{reading: Reading, drawn: string, call: Call, calls: number}} Mounted */

/** @type {WeakMap<Node, Mounted>} by parent */
const mountedIn = new WeakMap();

/** @param {Call} call */
function draw(call) {
  const { data, parentElement } = call;
  speak(data.speech);
  const reading = new Reading(data, (word) => {
    mountedIn.get(parentElement)?.call.setTriggerValue("chosen", word === null ? -1 : data.starts[word]);
  });
  parentElement.append(reading.element);
  reading.fit();
  return reading;
}

/**
 * Mount the reading, or update the one that is there.
 * @param {Call} call
 * @returns {() => void} removes it
 */
export default function mount(call) {
  const parent = call.parentElement;
  const drawn = JSON.stringify({ ...call.data, selected: null });
  let mounted = mountedIn.get(parent);
  if (!mounted) {
    mounted = { reading: draw(call), drawn, call, calls: 0 };
    mountedIn.set(parent, mounted);
  } else if (mounted.drawn === drawn) {
    mounted.reading.select(call.data.selected);
  } else {
    const focused = mounted.reading.focused();
    mounted.reading.remove();
    mounted.reading = draw(call);
    mounted.drawn = drawn;
    if (focused !== null) mounted.reading.words.buttons[focused]?.focus({ preventScroll: true });
  }
  mounted.call = call;
  const [current, number] = [mounted, ++mounted.calls];
  return () => {
    if (number !== current.calls) return;
    mountedIn.delete(parent);
    current.reading.remove();
  };
}
