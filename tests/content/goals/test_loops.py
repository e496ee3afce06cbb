"""Rings in directed graphs."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from okrsite.content.goals.loops import find_loops

NODES = st.sampled_from("abcdefg")


@given(st.dictionaries(NODES, st.lists(NODES, max_size=3)))
def test_finds_a_ring_where_there_is_one(edges: dict[str, list[str]]) -> None:
    """A ring is found exactly where sorting by dependence fails, and follows the edges back to where it began."""
    try:
        list(TopologicalSorter(edges).static_order())
    except CycleError:
        assert find_loops(edges)
    else:
        assert find_loops(edges) == []
    for loop in find_loops(edges):
        assert loop[0] == loop[-1]
        assert len(set(loop)) == len(loop) - 1
        assert all(second in edges[first] for first, second in pairwise(loop))


def test_a_long_chain_is_no_burden() -> None:
    """A ring of 50,000 is found without recursion."""
    edges = {str(node): [str(node + 1)] for node in range(50_000)}
    assert find_loops(edges) == []
    (loop,) = find_loops({**edges, "50000": ["0"]})
    assert len(loop) == 50_002
