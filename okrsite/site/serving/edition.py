"""A portal as it was read once: each file of its site is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from okrsite.site import addresses
from okrsite.site.layout.assets import FOLDER
from okrsite.site.making.workshop import Workshop
from okrsite.site.pages import goal_plan, plans
from okrsite.site.pages.page import PagePlan
from okrsite.site.serving.written import WrittenPages


class Edition:
    """The site of one state of a portal.

    Args:
        written: The written pages, and the portal as it was read last; they are the edition's until it is replaced.
    """

    def __init__(self, written: WrittenPages) -> None:
        self._written = written
        self._plugin = written.plugin
        self._site = written.plugin.site
        self._shop = Workshop(self._site.material(set(written.addresses)), written.plugin.renderer)
        self._coming = plans(self._shop.material)
        self._plans: dict[str, PagePlan] = {}
        """By address, those that have come: whoever shows one page of thousands need not know of all."""
        self._made: dict[str, bytes] = {}
        self._asked: set[str] = set()

    def make_tools(self) -> None:
        """Make what draws charts, if it is not there."""
        self._site.charts.make_tools()

    def failures(self) -> Sequence[str]:
        """Charts that could not be drawn since this was asked last."""
        found = tuple(self._shop.renderer.failures)
        self._shop.renderer.failures.clear()
        return found

    def file(self, name: str) -> bytes | None:
        """What a file of the site holds; None if there is none of that name, relative to the site's root.

        Raises:
            TemplateError: The page's template failed.
            MkDocsException: A written page cannot be made.
        """
        if name not in self._made:
            content = self._make(name)
            if content is None:
                return None
            self._made[name] = content
        return self._made[name]

    def page_above(self, address: str) -> str:
        """The address of the nearest page above an address."""
        while address:
            address = f"{address.removesuffix('/').rpartition('/')[0]}/".removeprefix("/")
            if address in self._written.addresses or self._plan(address) is not None:
                return address
        return address

    def _plan(self, address: str) -> PagePlan | None:
        """The plan of a page; None if there is no such page."""
        if (found := goal_plan(self._shop.material, address)) is not None:
            return found
        while address not in self._plans and (plan := next(self._coming, None)) is not None:
            self._plans[plan.address] = plan
        return self._plans.get(address)

    def _all_plans(self) -> Mapping[str, PagePlan]:
        self._plans |= {plan.address: plan for plan in self._coming}
        return self._plans

    def _make(self, name: str) -> bytes | None:
        address = addresses.of_file(name)
        if address in self._written.addresses:
            return self._written.html(address).encode()
        if name in self._plugin.assets.files:
            return self._plugin.assets.files[name]
        plan = self._plan(address)
        if plan is not None:
            made = self._shop.make([plan])
            self._shop.note(made)
            return made.files[0][1]
        if name in self._written.files:
            return self._written.file(name)
        return self._beside_pages(name)

    def _beside_pages(self, name: str) -> bytes | None:
        """The few files that are no pages are made with those in the same folder."""
        part = name.partition("/")[0] if "/" in name else ""
        texts = self._written.texts() if part == "search" else ()
        pages = [*self._written.addresses, *self._all_plans()]
        if part not in self._asked or part == FOLDER:  # the scripts of charts are known when their pages are made
            self._made |= self._site.beside_pages(part, self._shop.renderer, pages, texts)
            self._asked.add(part)
        return self._made.get(name)
