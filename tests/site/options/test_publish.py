"""The option ``publish`` becomes options, or everything that is wrong with it."""

from __future__ import annotations

from okrsite.settings import PublishOptions
from okrsite.site.options.publish import read_publish


def test_nothing_said() -> None:
    """Without a word the defaults hold."""
    assert read_publish({}) == (PublishOptions(), [])


def test_all_that_can_be_said() -> None:
    """Every key reaches its field."""
    keep = {"last": 1, "days": 0, "weeks": 104, "labelled": False, "cycle_ends": False, "grace": 0}
    said = {"target": "s3://acme-goals", "compression": "only", "channel_days": 30, "keep": keep}
    assert read_publish(said) == (
        PublishOptions(
            target="s3://acme-goals",
            compression="only",
            last=1,
            days=0,
            weeks=104,
            labelled=False,
            cycle_ends=False,
            grace_days=0,
            channel_days=30,
        ),
        [],
    )


def test_all_faults_at_once() -> None:
    """Each fault is named with a hint, and what is right counts all the same."""
    keep = {"lats": 5, "last": 0, "days": True, "weeks": 2.5, "grace": -1, "labelled": "yes"}
    options, faults = read_publish(
        {"target": " ", "comression": "none", "compression": [], "channel_days": "many", "keep": {**keep, "x": 1}}
    )
    assert options == PublishOptions()
    assert faults == [
        ("publish: there is no 'comression'", "did you mean 'compression'?"),
        ("publish: target is ' '", "write a folder, or e.g. s3://bucket/goals"),
        ("publish: compression is []", "write both, only or none"),
        ("publish: channel_days is 'many'", "write a whole number, 1 or more"),
        ("publish: keep: there is no 'lats'", "did you mean 'last'?"),
        ("publish: keep: there is no 'x'", "there are last, days, weeks, grace, labelled, cycle_ends"),
        ("publish: keep: last is 0", "write a whole number, 1 or more"),
        ("publish: keep: days is True", "write a whole number, 0 or more"),
        ("publish: keep: weeks is 2.5", "write a whole number, 0 or more"),
        ("publish: keep: grace is -1", "write a whole number, 0 or more"),
        ("publish: keep: labelled is 'yes'", "write true or false"),
    ]
