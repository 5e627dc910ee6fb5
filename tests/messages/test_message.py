"""Messages: values filled in, the language they are worded in, and errors that carry one."""

import pickle
import threading

import pytest

from sentiment_core.errors import RunError, SentimentError
from sentiment_core.messages import (
    Message,
    current_language,
    in_language,
    language,
    lazy,
    lazy_plural,
    resolve_language_by,
    tr,
    tr_in,
    tr_plural,
)
from sentiment_core.messages import catalogue as catalogues
from sentiment_core.messages.language import matching_language
from sentiment_core.messages.message import fill

KOREAN = {
    (None, "{count} run"): "실행 {count}개",
    (None, "{path} holds no run."): "{path}에 실행이 없습니다.",
    (None, "Choose {name}."): "{name}을(를) 고르세요.",
    (None, "a network"): "신경망",
    ("of a review", "positive"): "긍정",
    ("of a number", "positive"): "양수",
}


@pytest.fixture
def korean(monkeypatch):
    monkeypatch.setattr("sentiment_core.messages.message.translations", lambda language: KOREAN)
    with in_language("ko"):
        yield


def test_values_are_filled_in_and_numbers_written_out():
    assert tr("{share:.1%} of {count} reviews", share=0.2214, count=25000) == "22.1% of 25,000 reviews"
    assert tr("Choose {names:or}, not {given!r}.", names=["a", "b"], given="c") == "Choose a or b, not 'c'."


def test_a_text_without_values_may_hold_braces():
    assert tr('{"text": "a"} is a record') == '{"text": "a"} is a record'


def test_a_value_is_not_read_for_placeholders():
    assert tr("No word {word}.", word="{path}") == "No word {path}."


def test_a_plural_follows_its_count():
    assert [tr_plural("{count} run", "{count} runs", count) for count in (0, 1, 2)] == ["0 runs", "1 run", "2 runs"]


def test_a_message_is_translated_with_the_same_values(korean):
    assert tr_plural("{count} run", "{count} runs", 12000) == "실행 12,000개"
    assert tr_in("of a review", "positive") == "긍정"
    assert tr_in("of a number", "positive") == "양수"


def test_what_has_no_translation_stays_english(korean):
    assert tr("No such {thing}.", thing="entry") == "No such entry."
    assert tr_plural("{count} cat", "{count} cats", 2) == "2 cats"


def test_a_lazy_message_is_worded_when_it_is_shown(monkeypatch):
    monkeypatch.setattr("sentiment_core.messages.message.translations", lambda language: KOREAN)
    label, several = lazy("a network"), lazy_plural("{count} run", "{count} runs", 2)
    outer = lazy("Choose {name}.", name=label)
    assert [str(label), str(several), str(outer)] == ["a network", "2 runs", "Choose a network."]
    with in_language("ko"):
        assert [str(label), tr(several), str(outer)] == ["신경망", "실행 2개", "신경망을 고르세요."]


def test_an_error_is_english_for_logs_and_in_the_language_for_the_reader(korean):
    error = RunError("{path} holds no run.", path="runs/x")
    assert isinstance(error, SentimentError)
    assert str(error) == "runs/x holds no run."
    assert error.message() == "runs/x에 실행이 없습니다."
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.message()) == (str(error), error.message())


def test_an_error_takes_a_message():
    assert str(RunError(lazy_plural("{count} run", "{count} runs", 3))) == "3 runs"


def test_the_language_is_that_of_the_block_then_of_the_resolver_then_english(monkeypatch):
    monkeypatch.setattr(language, "_resolver", None)  # the pages' own is back when the test ends
    resolve_language_by(lambda: "ko")
    assert current_language() == "ko"
    with in_language("en"):
        assert current_language() == "en"
        other: list[str] = []
        thread = threading.Thread(target=lambda: other.append(current_language()))
        thread.start()
        thread.join()
        assert other == ["ko"], "a block holds for its own thread"
    resolve_language_by(lambda: "xx")
    assert current_language() == "en"
    resolve_language_by(None)
    assert current_language() == "en"
    with pytest.raises(ValueError, match="no language 'xx'"), in_language("xx"):
        pass


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("ko-KR", "ko"),
        ("ko", "ko"),
        ("en-US,en;q=0.9,ko;q=0.8", "en"),
        ("fr;q=0.9, ko;q=0.8, en;q=0.7", "ko"),
        ("de,fr", None),
        ("ko;q=0", None),
        ("*;q=much, ko", "ko"),
        ("", None),
    ],
)
def test_the_language_that_a_browser_prefers(header, language):
    assert matching_language(header) == language


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("{x}을(를)", "임베딩", "임베딩을"),
        ("{x}을(를)", "어휘", "어휘를"),
        ("`{x}`은(는) 없습니다", "GRU", "`GRU`는 없습니다"),
        ("{x}은(는)", "LSTM", "LSTM은"),
        ("{x}(으)로", "서울", "서울로"),
        ("{x}(으)로", "인천", "인천으로"),
        ("{x}(으)로", 7, "7로"),
        ("{x}이(가)", 3, "3이"),
        ("{x}과(와)", "22.1%", "22.1%와"),
        ("{x}이(가)", "best", "best이(가)"),
        ("값을(를) {x}", "a", "값을(를) a"),
    ],
)
def test_a_particle_follows_the_value_before_it(text, value, shown):
    assert fill(text, {"x": value}, "ko") == shown


def test_a_value_keeps_its_own_brackets():
    assert fill("{a}{b}", {"a": "책", "b": "을(를)"}, "ko") == "책을(를)"


def test_a_message_can_be_kept_in_a_cache():
    message = lazy("Choose {name}.", name=lazy("a network"))
    assert pickle.loads(pickle.dumps(message)) == message
    assert isinstance(message, Message)


def test_the_catalogues_are_read_once():
    assert catalogues.translations("ko") is catalogues.translations("ko")
