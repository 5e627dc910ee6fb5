"""Settings by environment as a visitor meets them: title, language, lesson, who may what, and a server that refuses."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.shared import hub_models
from pages.shared.serving import page_html
from pages.shared.site import HOME, PAGES
from pages.shared.visitors import Visitor, may_upload
from sentiment_core.errors import ModelError
from sentiment_core.experiments.lessons import LESSONS
from tests.conftest import ROOT
from tests.pages.opening import APP, open_page, page_links

LOCAL, STRANGER = Visitor("1" * 32, local=True), Visitor("2" * 32, local=False)
LESSON_LINKS = [f"train?lesson={code}" for code in LESSONS]


def overview() -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert not app.exception
    return app


def test_the_title_is_on_the_overview_and_in_every_tab(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_TITLE", "*Film* <b>class</b> 7B")
    assert overview().title[0].value.replace("\\", "") == "*Film* <b>class</b> 7B", "it is text, not Markdown"
    assert HOME.browser_title == "*Film* <b>class</b> 7B"
    html = page_html("<head><title>Streamlit</title></head>", PAGES[4])
    assert "<title>Drift · *Film* &lt;b&gt;class&lt;/b&gt; 7B</title>" in html
    assert 'content="*Film* &lt;b&gt;class&lt;/b&gt; 7B"' in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("setting", "browser", "language"), [("ko", "en-US", "ko"), ("ko", None, "ko"), ("en", "ko-KR", "en")]
)
def test_the_language_of_the_server_is_that_of_a_new_visitor(setting, browser, language, monkeypatch):
    monkeypatch.setenv("SENTIMENT_LANGUAGE", setting)
    monkeypatch.setattr(type(st.context), "locale", property(lambda _: browser))
    app = overview()
    assert app.session_state["session_language"] == language
    assert "lang" not in app.query_params, "a link does not carry what nobody has chosen"
    other = "en" if language == "ko" else "ko"
    next(group for group in app.button_group if group.key == "language_choice").set_value(other).run()
    assert app.session_state["session_language"] == other, "a visitor may choose another"
    assert app.query_params["lang"] == other


def test_the_language_of_a_link_goes_before_the_servers(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_LANGUAGE", "ko")
    assert open_page("pages/learn/lessons.py", lang="en").session_state["session_language"] == "en"


def test_the_overview_leads_to_the_lesson_and_the_lessons_begin_with_it(monkeypatch: pytest.MonkeyPatch):
    assert not any(link in LESSON_LINKS for link in page_links(overview()))
    monkeypatch.setenv("SENTIMENT_LESSON", "clipping")
    app = overview()
    assert [link for link in page_links(app) if link in LESSON_LINKS] == ["train?lesson=clipping"]
    assert str(LESSONS["clipping"].question) in [element.value for element in app.markdown]
    shown = [link for link in page_links(open_page("pages/learn/lessons.py")) if link in LESSON_LINKS]
    assert shown[0] == "train?lesson=clipping"
    assert sorted(shown) == sorted(LESSON_LINKS)


@pytest.mark.parametrize(
    ("training", "uploads", "local", "stranger"),
    [
        (None, None, True, False),
        ("on", None, True, True),
        ("on", "auto", True, False),
        ("off", "on", True, True),
        ("on", "off", False, False),
    ],
)
def test_who_brings_files_is_who_trains_unless_it_is_said(training, uploads, local, stranger, monkeypatch):
    for name, value in (("SENTIMENT_TRAINING", training), ("SENTIMENT_UPLOADS", uploads)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    assert may_upload(LOCAL) == local
    assert may_upload(STRANGER) == stranger


@pytest.mark.parametrize(
    ("hub", "models", "local", "stranger"),
    [
        (None, None, None, []),
        (None, "owner/one", ["owner/one"], ["owner/one"]),
        ("on", None, None, None),
        ("on", "", [], []),
        ("off", "owner/one", [], []),
    ],
)
def test_only_who_sits_at_the_machine_names_any_model_unless_it_is_said(hub, models, local, stranger, monkeypatch):
    for name, value in (("SENTIMENT_HUB", hub), ("SENTIMENT_MODELS", models)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    for who, allowed in ((LOCAL, local), (STRANGER, stranger)):
        monkeypatch.setattr(hub_models, "visitor", lambda who=who: replace(who))
        assert hub_models.models_allowed() == allowed
        if allowed == []:
            with pytest.raises(ModelError, match="SENTIMENT_HUB=on"):
                hub_models.check_model("owner/one")
        else:
            hub_models.check_model("owner/one")


@pytest.mark.server
def test_a_server_with_wrong_settings_does_not_start_and_says_all_of_them():
    wrong = {"SENTIMENT_TRAINING": "yes", "SENTIMENT_UPLOAD_MB": "many", "SENTIMENT_ADMIN_TOKEN": "hunter2"}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "streamlit_app.py"), "--server.port", "0"]
    ended = subprocess.run(
        command, env=os.environ | wrong | {"SENTIMENT_TITEL": "x"}, capture_output=True, encoding="utf-8", timeout=120
    )
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr + ended.stdout
    assert [line for line in ended.stderr.splitlines() if line.startswith(("warning: ", "error: "))] == [
        "warning: SENTIMENT_TITEL is no setting. Did you mean SENTIMENT_TITLE?",
        "error: SENTIMENT_TRAINING is 'yes'. Set it to auto, on or off.",
        "error: SENTIMENT_ADMIN_TOKEN has a value that cannot be used. Set it to 16 to 200 characters that nobody can "
        "guess: letters, digits and signs, without spaces.",
        "error: SENTIMENT_UPLOAD_MB is 'many'. Set it to a whole number from 1.",
    ]
