"""Publishes to a server: objects that are sent or copied there, the manifest after all of them, the pointer last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime

from okrsite.publish.files import is_intact, uncompressed
from okrsite.publish.manifest import NAME, Manifest, manifest_of
from okrsite.publish.redirect import redirect_page
from okrsite.publish.target import BESIDE, Content, Fault, TargetError, Transfer
from okrsite.publish.targets.remote.bringing import Bringing, object_name
from okrsite.publish.targets.remote.headers import headers_of
from okrsite.publish.targets.remote.lease import Lease
from okrsite.publish.targets.remote.pages import missing_page
from okrsite.publish.targets.remote.store import Store

POINTER, HOME, MISSING = "current", "index.html", "404.html"
_OWN = (POINTER, "versions.json", "marks")
_GZIP = b"\x1f\x8b"


class RemoteTarget:
    """Publishes to a server.

    Args:
        store: Its objects.
        lease: How publishers take turns there.
        folder: Where in a bucket the target is, for links of the page for addresses that are not there.
    """

    newest_at = ""

    def __init__(self, store: Store, lease: Lease | None = None, folder: str = "") -> None:
        self.store = store
        self.name = store.name
        self._lease = lease or Lease(store)
        self._folder = folder
        self._whole: set[str] = set()
        self._titles: dict[str, str] = {}

    def read(self, name: str) -> bytes | None:
        return self.store.read(name)

    def write(self, name: str, content: bytes) -> None:
        self.store.write(name, content, headers_of(name))

    def create(self, name: str, content: bytes) -> bool:
        return self.store.create(name, content, headers_of(name))

    def remove(self, name: str) -> None:
        self.store.remove([name])

    def names(self, folder: str) -> Sequence[str]:
        return [name for name in self.store.inside(folder)[1] if not name.startswith(".")]

    def snapshots(self) -> Sequence[str]:
        ids = [id for id in self.store.inside("s")[0] if not id.startswith(".")]
        unknown = [id for id in ids if id not in self._whole]  # one that was whole is so until its folder is gone
        there = self.store.each(self.store.has, [f"s/{id}/{NAME}" for id in unknown])
        whole = (id for id, is_there in zip(unknown, there, strict=True) if is_there)
        self._whole = self._whole.intersection(ids).union(whole)
        return sorted(self._whole)

    def manifest(self, id: str) -> Manifest:
        text = self.read(f"s/{id}/{NAME}")
        if text is None:
            raise TargetError(f"there is no snapshot {id} in {self.name}")
        manifest = manifest_of(text, id)
        self._titles[id] = manifest.origin.portal
        return manifest

    def published(self, id: str) -> datetime:
        try:
            return self.store.modified(f"s/{id}/{NAME}")
        except FileNotFoundError as error:
            raise TargetError(f"there is no snapshot {id} in {self.name}") from error

    def put(
        self, manifest: Manifest, content: Content, near: Sequence[Manifest], beside: Mapping[str, bytes] | None = None
    ) -> Transfer:
        id = manifest.id
        if self.store.has(f"s/{id}/{NAME}"):
            return Transfer()
        bringing = Bringing(self.store, manifest, content, near)
        transfer = bringing.bring()
        for name, text in sorted((beside or {}).items()):
            self.write(f"s/{id}/{name}", text)
        with self._lease.held():  # whoever deletes holds it too: what is found now is still there when the manifest is
            bringing.verify()
            self.write(f"s/{id}/{NAME}", manifest.text)
        self._whole.add(id)
        self._titles[id] = manifest.origin.portal
        return transfer

    def file(self, id: str, path: str) -> bytes | None:
        for name in (f"s/{id}/{path}", f"s/{id}/{path}.gz"):
            content = self.read(name)
            if content is not None:
                is_packed = content.startswith(_GZIP) and not path.endswith(".gz")
                return uncompressed(content) if is_packed else content
        return None

    def faults(self, id: str) -> Iterator[Fault]:
        manifest = self.manifest(id)
        there = self.store.listing(f"s/{id}")
        expected = {object_name(self.store, id, entry): entry for entry in manifest.files.values()}

        def fault(name: str) -> Fault | None:
            entry = expected[name]
            stored = there.get(name)
            text = self.store.read(name) if stored is not None and stored.size == entry.size else None
            if stored is None or (text is None and stored.size == entry.size):
                return Fault(id, entry.path, "missing")
            is_same = text is not None and is_intact(entry, text)
            return None if is_same else Fault(id, entry.path, "altered")

        for found in self.store.ordered(fault, sorted(expected)):
            if found is not None:
                yield found
        known = {*expected, *(f"s/{id}/{name}" for name in BESIDE)}
        for name in sorted(set(there).difference(known)):
            yield Fault(id, name.removeprefix(f"s/{id}/"), "unexpected")

    def drop(self, id: str) -> None:
        with self._lease.held():
            self.store.remove([f"s/{id}/{NAME}"])
            self._whole.discard(id)
            self.store.remove_folder(f"s/{id}")

    def pointer(self) -> str | None:
        text = self.read(POINTER)
        return text.decode("utf-8", "replace").strip() or None if text is not None else None

    def point(self, id: str) -> None:
        title = self._title(id)
        self.write(MISSING, missing_page(id, title, self._folder))
        self.write(HOME, redirect_page(f"s/{id}/index.html", title))
        self.write(POINTER, f"{id}\n".encode())

    def show_channel(self, channel: str, id: str | None) -> None:
        page = f"channels/{channel}/index.html"
        if id is None:
            self.remove(page)
            return
        up = "../" * (channel.count("/") + 2)
        self.write(page, redirect_page(f"{up}s/{id}/index.html", f"{self._title(id)}: {channel}"))

    @contextmanager
    def publishing(self) -> Iterator[None]:
        folders, files = self.store.inside("")
        if not {*folders, *files}.intersection(("s", *_OWN)) and HOME in files:
            raise TargetError(
                f"{self.name} holds another site: its {HOME} would be replaced",
                "publish into a folder of its own, such as goals/ in the same place",
            )
        yield

    def listing(self) -> AbstractContextManager[None]:
        return self._lease.held()

    def clean(self, before: datetime) -> int:
        before = before if before.tzinfo else before.replace(tzinfo=UTC)
        gone = 0
        with self._lease.held():
            for id in set(self.store.inside("s")[0]).difference(self.snapshots()):
                left = self.store.listing(f"s/{id}")
                if all(each.modified is not None and each.modified < before for each in left.values()):
                    self.store.remove_folder(f"s/{id}")
                    gone += 1
            for folder in ("", "marks/labels", "marks/channels", "marks/drafts", "marks/withdrawn"):
                gone += self._clean_unfinished(folder, before)
        return gone

    def _clean_unfinished(self, folder: str, before: datetime) -> int:
        old = self.store.unfinished(folder, before)
        self.store.remove(old)
        return len(old)

    def _title(self, id: str) -> str:
        if id not in self._titles:
            self.manifest(id)
        return self._titles[id]
