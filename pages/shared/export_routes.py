"""The route that gives a run of a job as a zip: export/<job>/<run>.zip, for GET alone. Who knows the id may take it."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from streamlit import config
from streamlit.url_util import make_url_path

from pages.shared.folders import live_runs
from sentiment_core.errors import RunError
from sentiment_core.jobs.queue import find_job
from sentiment_core.jobs.requests import TrainingRequest
from sentiment_core.runs.export import export_run

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def export_routes() -> list[Route]:
    """The route, below the base path of the server."""
    base = config.get_option("server.baseUrlPath")
    return [Route(make_url_path(base, "export/{job}/{run}.zip"), _export, methods=["GET"])]


def export_address(job_id: str, run: str) -> str:
    """The address of a run's zip, from any page."""
    return f"export/{job_id}/{run}.zip"


async def _export(request: Request) -> Response:
    job_id, name = request.path_params["job"], request.path_params["run"]
    job = await run_in_threadpool(find_job, live_runs(), job_id)
    asked = job.request if job is not None else None
    # The name is compared with those of the job: no path is made of what the browser sends.
    runs = {run.name: run for run in asked.runs} if isinstance(asked, TrainingRequest) else {}
    try:
        pieces = export_run(runs[name])
    except (KeyError, RunError):
        return JSONResponse({"error": "unknown-run"}, 404, headers=_HEADERS)
    headers = _HEADERS | {"Content-Disposition": f'attachment; filename="{name}.zip"'}
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)
