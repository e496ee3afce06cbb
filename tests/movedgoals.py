"""A portal under git whose goals moved in every way that its pages tell of."""

from __future__ import annotations

from pathlib import Path

from gitrepos import Repo
from portalfiles import MKDOCS, warm

GOALS = "content/okrs/acme/2026-Q1.yml"
RELIABILITY = "acme/2026-Q1/reliability"
REASON = "The survey has a new scale (#17)\n\n<b>36</b> there is what 45 was.\n\nTalked over on 12 February."


def _goals(owner: str, target: int, extra: str = "") -> str:
    return f"""\
objectives:
  - id: reliability
    title: People can rely on our systems
    owner: {owner}
    key_results:
      - {{id: uptime, title: Uptime from 99.2% to 99.9%, kind: increase, unit: "%", baseline: 99.2, target: 99.9}}
      - {{id: nps, title: Promoters from 20 to {target}, kind: increase, baseline: 20, target: {target}}}
{extra}"""


def _check_in(uptime: str) -> str:
    return f"check_ins:\n  reliability/uptime: {uptime}\n  reliability/nps: 27\n"


def _kpis(target: str) -> str:
    return f"""\
kpis:
  - id: health
    name: Health
    direction: up
    target: {target}
    amber: 80
    cadence: monthly
    measurements: [{{date: 2026-01-05, value: 70}}, {{date: 2026-02-28, value: 86}}]
"""


def moved_goals(root: Path) -> Repo:
    """A portal with two months of history: planning, moved goalposts, an owner by a merge, an edited reading."""
    repo = Repo(root)
    warm(root)
    repo.write_all(
        {
            "mkdocs.yml": f"repo_url: https://github.com/acme/goals\n{MKDOCS}".replace("2026-02-14", "2026-03-06"),
            ".gitignore": ".okrsite/\nsite/\n",
            "content/index.md": "# Our goals\n",
            "content/okrs/acme/unit.yml": "name: Acme\nlevel: corporate\n",
            "content/okrs/acme/kpis.yml": _kpis("90"),
            GOALS: _goals("Grace Hopper", 50),
        }
    )
    repo.commit("Goals for the quarter", "2025-12-10")
    repo.write(GOALS, _goals("Grace Hopper", 45))
    repo.commit("45 is what we can do", "2025-12-18")
    repo.branch("owner")
    repo.write(GOALS, _goals("Katherine Example", 45))
    repo.commit("Katherine takes over", "2026-01-26", "Katherine Example")
    repo.checkout("main")
    repo.write("content/okrs/acme/check-ins/2026-02-13.yml", _check_in("99.5"))
    repo.commit("Check-in", "2026-02-13", "Grace Hopper")
    repo.merge("owner", "Merge pull request #12 from acme/owner", "2026-02-14")
    repo.write(GOALS, "objectives: [\n")
    repo.commit("Oops", "2026-02-15")
    repo.write(GOALS, _goals("Katherine Example", 36))
    repo.commit(REASON, "2026-02-20", "Katherine Example")
    repo.write("content/okrs/acme/check-ins/2026-02-13.yml", _check_in("99.6"))
    repo.write("content/okrs/acme/kpis.yml", _kpis("85"))
    repo.commit("Monitoring had missed a day", "2026-02-24", "Linus Example")
    repo.write(GOALS, _goals("Katherine Example", 36, "      - {id: drills, title: Drills held, kind: done}\n"))
    repo.commit("Drills belong here", "2026-03-02")
    return repo
