"""A page is compiled once a language, and says the same as if each sentence were looked up."""

from collections.abc import Iterator

import pytest
from jinja2 import DictLoader
from markupsafe import Markup

from app import languages
from app.templating import make_environment

PAGE = """{% trans %}Help{% endtrans %}|{{ _("Departments") }}|{{ _(word) }}|{{ icon("x") }}
{%- for n in [1] %}{% trans n=n, who=who %}{{ who }} has {{ n }} of 100%{% endtrans %}{% endfor %}"""


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    token = languages.language.set("zh_CN")
    yield
    languages.language.reset(token)


def said(language: str) -> str:
    languages.language.set(language)
    return ENVIRONMENT.get_template("page").render(word="Home", who="<b>Wang</b>")


ENVIRONMENT = make_environment()
ENVIRONMENT.loader = DictLoader({"page": PAGE})


def test_the_same_template_speaks_to_each_reader_in_their_language() -> None:
    assert said("en").startswith("Help|Departments|Home|<svg")
    assert said("zh_CN").startswith(f"{languages.translate('Help', 'zh_CN')}|{languages.translate('Departments', 'zh_CN')}|")
    assert said("zh_TW").startswith(languages.translate("Help", "zh_TW"))
    assert said("en").startswith("Help|")


def test_what_fills_a_blank_is_escaped_and_a_percent_sign_stays_one() -> None:
    assert said("en").endswith("&lt;b&gt;Wang&lt;/b&gt; has 1 of 100%")


def test_a_fixed_sentence_is_safe_text() -> None:
    assert isinstance(ENVIRONMENT.globals["gettext"]("Help"), Markup)  # type: ignore[operator]
