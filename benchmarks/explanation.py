"""Measures how fast one review is explained: curves and salience of a text, and the page that shows them.

`python -m benchmarks.explanation` takes the published networks, one thread and a text of 200 words. Each figure stands
beside a plain way to get the same numbers: prefixes judged one by one, integrated gradients a step at a time, texts
without a token judged one by one, and a page whose caches are emptied.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

import numpy as np
import streamlit as st
import torch
from streamlit.testing.v1 import AppTest
from torch import Tensor, nn

from benchmarks.app import REPEATS, new_text
from benchmarks.browser import ROOT
from benchmarks.measure import median_seconds
from sentiment_core.analysis.explanation.edits import Edit, apply_edits, word_spans
from sentiment_core.analysis.explanation.prefixes import prefix_curve
from sentiment_core.analysis.explanation.salience import INTEGRATED, OCCLUSION, salience
from sentiment_core.analysis.explanation.smallest_edit import smallest_edit
from sentiment_core.analysis.explanation.suggestions import build_lexicon, embedded
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.classifiers.recurrent import NetworkClassifier
from sentiment_core.classifiers.tokens import TextView
from sentiment_core.text.corpus import load_corpus, load_tokens

RUNS = Path(ROOT) / "checkpoints" / "imdb"
ONE_BY_ONE = 100  # edits that are read one by one
NAMES = ("rnn", "bilstm", "bilstm-best")
STEPS = 32  # of integrated gradients; all of them are taken, because it is no multiple of 3
TRACED = ("rnn", "lstm", "gru", "bilstm")  # these read 400 tokens


def judge_prefixes_one_by_one(classifier: Classifier, view: TextView) -> np.ndarray:
    """The log-odds after each token, each prefix judged as a text of its own."""
    logits = [classifier.logits([view.take(np.arange(end))]) for end in range(1, view.read + 1)]
    return classifier.labels.log_odds(np.concatenate(logits))


def integrate_step_by_step(classifier: Classifier, view: TextView) -> np.ndarray:
    """Integrated gradients, one share at a time."""
    total = sum((classifier.gradients(view, [(step + 0.5) / STEPS]).gradients[0] for step in range(STEPS)), np.zeros(1))
    return (total / STEPS * classifier.gradients(view).vectors).sum(axis=1)


def occlude_one_by_one(classifier: Classifier, view: TextView) -> np.ndarray:
    """The change of the log-odds without each token, each text judged on its own."""
    whole = classifier.logits([view])
    rest = [classifier.logits([view.take(np.delete(np.arange(view.read), at))]) for at in range(view.read)]
    return classifier.labels.log_odds(whole) - classifier.labels.log_odds(np.concatenate(rest))


def compare(name: str, ours: Callable[[], object], plain: Callable[[], object]) -> None:
    """Print the median milliseconds of both calls, and their ratio."""
    seconds = [median_seconds(work, count, 1) for work, count in ((ours, REPEATS), (plain, 3))]
    print(f"{name}: {seconds[0] * 1000:.0f} ms; plainly {seconds[1] * 1000:.0f} ms, {seconds[1] / seconds[0]:.1f}x")


def trace_cell_by_cell(classifier: NetworkClassifier, view: TextView) -> list[Tensor]:
    """The states of a network by PyTorch's own cells, a token at a time: nn.LSTMCell, nn.GRUCell or nn.RNNCell."""
    model = classifier.model
    with torch.inference_mode():
        ids = torch.from_numpy(view.ids[: view.read])[None]
        inputs = model.inputs(model.embedding(ids), ids)[0]
        layers = []
        for module in model.recurrent:
            read = []
            for direction, layer in enumerate(cast(nn.ModuleList, module)):
                found = []
                memory = None
                cell = _cell_of(cast(nn.RNNBase, layer))
                for token in inputs.flip(0) if direction else inputs:
                    memory = cell(token, memory)
                    found.append(memory[0] if isinstance(memory, tuple) else memory)
                read.append(torch.stack(found[::-1] if direction else found))
            inputs = torch.cat(read, dim=-1)
            layers.append(inputs)
    return layers


def _cell_of(layer: nn.RNNBase) -> nn.Module:
    """PyTorch's cell with the weights of a layer."""
    sizes = layer.input_size, layer.hidden_size
    if layer.mode == "LSTM":
        cell: nn.Module = nn.LSTMCell(*sizes)
    elif layer.mode == "GRU":
        cell = nn.GRUCell(*sizes)
    else:
        cell = nn.RNNCell(*sizes, nonlinearity=layer.mode.removeprefix("RNN_").lower())
    cell.load_state_dict({name.removesuffix("_l0"): weight for name, weight in layer.state_dict().items()})
    return cell


def trace_with(name: str, text: str) -> None:
    """Print the figures of one network's memory."""
    classifier = cast(NetworkClassifier, load_classifier(RUNS / name, threads=1))
    view = classifier.view(text)
    compare(
        f"{name}, trace of {view.read} tokens: states, cells and gates",
        lambda: classifier.trace(view),
        lambda: trace_cell_by_cell(classifier, view),
    )
    seconds = median_seconds(lambda: classifier.state_gradients(view), REPEATS, 1)
    print(f"  gradients with respect to every state: {seconds * 1000:.0f} ms")


def explain_with(name: str, text: str) -> None:
    """Print the figures of one network."""
    classifier = load_classifier(RUNS / name, threads=1)
    view = classifier.view(text)
    print(f"{name}, {view.read} tokens")
    compare(
        "  verdict after each token",
        lambda: prefix_curve(classifier, view),
        lambda: judge_prefixes_one_by_one(classifier, view),
    )
    compare(
        f"  integrated gradients, {STEPS} steps",
        lambda: salience(classifier, view, INTEGRATED, STEPS),
        lambda: integrate_step_by_step(classifier, view),
    )
    compare("  occlusion", lambda: salience(classifier, view, OCCLUSION), lambda: occlude_one_by_one(classifier, view))


def find_smallest_edit(texts: list[str]) -> None:
    """Print the time of the search for the smallest edit of 100 words, beside the same number of edits one by one."""
    corpus = load_corpus(RUNS)
    lexicon = build_lexicon(corpus, load_tokens(corpus))
    classifiers: dict[str, Classifier] = {name: load_classifier(RUNS / name, threads=1) for name in ("rnn", "bilstm")}
    vectors = {name: embedded(lexicon, classifier) for name, classifier in classifiers.items()}
    for flips in (["rnn"], ["bilstm"], ["rnn", "bilstm"]):
        seconds, tried, sizes = [], 0, []
        for text in texts:
            started = time.perf_counter()
            result = smallest_edit(text, classifiers, flips, lexicon, vectors)
            seconds.append(time.perf_counter() - started)
            tried += result.tried
            sizes.append(len(result.found[0].edits) if result.found else 0)
        # A sample of the same edits stands for all.
        spans = word_spans(texts[0]).tolist()
        start, end = spans[0]
        started = time.perf_counter()
        for word in lexicon.words[:ONE_BY_ONE]:
            edited = apply_edits(texts[0], [Edit(start, texts[0][start:end], word)])
            for classifier in classifiers.values():
                classifier.predict([edited])
        plainly = (time.perf_counter() - started) / ONE_BY_ONE * tried / len(texts)
        print(
            f"smallest edit, 100 words, turning {' and '.join(flips)}, rnn and bilstm reading: "
            f"{statistics.median(seconds) * 1000:.0f} ms (longest {max(seconds) * 1000:.0f} ms); one edit at a time "
            f"{plainly * 1000:.0f} ms, {plainly / statistics.mean(seconds):.1f}x"
        )
        print(f"  {tried / len(texts):.0f} edits tried; words changed: {sizes}, 0 where nothing was found")


def time_page(**address: object) -> tuple[float, float]:
    """Median milliseconds of One review with a new text of 200 words, rnn and bilstm; and of the same text again."""
    rng = random.Random(0)
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120).run()
    app.switch_page("pages/compare/one_review.py")
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    new: list[float] = []
    again: list[float] = []
    for _ in range(REPEATS):
        app.text_area(key="text").set_value(new_text(rng))
        for times in (new, again):
            started = time.perf_counter()
            app.run()
            times.append((time.perf_counter() - started) * 1000)
    return statistics.median(new), statistics.median(again)


def main() -> None:
    """Print the figures."""
    text = new_text(random.Random(0))
    for name in NAMES:
        explain_with(name, text)
    long = " ".join([text, new_text(random.Random(1)), text])
    for name in TRACED:
        trace_with(name, long)
    rng = random.Random(1)
    find_smallest_edit([" ".join(new_text(rng).split()[:100]) for _ in range(5)])
    for shown, address in (("all parts", {}), ("all parts and the agreement of methods", {"methods": "true"})):
        st.cache_resource.clear()
        new, again = time_page(**address)
        print(f"One review, new text of 200 words, rnn and bilstm, {shown}: {new:.0f} ms of server time a rerun")
        print(f"  explained before: {again:.0f} ms; the caches save {new / again:.1f}x")


if __name__ == "__main__":
    main()
