// The player of moving words: mounted into any element, given a payload, driven by pointer and keys.

import { carryTexts, readAddress } from "./data/address.js";
import { decode, PayloadError } from "./data/payload.js";
import { make } from "./page/dom.js";
import { Session } from "./session/session.js";

const NO_CANVAS_NOTICE =
  "This browser cannot draw moving words. Open the page in a current Firefox, Chrome, Edge or Safari.";

/**
 * Mount a player.
 * @param {Element} root filled with the player
 * @param {Uint8Array} bytes a payload, see payload.js
 * @param {Object} [options]
 * @param {boolean} [options.alone] whether the page is the player's own, and so each key and the wheel
 * @param {boolean} [options.address] whether the page's address holds the state: read once, then written
 * @param {Object<string, *>|null} [options.start] a state to begin with, by the address's keys, and the words of a
 *   `lasso`; the address goes first
 * @param {function({pins: string[], lasso: string[], encircled: number}): void} [options.onChange] called a moment
 *   after the pins or the lasso changed; encircled is how many words the lasso holds, of which it is told the first
 * @param {function(string): void} [options.onRest] called with a moment's name when time has come to rest there
 * @returns {{update: function(Uint8Array, Object): void, destroy: function(): void,
 *   state: function(): Object<string, string>, plays: function(): boolean}} plays is false where a notice stands
 *   in the player's place
 */
export function mountPlayer(root, bytes, options = {}) {
  let session = openSession(root, bytes, options, null);
  return {
    /** Show another payload, keeping what is pinned and encircled and how it is looked at. */
    update(newBytes, newOptions = {}) {
      if (session.payload && sameBytes(session.payload.bytes, newBytes)) {
        session.options = complete(newOptions);
        return;
      }
      const old = session;
      old.destroy();
      session = openSession(root, newBytes, newOptions, old.payload ? old : null);
      if (!session.payload) return;
      // What is left of it in this payload.
      if (old.chosen) session.select();
      session.reports.rest();
    },
    destroy: () => session.destroy(),
    state: () => session.texts(),
    plays: () => Boolean(session.payload),
  };
}

function beginning({ start, address }) {
  const texts = Object.entries(start || {}).filter(([key]) => key !== "lasso");
  const stated = Object.fromEntries(texts.map(([key, value]) => [key, String(value)]));
  return { ...stated, ...(address ? readAddress() : {}) };
}

function complete({ alone = false, address = false, onChange = () => {}, onRest = () => {} }) {
  return { alone, address, onChange, onRest };
}

/** A session that goes on from an old one, if any, or in its place a notice that says why there is none. */
function openSession(root, bytes, options, old) {
  try {
    if (!make("canvas").getContext("2d")) return refusal(root, NO_CANVAS_NOTICE);
    const payload = decode(bytes);
    const texts = old ? carryTexts(old, payload) : beginning(options);
    const kept = old ? old.kept() : { lasso: options.start?.lasso ?? null, told: null };
    return new Session(root, payload, texts, complete(options), kept);
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
