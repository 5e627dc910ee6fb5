"""The search for the smallest edit: against an exhaustive search, and with its results typed by hand."""

from functools import cache
from itertools import combinations, product
from pathlib import Path

import pytest

from sentiment_core.analysis.examples import EXAMPLES
from sentiment_core.analysis.explanation.edits import Edit, apply_edits, word_spans
from sentiment_core.analysis.explanation.smallest_edit import SmallestEdit, smallest_edit
from sentiment_core.analysis.explanation.suggestions import Lexicon, build_lexicon, embedded
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.classifiers.protocol import Ability, Classifier
from sentiment_core.errors import ClassifierError, TextError
from sentiment_core.text.corpus import load_corpus, load_tokens

PRAISE = (
    "A wonderful film. The two leads are superb, the story is moving without ever being sweet, and the music is "
    "beautiful. I loved every minute and would see it again tomorrow."
)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """On a busy machine a search ends without an edit when its time is over."""
    monkeypatch.setattr("sentiment_core.analysis.explanation.smallest_edit._PATIENCE", 120.0)


@pytest.fixture(scope="module")
def lexicon_of(published):
    @cache
    def build(corpus: str) -> Lexicon:
        found = load_corpus(published.parent / corpus)
        return build_lexicon(found, load_tokens(found))

    return build


@pytest.fixture(scope="module")
def load(published):
    return cache(lambda corpus, name: load_classifier(published.parent / corpus / name, threads=1))


@pytest.fixture
def search(load, lexicon_of):
    def run(corpus: str, text: str, names: list[str], flips: list[str]) -> SmallestEdit:
        lexicon = lexicon_of(corpus)
        classifiers: dict[str, Classifier] = {name: load(corpus, name) for name in names}
        vectors = {name: embedded(lexicon, one) for name, one in classifiers.items() if one.can(Ability.GRADIENTS)}
        return smallest_edit(text, classifiers, flips, lexicon, vectors)

    return run


def exhaustive(text: str, classifiers: dict[str, Classifier], flips: list[str], words: list[str], most: int) -> int:
    """The fewest words to change, by trying every drop and every replacement; `most` + 1 if there is no such edit."""
    spans = word_spans(text).tolist()
    options = [
        [Edit(start, text[start:end], word) for word in ["", *words] if word != text[start:end]] for start, end in spans
    ]
    before = {name: one.predict([text])[0].told for name, one in classifiers.items()}
    wanted = {
        name: {"positive": "negative", "negative": "positive"}[told] if name in flips else told
        for name, told in before.items()
    }
    for size in range(1, most + 1):
        texts = [
            apply_edits(text, edits)
            for places in combinations(range(len(spans)), size)
            for edits in product(*(options[place] for place in places))
        ]
        texts = [edited for edited in texts if edited.strip()]
        fits = [True] * len(texts)
        for name, one in classifiers.items():
            fits = [
                fit and found.told == wanted[name] and not found.blind
                for fit, found in zip(fits, one.predict(texts), strict=True)
            ]
        if any(fits):
            return size
    return most + 1


@pytest.mark.parametrize(
    ("text", "flips"),
    [
        ("the plot was dull", ["bilstm"]),
        ("the plot was dull", ["nb-svm-bigrams"]),
        ("the plot was dull", ["bilstm", "nb-svm-bigrams"]),
        ("superb acting and a great ending", ["bilstm"]),
        ("superb acting and a great ending", ["nb-svm-bigrams"]),
        ("superb acting and a great ending", ["bilstm", "nb-svm-bigrams"]),
    ],
)
def test_an_exhaustive_search_gives_the_same_size(text, flips, search, load, lexicon_of):
    names = ["bilstm", "nb-svm-bigrams"]
    found = search("toy", text, names, flips)
    # Every third word keeps the pairs few; the search has all of them, so its result can only be smaller.
    words = lexicon_of("toy").words
    smallest = exhaustive(text, {name: load("toy", name) for name in names}, flips, words, 1)
    if smallest > 1:
        smallest = exhaustive(text, {name: load("toy", name) for name in names}, flips, words[::3], 2)
        assert found.found
        assert 2 <= len(found.found[0].edits) <= smallest
    else:
        assert [len(one.edits) for one in found.found] == [1] * len(found.found) != []


@pytest.mark.parametrize(
    ("corpus", "text", "names"),
    [
        ("imdb", PRAISE, ["rnn", "bilstm"]),
        ("imdb", PRAISE, ["bilstm", "nb-svm-bigrams"]),
        ("imdb", PRAISE, ["tf-idf", "bag-of-words"]),
        ("korean", "별로고 재미없었다 배우 때문에 봤는데 캐릭터도 이상하고", ["rnn", "bilstm"]),
        ("korean", "정말 재미있게 봤어요 최고의 영화", ["bilstm", "nb-svm-characters"]),
    ],
)
def test_what_is_found_typed_by_hand_flips_what_was_asked_and_nothing_else(corpus, text, names, search, load):
    before = {name: load(corpus, name).predict([text])[0] for name in names}
    for flips in ([names[0]], [names[1]], names):
        result = search(corpus, text, names, flips)
        assert result.tried > 0
        assert len({len(one.edits) for one in result.found}) <= 1, "all of one size"
        for one in result.found:
            typed = apply_edits(text, one.edits)
            for name in names:
                after = load(corpus, name).predict([typed])[0]
                assert after.logit == pytest.approx(one.after[name].logit, abs=1e-4)
                assert (after.told != before[name].told) == (name in flips)
                assert {after.told, before[name].told} <= {"positive", "negative"}


def test_a_flip_of_a_network_of_one_hundred_words_is_found_with_bounded_work(search):
    text = " ".join([PRAISE] * 4)
    result = search("imdb", text, ["rnn", "bilstm"], ["rnn", "bilstm"])
    assert 0 < result.tried <= 3 * 1_000


def test_replacements_are_whole_words_of_the_corpus(search, lexicon_of):
    words = set(lexicon_of("imdb").words)
    for flips in (["rnn"], ["bilstm"]):
        found = search("imdb", PRAISE, ["rnn", "bilstm"], flips).found
        assert found
        for one in found:
            assert all(edit.becomes == "" or edit.becomes.lower() in words for edit in one.edits)


def test_words_past_the_cut_are_not_tried(search):
    """The run reads 400 tokens. The words after them turn no verdict, so no edit names them."""
    text = "a superb story with a dull end. " * 50 + "terrible " * 50 + "awful"  # 400 tokens, then those past the cut
    result = search("imdb", text, ["rnn"], ["rnn"])
    places = [edit.place for one in result.found for edit in one.edits]
    assert places
    assert max(places) < text.index("terrible")


def test_a_control_that_learnt_nothing_is_not_said_to_flip(search):
    with pytest.raises(ClassifierError, match="bilstm-shuffled calls this text neither positive nor negative"):
        search("toy", EXAMPLES[0].text, ["bilstm", "bilstm-shuffled"], ["bilstm"])


def test_an_unknown_text_has_no_verdict_to_flip(search):
    with pytest.raises(ClassifierError, match="neither positive nor negative"):
        search("imdb", "漢字 \U0001f389", ["rnn"], ["rnn"])
    with pytest.raises(TextError):
        search("imdb", "  ", ["rnn"], ["rnn"])


@pytest.mark.parametrize("text", ["terrible", "terrible!", "'terrible'"])
def test_a_text_of_one_word(text, search, load, lexicon_of):
    result = search("imdb", text, ["rnn"], ["rnn"])
    smallest = exhaustive(text, {"rnn": load("imdb", "rnn")}, ["rnn"], lexicon_of("imdb").words, 1)
    assert [len(one.edits) for one in result.found[:1]] == [1] * (smallest == 1)
    assert result.most_words == 1


def test_a_search_that_finds_nothing_says_what_it_tried(search):
    sure = "superb great excellent wonderful " * 30
    result = search("imdb", sure, ["bilstm"], ["bilstm"])
    assert result.found == []
    assert result.most_words == 3
    assert result.tried > 500


def test_a_hub_model_without_gradients_is_searched_by_occlusion(published, load, lexicon_of):
    from dataclasses import replace

    blind = replace(load("imdb", "rnn"), abilities=frozenset())
    result = smallest_edit(PRAISE, {"rnn": blind}, ["rnn"], lexicon_of("imdb"), {})
    assert result.found
    assert Path(published).exists()
    for one in result.found:
        assert blind.predict([apply_edits(PRAISE, one.edits)])[0].told == "negative"
