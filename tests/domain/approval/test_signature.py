import json

import pytest

from app.domain.approval.signature import read_canvas, read_strokes, svg
from app.domain.errors import Invalid

CANVAS = (600, 300)


def stroke(*points: tuple[object, object, object]) -> dict[str, object]:
    return {"points": [{"x": x, "y": y, "time": time} for x, y, time in points]}


def name(*, pause: int = 20) -> str:
    return json.dumps([stroke(*((40 + 100 * n + k * 4, 60 + k * 37 % 160, 1_000 + (n * 20 + k) * pause) for k in range(20)))
                       for n in range(3)])


def refused(text: str, canvas: object = CANVAS) -> str:
    with pytest.raises(Invalid) as caught:
        read_strokes(text, canvas)  # type: ignore[arg-type]
    assert caught.value.field == "signature"
    return caught.value.message


@pytest.mark.rule("S-22")
def test_a_written_name_is_read_with_its_facts():
    ink = read_strokes(name(), "600x300")
    assert ink.facts == {"strokes": 3, "points": 60, "duration_ms": 1180, "canvas": [600, 300]}


@pytest.mark.rule("S-22")
@pytest.mark.parametrize("text", ["", "  ", "[]", json.dumps([stroke()])])
def test_a_blank_field_is_no_signature(text):
    assert "no signature yet" in refused(text)


@pytest.mark.rule("S-22")
def test_a_dot_is_no_signature():
    assert "very short" in refused(json.dumps([stroke((10, 10, 1), (11, 11, 900))]))


@pytest.mark.rule("S-22")
def test_a_signature_smaller_than_a_twelfth_of_the_field_is_too_small():
    tiny = [stroke(*((k, k, k * 50) for k in range(20))), stroke(*((k, 20 - k, 2_000 + k * 50) for k in range(20)))]
    assert "very short" in refused(json.dumps(tiny))


@pytest.mark.rule("S-22")
def test_a_name_written_in_less_than_four_tenths_of_a_second_was_not_written_by_hand():
    assert "very short" in refused(name(pause=6))
    assert read_strokes(name(pause=7), CANVAS).duration_ms == 413


@pytest.mark.rule("S-22")
def test_more_than_200_kilobytes_are_refused():
    assert "too many strokes" in refused(json.dumps([stroke(*((k % 600, k % 300, k) for k in range(9_000)))]))


@pytest.mark.rule("S-22")
@pytest.mark.parametrize("text", [
    '[{"points":[{"x":NaN,"y":1,"time":1}]}]', '[{"points":[{"x":Infinity,"y":1,"time":1}]}]',
    '[{"points":[{"x":1e9,"y":1,"time":1}]}]', '[{"points":[{"x":"<script>","y":1,"time":1}]}]',
    '[{"points":[{"x":true,"y":1,"time":1}]}]', '[{"points":[{"y":1,"time":1}]}]', '[{"points":"<svg onload=alert(1)>"}]',
    '{"svg":"<svg/>"}', "<svg/>", "null", "[1]", '[{"points":[null]}]', "[" * 100_000,
])
def test_what_is_no_list_of_bounded_points_can_not_be_read(text):
    assert "could not be read" in refused(text)


@pytest.mark.rule("S-22")
@pytest.mark.parametrize("canvas", ["", "0x0", "59x300", "99999x300", "600", "-600x300", "600x300<script>"])
def test_a_canvas_has_a_sensible_size(canvas):
    with pytest.raises(Invalid):
        read_canvas(canvas)
    assert read_canvas(" 600x300 ") == (600, 300)


@pytest.mark.rule("S-22")
def test_the_picture_holds_numbers_only_and_takes_the_colour_of_its_surroundings():
    picture = svg(read_strokes(name(), CANVAS))
    assert picture.startswith("<svg xmlns=")
    assert picture.count("<path") == 3
    assert 'stroke="currentColor"' in picture
    assert "script" not in picture
    assert "NaN" not in picture


def test_a_finger_that_left_the_field_is_kept_at_its_edge():
    wide = [stroke((-50, -5, 0), (700, 400, 900)), stroke((10, 290, 1_000), (590, 10, 1_500))]
    ink = read_strokes(json.dumps(wide), CANVAS)
    assert ink.box == (0, 0, 600, 300)


def test_the_same_points_make_the_same_picture():
    assert svg(read_strokes(name(), CANVAS)) == svg(read_strokes(name(), CANVAS))
