"""Copy the browser parts that npm installed to where the product serves them; make the icon sprite and the font folder."""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "app" / "static" / "vendor"

FILES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx-ext-sse/dist/sse.min.js": "sse.min.js",
    "idiomorph/dist/idiomorph-ext.min.js": "idiomorph-ext.min.js",
    "idb/build/index.js": "idb.js",
    "lit-html/lit-html.js": "lit-html.js",
    "uuidv7/dist/index.js": "uuidv7.js",
    "signature_pad/dist/signature_pad.min.js": "signature_pad.js",
}
FONTS = {
    "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf",
    "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf": "NotoSansSC-Bold.ttf",
}


def main() -> None:
    """Fill app/static/vendor and var-independent fonts; fails loudly when a part is missing."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for source, name in FILES.items():
        text = (MODULES / source).read_text(encoding="utf-8")
        (VENDOR / name).write_text(re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "\n", text), encoding="utf-8")
    (VENDOR / "icons.svg").write_text(sprite(icon_names()), encoding="utf-8")
    fonts = ROOT / ".setup" / "fonts"
    shutil.rmtree(fonts, ignore_errors=True)
    fonts.mkdir(parents=True)
    for source, name in FONTS.items():
        shutil.copyfile(MODULES / source, fonts / name)


def icon_names() -> list[str]:
    """Every icon a template, a script or the bay app names."""
    places = [*ROOT.glob("app/templates/**/*.html"), *ROOT.glob("pwa/**/*.js"), *ROOT.glob("pwa/*.html"),
              *ROOT.glob("app/static/js/*.js")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in places)
    return sorted(set(re.findall(r"""icon\(["']([a-z0-9-]+)["']\)""", text))
                  | set(re.findall(r"""#i-([a-z0-9-]+)""", text)))


def sprite(names: list[str]) -> str:
    """One SVG of symbols, drawn by lucide."""
    symbols = []
    for name in names:
        path = MODULES / "lucide-static" / "icons" / f"{name}.svg"
        if not path.exists():
            sys.exit(f"lucide has no icon called {name}")
        inner = re.sub(r"<!--.*?-->|\s*<svg[^>]*>|</svg>\s*", "", path.read_text(encoding="utf-8"), flags=re.S)
        symbols.append(f'<symbol id="i-{name}" viewBox="0 0 24 24">{" ".join(inner.split())}</symbol>')
    return f'<svg hidden xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


if __name__ == "__main__":
    main()
