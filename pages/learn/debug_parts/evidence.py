"""What can be seen of a broken training: the live view, the figures at its end, and the report of copies."""

from __future__ import annotations

import streamlit as st

from pages.learn.train_parts.opening import SCRIPT
from pages.shared.debug_resources import copies_report
from pages.shared.layout import errors_shown, plain
from pages.shared.live import live_view
from pages.shared.training_resources import request_of
from sentiment_core.experiments.faults.lab import BROKEN, PARTS
from sentiment_core.jobs.events import read_log
from sentiment_core.jobs.records import Job, State
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import number, percent


def evidence(found: Job) -> None:
    """Show the live view and what is known so far."""
    titles = [title_of(network.name) for network in request_of(found).networks]
    match found.state:
        case State.FAILED:
            st.error(plain(str(found.problem or tr("The job ended with an error."))), icon=":material/error:")
        case State.WAITING:
            st.caption(tr("Other trainings are before it. It starts by itself."))
        case State.STOPPED:
            st.caption(tr("It was stopped before its end, so test was not read."))
    live_view(found, f"debug_{found.id}", PARTS, titles)
    if found.state == State.DONE:
        _at_the_end(found, titles)
    with st.expander(tr("Report of copies"), icon=":material/content_copy:"):
        _copies(found)
    st.page_link(
        SCRIPT,
        label=tr("Delete this training") if found.state.ended else tr("Pause, stop or delete this training"),
        icon=":material/tune:",
        query_params={"job": found.id},
    )


def title_of(run: str) -> str:
    """What the page calls a network, from the name of its run."""
    return tr("broken") if run.startswith(BROKEN) else tr("healthy")


def _at_the_end(found: Job, titles: list[str]) -> None:
    last: list[dict[str, float]] = [{} for _ in titles]
    tokens = [0.0] * len(titles)
    for event in read_log(found.folder):
        if event["kind"] == "checkpoint":
            last[event["run"]] |= {
                "train": event["train_loss"],
                "valid": event["valid_accuracy"],
                "step": event["step"],
            }
        elif event["kind"] == "test":
            last[event["run"]]["test"] = event["accuracy"]
        elif event["kind"] == "steps":
            tokens[event["run"]] = event["tokens"]
    st.markdown(tr("**At the end.** Test was read once, after the last step."))
    st.table(
        [
            {
                tr("network"): title,
                tr("loss on train"): number(row["train"], ".3f") if row.get("train") is not None else "-",
                tr("accuracy on valid"): percent(row["valid"]) if "valid" in row else "-",
                tr("accuracy on test"): percent(row["test"]) if "test" in row else "-",
                tr("steps"): number(int(row["step"])) if "step" in row else "-",
                tr("tokens a step"): number(round(read / row["step"])) if row.get("step") else "-",
            }
            for title, row, read in zip(titles, last, tokens, strict=True)
        ]
    )


def _copies(found: Job) -> None:
    st.markdown(tr("Texts of valid and test that a network was also trained on."))
    if st.button(tr("Count the copies"), icon=":material/search:", key="debug_copies"):
        with errors_shown(), st.spinner(tr("Reading the reviews")):
            for run, lines in copies_report(found).items():
                st.markdown(f"**{title_of(run)}**")
                st.text("\n".join(lines) or tr("no copies"))
