"""Linear classifiers: sums computed by hand, saving and loading, and damaged folders."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sentiment_core.classifiers.labels import BINARY
from sentiment_core.classifiers.linear import COUNTS, RATIO, TF_IDF, LinearClassifier, Weights
from sentiment_core.classifiers.linear_files import load_linear
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.classifiers.protocol import Ability, Origin
from sentiment_core.errors import ClassifierError, NewerClassifierError, TextError
from sentiment_core.experiments.baselines import BASELINES, Features, fit_weights, measure_baseline
from sentiment_core.experiments.saving import save_baseline
from sentiment_core.text.reviews import Reviews
from sentiment_core.text.toy import toy_reviews

ROOT = Path(__file__).parents[2]
SAVED = ["bag-of-words", "tf-idf", "nb-svm-bigrams"]
NGRAMS = ["good", "not", "not good"]


def made(weighting: str, weights: list[float], rarity: list[float] | None = None, intercept: float = 0.25):
    learned = Weights(
        "word",
        2,
        weighting,
        NGRAMS,
        np.array(weights, np.float32),
        None if rarity is None else np.array(rarity, np.float32),
        intercept,
    )
    return LinearClassifier(
        "made",
        BINARY,
        frozenset({Ability.CONTRIBUTIONS, Ability.PREFIXES}),
        None,
        Path(),
        learned,
        {},
        Origin("", ""),
        None,
        None,
    )


@pytest.mark.parametrize(
    ("classifier", "expected"),
    [
        # "good" occurs twice, "not" and "not good" once.
        (made(COUNTS, [1.0, -0.5, -2.0]), {"good": 2.0, "not": -0.5, "not good": -2.0}),
        (made(RATIO, [1.0, -0.5, -2.0]), {"good": 1.0, "not": -0.5, "not good": -2.0}),
        # 1 + log 2 for good; the values are 2 * 1.693, 1 and 1, whose norm is 3.670.
        (
            made(TF_IDF, [1.0, -0.5, -2.0], [2.0, 1.0, 1.0]),
            {"good": 2 * (1 + np.log(2)) / 3.6698, "not": -0.5 / 3.6698, "not good": -2 / 3.6698},
        ),
    ],
    ids=[COUNTS, RATIO, TF_IDF],
)
def test_each_ngram_adds_its_weight_by_the_weighting(classifier, expected):
    view = classifier.view("Not good, but good!")
    found = classifier.contributions(view)
    assert dict(zip(found.ngrams, found.values.tolist(), strict=True)) == pytest.approx(expected, rel=1e-4)
    assert list(np.abs(found.values)) == sorted(np.abs(found.values), reverse=True)
    (prediction,) = classifier.predict(["Not good, but good!"])
    assert prediction.logit == pytest.approx(0.25 + sum(expected.values()), rel=1e-4)


def test_contributions_locate_each_ngram():
    classifier = made(COUNTS, [1.0, -0.5, -2.0])
    view = classifier.view("Not good, but GOOD!")
    found = classifier.contributions(view)
    places = {
        ngram: [view.text[view.spans[first, 0] : view.spans[last - 1, 1]] for first, last in where.tolist()]
        for ngram, where in zip(found.ngrams, found.places, strict=True)
    }
    assert places == {"good": ["good", "GOOD"], "not": ["Not"], "not good": ["Not good"]}


def test_a_token_of_no_known_ngram_is_unknown():
    view = made(COUNTS, [1.0, -0.5, -2.0]).view("not good film")
    assert view.unknown.tolist() == [False, False, True]
    assert (view.cut, view.read) == (0, 3)


def test_a_text_without_known_ngrams_gets_the_intercept_and_is_blind():
    (prediction,) = made(COUNTS, [1.0, -0.5, -2.0]).predict(["films about trains"])
    assert (prediction.logit, prediction.blind) == (0.25, True)


def test_tokens_can_be_left_out():
    classifier = made(COUNTS, [1.0, -0.5, -2.0])
    view = classifier.view("not so good")
    whole, without = classifier.logits([view, view.take(np.array([0, 2]))])[:, 1]
    assert (whole, without) == (0.75, -1.25), "what is left stands side by side, and is a pair"


@pytest.mark.parametrize("weighting", [COUNTS, TF_IDF, RATIO])
def test_many_texts_with_tokens_left_out_are_judged_from_one_search(weighting, monkeypatch):
    ngrams = ["good", "not", "not good", "so", "not so good", "so so"]
    rarity = np.array([1.5, 2.0, 2.5, 1.1, 3.0, 2.2], np.float32) if weighting == TF_IDF else None
    weights = np.array([1.0, -0.5, -2.0, 0.3, -1.5, 0.7], np.float32)
    classifier = replace(made(COUNTS, []), learned=Weights("word", 3, weighting, ngrams, weights, rarity, 0.25))
    rng = np.random.default_rng(0)
    for words in (["not", "so", "good", "very"], ["good", "very"]):
        view = classifier.view(" ".join(rng.choice(words, 12)) + " good")
        dropped = np.array([[a, b] for a in range(13) for b in range(a, 14) if 13 - (b - a) > 0] + [[0, 12]])
        places = np.arange(13)
        alone = [view.take(places[(places < first) | (places >= last)]) for first, last in dropped.tolist()]
        expected = classifier.logits(alone)
        np.testing.assert_allclose(classifier.logits_without(view, dropped), expected, atol=1e-5)
    view = classifier.view("very good very")
    found = classifier.logits_without(view, np.array([[1, 2]]))
    assert found[0, 1] == 0.25, "without any n-gram the intercept alone is left"
    monkeypatch.setattr(LinearClassifier, "logits", None)  # never one text at a time
    long = classifier.view("not so good " * 60_000)
    assert len(classifier.logits_without(long, np.array([[at, at + 1_000] for at in range(0, 180_000, 1_000)]))) == 180


def test_contributions_are_the_only_ability():
    classifier = made(COUNTS, [1.0, -0.5, -2.0])
    assert classifier.can(Ability.CONTRIBUTIONS)
    for ability, ask in ((Ability.STATES, classifier.states), (Ability.GRADIENTS, classifier.gradients)):
        assert not classifier.can(ability)
        with pytest.raises(ClassifierError, match=f"made has no {ability} to show"):
            ask(classifier.view("good"))


@pytest.mark.parametrize("text", ["", " \n", "a" * 1_000_001])
def test_a_blank_or_too_long_text_is_refused(text):
    with pytest.raises(TextError):
        made(COUNTS, [1.0, -0.5, -2.0]).predict([text])


@pytest.fixture(scope="module")
def reviews() -> Reviews:
    from sentiment_core.text.reviews import Split

    return Reviews("toy", *(Split(*toy_reviews(size, seed=seed)) for seed, size in enumerate((300, 60, 80))))


@pytest.fixture(scope="module")
def saved(reviews: Reviews, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An undamaged folder for each of SAVED. Read only: change a copy."""
    folder = tmp_path_factory.mktemp("linear")
    for name in SAVED:
        save_baseline(name, reviews, measure_baseline(name, reviews), folder / name)
    return folder


@pytest.mark.parametrize("name", SAVED)
def test_a_loaded_classifier_judges_as_scikit_learn_does(name: str, saved: Path, reviews: Reviews):
    classifier = load_classifier(saved / name)
    settings = classifier.about["settings"]
    features = Features(BASELINES[name])
    matrix = features.fit(reviews.train)
    fit = fit_weights(
        matrix, reviews.train.labels, settings["loss"], settings["C"], BASELINES[name].weighting == RATIO
    ).interpolated(settings.get("share", 1.0))
    expected = features.transform(reviews.test) @ fit.weights + fit.intercept
    evaluation = classifier.evaluate(reviews.test)
    np.testing.assert_allclose(evaluation.scores.logits, expected, rtol=2e-3, atol=2e-3)  # float16
    assert classifier.about["test_accuracy"] == evaluation.accuracy
    assert classifier.scores().accuracy == evaluation.accuracy
    assert (classifier.origin.source, classifier.origin.fingerprint) == ("toy", reviews.fingerprint)


def test_pruning_keeps_the_ngrams_that_decide_and_records_the_loss(reviews: Reviews, tmp_path: Path):
    measured = measure_baseline("nb-svm-bigrams", reviews)
    about = save_baseline("nb-svm-bigrams", reviews, measured, tmp_path / "pruned", most=60)
    assert about["ngrams"] == 60 < about["before_pruning"]["ngrams"] == measured.features
    assert about["before_pruning"]["test_accuracy"] == measured.test_accuracy
    assert about["test_accuracy"] > 0.9
    assert load_linear(tmp_path / "pruned").evaluate(reviews.test).accuracy == about["test_accuracy"]


def test_loading_needs_neither_torch_nor_scikit_learn(saved: Path):
    script = (
        "import sys; import sentiment_core; "
        f"print(sentiment_core.load({str(saved / 'tf-idf')!r}).predict(['the plot was superb'])[0].verdict);"
        "assert not {'sklearn', 'scipy', 'torch', 'transformers'} & set(sys.modules), sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "positive"


def change(folder: Path, **entries: object) -> None:
    content = json.loads((folder / "linear.json").read_text("utf-8"))
    (folder / "linear.json").write_text(json.dumps(content | entries), encoding="utf-8")


def write_ngrams(folder: Path, **columns: object) -> None:
    pq.write_table(pa.table(columns), folder / "ngrams.parquet")


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "linear.json").write_text("{", encoding="utf-8"),
        lambda folder: (folder / "linear.json").write_text("[]", encoding="utf-8"),
        lambda folder: change(folder, weighting="none"),
        lambda folder: change(folder, unit="line"),
        lambda folder: change(folder, longest=10**9),
        lambda folder: change(folder, intercept=float("nan")),
        lambda folder: change(folder, origin=None),
        lambda folder: (folder / "ngrams.parquet").write_bytes(b"PAR1"),
        lambda folder: (folder / "ngrams.parquet").unlink(),
        lambda folder: write_ngrams(folder, ngram=["a", "a"], weight=[1.0, 2.0], rarity=[1.0, 1.0]),
        lambda folder: write_ngrams(folder, ngram=["a", None], weight=[1.0, 2.0], rarity=[1.0, 1.0]),
        lambda folder: write_ngrams(folder, ngram=["a"], weight=[float("inf")], rarity=[1.0]),
        lambda folder: write_ngrams(folder, ngram=["a"], weight=[1.0]),
        lambda folder: write_ngrams(folder, ngram=["a"], weight=["b"], rarity=[1.0]),
    ],
)
def test_a_damaged_folder_is_refused_in_one_line_that_says_what_to_do(damage, saved: Path, tmp_path: Path):
    import shutil

    folder = shutil.copytree(saved / "tf-idf", tmp_path / "tf-idf")
    damage(folder)
    with pytest.raises(ClassifierError, match=r"[Mm]ake it again") as caught:
        load_classifier(folder)
    assert "\n" not in str(caught.value)
    assert str(folder) in str(caught.value)


def test_a_newer_folder_is_refused_as_newer(saved: Path, tmp_path: Path):
    import shutil

    folder = shutil.copytree(saved / "tf-idf", tmp_path / "tf-idf")
    change(folder, format={"version": 9, "needs": "9.0.0"})
    with pytest.raises(NewerClassifierError, match=r"9\.0\.0"):
        load_classifier(folder)
