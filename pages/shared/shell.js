// Runs in every page before Streamlit's own scripts.

// Streamlit first looks for the app's base address below the page's own, which causes errors in the console. Every page is
// directly below the base, after any prefix that a proxy adds.
window.__streamlit = { BACKEND_BASE_URL: new URL("./", window.location.href).href };

// On the way to another page Streamlit drops the old page's choices from the address and writes the language into it
// before it changes the page. Each is an entry in the history, so that Back leads to the old page without its choices.
// Here the later ones take the place of the first. The same is done while nobody has touched the page: there the app
// itself leaves usual values out of a link's address.
(() => {
  const SOON = 2000; // milliseconds, also on a busy server
  const push = history.pushState;
  let dropped = Number.NEGATIVE_INFINITY; // when choices were dropped from the address
  let touched = false;
  for (const kind of ["pointerdown", "keydown"]) {
    window.addEventListener(kind, () => (touched = true), { capture: true, once: true });
  }

  const isLess = (to, from) => {
    const had = new Set(new URLSearchParams(from).toString().split("&"));
    const has = to ? new URLSearchParams(to).toString().split("&") : [];
    return has.length < had.size && has.every((entry) => had.has(entry));
  };

  history.pushState = function (state, unused, url) {
    const to = new URL(url ?? "", window.location.href);
    const stays = to.pathname === window.location.pathname;
    const drops = stays && isLess(to.search, window.location.search);
    const takesPlace = (stays && !touched) || performance.now() - dropped < SOON;
    (takesPlace ? history.replaceState : push).call(history, state, unused, url);
    if (drops && !takesPlace) dropped = performance.now();
    else if (!stays) dropped = Number.NEGATIVE_INFINITY;
  };
})();
