"""The other generators, installed into a folder of the benchmarks' own."""

from __future__ import annotations

from pathlib import Path

from peers.eleventy import Eleventy
from peers.hugo import Hugo
from peers.mkdocs import MkDocs
from peers.peer import Peer

BENCH = Path(__file__).parents[1] / ".bench"
"""Out of git's sight; safe to delete."""

PEERS: tuple[type[Peer], ...] = (Hugo, Eleventy, MkDocs)


def installed() -> list[Peer]:
    """All of them, ready to run."""
    peers = [peer(BENCH / peer.name.lower()) for peer in PEERS]
    for peer in peers:
        done = peer.home / ".installed"
        if not done.exists():
            peer.install()
            done.touch()
    return peers
