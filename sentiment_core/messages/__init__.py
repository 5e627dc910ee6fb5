"""Messages in the reader's language, made from records, codes and numbers.

A message is an English literal with named placeholders, written where it is used. The catalogue of the current language
(`ko/*.po`) has its translation. A placeholder may have one of Python's format specs. Numbers and lists follow the
language:

    from sentiment_core.messages import lazy, tr, tr_in, tr_plural

    st.caption(tr("Showing the first {shown} of {selected} words.", shown=40, selected=12000))
    st.metric(tr("Test accuracy"), percent(accuracy))              # messages.numbers: a number that stands alone
    tr("{share:.1%} of {count} reviews are longer", share=0.221, count=25000)    # 22.1% of 25,000 reviews ...
    tr("Choose one of {names:or}.", names=["rnn", "lstm", "gru"])               # rnn, lstm or gru
    tr_plural("{count} run", "{count} runs", len(runs))            # the count is a value too
    tr_in("a class of reviews", "positive")                        # one English word with two translations

Text that is stored must be `lazy`: a table of labels, a field of a dataclass, anything made when a module is imported.
`str` gives its text in the language that is current then. A lazy message may be a value of another message.

    LABELS = {"lstm": lazy("LSTM, one direction"), "bilstm": lazy("LSTM, both directions")}
    st.selectbox(tr("Network"), LABELS, format_func=lambda name: str(LABELS[name]))

An error takes the literal itself. `str(error)` is English, for logs; `error.message()` is for the reader:

    raise RunError("{path} holds no run (no recipe.json). Name a folder that train wrote.", path=path)

Values are not escaped. The page that shows a message must escape text that a user typed.

The current language is that of the innermost `in_language("ko")`. Without one it is the answer of the function given to
`resolve_language_by`, which for pages reads the reader's session. Otherwise it is English. **A cache must not keep text
in one language**: cache records and make the text outside, or pass `current_language()` to the cached function.

`python -m sentiment_core.messages.update` adds new messages to the catalogues; docs/translating.md lists the terms.
"""

from sentiment_core.messages.language import LANGUAGES, current_language, in_language, resolve_language_by
from sentiment_core.messages.message import Message, lazy, lazy_in, lazy_plural, tr, tr_in, tr_plural

__all__ = [
    "LANGUAGES",
    "Message",
    "current_language",
    "in_language",
    "lazy",
    "lazy_in",
    "lazy_plural",
    "resolve_language_by",
    "tr",
    "tr_in",
    "tr_plural",
]
