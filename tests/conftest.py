"""Property tests give the same result on every run and on a slow machine: fixed examples, no deadline, no memory."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("okrsite", deadline=None, derandomize=True, database=None)
settings.load_profile("okrsite")
