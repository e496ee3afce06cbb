"""An SFTP server on the loopback interface that shows one folder, in the test's own process."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

import paramiko
from paramiko import SFTPAttributes, SFTPHandle, SFTPServer, SFTPServerInterface

USER, PASSWORD = "goals", "open-sesame"


class _Doors(paramiko.ServerInterface):
    def check_auth_password(self, username: str, password: str) -> int:
        is_known = (username, password) == (USER, PASSWORD)
        return paramiko.AUTH_SUCCESSFUL if is_known else paramiko.AUTH_FAILED

    def get_allowed_auths(self, username: str) -> str:
        del username
        return "password"

    def check_channel_request(self, kind: str, chanid: int) -> int:
        del kind, chanid
        return paramiko.OPEN_SUCCEEDED


def _answer(action: Any, *arguments: Any) -> Any:
    """What an action gives, or SFTP's number for what it raised."""
    try:
        done = action(*arguments)
    except OSError as error:
        return SFTPServer.convert_errno(error.errno or 0)
    return paramiko.SFTP_OK if done is None else done


class _Files(SFTPServerInterface):
    def list_folder(self, path: str) -> Any:
        def act() -> list[SFTPAttributes]:
            return [SFTPAttributes.from_stat(each.stat(), each.name) for each in os.scandir(path)]

        return _answer(act)

    def stat(self, path: str) -> Any:
        return _answer(lambda: SFTPAttributes.from_stat(os.stat(path)))  # noqa: PTH116 - what SFTP's own is made of

    def lstat(self, path: str) -> Any:
        return _answer(lambda: SFTPAttributes.from_stat(os.lstat(path)))

    def open(self, path: str, flags: int, attr: SFTPAttributes) -> Any:
        del attr

        def act() -> SFTPHandle:
            handle = SFTPHandle(flags)
            mode = "rb" if not flags & (os.O_WRONLY | os.O_RDWR) else "wb"
            file = os.fdopen(os.open(path, flags, 0o644), mode)
            handle.readfile = handle.writefile = file  # type: ignore[attr-defined]
            return handle

        return _answer(act)

    def remove(self, path: str) -> Any:
        return _answer(os.remove, path)

    def rename(self, oldpath: str, newpath: str) -> Any:
        return _answer(os.rename, oldpath, newpath)

    def posix_rename(self, oldpath: str, newpath: str) -> Any:
        return _answer(os.replace, oldpath, newpath)

    def mkdir(self, path: str, attr: SFTPAttributes) -> Any:
        del attr
        return _answer(os.mkdir, path)

    def rmdir(self, path: str) -> Any:
        return _answer(os.rmdir, path)


@contextmanager
def sftp_server(home: Path) -> Iterator[str]:
    """Serve the machine's files to one user; gives ``user:password@host:port``.

    Args:
        home: A home folder, whose ``known_hosts`` will know the server.
    """
    key = paramiko.ECDSAKey.generate()
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    known = home / ".ssh" / "known_hosts"
    known.parent.mkdir(parents=True, exist_ok=True)
    known.write_text(f"[127.0.0.1]:{port} {key.get_name()} {key.get_base64()}\n", encoding="ascii")
    open_ones: list[paramiko.Transport] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            transport = paramiko.Transport(connection)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", SFTPServer, _Files)
            open_ones.append(transport)
            with suppress(paramiko.SSHException, EOFError):  # a client that does not like the key goes away
                transport.start_server(event=None, server=_Doors())

    thread = Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"{USER}:{PASSWORD}@127.0.0.1:{port}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for transport in open_ones:
            transport.close()
        thread.join(5)
