"""The files of a built site: digests, and compressed copies that need not be made again."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from smallsites import FILES, commit, site_at

from okrsite.disk import UNSURE, moment, told
from okrsite.problems import OkrsiteError
from okrsite.publish import files
from okrsite.publish.digests import Digests
from okrsite.publish.files import Compression, compressed, is_intact, site_files, uncompressed
from okrsite.publish.manifest import Figures, FileEntry, Manifest


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built site."""
    return site_at(tmp_path / "site")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of what is compressed meanwhile."""
    sizes: list[int] = []

    def told(content: bytes) -> bytes:
        sizes.append(len(content))
        return compressed(content)

    monkeypatch.setattr(files, "compressed", told)
    return sizes


def _manifest(entries: dict[str, FileEntry], version: str) -> Manifest:
    return Manifest(commit(1, date(2026, 1, 6)), 0, Figures(), {"deflate": version}, entries)


@pytest.mark.parametrize("compression", ["both", "only", "none"])
def test_content_is_what_entries_say(site: Path, compression: Compression) -> None:
    """Of each file the bytes to be stored have the size and digest that its entry has."""
    found = site_files(site, compression)
    for entry in found.entries.values():
        content = found.content(entry)
        assert (len(content), is_intact(entry, content)) == (entry.size, True)
        assert not is_intact(entry, content[:-1] + b"?")
    assert ("index.html.gz" in found.entries) == (compression == "both")
    assert (found.entries["index.html"].encoding == "gzip") == (compression == "only")
    assert found.entries["index.html"].sha256 == sha256(FILES["index.html"].encode()).hexdigest()


@pytest.mark.parametrize("compression", ["both", "only"])
def test_what_is_known_is_not_compressed_again(site: Path, asked: list[int], compression: Compression) -> None:
    """Only what changed is, as long as the compressor is the same; the entries are those of a first time."""
    first = site_files(site, compression, [], {"deflate": "1"})
    once = len(asked)
    near = [_manifest(dict(first.entries), "1")]
    assert site_files(site, compression, near, {"deflate": "1"}).entries == first.entries
    assert len(asked) == once
    (site / "index.html").write_text("<title>Changed</title>" * 100, encoding="utf-8")
    changed = site_files(site, compression, near, {"deflate": "1"})
    assert len(asked) == once + 1
    assert changed.entries == site_files(site, compression).entries
    count = len(asked)
    site_files(site, compression, near, {"deflate": "2"})
    assert len(asked) == count + once


def _later(folder: Path) -> int:
    """The file system's time, once it has gone on."""
    begun = moment(folder)
    while (now := moment(folder)) == begun:
        pass
    return now


def test_what_is_known_is_not_read_again(site: Path, tmp_path: Path) -> None:
    """Only what was changed, put in place of another, or came: entries are those of a first time."""
    first = Digests({}, _later(tmp_path))
    whole = site_files(site, "both", digests=first)
    assert first.found.keys() == {path for path in whole.entries if not path.endswith(".gz")}
    lies = {path: (stat, "f" * 64) for path, (stat, _) in first.found.items()}
    lied = site_files(site, "none", digests=Digests(lies, _later(tmp_path))).entries
    assert {entry.sha256 for entry in lied.values()} == {"f" * 64}  # none of them was read

    changed = FILES["index.html"].replace("goal", "gaol")
    (site / "index.html").write_text(changed, encoding="utf-8")
    (site / "new.txt").write_text("new")
    (tmp_path / "other").write_text(FILES["feeds/okrs.ics"].swapcase())
    (tmp_path / "other").replace(site / "feeds/okrs.ics")
    (site / "feeds/okrs.atom").unlink()
    second = Digests(first.found, _later(tmp_path))
    assert site_files(site, "both", digests=second).entries == site_files(site, "both").entries
    assert second.found["index.html"][1] == sha256(changed.encode()).hexdigest()
    assert "feeds/okrs.atom" not in second.found


def test_who_has_looked_at_all_need_not_be_asked_again(site: Path) -> None:
    """What a build says of its files is as good as a look at the folder, which is not listed then."""
    there = {path: told((site / path).stat()) for path in ("api/okrs.json", "index.html", "acme/it/index.html")}
    found = site_files(site, "both", digests=Digests(there=there)).entries
    assert found.keys() == {*there, "index.html.gz"}
    assert all(found[path] == entry for path, entry in site_files(site, "both").entries.items() if path in found)


def test_what_may_change_without_a_trace_is_read_again(site: Path, tmp_path: Path) -> None:
    """A file that was changed in the very moment in which it was read is not known by its times."""
    now = _later(tmp_path)
    (site / "index.html").write_text(FILES["index.html"], encoding="utf-8")
    digests = Digests({}, now)
    site_files(site, "both", digests=digests)
    assert [path for path, (stat, _) in digests.found.items() if stat == UNSURE] == ["index.html"]


def test_own_compressed_copies(site: Path) -> None:
    """A copy that the site has brought along gives way to ours."""
    (site / "index.html.gz").write_bytes(b"theirs")
    found = site_files(site, "both")
    assert uncompressed(found.content(found.entries["index.html.gz"])) == FILES["index.html"].encode()
    assert "index.html.gz" not in site_files(site, "only").entries


def test_damaged_compressed_bytes() -> None:
    """Whatever is wrong with them, it is said in one way."""
    packed = compressed(b"goals" * 500)
    for damaged in (b"", b"no gzip at all, this is", packed[:-9], packed[:-4] + b"\xff\xff\xff\xff"):
        with pytest.raises(ValueError, match="damaged"):
            uncompressed(damaged)


def test_no_site(tmp_path: Path) -> None:
    """A folder that okrsite has not built is not published."""
    with pytest.raises(OkrsiteError, match="holds no site"):
        site_files(tmp_path, "both")
