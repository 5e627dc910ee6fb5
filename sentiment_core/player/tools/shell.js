// The take-home page's shell, filled with styles and script.

// What is filled in later, by Python or by a browser: in this order, all before the script. __NOTICE__ follows.
const LEFT = ["__LANGUAGE__", "__TITLE__", "__SPEECH__", "__START__", "__PAYLOAD__"];

/**
 * @param {string} shell with `__STYLE__`, `__SCRIPT__` and what is left for later
 * @param {string} styles
 * @param {string} script
 * @returns {string}
 */
export function fillShell(shell, styles, script) {
  if (/<\/style/i.test(styles)) throw new Error("the styles would end the page's style element");
  const page = shell.replace("__STYLE__", () => styles.trim()).replace("__SCRIPT__", () => inline(script).trim());
  const places = [...LEFT.map((name) => page.indexOf(name)), page.indexOf('<script type="module">')];
  if (places[0] < 0 || places.some((place, index) => index > 0 && place <= places[index - 1])) {
    throw new Error(`the page must hold ${LEFT.join(", ")} in this order, before its script`);
  }
  return page;
}

/**
 * A script as it may stand in a page: what a page's parser would take for the script's end is written differently.
 * Both replacements mean the same within strings, templates and regular expressions, where alone they occur.
 * @param {string} script
 * @returns {string}
 */
function inline(script) {
  return script.replace(/<\/(?=script)/gi, "<\\/").replaceAll("<!--", "<\\!--");
}
