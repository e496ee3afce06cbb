"""The executor of copies: used as any executor of the standard library is."""

from __future__ import annotations

from copiedprocess import copying, said

BEGIN = (
    "from concurrent.futures import BrokenExecutor",
    "from pathlib import Path",
    "import tempfile, time",
    "from okrsite.crew.copies import Copies",
)


def told(*lines: str) -> list[str]:
    """The lines that a process writes which may be copied."""
    return said(copying(*BEGIN, *lines)).splitlines()


def test_calls_come_back_whoever_is_asked_first() -> None:
    """Results belong to their calls in whatever order they are asked for, with names and values as given."""
    lines = told(
        "with Copies(2, 100) as copies:",
        "    futures = [copies.submit(int, str(number), base=16) for number in range(30)]",
        "    print([future.result() for future in reversed(futures)] == [int(str(n), 16) for n in range(29, -1, -1)])",
        "    print(list(copies.map(abs, [-1, -2])))",
    )
    assert lines == ["True", "[1, 2]"]


def test_a_copy_does_as_many_calls_as_it_lives() -> None:
    """Or fewer; then another takes its place, whatever the others are at; each begins as it should."""
    lines = told(
        "begun = Path(tempfile.mkdtemp())",
        "with Copies(2, 3, lambda: (begun / str(os.getpid())).touch()) as copies:",
        "    done = [future.result() for future in [copies.submit(os.getpid) for _ in range(12)]]",
        "print(max(map(done.count, done)), len(set(done)) == len(list(begun.iterdir())) >= 4)",
        "with Copies(2, 1) as copies:",
        "    slow, others = copies.submit(time.sleep, 1), [copies.submit(os.getpid) for _ in range(5)]",
        "    print(len({each.result() for each in others}), slow.done())",
    )
    assert lines == ["3 True", "5 False"]


def test_copies_end_one_after_the_other() -> None:
    """Each has more memory the more it did: so the first ones do fewer calls, and not all are large at once."""
    lines = told(
        "with Copies(3, 6) as copies:",
        "    waiting = [copies.submit(time.sleep, 60) for _ in range(3)]",
        "    print(sorted(copy.left + len(copy.given) for copy in copies._copies), flush=True)",
        "    copies.shutdown(cancel_futures=True)",
    )
    assert lines == ["[2, 4, 6]"]


def test_what_a_call_raises() -> None:
    """It comes back, also where a value cannot, and the copy goes on."""
    lines = told(
        "with Copies(1, 9) as copies:",
        "    before, wrong, after = copies.submit(os.getpid), copies.submit(int, 'x'), copies.submit(os.getpid)",
        "    print(repr(wrong.exception()))",
        "    print('pickle' in str(copies.submit(memoryview, b'').exception()))",
        "    print(before.result() == after.result(), after.exception())",
    )
    assert lines == ["ValueError(\"invalid literal for int() with base 10: 'x'\")", "True", "True None"]


def test_a_copy_that_dies_takes_all_calls_with_it() -> None:
    """Nobody waits for what nobody does."""
    lines = told(
        "with Copies(2, 9) as copies:",
        "    futures = [copies.submit(os._exit, 1), *(copies.submit(time.sleep, 60) for _ in range(6))]",
        "    print({isinstance(future.exception(), BrokenExecutor) for future in futures})",
    )
    assert lines == ["{True}"]


def test_the_end() -> None:
    """All that was submitted is done first, unless that is cancelled; no copy is left, and calls need not be small."""
    lines = told(
        "copies = Copies(2, 9)",
        "sizes = [copies.submit(len, b' ' * 1_000_000) for _ in range(8)]",
        "copies.shutdown()",
        "print({future.done() for future in sizes}, sizes[-1].result())",
        "copies = Copies(2, 9)",
        "futures = [copies.submit(time.sleep, 60) for _ in range(6)]",
        "copies.shutdown(cancel_futures=True)",
        "print({future.cancelled() for future in futures})",
        "try: os.waitpid(-1, 0)",
        "except ChildProcessError: print('nobody')",
    )
    assert lines == ["{True} 1000000", "{True}", "nobody"]
