"""Content that is meant to break things: it is refused in plain words, in bounded time, and nothing escapes."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FrameType

import pytest

from okrsite.content import Reading, read_portal
from okrsite.settings import Settings

Files = Mapping[str, str | bytes]
Read = Callable[[Files], Reading]

UNIT = {"okrs/acme/unit.yml": "name: Acme\nlevel: corporate\n"}
DONE = "key_results: [{id: done, title: Done, kind: done}]"


def problems(reading: Reading) -> list[str]:
    """Place and code of each problem, below the goals' folder."""
    return [f"{p.path.removeprefix('content/okrs/')}:{p.line}:{p.column} {p.code}" for p in reading.problems]


def calls(work: Callable[[], object]) -> int:
    """How many functions a piece of work calls: what it costs, whatever else the machine is doing."""
    count = 0

    def on_event(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(on_event)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 50_000,
        "a: " + "{b: " * 50_000,
        "a:\n" + "".join(f"{' ' * depth}- \n" for depth in range(1, 60)),
        "".join(f"{' ' * depth}a:\n" for depth in range(60)),
        "- " * 50_000,
        "? " * 50_000,
        "a: &a [" * 50_000,
    ],
)
def test_deep_nesting(read_files: Read, text: str) -> None:
    """No depth exhausts the stack: it is a problem like any other."""
    codes = {problem.code for problem in read_files({**UNIT, "okrs/acme/2026-Q1.yml": text}).problems}
    assert codes & {"OKR105", "OKR201", "OKR104"}


def test_alias_and_merge_bombs(read_files: Read) -> None:
    """Aliases are never followed, so a bomb costs what its text costs."""
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
    merges = "".join(f"m{n}: &m{n} {{<<: [*m{n - 1}, *m{n - 1}]}}\n" for n in range(1, 200))
    for text in (bomb, merges, "a: &a [*a]\n", "a: &a {b: *a}\n"):
        reading = read_files({**UNIT, "okrs/acme/2026-Q1.yml": text})
        assert {problem.code for problem in reading.problems} >= {"OKR107"}


@pytest.mark.parametrize(
    "name", ["...", "con", "nul", "com1", ".git", "acme.", "acme ", "Acme", "a" * 65, "cafe\u0301", "-a"]
)
def test_folder_names(read_files: Read, name: str) -> None:
    """A folder whose name could not be an address on every system is refused by its name."""
    reading = read_files({**UNIT, f"okrs/acme/{name}/unit.yml": "name: X\nlevel: team\n"})
    assert [problem.code for problem in reading.problems] == ["OKR111"]


def test_long_ids(read_files: Read) -> None:
    """Endless ids, keys and references are cut in messages."""
    head = f"objectives:\n  - id: {'a' * 5_000}\n    ? {'k' * 5_000}\n    : 1\n"
    text = f"{head}    supports: ['{'r' * 5_000}', '{'r' * 900}']\n"
    reading = read_files({**UNIT, "okrs/acme/2026-Q1.yml": text})
    assert {problem.code for problem in reading.problems} == {"OKR202", "OKR203", "OKR207", "OKR208"}
    assert all(len(str(problem)) < 250 for problem in reading.problems)


def test_file_names_that_a_terminal_cannot_show(read_files: Read, tmp_path: Path) -> None:
    """Names with line breaks or bytes that are no text are escaped in problems."""
    read_files(UNIT)
    (tmp_path / "content/okrs/acme/a\nb.yml").touch()
    (tmp_path / os.fsdecode(b"content/okrs/acme/caf\xe9.yml")).touch()
    (tmp_path / "content/okrs/acme/x\u202ey").mkdir()
    reading = read_portal(tmp_path, Settings())
    assert problems(reading) == [
        "acme/a\\nb.yml:1:1 OKR110",
        "acme/caf\\udce9.yml:1:1 OKR110",
        "acme/x\\u202ey:1:1 OKR111",
    ]
    assert all(f"{problem}{problem.hint}".isprintable() for problem in reading.problems)


def test_links_are_not_followed(read_files: Read, tmp_path: Path) -> None:
    """No link is read, wherever it stands and wherever it leads."""
    read_files({**UNIT, "okrs/acme/it/unit.yml": "name: IT\nlevel: team\n", "secret.yml": "by: x\ncheck_ins: {}\n"})
    okrs = tmp_path / "content" / "okrs"
    for link in ("acme/2026-Q1.yml", "acme/index.md", "cycles.yml", "acme/.hidden", "../rollout.yml"):
        (okrs / link).symlink_to("/etc/hostname")
    for link in ("acme/2026-Q1", "acme/kpis", "acme/check-ins", "acme/loop", "../rollouts"):
        (okrs / link).symlink_to(okrs)
    (okrs / "acme/it/kpis.yml").symlink_to("missing")
    reading = read_portal(tmp_path, Settings())
    assert {problem.code for problem in reading.problems} == {"OKR112"}
    assert len(reading.problems) == 11


def test_the_goals_folder_is_no_link(read_files: Read, tmp_path: Path) -> None:
    """The goals' folder itself cannot be a link out of the content folder."""
    read_files({"index.md": "# Goals\n"})
    (tmp_path / "content/okrs").symlink_to(tmp_path)
    assert [problem.code for problem in read_portal(tmp_path, Settings()).problems] == ["OKR112"]


def test_a_pipe_is_not_read(read_files: Read, tmp_path: Path) -> None:
    """A named pipe would block for ever; it is a stranger."""
    read_files({"okrs/acme/index.md": "x\n"})
    os.mkfifo(tmp_path / "content/okrs/acme/unit.yml")
    assert "acme/unit.yml:1:1 OKR110" in problems(read_portal(tmp_path, Settings()))


@pytest.fixture
def unprivileged_folder() -> Iterator[Path]:
    """A folder, and while the test runs a user who may not read everything: root lends itself the user nobody."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        if os.geteuid() == 0:
            os.seteuid(65534)
            try:
                yield folder
            finally:
                os.seteuid(0)
        else:
            yield folder


def test_what_may_not_be_read(unprivileged_folder: Path) -> None:
    """A folder or file without permission is a problem, not a traceback."""
    root = unprivileged_folder
    user = os.geteuid()
    if user != os.getuid():
        os.seteuid(os.getuid())
    acme = root / "content/okrs/acme"
    (acme / "it").mkdir(parents=True)
    (acme / "unit.yml").write_text("name: Acme\nlevel: corporate\n", encoding="utf-8")
    (acme / "it/unit.yml").write_text("name: IT\nlevel: team\n", encoding="utf-8")
    for unreadable in (acme / "it", acme / "unit.yml"):
        unreadable.chmod(0)
    os.seteuid(user)
    try:
        assert problems(read_portal(root, Settings()))[:2] == ["acme/it:1:1 OKR110", "acme/unit.yml:1:1 OKR110"]
    finally:
        os.seteuid(os.getuid())
        (acme / "it").chmod(0o700)


@pytest.mark.parametrize(
    "character", ["\x00", "\x1b", "\x7f", "\x85", "\x9b", "\u202e", "\u2066", "\ufeff", "\uffff", "\ufdd0"]
)
@pytest.mark.parametrize("file", ["unit.yml", "index.md", "kpis/k.csv"])
def test_characters_that_deceive(read_files: Read, file: str, character: str) -> None:
    """Control characters and overrides of direction are refused in every kind of file, at their place."""
    texts = {
        "unit.yml": "name: Acme\nlevel: corporate\n",
        "index.md": "Words\n",
        "kpis/k.csv": "date,value\n",
        "kpis.yml": "kpis: [{id: k, name: K, direction: up, target: 1, cadence: daily}]\n",
    }
    texts[file] += f"# {character}\n"
    reading = read_files({f"okrs/acme/{name}": text for name, text in texts.items()})
    line = texts[file].count("\n")
    assert problems(reading) == [f"acme/{file}:{line}:3 OKR102"]


@pytest.mark.parametrize(
    "raw", ["Größe".encode("latin-1"), "Acme".encode("utf-16"), b"\xed\xa0\x80", b"\xc0\x80", b"\xef\xbb\xbf\xff"]
)
def test_other_encodings(read_files: Read, raw: bytes) -> None:
    """What is not UTF-8 is refused, a lone surrogate among it."""
    reading = read_files({**UNIT, "okrs/acme/index.md": b"One\r\ntwo " + raw})
    assert [(problem.code, problem.line) for problem in reading.problems] == [("OKR101", 2)]


def test_long_texts(read_files: Read) -> None:
    """Texts are bounded, in files of their own as in YAML."""
    page = f"---\ntitle: T\nowner: Ada\n{DONE}\n---\n"
    reading = read_files(
        {
            **UNIT,
            "okrs/acme/index.md": "[" * 50_001,
            "okrs/acme/2026-Q1/a.md": page + "[a](" * 20_000,
            "okrs/acme/2026-Q1/b.md": page + ("x" * 98 + "\n\n") * 500,
            "okrs/acme/kpis.yml": "kpis: [{id: k, name: K, direction: up, target: 1, cadence: daily}]\n",
            "okrs/acme/kpis/k.csv": f"date,value,note\n2026-01-01,1,{'x' * 5_001}\n",
        }
    )
    assert problems(reading) == [
        "acme/2026-Q1/a.md:6:1 OKR207",
        "acme/index.md:1:1 OKR207",
        "acme/kpis/k.csv:2:1 OKR207",
    ]


def check_in_portal(count: int) -> Files:
    """One key result with many check-ins."""
    days = [f"{2000 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}" for n in range(count)]
    inline = "".join(f"          - {{date: {day}, value: 1, confidence: 5}}\n" for day in days)
    return {
        **UNIT,
        "okrs/acme/2026-Q1.yml": "objectives:\n  - id: o\n    title: O\n    owner: Ada\n    key_results:\n"
        f"      - id: k\n        title: K\n        kind: at_least\n        target: 1\n        check_ins:\n{inline}",
    }


def unit_portal(count: int) -> Files:
    """Many units in one folder, each with an objective that supports the one before, and a check-in."""
    files: dict[str, str | bytes] = dict(UNIT)
    for n in range(count):
        supports = f"acme/u{n - 1}/2026-Q1/o" if n else ""
        files[f"okrs/acme/u{n}/unit.yml"] = "name: U\nlevel: team\n"
        files[f"okrs/acme/u{n}/2026-Q1.yml"] = (
            f"objectives: [{{id: o, title: O, owner: Ada, supports: [{supports}], {DONE}}}]\n"
        )
        files[f"okrs/acme/u{n}/check-ins/2026-02-13.yml"] = "check_ins: {o/done: true}\n"
    return files


def broken_portal(count: int) -> Files:
    """Many unknown keys, duplicate ids and unknown references."""
    goal = f"  - {{id: o, title: O, owner: Ada, supports: [nowhere/o], titel: x, {DONE}}}\n"
    files = unit_portal(2)
    lost = "".join(f"  lost-{n}/done: true\n" for n in range(count))
    return {
        **files,
        "okrs/acme/2026-Q1.yml": "objectives:\n" + goal * count,
        "okrs/acme/2026-Q2.yml": "objectives:\n" + goal.replace("titel: x, ", "") * count,
        "okrs/acme/check-ins/2026-02-13.yml": f"check_ins:\n{lost}",
    }


@pytest.mark.parametrize(("portal", "small"), [(check_in_portal, 400), (unit_portal, 60), (broken_portal, 300)])
def test_cost_grows_with_the_content(tmp_path: Path, portal: Callable[[int], Files], small: int) -> None:
    """Twice the content costs about twice the calls, not four times."""
    counts = []
    for size in (small, 2 * small):
        root = tmp_path / str(size)
        for path, text in portal(size).items():
            file = root / "content" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
        counts.append(calls(lambda root=root: read_portal(root, Settings())))
    assert counts[1] < 2.4 * counts[0]
