"""What can be done with the file: train on it, or have it scored."""

from __future__ import annotations

import streamlit as st

from pages.learn.own_data_parts.scoring import show_scoring
from pages.learn.train_parts.opening import SCRIPT
from pages.shared.language import in_this_language
from pages.shared.own_data import Looked
from pages.shared.training_data import CHOSEN, form_for
from pages.shared.uploads import Upload
from sentiment_core.messages import tr


def show_uses(upload: Upload, looked: Looked) -> None:
    """Show what can be done with a file that can be read."""
    st.header(tr("Train on it"), anchor=False)
    st.page_link(
        SCRIPT,
        label=tr("Train on this"),
        icon=":material/model_training:",
        query_params=in_this_language({CHOSEN: upload.id, **form_for(looked.trained_on)}),
        width="content",
    )
    st.caption(
        tr(
            "A training keeps weights, counts and figures, and no text. Its vocabulary can still reveal words and "
            "names that occur in several reviews."
        )
    )
    show_scoring(upload)
