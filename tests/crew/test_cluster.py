"""Workers of a Dask cluster."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from daskcluster import dask_cluster
from jinja2 import TemplateSyntaxError
from toykit import Answer, ToyKit, words

from okrsite.crew import CrewError
from okrsite.crew.cluster import Cluster
from okrsite.crew.parcel import Parcel

TASKS = [f"task {number}" for number in range(20)]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A cluster of two workers."""
    with dask_cluster(tmp_path_factory.mktemp("workers"), {}, {}) as address:
        yield address


def crew(address: str, packed: str = "") -> Cluster[str, Answer]:
    """All its workers, with little patience."""
    return Cluster(address, Parcel(ToyKit(packed)), patience=3)


def test_results_come_in_the_order_of_tasks(address: str) -> None:
    """Two processes do the work, and open a kit once; the same kit, sent again, is there already."""
    with crew(address, "order") as workers:
        answers = list(workers.work(TASKS))
    assert words(answers) == [task.upper() for task in TASKS]
    processes = {process for _, process, _ in answers}
    assert len(processes) == 2
    assert os.getpid() not in processes
    with crew(address, "order") as workers:
        again = list(workers.work(TASKS))
    assert {kits for _, _, kits in again} == {kits for _, _, kits in answers} == {1}


def test_what_a_task_raises_comes_back_as_it_is(address: str) -> None:
    """A template's failure has its file and line, wherever it was met."""
    with crew(address) as workers, pytest.raises(TemplateSyntaxError) as caught:
        list(workers.work(["a", "fail", "b"]))
    assert (caught.value.message, caught.value.lineno, caught.value.filename) == ("no such tag", 3, "theme/page.html")


def test_what_failed_is_done_once_more(address: str, tmp_path: Path) -> None:
    """Dask may take a result for a failure, when the worker that has it dies: a task that works has its result."""
    with crew(address) as workers:
        answers = list(workers.work(["a", f"fail once: {tmp_path / 'failed'}", "b"]))
    assert [word.partition(":")[0] for word in words(answers)] == ["A", "FAIL ONCE", "B"]


def test_workers_of_another_edition_are_refused(tmp_path: Path) -> None:
    """One worker with another okrsite is enough: nobody could tell which pages it made."""
    with (
        dask_cluster(tmp_path, {}, {"TOY_EDITION": "2"}) as address,
        pytest.raises(CrewError, match=r"another okrsite.*tcp://127") as caught,
    ):
        crew(address)
    assert str(caught.value).count("tcp://") == 1


def test_workers_without_okrsite_are_refused(tmp_path: Path) -> None:
    """They cannot even say which edition they have."""
    with (
        dask_cluster(tmp_path, {"PYTHONPATH": "", "PYTHONSAFEPATH": "1"}) as address,
        pytest.raises(CrewError, match="another okrsite"),
    ):
        crew(address)


def test_workers_that_die(tmp_path: Path) -> None:
    """What a dead worker had to do is done by the others; without any, the work ends, and not in waiting."""
    with dask_cluster(tmp_path, {}, {}) as address:
        with crew(address) as workers:
            answers = list(workers.work([*TASKS, f"die once: {tmp_path / 'died'}", *TASKS]))
        assert words(answers)[:20] == words(answers)[21:] == [task.upper() for task in TASKS]
        with crew(address) as workers, pytest.raises(CrewError, match="There are no workers"):
            list(workers.work(["die"]))
        with pytest.raises(CrewError, match="dask worker"):
            crew(address)


def test_a_scheduler_that_is_not_there() -> None:
    """The message says which address did not answer."""
    with pytest.raises(CrewError, match=r"No Dask scheduler answers at 127\.0\.0\.1:1"):
        crew("127.0.0.1:1")


def test_the_extra_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Dask, the message says how to get it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CrewError, match=r"pip install 'okrsite\[dask\]'"):
        crew("127.0.0.1:1")
