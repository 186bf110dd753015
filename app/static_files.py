"""Static files under a name that changes with their content, compressed beforehand, cached for ever (decision 10)."""

import gzip
import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

import brotli
from litestar import asgi
from litestar.handlers import ASGIRouteHandler
from litestar.types import Receive, Scope, Send
from servestatic import ServeStaticASGI

TEXT = {".css", ".js", ".svg", ".html", ".json", ".webmanifest", ".mjs"}


class Tree:
    """A folder published as `/<mount>/<hash of everything in it>/…`."""

    def __init__(self, mount: str, sources: Iterable[tuple[Path, str]], published: Path) -> None:
        self.mount = mount
        self.files = {name_in_tree(root, place, path): path for root, place in sources for path in files_under(root)}
        self.sha256s = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in self.files.items()}
        listing = "\n".join(f"{name} {digest}" for name, digest in sorted(self.sha256s.items()))
        self.hash = hashlib.sha256(listing.encode()).hexdigest()[:12]
        self.folder = published / mount.strip("/").replace("/", "-") / self.hash
        if not self.folder.exists():
            self.publish()

    def publish(self) -> None:
        """Copy the tree and compress its texts; the folder appears when it is whole."""
        part = self.folder.with_name(self.folder.name + ".part")
        shutil.rmtree(part, ignore_errors=True)
        for name, path in self.files.items():
            target = part / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            if path.suffix in TEXT:
                content = path.read_bytes()
                target.with_name(target.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
                target.with_name(target.name + ".br").write_bytes(brotli.compress(content))  # type: ignore[no-untyped-call]
        part.replace(self.folder)

    def url(self, name: str) -> str:
        """The address of one file; an unknown name is a mistake of ours."""
        if name not in self.files:
            raise KeyError(f"No static file {name}")
        return f"{self.mount}/{self.hash}/{name}"

    def handler(self) -> ASGIRouteHandler:
        """The route that serves the tree."""
        server = ServeStaticASGI(
            None, immutable_file_test=lambda _path, _url: True, allow_all_origins=False,
            mimetypes={".webmanifest": "application/manifest+json"},
        )
        server.add_files(str(self.folder), prefix=f"{self.mount}/{self.hash}/")
        mount = self.mount

        @asgi(mount, is_mount=True, opt={"public": True}, copy_scope=True)
        async def static_file(scope: Scope, receive: Receive, send: Send) -> None:
            """One file of the tree."""
            path = "/" + scope["path"].strip("/")
            inner = {**scope, "path": path if path.startswith(mount + "/") else mount + path, "root_path": ""}
            await server(inner, receive, send)  # type: ignore[arg-type]

        return static_file


def name_in_tree(root: Path, place: str, path: Path) -> str:
    """Where a file stands in the tree: below its folder's place, or at that very place when it came alone."""
    return place if path == root else place + path.relative_to(root).as_posix()


def files_under(root: Path) -> list[Path]:
    """Every file below a folder, or the file itself."""
    if root.is_file():
        return [root]
    return sorted(path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))
