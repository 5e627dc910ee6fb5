// Follow me: the page of the app that the teacher shows, in a frame below a bar with the way out.

import { currentSpeech, tr } from "../messages.js";
import { make } from "../page/dom.js";
import { pageAddress } from "./state.js";

/** @import { Place } from "./phone.js" */
/** @import { Screen } from "./screens.js" */

/**
 * @param {string|null} view address of the page, relative to the app's
 * @param {Place} place
 * @param {number} wait milliseconds until it is this phone's turn to open it
 * @returns {Screen}
 */
export function frame(view, { base, pages }, wait) {
  const address = pageAddress(view, base, pages);
  const title = tr("The teacher shows a page.");
  const element = make("div", { class: "following" });
  if (!address) {
    element.append(
      make("h1", { tabindex: "-1" }, title),
      make("p", {}, tr("It cannot be shown here. Look at the projector.")),
    );
    return { element, said: title };
  }
  const source = new URL(address);
  source.searchParams.set("lang", currentSpeech().language); // that of the phone, not the teacher's
  /** @param {boolean} open */
  const show = (open) => {
    element.textContent = "";
    element.classList.toggle("is-open", open);
    const button = make(
      "button",
      { type: "button", click: () => show(!open) },
      open ? tr("Leave") : tr("Show it again"),
    );
    element.append(make("div", { class: "following-bar" }, make("h1", { tabindex: "-1" }, title), button));
    if (open) element.append(make("iframe", { src: source.href, title: tr("The page that the teacher shows") }));
    else element.append(make("p", {}, tr("Wait for the teacher, or show the page again.")));
  };
  if (wait <= 0) show(true);
  else {
    element.append(make("h1", { tabindex: "-1" }, title), make("p", {}, tr("It opens in a few seconds.")));
    setTimeout(() => element.isConnected && show(true), wait);
  }
  return { element, said: title, update: () => {} };
}
