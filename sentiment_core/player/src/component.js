// The player as a Streamlit component.
//
// Streamlit calls the function below whenever something about the component changed, as its place on the page, with a
// new copy of the same bytes, and keeps only the last call's cleanup. So there is one player for each parent, which
// later calls update, and a cleanup that comes after another call leaves the player alone.
//
// Streamlit also rewrites the whole query of the address from what the server last heard of it, as when a program sets
// a bound widget: the player's part of it would fall back. So it is put back whenever the address changed.

import { writeAddress } from "./data/address.js";
import { splitStart } from "./data/payload.js";
import { mountPlayer } from "./player.js";

// Milliseconds between two looks at the address, where the browser does not report changes.
const ADDRESS_CHECK = 1000;
const mountedIn = new WeakMap(); // what is mounted, by parent

/**
 * Mount the player, or update the one that is there.
 * @param {Object} component as Streamlit gives it: the parent, the payload, and what sends a value to Python
 * @returns {function(): void} removes the player
 */
export default function ({ parentElement, data, setStateValue }) {
  const mounted = mountedIn.get(parentElement) ?? { calls: 0, plays: true };
  const call = ++mounted.calls;
  mounted.send = setStateValue;
  Object.assign(mounted, splitStart(data));
  if (mounted.player) mounted.player.update(mounted.bytes, componentOptions(mounted));
  else mountIn(parentElement, mounted);
  tellWhetherPlaying(mounted);
  return () => {
    if (call === mounted.calls) unmount(parentElement, mounted);
  };
}

function mountIn(parent, mounted) {
  mountedIn.set(parent, mounted);
  mounted.path = window.location.pathname;
  mounted.root = document.createElement("div");
  parent.append(mounted.root);
  mounted.player = mountPlayer(mounted.root, mounted.bytes, componentOptions(mounted));
  mounted.unwatch = watchAddress(() => keepAddress(mounted));
}

/** Where no player came up the page shows still pictures; what stands in its place says why. */
function tellWhetherPlaying(mounted) {
  const plays = mounted.player.plays();
  if (plays !== mounted.plays) mounted.send("canvas", plays);
  mounted.plays = plays;
}

function unmount(parent, mounted) {
  mountedIn.delete(parent);
  mounted.unwatch();
  mounted.player.destroy();
  mounted.root.remove();
}

function componentOptions(mounted) {
  return {
    // The next page's address is there before this one is gone.
    address: window.location.pathname === mounted.path,
    start: mounted.start,
    onChange: (selection) => mounted.send("selection", selection),
    onRest: (moment) => mounted.send("moment", moment),
  };
}

function keepAddress(mounted) {
  if (!mounted.player.plays()) return; // it knows no state to put back
  const options = componentOptions(mounted);
  if (options.address) writeAddress(mounted.player.state());
  else mounted.player.update(mounted.bytes, options);
}

/** Call `changed` when the address may have changed. Returns what ends this. */
function watchAddress(changed) {
  if (window.navigation) {
    window.navigation.addEventListener("currententrychange", changed);
    return () => window.navigation.removeEventListener("currententrychange", changed);
  }
  const timer = setInterval(changed, ADDRESS_CHECK);
  return () => clearInterval(timer);
}
