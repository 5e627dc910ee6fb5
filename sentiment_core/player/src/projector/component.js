// The teacher's views of a class as a Streamlit component: the stage on the page Class, and the bar on every page.
//
// The stage sends Python the trigger `act`, what the teacher asks for, and `moved` when another browser has led the class
// on. The bar sends `show` with the view that is open, `stop`, `home` and `moved`.
//
// Streamlit calls the function below after every rerun of the page, with a new copy of the data, and keeps only the last
// call's cleanup. The same class leaves the view as it is.

import { speak } from "../messages.js";
import { Bar } from "./bar.js";
import { Stage } from "./stage.js";

/** @import { BarData } from "./bar.js" */
/** @import { StageData } from "./stage.js" */

/**
 * @typedef {Object} Call what Streamlit gives
 * @property {HTMLElement|ShadowRoot} parentElement
 * @property {StageData|BarData} data
 * @property {(name: string, value: unknown) => void} setTriggerValue
 *
 * @typedef {{view: Stage|Bar|null, call: Call, calls: number}} Mounted
 */

/** @type {WeakMap<Node, Mounted>} by parent */
const mountedIn = new WeakMap();

/** @param {Call} call */
function draw(call) {
  const { data, parentElement } = call;
  // A phone shows a page in a frame. The teacher's bar has no place there, even if the phone is the teacher's browser.
  if (window.self !== window.top) return null;
  speak(data.speech);
  // Every page lies directly below the base of the app.
  const base = new URL("./", window.location.href).href;
  /** @type {(name: string, value: unknown) => void} */
  const send = (name, value) => mountedIn.get(parentElement)?.call.setTriggerValue(name, value);
  const view = data.part === "stage" ? new Stage(data, base, send) : new Bar(data, base, send);
  parentElement.append(view.room);
  view.start();
  return view;
}

/**
 * Mount the view, or update the one that is there.
 * @param {Call} call
 * @returns {() => void} removes it
 */
export default function mount(call) {
  const { data, parentElement } = call;
  let mounted = mountedIn.get(parentElement);
  if (!mounted) {
    mounted = { view: null, call, calls: 0 };
    mountedIn.set(parentElement, mounted);
    mounted.view = draw(call);
  } else if (mounted.view instanceof Stage && data.part === "stage" && mounted.view.isOf(data)) {
    mounted.call = call;
    mounted.view.update(data);
  } else if (mounted.view instanceof Bar && data.part === "bar" && mounted.view.isOf(data)) {
    mounted.call = call;
    mounted.view.update(data);
  } else {
    mounted.view?.remove();
    mounted.view = draw(call);
  }
  mounted.call = call;
  const [current, number] = [mounted, ++mounted.calls];
  return () => {
    if (number !== current.calls) return;
    mountedIn.delete(parentElement);
    current.view?.remove();
  };
}
