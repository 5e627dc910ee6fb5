"""The language of a session: from the address, from the header's choice, kept from page to page."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.shared.site import PAGES, app_name
from sentiment_core.messages import current_language, in_language
from tests.pages.opening import APP, open_page

LENGTHS, READS = "pages/reviews/token_lengths.py", "pages/reviews/what_it_reads.py"


def described(app: AppTest) -> str:
    """The sentence below the title of the Overview."""
    return app.markdown[0].value


def language_of(app: AppTest) -> str:
    return app.session_state["session_language"]


@pytest.fixture(scope="module")
def overview() -> AppTest:
    return AppTest.from_file(APP, default_timeout=60).run()


def test_a_page_begins_in_english(overview: AppTest):
    assert described(overview) == PAGES[0].description
    assert "lang" not in overview.query_params


def test_the_choice_in_the_header_goes_into_the_address_and_back(overview: AppTest):
    choice = next(group for group in overview.button_group if group.key == "language_choice")
    assert choice.options == ["English", "한국어"]
    choice.set_value("ko").run()
    with in_language("ko"):
        assert described(overview) == PAGES[0].description
    assert overview.query_params["lang"] == "ko"
    assert overview.title[0].value == app_name()
    next(group for group in overview.button_group if group.key == "language_choice").set_value("en").run()
    assert described(overview) == PAGES[0].description
    assert overview.query_params["lang"] == "en", "a reader whose browser prefers Korean may want English"


def test_the_language_of_a_link_is_kept_from_page_to_page():
    app = open_page(LENGTHS, lang="ko")
    assert not app.exception
    assert language_of(app) == "ko"
    app.query_params.clear()
    app.switch_page(READS).run()
    assert language_of(app) == "ko"
    assert app.query_params["lang"] == "ko"


def test_an_unknown_language_in_the_address_is_english():
    assert language_of(open_page(LENGTHS, lang="xx")) == "en"


@pytest.mark.parametrize(("browser", "language"), [("ko-KR", "ko"), ("de-DE", "en"), (None, "en")])
def test_the_browsers_language_applies_if_nothing_was_chosen(browser, language, monkeypatch):
    monkeypatch.setattr(type(st.context), "locale", property(lambda _: browser))
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert language_of(app) == language
    assert "lang" not in app.query_params


def test_the_language_outside_a_session_is_english():
    assert current_language() == "en"


def heading() -> None:
    """A page with a choice of the corpus, as a script."""
    from pages.shared.layout import corpus_header

    corpus_header("title", "sentence", "how to read")


@pytest.mark.parametrize(
    ("language", "address", "corpus", "left"),
    [
        ("en", {}, "imdb", {}),
        ("ko", {}, "korean", {"corpus": "korean"}),
        ("ko", {"lang": "ko"}, "korean", {"lang": "ko", "corpus": "korean"}),
        # Links from before there was a second language, and those of readers of English, state no corpus.
        ("ko", {"at": "before"}, "imdb", {"at": "before"}),
        ("ko", {"text": "not bad", "lang": "ko"}, "imdb", {"text": "not bad", "lang": "ko"}),
        ("ko", {"text": "최고", "corpus": "korean"}, "korean", {"text": "최고", "corpus": "korean"}),
        ("en", {"text": "최고", "corpus": "korean"}, "korean", {"text": "최고", "corpus": "korean"}),
    ],
)
def test_a_link_shows_its_corpus_in_every_language(language, address, corpus, left):
    app = AppTest.from_function(heading, default_timeout=60)
    app.session_state["session_language"] = language
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert app.selectbox(key="corpus").value == corpus
    assert {name: app.query_params[name] for name in left} == left
    assert set(left) == set(iter(app.query_params)), "nothing is left out or added"


def test_a_link_shows_the_corpus_that_its_sender_saw_after_a_change_of_language():
    app = AppTest.from_function(heading, default_timeout=60)
    app.session_state["session_language"] = "en"
    app.run()
    app.session_state["session_language"] = "ko"
    app.run()
    assert (app.selectbox(key="corpus").value, app.query_params["corpus"]) == ("imdb", "imdb")


def choosing() -> None:
    """A page with one choice, as a script."""
    import streamlit as st

    from pages.shared.address import choice
    from sentiment_core.messages import tr

    words = {"one": "first", "two": tr("Reviews")}
    st.session_state["chosen"] = choice(st.selectbox, "which", words, key="which")


def test_the_address_has_the_code_of_a_choice():
    app = AppTest.from_function(choosing)
    app.run()
    assert (app.session_state["chosen"], app.selectbox[0].options) == ("one", ["first", "Reviews"])
    assert "which" not in app.query_params, "what a page begins with is left out"
    app.selectbox[0].set_value("two").run()
    assert (app.session_state["chosen"], app.query_params["which"]) == ("two", "two")
    app.selectbox[0].set_value("one").run()
    assert (app.session_state["chosen"], "which" in app.query_params) == ("one", False)


@pytest.mark.parametrize(("asked", "chosen"), [("two", "two"), ("Reviews", "one"), ("", "one")])
def test_a_code_in_a_link_makes_the_choice(asked, chosen):
    app = AppTest.from_function(choosing)
    app.query_params["which"] = asked
    app.run()
    assert app.session_state["chosen"] == chosen
    assert app.selectbox[0].value == chosen


def test_a_link_within_the_app_replaces_the_choice():
    app = AppTest.from_function(choosing)
    app.query_params["which"] = "two"
    app.run()
    app.selectbox[0].set_value("one").run()
    app.query_params["which"] = "two"
    app.run()
    assert app.session_state["chosen"] == "two"
