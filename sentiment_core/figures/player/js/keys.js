// Keys, heard only while the focus is inside the player.

/**
 * @param {HTMLElement} element the player
 * @param {Object} act see Session
 */
export function listenToKeys(element, act) {
  const meanings = {
    " ": act.togglePlay,
    ArrowLeft: () => act.step(-1),
    ArrowRight: () => act.step(1),
    Home: act.toStart,
    End: act.toEnd,
    f: act.togglePresent,
    l: act.toggleLasso,
    "/": act.focusSearch,
    "+": () => act.zoomBy(1.5),
    "=": () => act.zoomBy(1.5),
    "-": () => act.zoomBy(1 / 1.5),
    0: act.resetViews,
    Escape: act.escape,
  };
  element.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const meaning = meanings[key];
    if (!meaning || isTaken(event.target, key)) return;
    event.preventDefault();
    event.stopPropagation(); // the page has shortcuts of its own
    meaning();
  });
}

/** Whether the focused element needs the key itself: a text for typing, a button for pressing, a list for choosing. */
function isTaken(target, key) {
  const kind = target.localName;
  if (kind === "input" && target.type === "text") return true;
  if (kind === "button") return key === " ";
  return kind === "select" && (key === " " || key.startsWith("Arrow") || key === "Home" || key === "End");
}
