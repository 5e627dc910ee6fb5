// Mends what Streamlit's own elements tell a screen reader. They are made anew as the reader goes on, so every change of
// the page is looked at, at most once a frame. What lies in components is not touched.
(() => {
  // Streamlit's names in each language, by English name. shell.py fills them in.
  const NAMES = __NAMES__;
  const ENGLISH = new Map(
    Object.values(NAMES).flatMap((names) => Object.entries(names).map(([english, name]) => [name, english])),
  );
  const ROLES = {
    // A list whose items lie in boxes is none.
    "[data-testid=stSidebarNavItems], [data-testid=stSidebarNavItems] li": "none",
    // It has a name, so it is a group.
    "section[data-testid=stFileUploaderDropzone]": "group",
  };
  let waiting = false;

  function mend() {
    waiting = false;
    const app = document.querySelector(".stApp");
    // Menus and notes open outside of the app. Their colours, and those of the browser's own parts, follow the theme too.
    if (app) document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme;
    for (const [selector, role] of Object.entries(ROLES)) {
      for (const element of document.querySelectorAll(selector)) set(element, "role", role);
    }
    // What a button opens lies at the end of the page, and Tab would go through all that is between.
    for (const opened of document.querySelectorAll("[data-testid=stPopoverBody]:not([tabindex])")) {
      opened.tabIndex = -1;
      if (document.activeElement?.matches("[data-testid=stPopoverButton]")) opened.focus({ preventScroll: true });
    }
    for (const link of document.querySelectorAll("a[disabled]")) set(link, "aria-disabled", "true");
    const names = NAMES[document.documentElement.lang] ?? {};
    for (const element of document.querySelectorAll("[aria-label]")) {
      const english = ENGLISH.get(element.getAttribute("aria-label"));
      if (english) set(element, "aria-label", names[english] ?? english);
    }
  }

  function set(element, name, value) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  new MutationObserver(() => {
    if (!waiting) requestAnimationFrame(mend);
    waiting = true;
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["aria-label", "class", "lang", "role"] });
})();
