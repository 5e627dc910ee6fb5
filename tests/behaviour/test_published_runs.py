"""The published runs as a reader would try them: clear reviews, and small changes that should or should not matter."""

from pathlib import Path

import numpy as np
import pytest

from sentiment_core.classifiers.linear_files import list_linear
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.runs.error_tokens import load_error_tokens
from sentiment_core.runs.listing import list_runs
from sentiment_core.runs.scores import load_scores
from sentiment_core.text.corpus import load_corpus
from sentiment_core.text.review_counts import TEST_TOKENS, load_features, load_token_reviews

NAMES = ("rnn", "lstm", "gru", "bilstm", "bilstm-best", "bilstm-pretrained")
GATED = NAMES[1:]

PRAISE = (
    "A wonderful film. I loved every minute of it.",
    "Superb acting, a moving story and a beautiful score. One of the best films I have seen in years.",
    "Funny, warm and clever from start to finish. The whole family loved it and we will watch it again.",
    "I cannot praise this enough. The lead gives a brilliant performance and the ending is perfect. Do not miss it.",
    "This is a great little thriller. It is tense, it is smart, and the two leads are excellent together. What a treat "
    "to see something this well made, and what an amazing last scene.",
    "What a beautiful, touching picture. The director takes simple people and an old story and makes something "
    "unforgettable of them. The photography is gorgeous, the music is lovely and the performances are outstanding. "
    "I enjoyed every moment and it has become one of my favorite films.",
)
COMPLAINTS = (
    "A terrible film. I hated every minute of it.",
    "Awful acting, a boring story and a horrible score. One of the worst films I have seen in years.",
    "Dull, stupid and pointless from start to finish. We turned it off halfway and felt we had wasted our evening.",
    "I cannot warn you enough. The lead is wooden and annoying and the ending is ridiculous. Avoid it at all costs.",
    "This is a poor excuse for a thriller. It is slow, it is predictable, and the two leads are awful together. What a "
    "waste to see something this badly made, and what a laughable last scene.",
    "What an ugly, boring mess. The director takes dull people and a stupid story and makes something unwatchable of "
    "them. The camera shakes, the music is terrible and the performances are embarrassing. I regretted every moment "
    "and it is the worst thing I have rented this year.",
)
CLEAR = PRAISE + COMPLAINTS
NEUTRAL = "We saw it on a Tuesday."


@pytest.fixture(scope="module")
def classifiers(published: Path) -> dict[str, Classifier]:
    return {name: load_classifier(published / name) for name in NAMES}


def logits(classifier: Classifier, texts: list[str]) -> np.ndarray:
    return np.array([prediction.logit for prediction in classifier.predict(texts)])


def probabilities(classifier: Classifier, texts: list[str]) -> np.ndarray:
    return np.array([prediction.probability for prediction in classifier.predict(texts)])


@pytest.mark.parametrize("corpus", ["imdb", "korean", "toy"])
def test_the_valid_scores_are_those_of_the_weights_kept(published: Path, corpus: str):
    """As training measured them: the published ones were computed later, on the valid split drawn again."""
    for run in list_runs(load_corpus(published.parent / corpus))[0]:
        scores = run.valid_scores()
        assert len(scores.labels) == run.data["sizes"]["valid"]
        assert scores.accuracy == pytest.approx(run.best.valid_accuracy, abs=1e-3), run.name
        signed = np.where(scores.labels == 1, scores.logits, -scores.logits).astype(np.float64)
        assert np.logaddexp(0, -signed).mean() == pytest.approx(run.best.valid_loss, rel=5e-3), run.name


@pytest.mark.parametrize("name", ["imdb", "korean", "toy"])
def test_the_counts_of_the_test_reviews_are_there_for_every_classifier(published: Path, name: str):
    corpus = load_corpus(published.parent / name)
    source = corpus.counts_source()
    features = load_features(corpus.path, source)
    assert len(features.negations) == corpus.sizes["test"]
    tokens = load_token_reviews(corpus.path / TEST_TOKENS, source, corpus.vocab_size)
    assert tokens.counts.max() <= corpus.sizes["test"]
    for folder in (*(run.path for run in list_runs(corpus)[0]), *list_linear(corpus.path)):
        errors = load_error_tokens(folder, corpus)
        assert (errors.counts <= tokens.counts).all(), folder.name
        assert (errors.totals <= tokens.totals).all(), folder.name
        scores = load_scores(folder)
        wrong = np.bincount(scores.labels[(scores.logits > 0) != (scores.labels == 1)], minlength=2)
        assert (errors.counts <= wrong).all(), folder.name


@pytest.mark.parametrize(
    ("name", "least"),
    [("rnn", 8), ("lstm", 10), ("gru", 10), ("bilstm", 10), ("bilstm-best", 11), ("bilstm-pretrained", 11)],
)
def test_clear_reviews_are_judged_right(classifiers, name, least):
    verdicts = [prediction.verdict for prediction in classifiers[name].predict(CLEAR)]
    expected = ["positive"] * len(PRAISE) + ["negative"] * len(COMPLAINTS)
    wrong = [text[:40] for text, verdict, right in zip(CLEAR, verdicts, expected, strict=True) if verdict != right]
    assert len(CLEAR) - len(wrong) >= least, wrong


@pytest.mark.parametrize("name", NAMES)
def test_a_neutral_sentence_in_front_flips_hardly_a_clear_verdict(classifiers, name):
    before = probabilities(classifiers[name], list(CLEAR))
    after = probabilities(classifiers[name], [f"{NEUTRAL} {text}" for text in CLEAR])
    clear = np.abs(before - 0.5) > 0.4
    assert clear.sum() >= 4
    # One of twelve may change: gru goes from 0.01 to 0.52 on a review of nine words, a weakness named in the README.
    assert ((before > 0.5) != (after > 0.5))[clear].sum() <= 1
    assert np.abs(after - before).mean() < 0.1


@pytest.mark.parametrize("name", GATED)
def test_a_neutral_sentence_at_the_end_flips_no_clear_verdict(classifiers, name):
    before = probabilities(classifiers[name], list(CLEAR))
    after = probabilities(classifiers[name], [f"{text} {NEUTRAL}" for text in CLEAR])
    clear = np.abs(before - 0.5) > 0.4
    assert ((before > 0.5) == (after > 0.5))[clear].all()
    assert np.abs(after - before).mean() < 0.15


@pytest.mark.parametrize("name", GATED)
@pytest.mark.parametrize(
    "template",
    [
        "{} gives a wonderful performance and the story is beautiful. I loved it.",
        "{} is terrible in this and the story is a mess. I hated it.",
    ],
)
def test_the_name_of_an_actor_barely_matters(classifiers, name, template):
    texts = [template.format(person) for person in ("Anna", "Maria", "Peter", "Ahmed", "Michael", "Susan")]
    chances = probabilities(classifiers[name], texts)
    assert np.ptp(chances) < 0.15
    assert len(set(chances > 0.5)) == 1


@pytest.mark.parametrize("name", GATED)
@pytest.mark.parametrize(("sentence", "direction"), [("It was terrible.", -1), ("It was wonderful.", 1)])
def test_a_judgement_added_at_the_end_moves_the_logit_its_way(classifiers, name, sentence, direction):
    neutral = [
        "The film begins in a small town and follows two brothers who work on a farm.",
        "I watched this with my wife and her sister on a Sunday afternoon.",
        "It is set in the forties and most of it takes place on a train.",
        "The story is told by an old man who remembers his first job at a newspaper.",
    ]
    moved = logits(classifiers[name], [f"{text} {sentence}" for text in neutral]) - logits(classifiers[name], neutral)
    assert (direction * moved > 0).all(), moved


@pytest.mark.parametrize("name", NAMES)
def test_longer_reviews_in_the_batch_change_no_logit(classifiers, name):
    # In a batch, short reviews are padded to the longest; alone they are not padded.
    together = logits(classifiers[name], list(CLEAR))
    alone = np.concatenate([logits(classifiers[name], [text]) for text in CLEAR])
    np.testing.assert_allclose(together, alone, atol=1e-4)


@pytest.mark.parametrize("name", NAMES)
def test_what_stands_behind_the_cut_changes_nothing(classifiers, name):
    limit = classifiers[name].max_length
    opening = "The film was good. " * limit  # five tokens a sentence: well past the limit
    praised, panned = classifiers[name].predict([f"{opening} Wonderful!", f"{opening} Terrible, awful!"])
    assert praised.read == panned.read == limit
    assert praised.logit == pytest.approx(panned.logit, abs=1e-4)


@pytest.mark.parametrize("name", NAMES)
def test_letters_in_capitals_are_the_same_review(classifiers, name):
    np.testing.assert_allclose(
        logits(classifiers[name], list(CLEAR)),
        logits(classifiers[name], [text.upper() for text in CLEAR]),
        atol=1e-4,
    )
