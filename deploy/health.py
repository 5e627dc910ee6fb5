"""Asks the server on this machine whether it answers, and exits with status 1 if not: the image's health check.

Reads the port and the base path from the variables that Streamlit reads. Needs nothing but Python.
"""

import os
import sys
import urllib.request

_PATIENCE = 4.0  # seconds, less than the health check's own limit


def health_address() -> str:
    """The address that answers `ok` while the server runs."""
    port = os.environ.get("STREAMLIT_SERVER_PORT", "8501")
    base = os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")
    return f"http://127.0.0.1:{port}{f'/{base}' if base else ''}/_stcore/health"


def main() -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy may be set for Hub models
    try:
        with direct.open(health_address(), timeout=_PATIENCE) as answer:
            healthy = answer.read() == b"ok"
    except OSError as error:
        sys.exit(f"{health_address()}: {error}")
    if not healthy:
        sys.exit(f"{health_address()} does not answer ok.")


if __name__ == "__main__":
    main()
