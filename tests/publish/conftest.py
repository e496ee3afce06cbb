"""What several files of these tests share: servers that are started once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from storeserver import s3_server


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    """The address of an S3-compatible server."""
    with s3_server() as address:
        yield address
