"""Words that could replace another, on the published corpora: nearest and opposite ones."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sentiment_core.analysis.explanation.antonyms import PAIRS, antonyms
from sentiment_core.analysis.explanation.suggestions import (
    Lexicon,
    build_lexicon,
    embedded,
    nearest_words,
    opposite_words,
    single_ids,
)
from sentiment_core.analysis.vocabulary import UNSAID
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.errors import ClassifierError
from sentiment_core.text.corpus import load_corpus, load_tokens


@pytest.fixture(scope="module")
def lexicon_of(published):
    @cache
    def build(name: str) -> Lexicon:
        corpus = load_corpus(published.parent / name)
        return build_lexicon(corpus, load_tokens(corpus))

    return build


@pytest.fixture(scope="module")
def use(published, lexicon_of) -> np.ndarray:
    """The words of imdb in the embedding that a language model has trained."""
    return embedded(lexicon_of("imdb"), load_classifier(published / "bilstm-pretrained"))


def opposites(word: str, lexicon: Lexicon, use: np.ndarray | None = None) -> list[str]:
    return [found.word for found in opposite_words(word, lexicon, use)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("wonderful", {"terrible", "horrible", "dreadful"}),
        ("Terrible", {"wonderful", "brilliant", "superb"}),
        ("excellent", {"atrocious", "terrible", "dreadful"}),
        ("boring", {"interesting", "captivating"}),
        ("loved", {"hated"}),
        ("good", {"bad"}),
        ("Bad", {"good", "great"}),
        ("funny", {"unfunny"}),
        ("strong", {"weak"}),
    ],
)
def test_opposites_in_english_are_used_alike(word, expected, lexicon_of, use):
    assert expected <= set(opposites(word, lexicon_of("imdb"), use))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("명작", {"졸작", "망작"}),
        ("최고의", {"최악의"}),
        ("재밌다", {"지루하다", "재미없다"}),
        ("재미없음", {"재밌음"}),
        ("쓰레기", {"최고", "명작"}),
        ("나쁘다", {"좋다"}),
        ("좋은", {"나쁜"}),
        ("아깝다", {"최고다", "명작이다"}),
    ],
)
def test_opposites_in_korean_have_the_same_ending_and_the_other_polarity(word, expected, lexicon_of):
    assert expected <= set(opposites(word, lexicon_of("korean")))


@pytest.mark.parametrize("word", ["dull", "superb"])
def test_opposites_have_the_other_polarity(word, lexicon_of):
    lexicon = lexicon_of("toy")
    row = lexicon.find(word)
    found = opposite_words(word, lexicon, None)
    assert found
    assert all(np.sign(one.polarity) == -np.sign(lexicon.polarity[row]) for one in found)


def test_a_neutral_word_has_no_opposite_unless_it_is_listed(lexicon_of, use):
    assert opposites("plot", lexicon_of("toy")) == []
    for neutral in ("film", "actor", "and"):
        assert opposites(neutral, lexicon_of("imdb"), use) == []
    assert opposites("first", lexicon_of("imdb"), use) == ["last"]
    assert opposites("영화", lexicon_of("korean")) == []
    assert opposites("nowhereword", lexicon_of("imdb")) == []


def test_a_korean_word_with_an_ending_is_found_by_its_beginning(lexicon_of):
    lexicon = lexicon_of("korean")
    assert lexicon.words[lexicon.find("명작이라니까")] == "명작이"
    assert "나" in lexicon.rows
    assert lexicon.find("나쁘다니까") is None, "one syllable begins too many words"
    assert lexicon_of("imdb").find("wonderfulness") is None, "only Hangul has such endings"


def test_the_lexicon_has_whole_words_that_may_be_named(lexicon_of):
    words = set(lexicon_of("imdb").words)
    assert {"overwhel", "##ing", "[UNK]", "exc", "!"} & words == set()
    assert not words & UNSAID
    assert {"wonderful", "terrible", "not"} <= words
    assert not [word for word in lexicon_of("korean").words if "ㅋ" in word]


def test_the_nearest_words_are_those_of_the_largest_cosine(published, lexicon_of):
    lexicon, classifier = lexicon_of("imdb"), load_classifier(published / "rnn")
    vectors = embedded(lexicon, classifier)
    found = [one.word for one in nearest_words("Terrible", classifier, lexicon, vectors)]
    assert {"worst", "awful"} <= set(found)
    assert "terrible" not in found
    centred = vectors - np.nanmean(vectors, axis=0)
    own = centred[lexicon.rows["terrible"]]
    cosines = centred @ own / np.linalg.norm(centred, axis=1) / np.linalg.norm(own)
    assert [lexicon.words[row] for row in np.argsort(-cosines)[1 : len(found) + 1]] == found


def test_a_word_of_several_pieces_lies_at_their_mean_and_an_unknown_one_nowhere(published, lexicon_of):
    lexicon, classifier = lexicon_of("imdb"), load_classifier(published / "rnn")
    vectors = embedded(lexicon, classifier)
    assert len(classifier.tokenize("unputdownable").tokens) > 1
    assert nearest_words("unputdownable", classifier, lexicon, vectors)
    assert nearest_words("漢字", classifier, lexicon, vectors) == []


def test_the_ids_of_all_words_at_once_are_those_of_each_word_alone(published, lexicon_of):
    classifier = load_classifier(published / "rnn")
    lexicon = lexicon_of("imdb")
    ids = single_ids(lexicon, classifier)
    for row in range(0, len(ids), 97):
        assert classifier.tokenize(lexicon.words[row]).ids.tolist() == [ids[row]]


def test_without_an_embedding_there_is_nothing_near(published, lexicon_of):
    linear = load_classifier(Path(published) / "nb-svm-bigrams")
    with pytest.raises(ClassifierError, match="nb-svm-bigrams has no gradients"):
        embedded(lexicon_of("imdb"), linear)


def test_listed_opposites_are_mutual_and_have_no_word_twice():
    for line in PAIRS.strip().splitlines():
        first, second = (side.split() for side in line.split("|"))
        assert not set(first) & set(second), line
        for word in (*first, *second):
            others = second if word in first else first
            found = antonyms(word)
            assert set(others) <= set(found)
            assert len(found) == len(set(found))
            assert word not in found
            assert all(word in antonyms(other) for other in found)
    assert antonyms("nowhereword") == []
