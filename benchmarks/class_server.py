"""The app with a teacher inside who does what standard input says, for `benchmarks.classroom`.

A teacher's page leads a class by calling its methods in a thread of the server. This does the same without a page:
each line of input is JSON, `["open", language]`, `["ask", text, truth]`, or the name of another method of a class in
a list. Each is answered by a line of JSON.
"""

from __future__ import annotations

import json
import sys
import threading
from dataclasses import dataclass
from typing import Any

import uvicorn

from pages.shared.classes import classes
from sentiment_core.classroom.records import Question, Verdict
from sentiment_core.classroom.room import Classroom


@dataclass
class Teacher:
    """Leads one class."""

    room: Classroom | None = None
    asked: int = 0

    def do(self, what: str, *values: Any) -> object:
        """Do it, and say what there is to know."""
        if what == "open":
            self.room, key = classes().open(values[0], "")
            return {"code": self.room.code, "key": key}
        assert self.room is not None, "open comes first"
        if what == "ask":
            text, truth = values
            self.asked += 1
            verdicts = (Verdict("rnn", 0.2), Verdict("bilstm", 0.9))
            self.room.ask(Question(f"q{self.asked}", text, "own", truth, verdicts))
            return {"question": f"q{self.asked}", "version": self.room.news_version}
        if what == "end":
            classes().end(self.room)
        else:
            getattr(self.room, what)(*values)
        return {"version": self.room.news_version}


def _listen() -> None:
    teacher = Teacher()
    for line in sys.stdin:
        print(json.dumps(teacher.do(*json.loads(line))), flush=True)


if __name__ == "__main__":
    from streamlit_app import app

    threading.Thread(target=_listen, daemon=True).start()
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
