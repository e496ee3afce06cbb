"""This machine alone: which addresses are its own, and who may ask."""

from __future__ import annotations

from okrsite.problems import OkrsiteError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def place_of(address: str) -> tuple[str, int]:
    """Host and port of ``HOST:PORT``.

    Raises:
        OkrsiteError: It is no such address, or others could reach it.
    """
    host, colon, port = address.rpartition(":")
    host = host.strip("[]")
    if not colon or not port.isdigit() or not 0 < int(port) < 65536:
        raise OkrsiteError(f"'{address}' is not HOST:PORT, e.g. 127.0.0.1:8000.")
    if host not in LOOPBACK:
        raise OkrsiteError(
            f"serve is for your own machine: use 127.0.0.1, not '{host}'. To publish, copy the built site."
        )
    return host, int(port)


def is_meant(host: str) -> bool:
    """Whether a request's ``Host`` is a name of this machine, so that no other site reads pages through the browser.

    Args:
        host: With a port or without; a name elsewhere that leads here comes as that name (DNS rebinding).
    """
    name = host.rpartition(":")[0].strip("[]") or host
    return name in LOOPBACK
