// Turns mouse, pen and touch events on a panel into gestures: point, tap, pan, zoom, draw a lasso.

const STILL = 5; // pixels that a tap may move

/**
 * @typedef {Object} Meant the function to call for each gesture
 * @property {(x: number, y: number) => void} point at pixels within the box
 * @property {() => void} leave
 * @property {(x: number, y: number, byFinger: boolean) => void} tap
 * @property {(x: number, y: number) => void} pan by pixels
 * @property {(factor: number, x: number, y: number) => void} zoom around pixels
 * @property {() => boolean} ownsWheel whether a plain wheel zooms
 * @property {() => void} hint explain how to zoom if a plain wheel does not
 * @property {() => void} reset
 * @property {() => boolean} wantsLasso whether a plain drag draws a lasso
 * @property {(corners: number[]) => void} drawLasso with the corners so far
 * @property {(corners: number[]) => void} endLasso
 * @property {() => void} dropLasso discard the lasso being drawn
 *
 * @typedef {Object} Drag
 * @property {"lasso"|"pan"} kind
 * @property {number} x
 * @property {number} y
 * @property {boolean} far whether it has moved farther than a tap may
 * @property {number[]} corners
 */

/**
 * @param {HTMLElement} box the panel's picture
 * @param {Meant} meant
 * @returns {() => void} forgets a drag
 */
export function listenToPointer(box, meant) {
  /** @type {Map<number, number[]>} pointers held down, by id */
  const down = new Map();
  /** @type {Drag|null} of the first of them */
  let drag = null;
  let pinch = 0; // distance between two fingers

  /**
   * @param {MouseEvent} event
   * @returns {[number, number]}
   */
  const within = (event) => {
    const edge = box.getBoundingClientRect();
    return [event.clientX - edge.left - box.clientLeft, event.clientY - edge.top - box.clientTop];
  };

  /** @param {PointerEvent} event */
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
    if (drag?.kind === "lasso") meant.dropLasso();
    drag = null;
  };

  /** @param {PointerEvent} event */
  const move = (event) => {
    const [x, y] = within(event);
    if (!down.has(event.pointerId)) {
      if (event.pointerType !== "touch") meant.point(x, y);
      return;
    }
    down.set(event.pointerId, [x, y]);
    if (down.size === 2) spread();
    else if (drag) follow(drag, x, y);
  };

  const spread = () => {
    const [[ax, ay], [bx, by]] = down.values();
    const distance = Math.hypot(ax - bx, ay - by);
    if (pinch) meant.zoom(distance / pinch, (ax + bx) / 2, (ay + by) / 2);
    pinch = distance;
  };

  /**
   * @param {Drag} drag
   * @param {number} x
   * @param {number} y
   */
  const follow = (drag, x, y) => {
    if (!drag.far && Math.hypot(x - drag.corners[0], y - drag.corners[1]) < STILL) return;
    if (!drag.far) meant.leave();
    drag.far = true;
    if (drag.kind === "lasso") {
      drag.corners.push(x, y);
      meant.drawLasso(drag.corners);
    } else meant.pan(x - drag.x, y - drag.y);
    [drag.x, drag.y] = [x, y];
  };

  /** @param {PointerEvent} event */
  const release = (event) => {
    if (!down.delete(event.pointerId) || !drag) return;
    if (event.type === "pointercancel") return cancel();
    const { kind, far, corners } = drag;
    drag = null;
    if (kind === "lasso" && far) meant.endLasso(corners);
    else if (!far) meant.tap(...within(event), event.pointerType === "touch");
  };

  /** @param {PointerEvent} event */
  const leave = (event) => {
    if (!down.has(event.pointerId) && event.pointerType !== "touch") meant.leave(); // a lifted finger has pointed
  };

  // One rule for both directions: a plain wheel scrolls the page, unless the page is the player's own.
  /** @param {WheelEvent} event */
  const wheel = (event) => {
    const asked = event.ctrlKey || event.metaKey;
    if (!asked && !meant.ownsWheel()) return meant.hint();
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1;
    // Browsers report a pinch on a trackpad as small wheel steps with Control.
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

/**
 * Capture the pointer, so that a drag may leave the box. This throws if the pointer is gone, and then nothing is lost.
 * @param {HTMLElement} box
 * @param {number} pointer
 */
function capture(box, pointer) {
  try {
    box.setPointerCapture(pointer);
  } catch {
    return;
  }
}
