// The live view as a Streamlit component. It sends Python the trigger `moved` when the state of the job has changed, and
// says once by the state `canvas` if the browser cannot draw.
//
// Streamlit calls the function below after every rerun of the page, with a new copy of the data, and keeps only the last
// call's cleanup. The same job leaves the view as it is: it goes on following.

import { speak } from "../messages.js";
import { make } from "../page/dom.js";
import { Live } from "./live.js";

/** @import { Data } from "./live.js" */

/**
 * @typedef {Object} Call what Streamlit gives
 * @property {HTMLElement|ShadowRoot} parentElement
 * @property {Data} data
 * @property {(name: string, value: unknown) => void} setTriggerValue
 * @property {(name: string, value: unknown) => void} setStateValue
 */

/** @typedef {{live: Live, drawn: string, call: Call, calls: number}} Mounted */

/** @type {WeakMap<Node, Mounted>} by parent */
const mountedIn = new WeakMap();

/** @param {Call} call */
function draw(call) {
  const { data, parentElement } = call;
  speak(data.speech);
  // Every page lies directly below the base of the app.
  const base = new URL("./", window.location.href).href;
  const live = new Live(data, base, (state) => mountedIn.get(parentElement)?.call.setTriggerValue("moved", state));
  parentElement.append(live.room);
  live.start();
  if (!make("canvas").getContext("2d")) call.setStateValue("canvas", false);
  return live;
}

/**
 * Mount the view, or update the one that is there.
 * @param {Call} call
 * @returns {() => void} removes it
 */
export default function mount(call) {
  const parent = call.parentElement;
  const drawn = JSON.stringify({ ...call.data, state: null, told: null });
  let mounted = mountedIn.get(parent);
  if (!mounted) {
    mounted = { live: draw(call), drawn, call, calls: 0 };
    mountedIn.set(parent, mounted);
  } else if (mounted.drawn === drawn) {
    mounted.live.update(call.data);
  } else {
    mounted.live.remove();
    mounted.live = draw(call);
    mounted.drawn = drawn;
  }
  mounted.call = call;
  const [current, number] = [mounted, ++mounted.calls];
  return () => {
    if (number !== current.calls) return;
    mountedIn.delete(parent);
    current.live.remove();
  };
}
