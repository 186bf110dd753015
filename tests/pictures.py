"""Pictures as phones make them, for the tests."""

import io

import pillow_heif
from PIL import Image


def jpeg(width: int = 640, height: int = 480, *, is_located: bool = False, orientation: int = 1) -> bytes:
    """A JPEG with a red left edge, and in it what a phone writes about place and posture."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    picture.paste((200, 0, 0), (0, 0, width // 4, height))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Mingdan Phone"
    if is_located:
        exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 15.0, 7.0), 3: "E", 4: (120.0, 9.0, 1.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85, exif=exif)
    return out.getvalue()


def png(mode: str = "RGBA", size: tuple[int, int] = (64, 48), colour: object = (0, 0, 0, 0)) -> bytes:
    """A PNG, see-through unless told otherwise."""
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, "PNG")  # type: ignore[arg-type]
    return out.getvalue()


def heic(size: tuple[int, int] = (320, 240)) -> bytes:
    """A HEIC as iPhones keep it."""
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", size, (10, 120, 60))).save(out, quality=60)
    return out.getvalue()
