"""What very many values cost Python's search for garbage."""

from __future__ import annotations

import gc

from okrsite.content.garbage import rarely_collected


def test_what_was_made_is_old() -> None:
    """Meanwhile hardly anybody looks, and afterwards not at once: what is left counts as looked at; cycles still go."""
    looks: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            looks.append(info["generation"])

    gc.callbacks.append(note)
    try:
        with rarely_collected():
            with rarely_collected():
                made: list[object] = [[each] for each in range(100_000)]
            made.append(made)
        some = [[each] for each in range(500)]
    finally:
        gc.callbacks.remove(note)
    assert looks == []
    assert gc.get_freeze_count() == 0
    del made, some
    assert gc.collect() >= 100_000
