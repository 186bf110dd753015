"""The bay app's shell: one page, its worker, and the tree of its files; no data, nobody's name (offline.md §3)."""

import hashlib
import json
from pathlib import Path
from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.response import Redirect

from app.settings import ROOT, Settings
from app.static_files import Tree, files_under

PWA = ROOT / "pwa"
NOT_IN_TREE = ("sw.js", "index.html")
FROM_THE_HOUSE = {
    "css/tokens.css": "css/tokens.css",
    "css/components.css": "css/components.css",
    "vendor/lit-html.js": "vendor/lit-html.js",
    "vendor/idb.js": "vendor/idb.js",
    "vendor/uuidv7.js": "vendor/uuidv7.js",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types bay-sw lit-html"
)
FRESH = {"cache-control": "no-cache", "content-security-policy": POLICY}


def bay_tree(settings: Settings, static: Path) -> Tree:
    """The app's files and those of the house it uses, under one hash."""
    own = [(path, path.relative_to(PWA).as_posix()) for path in files_under(PWA)]
    house = [(static / name, place) for name, place in FROM_THE_HOUSE.items()]
    return Tree("/bay/s", [(path, name) for path, name in own + house if name not in NOT_IN_TREE],
                settings.var / "published")


def filled(name: str, tree: Tree) -> str:
    """A file of the app with the tree's hash in its places."""
    return (PWA / name).read_text("utf-8").replace("__TREE__", tree.hash)


def shell(tree: Tree) -> list[dict[str, str]]:
    """Every file the worker keeps, with its hash: any changed byte makes a new worker."""
    page = hashlib.sha256(filled("index.html", tree).encode()).hexdigest()
    files = [{"url": tree.url(name), "sha256": digest} for name, digest in tree.sha256s.items()]
    return sorted([{"url": "/bay/", "sha256": page}, *files], key=lambda file: file["url"])


@get("/bay", name="bay_without_slash", sync_to_thread=False, opt={"public": True})
def show_bay(request: Request[Any, Any, Any]) -> Response[Any]:
    """The shell; the worker's scope ends with a slash, so the address does too."""
    if not request.scope["raw_path"].split(b"?")[0].endswith(b"/"):
        return Redirect("/bay/", status_code=308)
    return Response(filled("index.html", request.app.state.bay), media_type=MediaType.HTML, headers=FRESH)


@get("/bay/sw.js", name="bay_worker", sync_to_thread=False, opt={"public": True})
def show_worker(request: Request[Any, Any, Any]) -> Response[str]:
    """The worker, with the list of what it keeps."""
    tree = request.app.state.bay
    listing = json.dumps(shell(tree), separators=(",", ":"))
    return Response(filled("sw.js", tree).replace("__SHELL__", listing), media_type="text/javascript", headers=FRESH)


@get("/bay/manifest", name="bay_manifest", sync_to_thread=False, opt={"public": True})
def show_manifest(request: Request[Any, Any, Any]) -> Redirect:
    """What a phone needs to put the app on its first screen."""
    return Redirect(request.app.state.bay.url("manifest.webmanifest"), status_code=302)


PUBLIC_ROUTES = [show_bay, show_worker, show_manifest]
