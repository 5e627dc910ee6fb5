"""Measures how smoothly the drift player plays, how soon it paints and how much it sends, compared with Plotly.

`python -m benchmarks.drift` opens three pages in Chromium without a graphics card: the player's take-home page on two
published runs; a Plotly figure of the same interpolated coordinates, updated as often as it can draw, which is faster
than its own transitions; and the player with the same words repeated to 20,000 and 30,000 a panel. While each plays, it
counts frames: ticks of the browser's animation clock, which waits for late work, in which the picture changed. It
prints frames a second, the frame time that one frame in twenty exceeds, and the share of time in tasks of more than 50
ms. It also prints the seconds from the end of the Drift page's script to the first words drawn (0 if they were drawn
before); the bytes of payloads and of the take-home page, and the error of the coordinates; and the seconds to project
an embedding, to find a word's neighbours and to compute an AUC. Compare only figures of one run of this program: they
depend on the machine's other work.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from plotly.subplots import make_subplots
from sklearn.metrics import roc_auc_score

from benchmarks.browser import CHROMIUM, CHROMIUM_FLAGS, ROOT, serve, wait_for, wait_until_usable
from benchmarks.measure import median_seconds
from sentiment_core.analysis.drift.checkpoints import checkpoint_code, common_checkpoints
from sentiment_core.analysis.drift.movement import nearest
from sentiment_core.analysis.drift.projection import load_drift, project_frames
from sentiment_core.analysis.drift.separation import auc
from sentiment_core.analysis.polarity import lean
from sentiment_core.analysis.vocabulary import stand_alone
from sentiment_core.figures.style import NEGATIVE, NEUTRAL, POSITIVE
from sentiment_core.player.bundle import standalone_html, standalone_template
from sentiment_core.player.panels import Frame, Panel, Vocabulary, drift_panel
from sentiment_core.player.payload import pack
from sentiment_core.runs.frames import Frames
from sentiment_core.runs.reading import load_run
from sentiment_core.text.corpus import load_corpus, load_tokens

RUNS = "rnn", "bilstm"
PINS = ["great", "excellent", "good", "bad", "awful", "boring", "movie", "the"]
WORDS = 10_000
LARGER = 20_000, 30_000
FULL = 12, WORDS, 64  # frames, words and dimensions of the largest supported run
SECONDS = 5.0  # of playing that are measured
SCREEN: ViewportSize = {"width": 1280, "height": 800}
BETWEEN = 1250  # milliseconds from one checkpoint to the next, in Plotly as in the player
COLOURS = {"positive": POSITIVE, "negative": NEGATIVE, "neutral": NEUTRAL}

# Records when the player draws on its canvas or a point of a Plotly figure moves. Runs before the page's own scripts.
WATCH = """
window.drawn = { changed: false, first: null, ran: false, ended: null, late: 0 };
const note = () => { drawn.changed = true; drawn.first ??= performance.now(); };
for (const name of ["putImageData", "drawImage", "fill", "fillRect"]) {
  const draw = CanvasRenderingContext2D.prototype[name];
  CanvasRenderingContext2D.prototype[name] = function (...given) {
    if (this.canvas.parentNode?.dataset?.picture !== undefined) note();
    return draw.apply(this, given);
  };
}
new PerformanceObserver((tasks) => tasks.getEntries().forEach((task) => { drawn.late += task.duration; }))
  .observe({ type: "longtask" });
new MutationObserver((changes) => {
  if (changes.some(({ target }) => target.classList?.contains("point"))) note();
  const state = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState;
  drawn.ran ||= state === "running";
  if (drawn.ran && state === "notRunning") drawn.ended ??= performance.now();
}).observe(document, { subtree: true, attributes: true });
"""
COUNT = """(seconds) => new Promise((done) => {
  const gaps = [];
  const started = performance.now();
  let last = started;
  drawn.late = 0;
  drawn.changed = false;
  const tick = (now) => {
    if (drawn.changed) { gaps.push(now - last); last = now; drawn.changed = false; }
    if (now - started < 1000 * seconds) { requestAnimationFrame(tick); return; }
    const slow = gaps.sort((a, b) => a - b)[Math.floor(0.95 * gaps.length)];
    done([gaps.length / (now - started) * 1000, slow ?? 1000 * seconds, drawn.late / (now - started)]);
  };
  requestAnimationFrame(tick);
})"""

ANIMATE = """(milliseconds) => {
  const figure = document.querySelector(".plotly-graph-div");
  const started = performance.now();
  const between = (some, others, share) => some.map((from, place) => from + share * (others[place] - from));
  const step = () => {
    const position = ((performance.now() - started) / milliseconds) % (checkpoints.length - 1);
    const [before, after] = [checkpoints[Math.floor(position)], checkpoints[Math.floor(position) + 1]];
    const data = before.map(({ x, y }, panel) => ({
      x: between(x, after[panel].x, position % 1),
      y: between(y, after[panel].y, position % 1),
    }));
    const atOnce = { mode: "immediate", transition: { duration: 0 }, frame: { duration: 0, redraw: false } };
    Plotly.animate(figure, { data }, atOnce).then(() => requestAnimationFrame(step));
  };
  step();
}"""


@dataclass(frozen=True)
class Pace:
    """How a picture plays."""

    rate: float  # frames a second
    slow: float  # milliseconds that one frame in twenty exceeds
    late: float  # share of the time spent in tasks of more than 50 ms

    def __str__(self) -> str:
        return f"{self.rate:.1f} frames a second, 95 % within {self.slow:.0f} ms, {100 * self.late:.0f} % in long tasks"


def published_panels(folder: Path) -> tuple[list[Panel], dict[str, list[int]]]:
    """The panels and the checkpoints of the published runs of a corpus."""
    table = load_tokens(load_corpus(folder))
    runs = [load_run(folder / name) for name in RUNS]
    vocabulary = Vocabulary(table.tokens, table.polarity, table.counts, stand_alone(table))
    panels = []
    for run in runs:
        frames = [Frame(row.epoch, row.step, checkpoint_code(row.epoch), row.valid_accuracy) for row in run.history]
        panels.append(drift_panel(run.name, load_drift(run, table), vocabulary, frames))
    return panels, common_checkpoints([run.history for run in runs])


def repeat_words(panels: list[Panel], words: int, seed: int = 0) -> list[Panel]:
    """Panels with `words` words: copies of theirs with names of their own, slightly shifted, alike in all frames."""
    rng = np.random.default_rng(seed)
    first = panels[0].vocabulary
    ids = np.arange(words) % len(first.words)
    names = [
        f"{word} {copy}" if copy else word
        for word, copy in zip(first.words[ids], np.arange(words) // len(first.words), strict=True)
    ]
    vocabulary = Vocabulary(np.array(names, dtype=object), first.polarity[ids], first.counts[ids], first.whole[ids])
    larger = []
    for panel in panels:
        extent = np.ptp(panel.coordinates, axis=(0, 1))
        jitter = rng.normal(scale=0.01, size=(words, 2)) * extent * (np.arange(words) >= len(first.words))[:, None]
        coordinates = (panel.coordinates[:, ids] + jitter).astype(np.float32)
        larger.append(
            replace(panel, vocabulary=vocabulary, coordinates=coordinates, displacement=panel.displacement[:, ids])
        )
    return larger


def plotly_page(panels: list[Panel], checkpoints: dict[str, list[int]]) -> str:
    """The same words as an SVG figure, whole in one page; the constant `checkpoints` holds their places at each."""
    figure = make_subplots(1, len(panels), subplot_titles=[panel.title for panel in panels])
    for column, panel in enumerate(panels, 1):
        colours = [COLOURS[side] for side in lean(panel.vocabulary.polarity)]
        place = panel.coordinates[0]
        figure.add_scatter(
            x=place[:, 0], y=place[:, 1], mode="markers", marker={"color": colours, "size": 4}, row=1, col=column
        )
        figure.update_xaxes(range=_range(panel.coordinates[..., 0]), row=1, col=column)
        figure.update_yaxes(range=_range(panel.coordinates[..., 1]), row=1, col=column)
    figure.update_layout(showlegend=False, width=SCREEN["width"] - 40, height=SCREEN["height"] - 40)
    places = [
        [
            {"x": panel.coordinates[frame, :, 0].tolist(), "y": panel.coordinates[frame, :, 1].tolist()}
            for panel, frame in zip(panels, reached, strict=True)
        ]
        for reached in checkpoints.values()
    ]
    page = str(figure.to_html(include_plotlyjs=True))
    return page.replace("</body>", f"<script>const checkpoints = {json.dumps(places)};</script></body>")


def _range(values: np.ndarray) -> list[float]:
    return [float(values.min()), float(values.max())]


def open_page(browser: Browser, page: str, folder: Path) -> Page:
    """A tab with a page loaded from a file."""
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    tab = browser.new_page(viewport=SCREEN)
    tab.add_init_script(WATCH)
    tab.goto(path.as_uri())
    return tab


def watch_player(browser: Browser, panels: list[Panel], checkpoints: dict[str, list[int]], folder: Path) -> Pace:
    """The take-home page while it plays, with trails and labels, as it opens."""
    payload = pack("Drift", panels, checkpoints, PINS, standalone_template())
    tab = open_page(browser, standalone_html(payload, "Drift", {"play": "1", "moment": "0"}), folder)
    tab.wait_for_function("drawn.first !== null && performance.now() > drawn.first + 500")
    pace = Pace(*tab.evaluate(COUNT, SECONDS))
    tab.close()
    return pace


def watch_plotly(browser: Browser, panels: list[Panel], checkpoints: dict[str, list[int]], folder: Path) -> Pace:
    """The Plotly page, given interpolated positions as often as it can draw them."""
    tab = open_page(browser, plotly_page(panels, checkpoints), folder)
    tab.wait_for_selector(".plotly-graph-div .point", state="attached")
    tab.evaluate(ANIMATE, BETWEEN)
    pace = Pace(*tab.evaluate(COUNT, SECONDS))
    tab.close()
    return pace


def first_paint(browser: Browser, path: str) -> list[float]:
    """Seconds from the end of the page's script to the first words drawn: the first visitor's, then others'."""
    seconds = []
    with serve() as server:
        for _ in range(5):
            tab = browser.new_page(viewport=SCREEN)
            tab.add_init_script(WATCH)
            tab.goto(f"{server.address}/{path}")
            wait_until_usable(tab)
            wait_for(tab, "drawn.first !== null && drawn.ended !== null", 60)
            seconds.append(tab.evaluate("Math.max(drawn.first - drawn.ended, 0) / 1000"))
            tab.close()
    return seconds


def full_run(title: str, seed: int) -> tuple[Frames, Panel, float]:
    """A random embedding of the largest size, its panel, and the seconds to project it without any cache."""
    frames, words, dimensions = FULL
    rng = np.random.default_rng(seed)
    embeddings = np.cumsum(rng.normal(size=(frames, words, dimensions), scale=0.1).astype(np.float32), axis=0)
    snapshots = Frames(embeddings, np.arange(frames) * 400)
    polarity = rng.normal(size=words)
    names = np.array([f"w{index:05}" for index in range(words)], dtype=object)
    vocabulary = Vocabulary(names, polarity, rng.integers(0, 100_000, (words, 2)), np.ones(words, dtype=bool))
    seconds = median_seconds(lambda: project_frames(snapshots, polarity), repeats=1, warm_up=0)
    named = [Frame(float(index), index * 400, f"epoch {index}", 0.5) for index in range(frames)]
    return snapshots, drift_panel(title, project_frames(snapshots, polarity), vocabulary, named), seconds


def print_sizes() -> None:
    """Print the sizes and the error of the payload and the take-home page of two runs of the largest size.

    It also prints the seconds of their computation.
    """
    snapshots, first, projecting = full_run("rnn", 0)
    checkpoints = {f"epoch {index}": [index, index] for index in range(FULL[0])}
    panels = [first, replace(first, title="bilstm")]
    payload = pack("Drift", panels, checkpoints, PINS, standalone_template())
    about = json.loads(payload[8 : 8 + int.from_bytes(payload[4:8], "little")])["panels"][0]
    extent = np.ptp(first.coordinates, axis=(0, 1)).max()
    alone = pack(
        "Drift", panels[:1], {name: frames[:1] for name, frames in checkpoints.items()}, PINS, standalone_template()
    )
    print(f"{FULL[1]:,} words and {FULL[0]} frames: payload {len(alone) / 1e6:.2f} MB, of two {len(payload) / 1e6:.2f}")
    print(f"  coordinates are off by at most {about['error']:.1e}, on axes up to {extent:.1f} long")
    print(f"  take-home page of two runs {len(standalone_html(payload, 'Drift').encode()) / 1e6:.2f} MB")
    print(f"projecting {' x '.join(f'{size:,}' for size in FULL)} for the first time: {projecting:.2f} s")
    finding = median_seconds(lambda: nearest(snapshots.embeddings[-1], np.array([1234])), repeats=7)
    print(f"neighbours of a word: {1000 * finding:.1f} ms")
    places, positive = first.coordinates[-1, :, 0], first.vocabulary.polarity > 0
    by_hand = median_seconds(lambda: auc(places[positive], places[~positive]), repeats=7)
    by_library = median_seconds(lambda: roc_auc_score(positive, places), repeats=7)
    print(f"AUC of the words: {1000 * by_hand:.2f} ms, {by_library / by_hand:.0f} times as fast as scikit-learn's")


def print_paces(browser: Browser, corpus: Path) -> None:
    """Print how the published runs play: in our player, in Plotly, and in our player with more words."""
    panels, checkpoints = published_panels(corpus)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = watch_player(browser, panels, checkpoints, folder)
        print(f"player, 2 x {len(panels[0].vocabulary.words):,} words: {ours}")
        plotly = watch_plotly(browser, panels, checkpoints, folder)
        print(f"Plotly, the same: {plotly}: ours shows {ours.rate / max(plotly.rate, 0.1):.1f}x as many frames")
        for words in LARGER:
            pace = watch_player(browser, repeat_words(panels, words), checkpoints, folder)
            print(f"player, 2 x {words:,} words: {pace}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="How fast the drift player plays and how much it sends.")
    parser.add_argument("--corpus", type=Path, default=ROOT / "checkpoints" / "imdb", help="folder with the runs")
    parser.add_argument("--no-app", action="store_true", help="leave out what needs the app's server")
    arguments = parser.parse_args()
    print_sizes()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        print_paces(browser, arguments.corpus)
        if not arguments.no_app:
            cold, *warm = first_paint(browser, "drift")
            print(f"first words {cold:.2f} s after the page's script ended, {np.median(warm):.2f} s after that")
        browser.close()


if __name__ == "__main__":
    main()
