// The player as a Streamlit component.
//
// Streamlit calls the function below whenever something about the component changed, as its place on the page, with a
// new copy of the same bytes, and keeps only the last call's cleanup. So there is one player for each parent, which
// later calls update, and a cleanup that comes after another call leaves the player alone.
//
// Streamlit also rewrites the whole query of the address from what the server last knew, for instance when a program sets
// a bound widget. That would undo the player's part of it, so the player writes its part again after each change.

import { writeAddress } from "./data/address.js";
import { splitSettings } from "./data/payload.js";
import { mountPlayer } from "./player.js";

/** @import { PlayerOptions } from "./player.js" */

/**
 * @typedef {(name: string, value: unknown) => void} Send sends a value to Python
 *
 * @typedef {Object} Call what Streamlit gives
 * @property {HTMLElement|ShadowRoot} parentElement
 * @property {Uint8Array} data
 * @property {Send} setStateValue
 */

// Milliseconds between checks of the address in browsers that do not report changes.
const ADDRESS_CHECK = 1000;
/** @type {WeakMap<Node, Mounted>} what is mounted, by parent */
const mountedIn = new WeakMap();

/** One player on the page. */
class Mounted {
  #path = window.location.pathname;
  #root = document.createElement("div");
  #unwatch;
  /** Whether Python believes that the player draws. */
  #believed = true;

  /** @param {Call} call */
  constructor(call) {
    this.calls = 0;
    this.send = call.setStateValue;
    this.given = splitSettings(call.data);
    call.parentElement.append(this.#root);
    this.player = mountPlayer(this.#root, this.given.bytes, this.#options());
    this.#unwatch = watchAddress(() => this.#keepAddress());
  }

  /** @param {Call} call */
  take({ data, setStateValue }) {
    this.send = setStateValue;
    this.given = splitSettings(data);
    this.#update();
  }

  #update() {
    this.player.update(this.given.bytes, this.#options());
  }

  /** Tell Python when the player cannot draw: the page then shows snapshots, and a notice says why. */
  tellWhetherPlaying() {
    const plays = this.player.plays();
    if (plays !== this.#believed) this.send("canvas", plays);
    this.#believed = plays;
  }

  remove() {
    this.#unwatch();
    this.player.destroy();
    this.#root.remove();
  }

  /** @returns {PlayerOptions} */
  #options() {
    return {
      // The address changes to the next page before this page is removed.
      address: window.location.pathname === this.#path,
      start: this.given.start,
      speech: this.given.speech,
      onChange: (selection) => this.send("selection", selection),
      onRest: (checkpoint) => this.send("checkpoint", checkpoint),
    };
  }

  #keepAddress() {
    if (!this.player.plays()) return; // it knows no state to put back
    if (this.#options().address) writeAddress(this.player.state());
    else this.#update();
  }
}

/**
 * Mount the player, or update the one that is there.
 * @param {Call} call
 * @returns {() => void} removes the player
 */
export default function mount(call) {
  const parent = call.parentElement;
  let mounted = mountedIn.get(parent);
  if (mounted) mounted.take(call);
  else {
    mounted = new Mounted(call);
    mountedIn.set(parent, mounted);
  }
  mounted.tellWhetherPlaying();
  const [current, number] = [mounted, ++mounted.calls];
  return () => {
    if (number !== current.calls) return;
    mountedIn.delete(parent);
    current.remove();
  };
}

/**
 * Call `changed` when the address may have changed. Returns what ends this.
 * @param {() => void} changed
 */
function watchAddress(changed) {
  const { navigation } = /** @type {{navigation?: EventTarget}} */ (window);
  if (navigation) {
    navigation.addEventListener("currententrychange", changed);
    return () => navigation.removeEventListener("currententrychange", changed);
  }
  const timer = setInterval(changed, ADDRESS_CHECK);
  return () => clearInterval(timer);
}
