// Mounts the player into an element and shows a payload. Pointer and keyboard control it.

import { carryTexts, readAddress } from "./data/address.js";
import { decode, PayloadError } from "./data/payload.js";
import { currentSpeech, speak, tr } from "./messages.js";
import { make } from "./page/dom.js";
import { Session } from "./session/session.js";

/** @import { Texts } from "./data/address.js" */
/** @import { Settings } from "./data/payload.js" */
/** @import { Options } from "./session/reports.js" */
/** @import { Kept } from "./session/session.js" */

/**
 * @typedef {Partial<Options> & Settings} PlayerOptions start is the state to begin with; an address goes first
 *
 * @typedef {Object} Player
 * @property {(bytes: Uint8Array, options?: PlayerOptions) => void} update show another payload, keeping what is pinned and
 *   encircled and how it is looked at
 * @property {() => void} destroy
 * @property {() => Texts} state
 * @property {() => boolean} plays false where a notice stands in the player's place
 */

/**
 * Mount a player.
 * @param {HTMLElement} root filled with the player
 * @param {Uint8Array} bytes a payload
 * @param {PlayerOptions} [options]
 * @returns {Player}
 */
export function mountPlayer(root, bytes, options = {}) {
  if (options.speech) speak(options.speech);
  let shown = open(root, bytes, options, null);
  return {
    update(newBytes, newOptions = {}) {
      const old = shown.session;
      const { language } = currentSpeech();
      if (newOptions.speech) speak(newOptions.speech);
      if (old && language === currentSpeech().language && sameBytes(old.payload.bytes, newBytes)) {
        old.setOptions(complete(newOptions));
        return;
      }
      shown.remove();
      shown = open(root, newBytes, newOptions, old);
      // Report what is left of the selection in this payload.
      if (old?.chosen) shown.session?.select();
      shown.session?.rest();
    },
    destroy: () => shown.remove(),
    state: () => shown.session?.texts() ?? {},
    plays: () => shown.session !== null,
  };
}

/**
 * @param {PlayerOptions} options
 * @returns {Texts}
 */
function beginning({ start, address }) {
  const texts = Object.entries(start ?? {}).filter(([key]) => key !== "lasso");
  const stated = Object.fromEntries(texts.map(([key, value]) => [key, String(value)]));
  return { ...stated, ...(address ? readAddress() : {}) };
}

/**
 * @param {PlayerOptions} options
 * @returns {Options}
 */
function complete({ alone = false, address = false, onChange = () => {}, onRest = () => {} }) {
  return { alone, address, onChange, onRest };
}

/**
 * A session that continues an old one, if any; or a notice that says why there is none.
 * @param {HTMLElement} root
 * @param {Uint8Array} bytes
 * @param {PlayerOptions} options
 * @param {Session|null} old
 * @returns {{session: Session|null, remove: () => void}}
 */
function open(root, bytes, options, old) {
  try {
    if (!make("canvas").getContext("2d")) return refuse(root, noCanvas());
    const payload = decode(bytes);
    const texts = old ? carryTexts(old, payload) : beginning(options);
    const session = new Session(root, payload, texts, complete(options), old ? old.kept() : keptBy(options));
    return { session, remove: () => session.destroy() };
  } catch (error) {
    console.error(error);
    const isDamaged = error instanceof PayloadError;
    return refuse(
      root,
      isDamaged
        ? tr("The data of this picture is damaged. Reload the page.")
        : tr("The player could not start. Reload the page."),
    );
  }
}

/**
 * @param {PlayerOptions} options
 * @returns {Kept}
 */
function keptBy({ start }) {
  const lasso = start?.lasso;
  return { lasso: Array.isArray(lasso) ? lasso.map(String) : null, told: null };
}

function noCanvas() {
  return tr("This browser cannot draw moving words. Open the page in a current Firefox, Chrome, Edge or Safari.");
}

/**
 * @param {HTMLElement} root
 * @param {string} message
 */
function refuse(root, message) {
  const element = make(
    "div",
    { class: "player" },
    make("p", { class: "notice", role: "alert", "data-notice": true }, message),
  );
  root.replaceChildren(element);
  return { session: null, remove: () => element.remove() };
}

/**
 * @param {Uint8Array} some
 * @param {Uint8Array} others
 */
function sameBytes(some, others) {
  return some.length === others.length && some.every((byte, place) => byte === others[place]);
}
