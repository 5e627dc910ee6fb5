"""Own data: a file of reviews is read, looked at, mapped to two classes, then trained on or scored."""

import streamlit as st

from pages.learn.own_data_parts.checking import show_check
from pages.learn.own_data_parts.files import chosen_data
from pages.learn.own_data_parts.hub import show_hub_data
from pages.learn.own_data_parts.reading import show_reading
from pages.learn.own_data_parts.using import show_uses
from pages.shared import uploads
from pages.shared.layout import errors_shown, header, plain
from sentiment_core.messages import tr

header(
    tr("Own data"),
    tr("Your own reviews: see how they are read, say which are negative and positive, then train on them."),
    tr(
        """
1. **Bring a file.** It needs a text and a label in each row. It stays on the machine that serves this page, nobody else
   sees it, and it is deleted after the time shown.
2. **Check how it is read.** Encoding, separator, header and columns are guessed from the whole file. Each guess can be
   changed.
3. **Say what the labels mean.** Each value is negative, positive or left out: stars 1 and 2 against 4 and 5, for
   example.
4. **Look before anything runs.** Rows that cannot be read are listed with their number. Copies of a test review in the
   training reviews would make the test look easier than it is, so they are removed. If one class is much larger, always
   predicting it is right that often.
5. **Train on it, or score it:** a model that is trained already adds its columns to your file.

Of a file without splits, a fifth becomes test and a tenth of the rest valid, drawn at random with the same share of
each class.
"""
    ),
)

with errors_shown():
    if not uploads.may_upload():
        st.info(plain(str(uploads.off())), icon=":material/lock:")
        st.stop()
    uploads.expire()
    chosen = chosen_data()
    if isinstance(chosen, str):
        show_hub_data(chosen)
    elif chosen is not None and show_reading(chosen):
        looked = show_check(chosen)
        if looked is not None:
            show_uses(chosen, looked)
