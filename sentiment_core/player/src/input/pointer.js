// Mouse, pen and fingers on a panel, turned into what is meant: point, tap, move, zoom, draw a lasso.

const STILL = 5; // pixels that a tap may wander

/**
 * @param {HTMLElement} box the panel's picture
 * @param {Object} meant
 * @param {function(number, number): void} meant.point at pixels within the box
 * @param {function(): void} meant.leave
 * @param {function(number, number, boolean): void} meant.tap and whether with a finger
 * @param {function(number, number): void} meant.pan by pixels
 * @param {function(number, number, number): void} meant.zoom by a factor around pixels
 * @param {function(): boolean} meant.ownsWheel whether a plain wheel zooms
 * @param {function(): void} meant.hint say what zooms where a plain wheel does not
 * @param {function(): void} meant.reset
 * @param {function(): boolean} meant.wantsLasso whether a plain drag draws a lasso
 * @param {function(number[]): void} meant.drawLasso with the corners so far
 * @param {function(number[]): void} meant.endLasso
 * @param {function(): void} meant.dropLasso the one being drawn
 * @returns {function(): void} forgets a drag
 */
export function listenToPointer(box, meant) {
  const down = new Map(); // pointers held down, by id
  // {kind, x, y, far, corners} of the first of them.
  let drag = null;
  let pinch = 0; // distance between two fingers

  const within = (event) => {
    const edge = box.getBoundingClientRect();
    return [event.clientX - edge.left - box.clientLeft, event.clientY - edge.top - box.clientTop];
  };

  const press = (event) => {
    if (event.button !== 0) return;
    const [x, y] = within(event);
    down.set(event.pointerId, [x, y]);
    capture(box, event.pointerId);
    pinch = 0;
    if (down.size > 1) cancel();
    else drag = { kind: event.shiftKey || meant.wantsLasso() ? "lasso" : "pan", x, y, far: false, corners: [x, y] };
  };

  const cancel = () => {
    if (drag && drag.kind === "lasso") meant.dropLasso();
    drag = null;
  };

  const move = (event) => {
    const [x, y] = within(event);
    if (!down.has(event.pointerId)) {
      if (event.pointerType !== "touch") meant.point(x, y);
      return;
    }
    down.set(event.pointerId, [x, y]);
    if (down.size === 2) spread();
    else if (drag) follow(x, y);
  };

  const spread = () => {
    const [[ax, ay], [bx, by]] = down.values();
    const distance = Math.hypot(ax - bx, ay - by);
    if (pinch) meant.zoom(distance / pinch, (ax + bx) / 2, (ay + by) / 2);
    pinch = distance;
  };

  const follow = (x, y) => {
    if (!drag.far && Math.hypot(x - drag.corners[0], y - drag.corners[1]) < STILL) return;
    if (!drag.far) meant.leave();
    drag.far = true;
    if (drag.kind === "lasso") {
      drag.corners.push(x, y);
      meant.drawLasso(drag.corners);
    } else meant.pan(x - drag.x, y - drag.y);
    [drag.x, drag.y] = [x, y];
  };

  const release = (event) => {
    if (!down.delete(event.pointerId) || !drag) return;
    if (event.type === "pointercancel") return cancel();
    const { kind, far, corners } = drag;
    drag = null;
    if (kind === "lasso" && far) meant.endLasso(corners);
    else if (!far) meant.tap(...within(event), event.pointerType === "touch");
  };

  const leave = (event) => {
    if (!down.has(event.pointerId) && event.pointerType !== "touch") meant.leave(); // a lifted finger has pointed
  };

  // One rule for both directions: a plain wheel scrolls the page, unless the page is the player's own.
  const wheel = (event) => {
    const asked = event.ctrlKey || event.metaKey;
    if (!asked && !meant.ownsWheel()) return meant.hint();
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1;
    // A trackpad's pinch comes as small steps with Control.
    const strength = event.ctrlKey && Math.abs(event.deltaY) < 50 ? 0.01 : 0.0016;
    meant.zoom(Math.exp(-event.deltaY * lines * strength), ...within(event));
  };

  box.addEventListener("pointerdown", press);
  box.addEventListener("pointermove", move);
  box.addEventListener("pointerup", release);
  box.addEventListener("pointercancel", release);
  box.addEventListener("pointerleave", leave);
  box.addEventListener("wheel", wheel, { passive: false });
  box.addEventListener("dblclick", meant.reset);
  return cancel;
}

/** Keep a drag that leaves the box. A pointer that has gone already cannot be kept, and need not be. */
function capture(box, pointer) {
  try {
    box.setPointerCapture(pointer);
  } catch {
    return;
  }
}
