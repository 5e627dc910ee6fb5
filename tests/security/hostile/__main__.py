"""Attack a server of the app's own: `python -m tests.security.hostile --count 1000 [--seed 0] [--only 17]`."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import psutil

from benchmarks.browser import serve
from tests.security.hostile.attack import attack, hide_canary, inputs, logged, snapshot


def main() -> None:
    """Print what went wrong and what was sent; exits with 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--log", type=Path, help="file for what the server prints")
    parser.add_argument("--kind", help="send only those of this kind: address, request, value, message or file")
    parser.add_argument("--only", type=int, help="send only the input with this number")
    given = parser.parse_args()
    sent = inputs(given.count if given.only is None else given.only + 1, given.seed)
    sent = (one for one in sent if given.kind in (None, one.kind))
    chosen = sent if given.only is None else islice(sent, given.only, None)
    with tempfile.TemporaryDirectory() as place:
        root, log = Path(place) / "runs", given.log or Path(place) / "log.txt"
        hide_canary(root)
        before, began = snapshot(), time.monotonic()
        open_to_all = {f"SENTIMENT_{name}": "on" for name in ("TRAINING", "CLASSES", "HUB")}
        unlimited = {"SENTIMENT_REQUESTS_A_MINUTE": "0", "SENTIMENT_ACTIONS_A_MINUTE": "0"}
        with serve(log=log, SENTIMENT_RUNS=str(root), HF_HUB_OFFLINE="1", **open_to_all, **unlimited) as server:
            process = psutil.Process(server.pid)
            wrong = asyncio.run(attack(server.address, chosen, lambda line: print(line[:600], flush=True)))
            memory = process.memory_info().rss / 1e6
        wrong += [f"logged: {text}" for text in logged(log)]
        after = snapshot()
        wrong += [f"changed: {path}" for path in {**before, **after} if before.get(path) != after.get(path)]
    for line in wrong:
        if line.startswith(("logged", "changed", "afterwards")):
            print(line)
    print(f"{given.count} inputs, {len(wrong)} problems, {time.monotonic() - began:.0f} s, {memory:.0f} MB at the end")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
