// The player of moving words: mounted into any element, given a payload, driven by pointer and keys.

import { PayloadError, decode } from "./payload.js";
import { Session } from "./session.js";
import { make } from "./dom.js";
import { pinsText, readAddress } from "./address.js";

const NO_CANVAS_NOTICE =
  "This browser cannot draw moving words. Open the page in a current Firefox, Chrome, Edge or Safari.";

/**
 * Mount a player.
 * @param {Element} root filled with the player
 * @param {Uint8Array} bytes a payload, see payload.js
 * @param {Object} [options]
 * @param {boolean} [options.address] whether the page's address holds the state: read once, then written
 * @param {Object<string, *>|null} [options.start] a state to begin with, by the address's keys; the address goes first
 * @param {function({pins: string[], lasso: string[], moment: number}): void} [options.onChange] called a moment after
 *   the pins or the lasso changed
 * @returns {{update: function(Uint8Array, Object): void, destroy: function(): void,
 *   state: function(): Object<string, string>}}
 */
export function mountPlayer(root, bytes, options = {}) {
  let session = openSession(root, bytes, options, beginning(options));
  return {
    /** Show another payload, keeping what is pinned and how it is looked at. */
    update(newBytes, newOptions = {}) {
      if (session.payload && sameBytes(session.payload.bytes, newBytes)) {
        session.options = complete(newOptions);
        return;
      }
      const texts = session.payload
        ? { ...session.texts(), pins: pinsText(session.state.pins) }
        : beginning(newOptions);
      session.destroy();
      session = openSession(root, newBytes, newOptions, texts);
    },
    destroy: () => session.destroy(),
    state: () => session.texts(),
  };
}

function beginning(options) {
  const start = Object.entries(options.start || {}).map(([key, value]) => [key, String(value)]);
  return { ...Object.fromEntries(start), ...(options.address ? readAddress() : {}) };
}

function complete({ address = false, onChange = () => {} }) {
  return { address, onChange };
}

/** A session, or in its place a notice that says why there is none. */
function openSession(root, bytes, options, texts) {
  try {
    if (!make("canvas").getContext("2d")) return refusal(root, NO_CANVAS_NOTICE);
    return new Session(root, decode(bytes), texts, complete(options));
  } catch (error) {
    if (error instanceof PayloadError) return refusal(root, error.message);
    console.error(error);
    return refusal(root, "The player could not start. Reload the page.");
  }
}

function refusal(root, message) {
  const element = make(
    "div",
    { class: "player" },
    make("p", { class: "notice", role: "alert", "data-notice": true }, message),
  );
  root.replaceChildren(element);
  return { destroy: () => element.remove(), texts: () => ({}) };
}

function sameBytes(some, others) {
  return some.length === others.length && some.every((byte, place) => byte === others[place]);
}
