"""Processes on this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal

import pytest
from copiedprocess import copying, said
from jinja2 import TemplateSyntaxError
from toykit import Answer, ToyKit, words

from okrsite.crew import CrewError
from okrsite.crew.parcel import Parcel
from okrsite.crew.processes import NewProcesses

TASKS = [f"task {number}" for number in range(20)]


def crew() -> NewProcesses[str, Answer]:
    """Two new processes."""
    return NewProcesses(2, Parcel(ToyKit()).open)


def test_results_come_in_the_order_of_tasks() -> None:
    """Several processes do the work, each opens its kit once, and none is left afterwards."""
    with crew() as workers:
        answers = list(workers.work(TASKS))
    assert words(answers) == [task.upper() for task in TASKS]
    assert {kits for _, _, kits in answers} == {1}
    assert os.getpid() not in {process for _, process, _ in answers}
    assert not [each for each in multiprocessing.active_children() if "Spawn" in type(each).__name__]


def test_what_a_task_raises_comes_back_as_it_is() -> None:
    """Whoever asks for results sees the failure that one process would have met, with all it says."""
    with crew() as workers, pytest.raises(TemplateSyntaxError) as caught:
        list(workers.work(["a", "fail", "b"]))
    assert (caught.value.message, caught.value.lineno, caught.value.filename) == ("no such tag", 3, "theme/page.html")


def test_a_process_that_is_killed() -> None:
    """Where the system ends a process, for want of memory say, the work ends with a message and not in waiting."""
    with crew() as workers, pytest.raises(CrewError, match="--jobs 1"):
        list(workers.work(["a", "die", *TASKS]))


def test_copies_do_the_same() -> None:
    """A copied process needs no pickled kit."""
    process = copying("with crew: print(words(list(crew.work(['a', 'b', 'c']))))")
    assert said(process) == "['A', 'B', 'C']\n"


def test_copies_have_their_time() -> None:
    """After some tasks new copies go on, and order and number of the results stay."""
    process = copying(
        "from okrsite.crew import processes",
        "processes.LIFE = 2",
        "tasks = [str(number) for number in range(11)]",
        "with processes.Generations(2, do) as crew: answers = list(crew.work(tasks))",
        "assert words(answers) == tasks",
        "print(len({process for _, process, _ in answers}) > 2)",
        "with processes.Generations(2, do) as crew: print(list(crew.work([])))",
    )
    assert said(process) == "True\n[]\n"


def test_results_are_not_piled_up() -> None:
    """Only as many tasks are given out as are taken back, and a few more."""
    taken: list[str] = []
    with crew() as workers:
        results = workers.work(taken.append(task) or task for task in TASKS)  # type: ignore[func-returns-value]
        assert len(taken) == workers.ahead
        next(results)
        assert len(taken) == workers.ahead + 1


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGINT])
def test_copies_end_with_the_first(blow: signal.Signals) -> None:
    """Killed or interrupted, it leaves no process behind: else its output would never end."""
    process = copying(
        "try:",
        "    with crew:",
        "        for answer in crew.work(iter(lambda: 'again', '')): print('at work', flush=True)",
        "except KeyboardInterrupt: sys.exit(130)",
        wait=False,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "at work\n"
    if blow is signal.SIGINT:  # as from a terminal: all of them get it
        os.killpg(process.pid, blow)
    else:
        process.kill()
    assert set(said(process).split("\n")) <= {"at work", ""}
    assert process.wait() == (130 if blow is signal.SIGINT else -blow)


@pytest.mark.parametrize(("ignored", "ended"), [("signal.SIG_IGN", "False"), ("print", "True")])
def test_copies_ignore_what_the_first_ignores(ignored: str, ended: str) -> None:
    """Under nohup a closed terminal ends none of them; what the first does when told to end a copy does not do."""
    process = copying(
        f"signal.signal(signal.SIGHUP, {ignored})",
        "apart = Apart()",
        "copy = apart(os.getpid)",
        "os.kill(copy, signal.SIGHUP)",
        "try: print(apart(os.getpid) != copy)",
        "except CrewError: print(True)",
        "apart.close()",
    )
    assert said(process) == f"{ended}\n"


def test_apart_is_another_process_until_it_is_closed() -> None:
    """What starts threads runs there, what it raises comes back, and afterwards this process can be copied."""
    process = copying(
        "apart = Apart()",
        "assert apart(os.getpid) == apart(os.getpid) != os.getpid()",
        "try: apart(int, 'x')",
        "except ValueError as error: print(error)",
        "try: apart(do, 'die')",
        "except CrewError as error: print(error)",
        "apart.close()",
        "assert apart(os.getpid) == os.getpid()",
        "assert Apart(wanted=False)(os.getpid) == os.getpid()",
        "with crew: print(words(list(crew.work(['a']))))",
    )
    invalid, gone, done, end = said(process).split("\n")
    assert invalid.startswith("invalid literal")
    assert "--jobs 1" in gone
    assert (done, end) == ("['A']", "")


def test_apart_works_ahead() -> None:
    """What is called ahead is waited for, its process ends without being told, and `close` does not wait for it."""
    process = copying(
        "def tell(): print(os.getpid() != first, flush=True)",
        "def fail(): print(1 / 0)",
        "first = os.getpid()",
        "for function in (tell, fail):",
        "    apart = Apart()",
        "    apart.ahead(function)",
        "    apart.wait()",
        "    try: os.waitpid(-1, os.WNOHANG)",
        "    except ChildProcessError: print('gone')",
        "apart = Apart()",
        "apart.ahead(signal.pause)",
        "apart.close()",
        "apart.ahead(tell)",
        "Apart(wanted=False).ahead(tell)",
    )
    assert said(process) == "True\ngone\ngone\n"


def test_meanwhile_another_process_calls() -> None:
    """What comes of it, or is raised, comes back; who does not wait leaves nobody behind."""
    process = copying(
        "def invalid(): raise ValueError('what was raised there')",
        "def hang(): signal.pause()",
        "def die(): os._exit(1)",
        "with meanwhile(os.getpid) as number: print(number() != os.getpid())",
        "with meanwhile(os.getpid, wanted=False) as number: print(number() == os.getpid())",
        "for function in (invalid, die):",
        "    try:",
        "        with meanwhile(function) as value: value()",
        "    except (ValueError, CrewError) as error: print(error)",
        "def ask():",
        "    with meanwhile(os.getppid) as parent: return parent() == os.getpid()",
        "with meanwhile(ask, has_own=True) as asked: print(asked())",
        "with meanwhile(hang): pass",
        "with meanwhile(hang, has_own=True): pass",
        "with meanwhile(lambda: b' ' * 1_000_000): pass",
        "try: os.waitpid(-1, 0)",
        "except ChildProcessError: print('nobody')",
    )
    there, here, invalid, gone, asked, nobody, end = said(process).split("\n")
    assert (there, here, invalid, nobody, end) == ("True", "True", "what was raised there", "nobody", "")
    assert asked == "True"
    assert "--jobs 1" in gone
