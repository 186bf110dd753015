"""Photos as phones make them: upright, small, without their place, or a sentence that says what to do."""

import io
from pathlib import Path

import pytest
from PIL import Image

from app.domain.errors import Invalid
from app.photos import stripped, take_in
from app.settings import Settings
from app.storage import FileStore
from tests import pictures


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(Settings(var=tmp_path))


def kept(files: FileStore, digest: str) -> Image.Image:
    return Image.open(io.BytesIO(files.get(digest)))


def test_fault_row_52_a_12_megapixel_photo_taken_upright_is_kept_upright_and_small(files: FileStore) -> None:
    taken = take_in(files, pictures.jpeg(4032, 3024, orientation=6, is_located=True))
    picture = kept(files, taken.blob_sha256)
    assert picture.size == (1536, 2048) == (taken.width, taken.height)
    assert picture.convert("RGB").getpixel((700, 20))[0] > 150, "the red edge is on top once the picture stands upright"
    assert kept(files, taken.thumb_sha256).size == (240, 320)


@pytest.mark.parametrize("width", [640, 4032])
def test_where_a_photo_was_taken_never_reaches_the_storage(files: FileStore, tmp_path: Path, width: int) -> None:
    take_in(files, pictures.jpeg(width, width * 3 // 4, is_located=True))
    stored = [path.read_bytes() for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert len(stored) == 2
    for content in stored:
        assert not dict(Image.open(io.BytesIO(content)).getexif())
        assert b"Exif" not in content
        assert b"Mingdan Phone" not in content


def test_a_small_photo_is_not_pressed_a_second_time() -> None:
    content = pictures.jpeg(is_located=True)
    without = stripped(content)
    assert len(without) < len(content)
    assert Image.open(io.BytesIO(without)).tobytes() == Image.open(io.BytesIO(content)).tobytes()


def test_what_hides_behind_the_end_of_a_photo_is_cut_off(files: FileStore) -> None:
    taken = take_in(files, pictures.jpeg() + b"<script>alert(1)</script>")
    assert b"script" not in files.get(taken.blob_sha256)


def test_an_iphone_heic_becomes_a_jpeg(files: FileStore) -> None:
    taken = take_in(files, pictures.heic())
    assert kept(files, taken.blob_sha256).format == "JPEG"


def test_a_see_through_png_is_shown_on_white(files: FileStore) -> None:
    picture = kept(files, take_in(files, pictures.png()).blob_sha256)
    assert picture.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGB", "I;16"])
def test_every_kind_of_png_is_a_picture(files: FileStore, mode: str) -> None:
    assert kept(files, take_in(files, pictures.png(mode, colour=0 if mode != "RGB" else (1, 2, 3))).blob_sha256).mode == "RGB"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The photo is empty"),
        (pictures.jpeg(2000, 1500)[:5000], "damaged or was cut off"),
        (pictures.jpeg()[:40], "damaged or was cut off"),
        (pictures.heic()[:-20], "damaged or was cut off|not a photo"),
        (b"%PDF-1.7 not a picture at all" * 20, "not a photo we can read"),
        (pictures.png("1", (20_000, 20_000), 0), "too many pixels"),
        (pictures.png("1", (12_500, 12_000), 0), "too many pixels"),
    ],
    ids=["0 bytes", "truncated", "headers only", "truncated heic", "pdf", "bomb", "big"],
)
def test_what_is_no_picture_is_refused_with_what_to_do(files: FileStore, content: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence) as refusal:
        take_in(files, content)
    assert refusal.value.field == "photo"


def test_fault_row_54_the_same_photo_twice_is_one_file(files: FileStore, tmp_path: Path) -> None:
    assert take_in(files, pictures.jpeg()) == take_in(files, pictures.jpeg())
    assert len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) == 2
