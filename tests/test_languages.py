"""How words of the content are put together in the person's language."""

import pytest

from app import languages


@pytest.mark.parametrize(("position", "name", "zh", "en"), [
    ({"zh": "左前", "en": "front left"}, {"zh": "前刹车片厚度", "en": "Front pads"}, "左前刹车片厚度", "Front left pads"),
    ({"zh": "左后", "en": "rear left"}, {"zh": "轮胎花纹深度", "en": "Tyre tread"}, "左后轮胎花纹深度", "Rear left tyre tread"),
    ({"zh": "", "en": ""}, {"zh": "制动液含水量", "en": "Water in the brake fluid"}, "制动液含水量", "Water in the brake fluid"),
    (None, None, "", ""),
])
def test_a_point_is_named_with_its_place_and_front_is_said_once(position, name, zh, en) -> None:  # type: ignore[no-untyped-def]
    assert languages.placed(position, name, "zh_CN") == zh
    assert languages.placed(position, name, "en") == en
