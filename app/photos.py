"""Photos as phones make them become pictures we can keep: upright, small enough, without place or owner in them."""

import io
import logging
import re
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pillow_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from app.domain.errors import Invalid
from app.security import sha256
from app.storage import FileStore

LONGEST_SIDE = 2048  # decision 16
THUMB_SIDE = 320
MAX_PIXELS = 120_000_000  # a 108 MP phone is a camera; more is an attack on memory
QUALITY = 84
TOO_MANY_PIXELS = "The photo has too many pixels to be a phone's. Send a smaller one."
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
ORIENTATION = 0x0112
START_OF_SCAN, END_OF_IMAGE, COMMENT, ADOBE = 0xDA, 0xD9, 0xFE, 0xEE
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7]")
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, RuntimeError, MemoryError, struct.error)

# a decoded 48 MP photo is 150 MB: twenty phones at once wait for each other here, not for memory
DECODERS = threading.BoundedSemaphore(2)

Image.init()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
pillow_heif.register_heif_opener(thumbnails=False)
logging.getLogger("PIL").setLevel(logging.WARNING)


@dataclass(frozen=True)
class TakenPhoto:
    """What is kept of one picture: the received bytes' name, the stripped picture, its thumbnail."""

    received_sha256: str
    received_size: int
    blob_sha256: str
    thumb_sha256: str
    size: int
    thumb_size: int
    width: int
    height: int
    thumb_width: int
    thumb_height: int


def take_in(files: FileStore, content: bytes) -> TakenPhoto:
    """Store a picture upright, at most 2048 px and without EXIF, and its 320 px thumbnail; raises Invalid."""
    if not content:
        raise Invalid("photo", "The photo is empty: the phone handed over nothing. Take it again.")
    with DECODERS, refusing_what_is_no_picture():
        kept, size, thumb = as_sent(content) or pressed(content)
    thumb_bytes = jpeg(thumb, 78)
    return TakenPhoto(
        received_sha256=sha256(content), received_size=len(content),
        blob_sha256=files.put(kept), thumb_sha256=files.put(thumb_bytes),
        size=len(kept), thumb_size=len(thumb_bytes), width=size[0], height=size[1],
        thumb_width=thumb.width, thumb_height=thumb.height,
    )


def as_sent(content: bytes) -> tuple[bytes, tuple[int, int], Image.Image] | None:
    """A small upright JPEG is not pressed a second time, only what hides in it is cut out; None for any other picture."""
    opened = Image.open(io.BytesIO(content), formats=FORMATS)
    is_as_shown = (
        opened.format == "JPEG" and opened.mode == "RGB" and max(opened.size) <= LONGEST_SIDE
        and "icc_profile" not in opened.info and opened.getexif().get(ORIENTATION, 1) == 1
    )
    if not is_as_shown:
        return None
    size = opened.size
    # decoded small at once, yet read to its last byte: a picture that was cut off is noticed
    share = min(1.0, THUMB_SIDE / max(size))
    opened.draft("RGB", (int(size[0] * share), int(size[1] * share)))
    opened.load()
    return stripped(content), size, shrunk(opened, THUMB_SIDE)


def pressed(content: bytes) -> tuple[bytes, tuple[int, int], Image.Image]:
    """Any other picture becomes a JPEG as it is shown."""
    picture = read(content)
    return jpeg(picture, QUALITY), picture.size, shrunk(picture, THUMB_SIDE)


@contextmanager
def refusing_what_is_no_picture() -> Iterator[None]:
    """Turn every way a decoder fails into a sentence that says what to do."""
    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Invalid("photo", TOO_MANY_PIXELS) from error
    except UnidentifiedImageError as error:
        raise Invalid("photo", "This file is not a photo we can read. Send a JPEG, PNG or HEIC picture.") from error
    except BROKEN as error:
        raise Invalid("photo", "The photo is damaged or was cut off on the way. Take it again.") from error


def read(content: bytes) -> Image.Image:
    """The picture upright, in sRGB, on white, at most 2048 px; nothing else of the file survives."""
    opened = Image.open(io.BytesIO(content), formats=FORMATS)
    if opened.width * opened.height > MAX_PIXELS:
        raise Invalid("photo", TOO_MANY_PIXELS)
    # a JPEG can be decoded at a half or a quarter of its size at once
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    opened.load()
    upright = ImageOps.exif_transpose(opened)
    return in_srgb(shrunk(upright, LONGEST_SIDE))


def shrunk(picture: Image.Image, side: int) -> Image.Image:
    """The picture no longer than `side`."""
    if max(picture.size) <= side:
        return picture
    smaller = picture if picture.mode in ("RGB", "RGBA", "L") else picture.convert("RGBA")
    return ImageOps.contain(smaller, (side, side), Image.Resampling.LANCZOS)


def in_srgb(picture: Image.Image) -> Image.Image:
    """Colours as every screen shows them, transparency on white."""
    profile = picture.info.get("icc_profile")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    plain = picture if picture.mode == "RGB" else picture.convert("RGB")
    if profile and picture.mode == "RGB":
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            plain = ImageCms.profileToProfile(plain, source, ImageCms.createProfile("sRGB")) or plain
        except (ImageCms.PyCMSError, OSError):  # an odd profile is no reason to lose a photo
            return plain
    return plain


def stripped(content: bytes) -> bytes:
    """A JPEG with its picture only: EXIF, comments, profiles and whatever follows the end are left out."""
    kept, at = bytearray(b"\xff\xd8"), 2
    while content[at + 1] != END_OF_IMAGE:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        end = at + 2 + length
        if marker == START_OF_SCAN:
            end = end_of_scan(content, end)
        if not (0xE1 <= marker <= 0xEF or marker == COMMENT) or marker == ADOBE:
            kept += content[at:end]
        at = end
    return bytes(kept + b"\xff\xd9")


def end_of_scan(content: bytes, at: int) -> int:
    """Where the compressed data ends: at the first marker that is neither stuffing nor a restart."""
    found = MARKER.search(content, at)
    if found is None:
        raise ValueError("The compressed data never ends.")
    return found.start()


def jpeg(picture: Image.Image, quality: int) -> bytes:
    """JPEG bytes without any metadata."""
    out = io.BytesIO()
    Image.frombytes("RGB", picture.size, picture.tobytes()).save(out, "JPEG", quality=quality, optimize=True,
                                                                 progressive=True)
    return out.getvalue()
