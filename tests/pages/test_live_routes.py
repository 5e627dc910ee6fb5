"""The routes that browsers follow a job by: what they answer, to whom, and what many readers cost."""

import asyncio
import gzip
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.shared import live_answers, live_routes
from pages.shared.live import last_figures
from sentiment_core.jobs import layout
from sentiment_core.jobs.events import append
from sentiment_core.jobs.folders import Outcome, write_outcome, write_request
from sentiment_core.jobs.live import append_frame, frequent_ids
from sentiment_core.jobs.records import State
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.model.config import Recipe
from sentiment_core.text.corpus import load_corpus, load_tokens
from sentiment_core.text.reviews import Reading
from tests.loops import run_in_loop
from tests.player.unpacking import unpack

ID = "abcdefgh234567ab"


@pytest.fixture
def job(toy_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a training of two networks that has ended, without a log yet."""
    monkeypatch.setenv("SENTIMENT_RUNS", str(tmp_path))
    monkeypatch.setattr(live_answers, "FRESH", 0.0)
    live_routes._followed.clear()
    folder = layout.training_folder(tmp_path, ID)
    folder.mkdir(parents=True)
    networks = Network("rnn-7f3a", Recipe("rnn")), Network("lstm-2k4c", Recipe("lstm"))
    write_request(folder, TrainingRequest(networks, Reading("toy"), str(toy_corpus), title="<b>mine</b>"), 1, 0.0)
    write_outcome(folder, Outcome(State.DONE))
    return folder


@pytest.fixture
def client(job: Path) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=live_routes.live_routes())) as opened:
        yield opened


def news(client: TestClient, after: int = 0, frames: str = "", **headers: str) -> tuple[dict, list[bytes]]:
    """The events of an answer, and the frames of each network. frames: what the address says of them."""
    answer = client.get(f"/live/{ID}/news?after={after}&{frames}", headers=headers)
    assert answer.status_code == 200
    return parts_of(answer.content)


def parts_of(content: bytes) -> tuple[dict, list[bytes]]:
    parts = []
    while content:
        end = 4 + int.from_bytes(content[:4], "little")
        parts.append(content[4:end])
        content = content[end:]
    return json.loads(parts[0]), parts[1:]


def events(client: TestClient, after: int = 0) -> dict:
    return news(client, after)[0]


def frames(client: TestClient, run: int = 0, basis: int = 0, after: int = -1) -> tuple[dict, dict[str, np.ndarray]]:
    """The frames of one network after a step."""
    bases, steps = [0, 0], [10**6, 10**6]
    bases[run], steps[run] = basis, after
    _, parts = news(client, frames=f"bases={bases[0]},{bases[1]}&steps={steps[0]},{steps[1]}")
    assert not parts[1 - run]
    return unpack(parts[run])


def add_frames(job: Path, corpus: Path, run: int, steps: list[int], width: int = 6) -> np.ndarray:
    """Append frames whose words move along dimension 2 by their polarity. Returns the last one [words, width]."""
    table = load_tokens(load_corpus(corpus))
    ids = frequent_ids(table.counts.sum(axis=1))
    start = np.random.default_rng(run).standard_normal((len(table.tokens), width)).astype(np.float32)
    for step in steps:
        frame = start.copy()
        frame[:, 2] += 0.05 * step * np.sign(table.polarity)
        append_frame(job, run, ids, frame, step)
    return frame[ids]


def test_events_come_from_where_the_reader_is(client: TestClient, job: Path):
    for step in (10, 20):
        append(job, {"kind": "steps", "run": 0, "step": step, "loss": 0.5})
        append(job, {"kind": "beat"})
    first = events(client)
    assert [event["step"] for event in first["events"]] == [10, 20]
    assert first["job"]["state"] == "done"
    assert events(client, first["next"])["events"] == []
    append(job, {"kind": "steps", "run": 0, "step": 30, "loss": 0.4})
    later = events(client, first["next"])
    assert [event["step"] for event in later["events"]] == [30]
    assert later["from"] == first["next"]


def test_a_long_log_comes_in_bounded_parts(client: TestClient, job: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(live_answers, "MOST_BYTES", 2000)
    for step in range(100):
        append(job, {"kind": "steps", "run": 0, "step": step})
    steps, after, more = [], 0, True
    while more:
        answer = events(client, after)
        assert len(json.dumps(answer["events"])) < 3000
        steps += [event["step"] for event in answer["events"]]
        after, more = answer["next"], answer["more"]
    assert steps == list(range(100))


def test_a_damaged_log_gives_what_can_be_read_and_another_log_starts_anew(client: TestClient, job: Path):
    append(job, {"kind": "steps", "run": 0, "step": 1})
    with (job / layout.EVENTS).open("ab") as file:
        file.write(b'{"kind": "steps", "st\xff\n[]\n')
    append(job, {"kind": "steps", "run": 0, "step": 2})
    first = events(client)
    assert [event["step"] for event in first["events"]] == [1, 2]
    (job / layout.EVENTS).unlink()
    append(job, {"kind": "steps", "run": 0, "step": 7})
    again = events(client, first["next"])
    assert (again["from"], [event["step"] for event in again["events"]]) == (0, [7])


def test_nothing_that_a_visitor_wrote_is_in_an_answer(client: TestClient, job: Path):
    assert "mine" not in client.get(f"/live/{ID}/news").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("live/zzzzzzzzzzzzzzzz/news", 404),
        ("live/ABCDEFGH234567AB/news", 404),
        ("live/..%2f..%2fetc/news", 404),
        (f"live/{ID}x/news", 404),
        (f"live/{ID}/news?after=-1", 400),
        (f"live/{ID}/news?after=1e3", 400),
        (f"live/{ID}/news?after=99999999999999999999", 400),
        (f"live/{ID}/news?after=", 400),
        (f"live/{ID}/news?after=1,2", 400),
        (f"live/{ID}/news?fit=else", 400),
        (f"live/{ID}/news?bases=x&steps=0", 400),
        (f"live/{ID}/news?bases=0,0&steps=0", 400),
        (f"live/{ID}/news?bases=0,0,0&steps=0,0,0", 400),
        ("live/", 404),
    ],
)
def test_what_is_not_there_or_no_number_is_refused_shortly(client: TestClient, path: str, status: int):
    answer = client.get(path)
    assert answer.status_code == status
    assert len(answer.content) < 100


def test_nothing_but_get_is_answered(client: TestClient):
    assert client.post(f"/live/{ID}/news").status_code == 405


def test_a_deleted_folder_is_no_job_any_more(client: TestClient, job: Path):
    append(job, {"kind": "steps", "run": 0, "step": 1})
    assert events(client)["events"]
    shutil.rmtree(job)
    assert client.get(f"/live/{ID}/news?after=1").status_code == 404


def test_made_up_ids_do_not_push_out_a_job_that_is_followed(client: TestClient, job: Path):
    events(client)
    for _ in range(live_routes.MOST_JOBS):
        assert client.get(f"/live/{layout.new_id()}/news").status_code == 404
    assert [job_id for _, job_id in live_routes._followed] == [ID]


def test_frames_come_on_axes_that_stay(client: TestClient, job: Path, toy_corpus: Path):
    add_frames(job, toy_corpus, 0, [0, 1, 2])
    header, arrays = frames(client)
    assert [frame["step"] for frame in header["frames"]] == [0, 1, 2]
    assert header["basis"] == 3
    assert len(arrays["v0/polarity"]) == header["words"]
    add_frames(job, toy_corpus, 0, [5, 9])
    later, more = frames(client, basis=3, after=2)
    assert [frame["step"] for frame in later["frames"]] == [5, 9]
    assert (later["basis"], later["come"]) == (3, 5)
    assert later["explained"] == header["explained"]
    assert "v0/polarity" not in more
    again, _ = frames(client)
    assert again["basis"] == 5
    assert all(frame["visible"] > 0.99 for frame in again["frames"][1:])


def test_each_network_has_axes_of_its_own_whatever_its_width(client: TestClient, job: Path, toy_corpus: Path):
    for run, width in enumerate((6, 9)):
        add_frames(job, toy_corpus, run, [0, 4], width)
        header, _ = frames(client, run)
        assert header["dimensions"] == width


def test_many_frames_come_in_bounded_parts(client: TestClient, job: Path, toy_corpus: Path):
    add_frames(job, toy_corpus, 0, list(range(20)))
    header, _ = frames(client)
    assert len(header["frames"]) == live_answers.MOST_FRAMES
    rest, _ = frames(client, after=header["frames"][-1]["step"])
    assert len(header["frames"]) + len(rest["frames"]) == header["come"] == 20


def test_an_answer_is_compressed_for_those_who_can_read_it(client: TestClient, job: Path):
    for step in range(50):
        append(job, {"kind": "steps", "run": 0, "step": step})
    path = f"/live/{ID}/news"
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.content == plain.content


def test_two_hundred_readers_at_once_look_at_the_folder_once(job: Path, monkeypatch: pytest.MonkeyPatch):
    append(job, {"kind": "steps", "run": 0, "step": 1})
    monkeypatch.setattr(live_answers, "FRESH", 60.0)
    looks = []
    read = live_answers.read_job

    def counted(folder: Path):
        looks.append(folder)
        time.sleep(0.05)  # as a slow disk
        return read(folder)

    monkeypatch.setattr(live_answers, "read_job", counted)

    class Asked:
        path_params, query_params, headers = {"job": ID}, {"after": "0"}, {"Accept-Encoding": "gzip"}

    async def ask() -> list[bytes]:
        answers = await asyncio.gather(*(live_routes._news(Asked()) for _ in range(200)))
        return [answer.body for answer in answers]

    bodies = run_in_loop(ask())
    assert len(looks) == 1
    assert len(set(bodies)) == 1
    assert parts_of(gzip.decompress(bodies[0]))[0]["events"][0]["step"] == 1


def test_the_fallback_table_has_the_last_figures_of_each_network():
    rows = [
        {"kind": "steps", "run": 0, "step": 10, "loss": 0.5, "accuracy": 0.75, "gradient_norm": 2.0},
        {"kind": "steps", "run": 0, "step": 20, "loss": 0.25, "accuracy": None, "gradient_norm": 1.0},
        {"kind": "checkpoint", "run": 1, "step": 20, "valid_loss": 0.125, "valid_accuracy": 0.5},
        {"kind": "steps", "run": 7, "step": 99},
        {"kind": "beat"},
    ]
    found = list(last_figures(rows, ["rnn", "lstm"]).values())
    assert found == [
        ["rnn", "lstm"],
        ["20", "-"],
        ["0.250", "-"],
        ["-", "0.125"],
        ["-", "-"],
        ["-", "50.0%"],
        ["1.000", "-"],
    ]
