"""A real job, followed in the app from its first step to its end."""

import time
from pathlib import Path

from playwright.sync_api import Browser, expect

from benchmarks.browser import Server
from sentiment_core.jobs.queue import start
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.model.config import Recipe
from sentiment_core.text.corpus import load_corpus
from sentiment_core.text.reviews import Reading
from tests.conftest import ROOT

CARD = ROOT / "checkpoints" / "toy"
SMALL = {"embedding_size": 8, "hidden_size": 8, "batch_size": 64, "epochs": 2, "learning_rate": 1e-2, "max_length": 40}


def test_two_networks_are_followed_from_the_first_step_to_the_end(
    browser: Browser, training_server: tuple[Server, Path]
):
    server, root = training_server
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    networks = (
        Network("rnn-live", Recipe("tiny").change(cell="rnn_tanh", **SMALL)),
        Network("lstm-live", Recipe("tiny").change(cell="lstm", pooling="max", **SMALL)),
    )
    place = root / "trained" / load_corpus(CARD).fingerprint
    pins = ("a superb film", "a dull plot")
    began = time.monotonic()
    folder = start(TrainingRequest(networks, Reading("toy"), str(place), str(CARD), pins), root)
    page.goto(f"{server.address}/train?job={folder.name}")
    page.bring_to_front()  # a hidden tab follows nothing
    stage = page.locator("[data-stage]")
    expect(stage).not_to_have_attribute("data-moments", "1", timeout=60_000)
    print(f"the first movement was seen {time.monotonic() - began:.1f} s after the start")
    expect(page.locator(".live-what")).to_have_text("Done", timeout=120_000)
    expect(page.get_by_text("rnn-live: ").first).to_contain_text("of the test reviews")
    told = page.locator(".live-how").inner_text()
    assert "step 114 of 114" in told
    figure = page.get_by_role("figure", name="Accuracy", exact=True)
    valid = figure.locator(".live-value").nth(3).inner_text()
    assert float(valid.rstrip("%")) > 60, "the LSTM learns the toy reviews"
    expect(page.get_by_text("fitted on")).to_be_visible()
    slowest = float(page.locator("[data-live-job]").get_attribute("data-slowest") or "nan")
    print(f"the slowest tick took {slowest:.0f} ms")
    page.close()
    assert complaints == []
