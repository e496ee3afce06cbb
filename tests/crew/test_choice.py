"""Who does the work."""

from __future__ import annotations

import threading

import pytest
from toykit import ToyKit, do

from okrsite.crew import Alone, Hands, choice, crew_of
from okrsite.crew.fork import can_fork
from okrsite.crew.processes import Generations, NewProcesses


def test_little_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a wish, processes are engaged only for as much as is worth them; with one job, never."""
    monkeypatch.setattr(choice, "processors", lambda: 8)
    for amount in (0, 1, choice.WORTH_COPIES - 1):
        assert isinstance(crew_of(Hands(), amount, do, ToyKit), Alone)
    assert isinstance(crew_of(Hands(1), 10**6, do, ToyKit), Alone)
    assert isinstance(crew_of(Hands(8), 0, do, ToyKit), Alone)


def test_what_each_would_do_again_counts_against_sharing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes are engaged for what is left without what each of them would do, too; who asks for some gets them."""
    monkeypatch.setattr(choice, "processors", lambda: 8)
    monkeypatch.setattr(choice, "can_fork", lambda: True)
    amount = choice.WORTH_COPIES + 50
    for again, is_shared in ((0, True), (50, True), (51, False), (10**6, False)):
        assert Hands().may_share(amount, again) is is_shared
        assert isinstance(crew_of(Hands(), amount, do, ToyKit, again), Generations if is_shared else Alone)
    assert Hands(2).may_share(amount, 10**6)
    assert isinstance(crew_of(Hands(2), amount, do, ToyKit, 10**6), Generations)


@pytest.mark.parametrize(("forks", "least"), [(True, choice.WORTH_COPIES), (False, choice.WORTH_NEW_ONES)])
def test_much_work_is_shared(forks: bool, least: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """There are as many processes as processors; new ones, where a process cannot be copied, ask for more to do."""
    monkeypatch.setattr(choice, "processors", lambda: 3)
    monkeypatch.setattr(choice, "can_fork", lambda: forks)
    monkeypatch.setattr(choice, "HAS_FORK", forks)
    with crew_of(Hands(), least, do, ToyKit) as crew:  # processes start with the first task
        assert isinstance(crew, Generations if forks else NewProcesses)
        assert crew.ahead == 12
    assert isinstance(crew_of(Hands(), least - 1, do, ToyKit), Alone)


def test_a_process_with_threads_does_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that cannot be copied, such as that of ``serve``, engages new ones only if it is asked to."""
    monkeypatch.setattr(choice, "processors", lambda: 2)
    monkeypatch.setattr(choice, "HAS_FORK", True)
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert not can_fork()
        assert isinstance(crew_of(Hands(), 10**6, do, ToyKit), Alone)
        with crew_of(Hands(2), 10, do, ToyKit) as crew:
            assert isinstance(crew, NewProcesses)
    finally:
        end.set()
        thread.join()


def test_what_cannot_be_packed_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kit that no other process could open costs time, not the build."""
    monkeypatch.setattr(choice, "can_fork", lambda: False)
    assert isinstance(crew_of(Hands(2), 10, do, lambda: ToyKit(lambda: "no value")), Alone)  # type: ignore[arg-type]
