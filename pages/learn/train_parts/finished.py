"""Where the runs of a job that has ended can be seen, and their files to take away."""

from __future__ import annotations

import streamlit as st

from pages.shared import training_resources as training
from pages.shared.export_routes import export_address
from pages.shared.layout import errors_shown, plain
from pages.shared.run_links import show_run_links
from pages.shared.training_data import corpus_of
from sentiment_core.jobs.records import Job
from sentiment_core.messages import tr


def show(found: Job) -> None:
    """Links to each page with the runs of the job, and a button for each run's zip."""
    request = training.request_of(found)
    corpus = corpus_of(request)
    names = [run.name for run in request.runs if run.is_dir()]
    if corpus is None or not names:
        st.caption(tr("It was stopped before it had made anything."))
        return
    with errors_shown(), st.container(horizontal=True, vertical_alignment="center"):
        for name in names:
            st.link_button(
                plain(tr("Download {run}", run=name)),
                export_address(found.id, name),
                icon=":material/download:",
                help=tr("A zip with weights, tokenizer, figures and the model card, without any review."),
            )
        show_run_links({"corpus": corpus, "runs": names})
