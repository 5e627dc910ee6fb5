// Runs in every page before Streamlit's own scripts.

// Streamlit first looks for the app's base address below the page's own, which causes errors in the console. Every page is
// directly below the base, after any prefix that a proxy adds.
window.__streamlit = { BACKEND_BASE_URL: new URL("./", window.location.href).href };

// What a reader does once makes at most one entry in the history. Streamlit makes several on the way to another page: it
// drops the old page's choices, writes the language, changes the page, and the new page writes its choices. Back would
// lead to the old page without its choices. What the app writes by itself, such as when a link opens, makes no entry.
(() => {
  const push = history.pushState;
  let acted = false; // since the last entry
  for (const kind of ["pointerdown", "click", "keydown"]) {
    window.addEventListener(kind, () => (acted = true), { capture: true });
  }
  window.addEventListener("popstate", () => (acted = false), { capture: true }); // after Back the entries ahead stay

  history.pushState = function (state, unused, url) {
    (acted ? push : history.replaceState).call(history, state, unused, url);
    acted = false;
  };
})();

// A server that is full refuses the connection of a page whose session is gone, such as on a laptop that slept. Streamlit
// would try again without a word. Loading the page again leads to the waiting room.
window.WebSocket = class extends window.WebSocket {
  constructor(...asked) {
    super(...asked);
    let opened = false;
    this.addEventListener("open", () => (opened = true));
    this.addEventListener("close", async () => {
      if (opened) return;
      const answer = await fetch(window.location.href, { cache: "no-store" }).catch(() => null);
      if (answer?.headers.has("Sentiment-Waiting")) window.location.reload();
    });
  }
};
