"""Checks pages against WCAG 2.2 AA with axe-core, as far as a program can.

    python -m tests.browser.accessibility                       every view, in both languages and both themes
    python -m tests.browser.accessibility --only drift --language ko --theme dark

It prints each violation with its element, and fails if there is one. tests/browser/test_accessibility.py does the same
for a part of the views. docs/accessibility.md says what is checked by other means.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.browser import CHROMIUM, CHROMIUM_FLAGS, ROOT, serve
from sentiment_core.messages import LANGUAGES

AXE = ROOT / "sentiment_core" / "player" / "node_modules" / "axe-core" / "axe.min.js"
THEMES = ("light", "dark")
# Levels A and AA of WCAG 2.0, 2.1 and 2.2, and what the makers of axe-core advise besides.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@dataclass(frozen=True)
class Allowed:
    """A violation of a library that cannot be mended from here."""

    rule: str  # as axe-core calls it
    inside: str  # selector of an element that holds what violates it, or is it
    reason: str


ALLOWED = [
    Allowed("region", "[data-floating-ui-portal]", "a menu or a note of Streamlit opens at the end of the document"),
    Allowed(
        "color-contrast",
        "[data-testid=stButtonGroup]:has(button:disabled)",
        "WCAG asks for no contrast of what is off, but nothing ties the name of such a group to it",
    ),
    Allowed("region", "[role=listbox]", "a list to choose from opens there too, and has the name of its box"),
]


@dataclass(frozen=True)
class Violation:
    """An element that breaks a rule."""

    rule: str
    element: str  # the start of its HTML
    place: str  # its selector
    summary: str  # what to mend

    def __str__(self) -> str:
        return f"{self.rule}: {self.summary}\n    {self.element}\n    at {self.place}"


_AUDIT = """async ({ rules, allowed }) => {
    const { violations } = await axe.run(document, {
        runOnly: rules, resultTypes: ["violations"], elementRef: true, preload: false,
    });
    const isAllowed = (rule, node) =>
        allowed.some(([of, inside]) => of === rule && node.element?.closest(inside));
    return violations.flatMap(({ id, nodes }) => nodes.filter((node) => !isAllowed(id, node)).map((node) => ({
        rule: id,
        element: node.html.slice(0, 240),
        place: node.target.flat().join(" >> ").slice(-240),
        summary: node.failureSummary.replace(/\\s+/g, " "),
    })));
}"""


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[Violation]:
    """What breaks a rule on the page as it is now, except for what is allowed. Its frames are not looked at."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    allowed = [(one.rule, one.inside) for one in ALLOWED]
    found = page.evaluate(_AUDIT, {"rules": list(RULES), "allowed": allowed})
    return [Violation(**one) for one in found]


def _make_sweep(folder: Path) -> None:
    """Train two seeds of two settings in a few seconds."""
    from sentiment_core.model.config import Recipe
    from sentiment_core.text.reviews import load_reviews
    from tests.experiments.sweeps.sweeping import planned, run_here

    reviews = load_reviews("toy")
    recipe = Recipe("gru").change(cell="gru", embedding_size=4, hidden_size=4, max_length=30, epochs=1)
    run_here(planned(folder, recipe, reviews, "learning_rate=0.001,0.01", seeds=2), reviews)


def main() -> int:
    """Audit the chosen views and print what breaks a rule. Returns 1 if anything does."""
    from tests.browser.views import TOURS, Place

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=TOURS, help="a part of the app; may be repeated")
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--theme", action="append", choices=THEMES)
    asked = parser.parse_args()
    count = views = 0
    seen: set[tuple[str, str]] = set()  # an element that several views have is shown once
    with (
        tempfile.TemporaryDirectory() as runs,
        serve(SENTIMENT_RUNS=runs, SENTIMENT_TRAINING="on") as server,
        sync_playwright() as playwright,
    ):
        _make_sweep(Path(runs) / "sweeps" / "rates")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        for language, theme in product(asked.language or LANGUAGES, asked.theme or THEMES):
            with browser.new_context(base_url=server.address, **Place.settings(theme)) as context:
                context.set_default_timeout(60_000)
                for tour in asked.only or TOURS:
                    for name, page in TOURS[tour](Place(context, language)):
                        views += 1
                        found = violations(page)
                        count += len(found)
                        print(f"{language} {theme} {tour}: {name}: {len(found)} violations", flush=True)
                        for one in found:
                            if (one.rule, one.element) not in seen:
                                print(f"  {one}", flush=True)
                            seen.add((one.rule, one.element))
        browser.close()
    print(f"{count} violations in {views} views; {len(ALLOWED)} kinds are allowed.")
    return int(count > 0)


if __name__ == "__main__":
    sys.exit(main())
