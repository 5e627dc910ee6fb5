"""The text of the route `metrics`, in the format of Prometheus: numbers alone, without texts, ids and secrets."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import psutil
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric, SummaryMetricFamily
from prometheus_client.registry import Collector
from streamlit.runtime import get_instance

from pages.shared.admission import door
from pages.shared.classes import classes
from pages.shared.durations import Durations
from pages.shared.folders import live_runs
from pages.shared.measures import MEASURES
from sentiment_core.jobs.layout import JOBS, SUPERVISOR
from sentiment_core.jobs.queue import list_jobs
from sentiment_core.jobs.records import State
from sentiment_core.jobs.uploads import list_uploads
from sentiment_core.storage.locks import living_writer
from sentiment_core.version import __version__

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SHARES = (0.5, 0.95, 0.99)


@dataclass(frozen=True)
class Sessions:
    """Tabs with a session, and browsers that wait for one."""

    connected: int
    disconnected: int  # kept for a while, in case their browsers come back
    waiting: int
    most: int  # 0 is no limit


def sessions() -> Sessions:
    """The sessions now. To be called by the event loop, which alone changes them."""
    manager = get_instance()._session_mgr  # Streamlit counts only the connected ones
    connected = len(manager.list_active_sessions())
    return Sessions(connected, len(manager.list_sessions()) - connected, door().waiting(), door().most)


def metrics_text(now: Sessions) -> bytes:
    """All metrics. Reads the folders of jobs and uploads, and asks the system for processes: not for the event loop."""
    registry = CollectorRegistry()
    registry.register(_Server(now))
    return generate_latest(registry)


class _Server(Collector):
    def __init__(self, now: Sessions) -> None:
        self._sessions = now

    def describe(self) -> Iterable[Metric]:
        """Nothing: the registry need not look for names that occur twice."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The metrics in the order in which they are printed."""
        yield _gauge("sentiment_info", "The version of the program.", "version", {__version__: 1})
        yield _gauge("sentiment_up_seconds", "Time since the start.", "", {"": time.monotonic() - MEASURES.started})
        tabs = {"connected": self._sessions.connected, "disconnected": self._sessions.disconnected}
        yield _gauge("sentiment_sessions", "Tabs with a session.", "state", tabs)
        yield _gauge("sentiment_sessions_most", "Sessions at once; 0 is no limit.", "", {"": self._sessions.most})
        yield _gauge("sentiment_waiting", "Browsers in the waiting room.", "", {"": self._sessions.waiting})
        jobs = Counter(str(job.state) for job in list_jobs(live_runs()))
        yield _gauge("sentiment_jobs", "Jobs by state.", "state", {str(state): jobs[state] for state in State})
        yield _gauge("sentiment_memory_bytes", "Resident memory.", "process", _memory())
        uploads = list_uploads(live_runs())
        yield _gauge("sentiment_uploads", "Files of visitors that are kept.", "", {"": len(uploads)})
        yield _gauge("sentiment_upload_bytes", "Their bytes.", "", {"": sum(upload.size for upload in uploads)})
        yield _gauge("sentiment_classes", "Classes that are open.", "", {"": len(classes().all())})
        yield _summary(
            "sentiment_script_seconds", "Time that browsers waited for a page's script.", "run", MEASURES.scripts
        )
        yield _summary("sentiment_answer_seconds", "Time until a route's answer.", "route", dict(MEASURES.answers))
        yield _summary("sentiment_loop_lag_seconds", "How late the event loop went on.", "", {"": MEASURES.lag})
        answers = CounterMetricFamily("sentiment_answers", "Answers and refusals.", labels=["route", "status"])
        for (route, status), count in sorted(MEASURES.statuses.items()):
            answers.add_metric([route, str(status)], count)
        yield answers


def _gauge(name: str, about: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, about, labels=[label] if label else [])
    for value, number in values.items():
        family.add_metric([value] if label else [], number)
    return family


def _summary(name: str, about: str, label: str, values: dict[str, Durations]) -> Metric:
    """Percentiles of the last five minutes, and count and sum since the start."""
    family = SummaryMetricFamily(
        name, f"{about} Quantiles are of the last five minutes.", labels=[label] if label else []
    )
    for value, durations in values.items():
        labels = {label: value} if label else {}
        for share, seconds in zip(_SHARES, durations.percentiles(*_SHARES), strict=False):
            family.add_sample(name, labels | {"quantile": str(share)}, seconds)
        family.add_metric([value] if label else [], durations.count, durations.total)
    return family


def _memory() -> dict[str, float]:
    """Resident bytes of this process, and of the processes of jobs and of what reads files for it."""
    me = psutil.Process()
    others = {child.pid: child for child in me.children(recursive=True)}
    supervisor = living_writer(live_runs() / JOBS / SUPERVISOR)
    try:
        if supervisor is not None:  # an earlier start of this server may have started it
            found = psutil.Process(supervisor.pid)
            others |= {child.pid: child for child in (found, *found.children(recursive=True))}
    except psutil.Error:  # it has just ended, or runs on another machine
        pass
    return {"server": me.memory_info().rss, "jobs": sum(map(_resident, others.values()))}


def _resident(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.Error:  # it has just ended
        return 0
