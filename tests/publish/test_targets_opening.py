"""Addresses that cannot be published to: what is missing, and what to do, without a secret."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest
from sftpserver import sftp_server
from storeserver import KEYS

from okrsite.publish.target import TargetError
from okrsite.publish.targets import open_target
from okrsite.publish.targets.remote.failures import without_secrets
from okrsite.publish.targets.remote.opening import open_remote
from okrsite.publish.targets.remote.retrying import Retrying


@pytest.fixture
def s3(s3_address: str, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment with the server's address and keys."""
    for name, value in {**KEYS, "AWS_ENDPOINT_URL": s3_address}.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def failure(address: str) -> str:
    """What a user is told."""
    with pytest.raises(TargetError) as raised:
        open_remote(address, Retrying(wait=lambda _: None))
    return str(raised.value)


def test_no_such_bucket(s3: pytest.MonkeyPatch) -> None:
    """A bucket is not made on the way: it would be one with the wrong rights."""
    assert s3
    told = failure("s3://no-such-bucket/goals")
    assert told.startswith("there is no bucket for s3://no-such-bucket/goals: make the bucket first")
    assert failure("s3://") == "s3:// names no bucket: write s3://BUCKET/FOLDER"


def test_no_credentials(s3: pytest.MonkeyPatch) -> None:
    """Where none are found, the ways to give them are named; a profile that is missing likewise."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        s3.delenv(name)
    assert failure("s3://goals-of-acme").startswith(
        "no credentials for s3://goals-of-acme: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"
    )
    s3.setenv("AWS_PROFILE", "publisher")
    assert "publisher" in failure("s3://goals-of-acme")


def test_nobody_answers(s3: pytest.MonkeyPatch) -> None:
    """A server that is not there is said after some tries, with the variable that names another one."""
    s3.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    told = failure("s3://goals-of-acme/goals")
    assert told.startswith("s3://goals-of-acme/goals cannot be reached")
    assert told.endswith("a store other than AWS is named by AWS_ENDPOINT_URL")


@pytest.mark.parametrize(
    ("address", "module", "hint"),
    [
        ("s3://bucket/goals", "s3fs", 'pip install "okrsite[s3]"'),
        ("s3://bucket/goals", "fsspec", 'pip install "okrsite[s3]"'),
        ("sftp://server/srv/goals", "paramiko", 'pip install "okrsite[sftp]"'),
        ("memory://goals", "fsspec", 'pip install "okrsite[remote]"'),
    ],
)
def test_a_driver_is_missing(address: str, module: str, hint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drivers are extras; which one to install is said."""
    registry = importlib.import_module("fsspec.registry")
    for loaded in [name for name in sys.modules if name.partition(".")[0] == module or name.endswith("remote.sftp")]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, "fsspec.implementations.sftp", raising=False)
    for protocol in list(registry._registry):
        monkeypatch.delitem(registry._registry, protocol)
    assert failure(address) == f"{address} needs a driver that is not installed: {hint}"


def test_unknown_kinds_of_servers() -> None:
    """An address of no kind, and one that can only be read."""
    with pytest.raises(TargetError, match=r"'s4' is no kind of server that okrsite or fsspec knows: publish into"):
        open_target("s4://bucket/goals")
    with pytest.raises(TargetError, match=r"nothing can be written to https://example\.com/goals"):
        open_target("https://user:secret@example.com/goals?token=secret")


def test_sftp_servers_have_to_be_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server whose key nobody has accepted, or another one, is refused; a wrong password too, and stays secret."""
    monkeypatch.setenv("HOME", str(tmp_path))
    known = tmp_path / ".ssh" / "known_hosts"
    with sftp_server(tmp_path) as server:
        address = f"sftp://{server}{tmp_path}/goals"
        target = open_target(address)
        assert target.name == address.replace(":open-sesame", "")
        told = failure(address.replace("open-sesame", "sesame"))
        assert "does not accept the credentials" in told
        assert "sesame" not in told
        right = known.read_text(encoding="ascii")
        known.write_text("", encoding="ascii")
        assert "not the server that is known, or not known at all: its key" in failure(address)
        with sftp_server(tmp_path):
            key = known.read_text(encoding="ascii").partition(" ")[2]
        known.write_text(f"{right.partition(' ')[0]} {key}", encoding="ascii")
        assert "not the server that is known" in failure(address)


def test_messages_keep_secrets() -> None:
    """Addresses within a driver's words lose user and password."""
    error = OSError('Could not connect to "http://key:secret@store:9000/bucket"')
    assert without_secrets(error) == 'Could not connect to "http://store:9000/bucket"'
