// Presentation: the player alone on the whole screen where the browser allows it, else over the whole window.

/**
 * @param {HTMLElement} element the player
 * @param {function(): void} left called where the person left full screen by the browser's own means
 * @returns {{enter: function(boolean): void, leave: function(): void, destroy: function(): void}}
 */
export function createPresentation(element, left) {
  let full = false; // whether the element is the one in full screen

  const notice = () => {
    const stillFull = document.fullscreenElement && document.fullscreenElement.contains(hostOf(element));
    if (full && !stillFull) {
      full = false;
      left();
    }
  };
  document.addEventListener("fullscreenchange", notice);

  /** @param {boolean} byHand whether a person asked just now: a browser goes full screen for no other reason */
  const enter = (byHand) => {
    element.classList.add("presenting");
    const refused = () => element.classList.contains("presenting") && raise(element);
    if (!byHand || !element.requestFullscreen) refused();
    else element.requestFullscreen().then(() => (full = true), refused);
  };

  const leave = () => {
    element.classList.remove("presenting");
    lower(element);
    if (full && document.exitFullscreen) document.exitFullscreen().catch(() => {});
    full = false;
  };

  const destroy = () => {
    document.removeEventListener("fullscreenchange", notice);
    leave();
  };

  return { enter, leave, destroy };
}

/** The element of the document that an element is, or in whose shadow it lies. */
function hostOf(element) {
  const tree = element.getRootNode();
  return tree instanceof ShadowRoot ? hostOf(tree.host) : element;
}

/** Lift an element above all others, whatever they lie in. Older browsers know no way; there the styles must do. */
function raise(element) {
  if (!element.showPopover) return;
  element.setAttribute("popover", "manual");
  element.showPopover();
}

function lower(element) {
  if (element.hasAttribute("popover")) element.hidePopover();
  element.removeAttribute("popover");
}
