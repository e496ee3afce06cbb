"""From an address, as a user writes it, to a target: the driver, its options, and what is missing for it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from okrsite.publish.target import TargetError
from okrsite.publish.targets.remote.failures import failure, without_secrets
from okrsite.publish.targets.remote.lease import Lease
from okrsite.publish.targets.remote.memory import MemoryStore
from okrsite.publish.targets.remote.retrying import Retrying
from okrsite.publish.targets.remote.s3 import S3Store
from okrsite.publish.targets.remote.store import Store
from okrsite.publish.targets.remote.target import RemoteTarget

S3 = frozenset({"s3", "s3a"})
SFTP = frozenset({"sftp", "ssh"})
_ONLY_READ = frozenset({"http", "https", "git", "github", "data", "zip", "tar"})
_USER = re.compile(r"//([^/@]*)@")


def open_remote(address: str, retrying: Retrying | None = None, lease_seconds: float | None = None) -> RemoteTarget:
    """A target at a server.

    Its driver's options (the address of a store, a profile, a key) come from where fsspec and the driver look for them:
    ``AWS_*`` and ``~/.aws``, ``FSSPEC_<PROTOCOL>_<OPTION>``, ``~/.config/fsspec``.

    Args:
        address: Such as ``s3://bucket/goals``.
        retrying: How to try again.
        lease_seconds: See `Lease`.

    Raises:
        TargetError: The driver is not installed, there are no credentials, the server is not there or refuses.
    """
    name = _named(address)
    protocol = re.split(r"::|://", address, maxsplit=1)[0]
    if protocol in _ONLY_READ:
        raise TargetError(f"nothing can be written to {name}", "publish into a folder, or to s3:// or sftp://")
    if protocol in S3 and _USER.search(address):
        raise TargetError(
            f"{name} was written with a user or key in it, which belongs elsewhere: addresses get into logs",
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
        )
    store = _store(protocol, address, name, retrying or Retrying())
    store.check()
    lease = Lease(store, lease_seconds) if lease_seconds is not None else Lease(store)
    return RemoteTarget(store, lease, store.folder if isinstance(store, S3Store) else "")


def _store(protocol: str, address: str, name: str, retrying: Retrying) -> Store:
    driver, options, base = _driver(protocol, address, name)

    def connect() -> Any:
        return driver(**options, skip_instance_cache=True)

    if protocol in S3:
        if not base.strip("/"):
            raise TargetError(f"{name} names no bucket", "write s3://BUCKET/FOLDER")

        def connect_s3() -> Any:
            connection = connect()
            connection.retries = 1  # trying again is done here, once and not at three places
            return connection

        return S3Store(name, connect_s3, base.strip("/"), retrying)
    if protocol == "memory":
        return MemoryStore(name, connect, base, retrying)
    if protocol in SFTP:
        from okrsite.publish.targets.remote.sftp import SftpStore  # noqa: PLC0415 - needs paramiko

        return SftpStore(name, connect, base, retrying)
    return Store(name, connect, base, retrying)


def _driver(protocol: str, address: str, name: str) -> tuple[Any, dict[str, Any], str]:
    """The class of fsspec's driver, its options, and the folder as it calls it."""
    try:
        from fsspec import get_filesystem_class  # noqa: PLC0415 - not installed with okrsite itself
        from fsspec.core import url_to_fs  # noqa: PLC0415
    except ImportError as error:
        raise TargetError(f"{name} needs a driver that is not installed", _install(protocol)) from error
    try:
        driver = get_filesystem_class(protocol)
        if "::" in address:
            connection, base = url_to_fs(address)
            return type(connection), dict(connection.storage_options), base
        options = {**_configured(driver), **driver._get_kwargs_from_urls(address)}  # noqa: SLF001 - fsspec's own way
        if protocol in S3:
            options = _s3_options(options)
        if protocol in SFTP:
            from okrsite.publish.targets.remote.sftp import KnownHosts  # noqa: PLC0415 - needs paramiko

            driver = KnownHosts
        return driver, options, str(driver._strip_protocol(address))  # noqa: SLF001
    except ImportError as error:
        raise TargetError(f"{name} needs a driver that is not installed", _install(protocol, error)) from error
    except ValueError as error:
        if "not known" in str(error):
            raise TargetError(
                f"'{protocol}' is no kind of server that okrsite or fsspec knows",
                "publish into a folder, or to an address such as s3://bucket/goals or sftp://server/srv/goals",
            ) from error
        raise failure(error, name) from error


def _configured(driver: Any) -> dict[str, Any]:
    from fsspec.config import apply_config  # noqa: PLC0415

    options: dict[str, Any] = apply_config(driver, {})
    return options


def _s3_options(options: dict[str, Any]) -> dict[str, Any]:
    """No listings from memory, a connection for each thread, and no tries that nobody counts.

    A file is read in one request: to read it in several at once, s3fs would ask for its size first.
    """
    config = {"max_pool_connections": S3Store.workers, "retries": {"total_max_attempts": 1}}
    return {
        **options,
        "use_listings_cache": False,
        "max_concurrency": 1,
        "config_kwargs": {**config, **options.get("config_kwargs", {})},
    }


def _install(protocol: str, error: ImportError | None = None) -> str:
    extra = "s3" if protocol in S3 else "sftp" if protocol in SFTP else ""
    if extra:
        return f'pip install "okrsite[{extra}]"'
    return without_secrets(error) if error is not None else 'pip install "okrsite[remote]"'


def _named(address: str) -> str:
    """An address without what is secret in it: the password, or all that stands before a host other than a user."""
    plain, _, _ = address.partition("?")
    if not (found := _USER.search(plain)):
        return plain
    user = found[1].partition(":")[0] if urlsplit(plain).scheme in SFTP else ""
    return plain.replace(found[0], f"//{user}@" if user else "//")
