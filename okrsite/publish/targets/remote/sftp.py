"""SFTP to servers that are known: fsspec's driver, which by itself trusts whoever answers."""

from __future__ import annotations

from typing import Any

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem

from okrsite.publish.targets.remote.headers import Headers
from okrsite.publish.targets.remote.store import FileSystem, Store

_TIMEOUT = 20.0
"""Seconds without an answer after which a connection counts as lost."""


class UnknownHost(paramiko.SSHException):  # type: ignore[misc]  # paramiko has no types
    """A server whose key is not among the known ones."""


class _Refuse(paramiko.MissingHostKeyPolicy):  # type: ignore[misc]
    def missing_host_key(self, client: Any, hostname: str, key: Any) -> None:
        del client
        raise UnknownHost(
            f"its key ({key.get_name()}) is not in ~/.ssh/known_hosts; connect once by hand, or "
            f"`ssh-keyscan {hostname.strip('[]').partition(']')[0]}`, and compare the key"
        )


class KnownHosts(SFTPFileSystem):  # type: ignore[misc]
    """SFTP as OpenSSH does it: the server's key must be in the user's ``known_hosts``.

    Whoever sets the driver's own option ``host_key_policy`` gets that policy.
    """

    def __init__(self, host: str, **options: Any) -> None:
        self._has_policy = "host_key_policy" in options
        super().__init__(host, **options)

    def _connect(self) -> None:
        self.client = paramiko.SSHClient()
        self.client.load_system_host_keys()
        self.client.set_missing_host_key_policy(self.host_key_policy if self._has_policy else _Refuse())
        self.client.connect(self.host, **{"timeout": _TIMEOUT, "banner_timeout": _TIMEOUT, **self.ssh_kwargs})
        self.ftp = self.client.open_sftp()
        self.ftp.get_channel().settimeout(_TIMEOUT)


class SftpStore(Store):
    """A folder at an SSH server."""

    def create(self, name: str, content: bytes, headers: Headers) -> bool:
        del headers
        self.make_folders([name])

        def act(connection: FileSystem) -> bool:
            if self._is_there(connection, name):
                return False
            try:
                with connection.open(self.path(name), "wxb") as file:  # "x" alone does not write, as paramiko has it
                    file.write(content)
            except OSError:  # servers say "failure" and no more
                if self._is_there(connection, name):
                    return False
                raise
            return True

        return self.do(act)

    def _is_there(self, connection: FileSystem, name: str) -> bool:
        try:
            connection.info(self.path(name))
        except FileNotFoundError:
            return False
        return True
