"""The address at which phones join a class, from the one that the teacher's browser uses."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st
from streamlit import config, net_util

from sentiment_core.messages import Message, lazy

_EVERYWHERE = {"", "0.0.0.0", "::"}  # as server.address has them: the server answers on all addresses of the machine


@dataclass(frozen=True)
class Invitation:
    """What a phone opens."""

    link: str  # the whole address, with the code
    place: str  # where the code can be typed, as one writes it on a board: without http://
    trouble: Message | None  # why phones may not reach it, and what to do


def invitation(code: str) -> Invitation:
    """The invitation to a class, by the address of the page that runs."""
    url = st.context.url or "/"
    host = urlsplit(url).hostname or ""
    # Which address the machine has is asked only where it is needed.
    network = (net_util.get_internal_ip() or "") if _is_this_machine(host) else ""
    return invitation_to(code, url, config.get_option("server.address") or "", network)


def invitation_to(code: str, page: str, listens_on: str, network: str) -> Invitation:
    """The invitation to a class.

    page: address of a page of the app in the teacher's browser. listens_on: Streamlit's server.address.
    network: the machine's address in the network; "" if it is not known.

    A page that the teacher opened as localhost is reached by phones at the machine's own address, if the server
    answers there.
    """
    parts = urlsplit(page)
    base = parts.path[: parts.path.rfind("/") + 1] or "/"
    host, trouble = parts.netloc, None
    if _is_this_machine(parts.hostname or ""):
        port = f":{parts.port}" if parts.port else ""
        at_hand = network and not _is_this_machine(network)
        own = (f"[{network}]" if ":" in network else network) + port if at_hand else ""
        if own and (listens_on in _EVERYWHERE or listens_on == network):
            host = own
            trouble = lazy(
                "Phones cannot open {mine}, so this is the address of your machine in its network. Phones must be in "
                "the same network, and its firewall must let them in.",
                mine=parts.netloc,
            )
        elif own:
            host = own
            trouble = lazy(
                "Phones cannot reach this server: it answers only on this machine. Start it again with "
                "--server.address=0.0.0.0, and phones in the same network open {address}.",
                address=own,
            )
        else:
            trouble = lazy(
                "Phones cannot open {mine}: that name means the phone itself there. This machine seems to be in no "
                "network. Connect it, or host the app (docs/hosting.md).",
                mine=parts.netloc,
            )
    scheme = parts.scheme or "http"
    return Invitation(f"{scheme}://{host}{base}join/{code}", f"{host}{base}join", trouble)


def _is_this_machine(host: str) -> bool:
    """Whether a host name means the machine that asks."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
