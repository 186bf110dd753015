"""What people's hands bring into a page: a picture from the phone's camera, a name written with the finger."""

import io

from PIL import Image
from playwright.sync_api import FilePayload, Page


def phone_picture() -> bytes:
    """A picture as a phone makes it: lying on its side, with the place it was taken."""
    picture = Image.effect_noise((1600, 1200), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 15.0, 0.0)})
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


def picture_file() -> FilePayload:
    """The same as the file chooser hands it over."""
    return {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": phone_picture()}


def write_name(page: Page) -> None:
    """Three characters along the direction of the writing, on an upright or a turned phone."""
    field = page.locator("canvas")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box is not None
    is_turned = box["height"] > box["width"]

    def at(along: float, down: float) -> tuple[float, float]:
        if is_turned:
            return box["x"] + box["width"] * (1 - down), box["y"] + box["height"] * along
        return box["x"] + box["width"] * along, box["y"] + box["height"] * down

    for k in range(3):
        page.mouse.move(*at(0.15 + k * 0.22, 0.2))
        page.mouse.down()
        for i in range(1, 14):
            page.mouse.move(*at(0.15 + k * 0.22 + i * 0.012, 0.2 + (i * 7 + k * 3) % 10 / 10 * 0.6))
            page.wait_for_timeout(20)  # a hand needs its time: the server asks for 0.4 s of writing
        page.mouse.up()
