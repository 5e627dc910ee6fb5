"""A job that takes small steps, saves every few, and goes on from there: its result tells whether any was lost.

Its model names the number of steps, the seconds of each, and the step that takes very long, as "300 0.01 -1".
"""

import json
import time

from sentiment_core.jobs.desk import Desk, Ended
from sentiment_core.jobs.records import Stage
from sentiment_core.storage.files import write_json

SAVE_EVERY = 10  # steps


def work(desk: Desk) -> None:
    count, seconds, long = (float(part) for part in desk.request.model.split())
    state = desk.folder / "state.json"
    done, number = json.loads(state.read_text("utf-8")).values() if state.exists() else (0, 1)
    desk.report({"kind": "resumed", "step": done})
    desk.stage(Stage.TRAINING, done, int(count))
    try:
        while done < count:
            desk.check()
            time.sleep(1000 if done == long else seconds)
            done, number = done + 1, number * 48271 % 2147483647  # which depends on every step before
            desk.advance(done, left=seconds * (count - done))
            if done % SAVE_EVERY == 0:
                write_json(state, {"done": done, "number": number})
                desk.saved(done)
    except Ended:
        write_json(state, {"done": done, "number": number})
        raise
    write_json(desk.folder / "result.json", {"number": number})
