"""The press in a process of the paper mill: HTML becomes a sealed PDF/A; nothing is fetched but the shop's own files."""

import io
import os
import re
import time
import warnings
from pathlib import Path
from xml.sax.saxutils import escape

from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from app.paper_pool import Job, Printed
from app.paper_signer import Seal
from app.settings import ROOT, Settings
from app.storage import FileStore

FONTS = ROOT / ".setup" / "fonts"
FACES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
STYLES = ("tokens.css", "document.css")
PHOTO = re.compile(r"^app:photo/([0-9a-f]{64})$")
OPTIONS = {"pdf_variant": "pdf/a-3u", "pdf_tags": True, "optimize_images": True, "jpeg_quality": 75, "dpi": 150}
FONT_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


class FontsMissing(Exception):
    """The set-up did not put the fonts in place."""


def use_own_fonts(settings: Settings) -> None:
    """Point fontconfig at the two faces of the product, so that a paper looks the same on every machine."""
    missing = [face for face in FACES if not (FONTS / face).exists()]
    if missing:
        raise FontsMissing(f"{', '.join(missing)} not found in {FONTS.name}: run the set-up again.")
    folder = settings.var / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    text = FONT_CONFIGURATION.format(fonts=escape(str(FONTS)), cache=escape(str(folder / "cache")))
    path = folder / "fonts.conf"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    os.environ["FONTCONFIG_FILE"] = str(path)


class OwnFiles(URLFetcher):
    """Serves photos by their hash and refuses every other address, so that no text can pull a file (S-31)."""

    def __init__(self, files: FileStore) -> None:
        super().__init__(allowed_protocols=())  # type: ignore[no-untyped-call]
        self.files = files

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The bytes of an `app:photo/<sha256>`; anything else stops the print."""
        found = PHOTO.match(url)
        if found is None:
            raise FatalURLFetchingError("A paper may only show the shop's own photos.")
        try:
            content = self.files.get(found[1])
        except FileNotFoundError as error:
            raise FatalURLFetchingError("A photo of this paper is not in the store.") from error
        return URLFetcherResponse(url, io.BytesIO(content), {"Content-Type": "image/jpeg"})


class Press:
    """Fonts, styles and seal, made ready once a process."""

    def __init__(self, settings: Settings, styles: Path) -> None:
        use_own_fonts(settings)
        self.fonts = FontConfiguration()
        self.fetcher = OwnFiles(FileStore(settings))
        self.styles = [CSS(string=(styles / name).read_text(encoding="utf-8"), font_config=self.fonts,
                           url_fetcher=self.fetcher) for name in STYLES]
        self.seal = Seal(settings)

    def print(self, job: Job) -> Printed:
        """PDF/A-3u with tags, the evidence attached, sealed."""
        began = time.monotonic()
        evidence = Attachment(string=job.evidence, name="evidence.json", description=job.evidence_title,
                              relationship="Data", url_fetcher=self.fetcher)
        options = {**OPTIONS, "attachments": [evidence]}
        document = HTML(string=job.html, base_url="app:", url_fetcher=self.fetcher).render(
            font_config=self.fonts, stylesheets=self.styles, **options)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # weasyprint leaves its colour profile to the collector
            pdf = document.write_pdf(**options)
        sealed = self.seal.close(pdf, job.reason)
        return Printed(sealed, len(document.pages), round((time.monotonic() - began) * 1000))
