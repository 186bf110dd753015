"""Every sentence and every word of the shop has its Chinese, in one catalogue, with the same blanks."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

import app.domain
from app import languages
from app.domain import errors
from app.domain.sentences import SENTENCES
from app.routes.office.departments import DEPARTMENTS
from app.routes.refusals import HTTP_TEXTS, TITLES

ROOT = Path(__file__).resolve().parent.parent
REFUSALS = {name for name, one in inspect.getmembers(errors, inspect.isclass) if issubclass(one, errors.Refusal)}
SPEAKERS = {"_", "translate", "sentence", "gettext"}
BLANK = re.compile(r"%\((\w+)\)s")
NOT_SHOWN = {"revoked", "signed_out"}  # codes the phone reads, never a sentence


def catalogues() -> dict[str, dict[str, str]]:
    """msgid to msgstr, by file."""
    found = {}
    for path in languages.catalogue_files():
        with path.open("rb") as file:
            found[path.name] = {str(message.id): str(message.string) for message in read_po(file) if message.id}
    return found


def in_templates() -> Iterator[tuple[str, str]]:
    """Each message in a template, with where it stands."""
    for path in sorted((ROOT / "app" / "templates").rglob("*.html")):
        with path.open("rb") as file:
            options = {"extensions": "jinja2.ext.do", "silent": "false", "trimmed": "false"}
            for line, _function, message, _comments in babel_extract(file, ("_", "gettext", "ngettext"), [], options):
                for text in [message] if isinstance(message, str) else message:
                    if text:
                        yield text, f"{path.relative_to(ROOT)}:{line}"


def in_python() -> Iterator[tuple[str | None, str]]:
    """Each sentence a module says or refuses with; None where it is no plain text."""
    for path in sorted((ROOT / "app").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (argument := spoken(node)) is not None:
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                for one in branches(argument):
                    yield (one.value if isinstance(one, ast.Constant) else known.get(getattr(one, "id", ""))), where


def constants(tree: ast.Module) -> dict[str, str]:
    """The module's named sentences: `TOO_SHORT = "…"`."""
    pairs = [(node.targets[0], node.value) for node in tree.body if isinstance(node, ast.Assign)]
    return {name.id: value.value for name, value in pairs
            if isinstance(name, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str)}


def spoken(call: ast.Call) -> ast.expr | None:
    """The argument that holds the sentence."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    place = 1 if name == "Invalid" else 0
    if (name in REFUSALS - {"Refusal", "Faults"} or name in SPEAKERS) and len(call.args) > place:
        argument = call.args[place]
        return None if name in SPEAKERS and not literals(argument) else argument
    return None


def branches(argument: ast.expr) -> list[ast.expr]:
    """Both sides of `"a" if … else "b"`."""
    if isinstance(argument, ast.IfExp):
        return [*branches(argument.body), *branches(argument.orelse)]
    return [argument]


def literals(argument: ast.expr) -> bool:
    """Whether all of an argument is written out."""
    return all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in branches(argument))


def enumerations() -> Iterator[type[StrEnum]]:
    """Every StrEnum of the domain: its values are words on a screen."""
    for module in pkgutil.walk_packages(app.domain.__path__, "app.domain."):
        for _name, one in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(one, StrEnum) and one.__module__ == module.name != "app.domain.workshop.mutation":
                yield one


def needed() -> dict[str, str]:
    """Every msgid with one place that needs it."""
    places = dict(in_templates())
    places |= {text: where for text, where in in_python() if text and text not in NOT_SHOWN}
    places |= {text: f"history {key}" for key, text in SENTENCES.items()}
    places |= dict.fromkeys([*TITLES.values(), *HTTP_TEXTS.values()], "refusals.py")
    places |= {department.word: "departments.py" for department in DEPARTMENTS}
    known = languages.simplified()
    return places | {member.value: f"{one.__module__}.{one.__name__}" for one in enumerations() for member in one
                     if f"{one.__name__}.{member.value}" not in known}


def test_every_sentence_has_its_chinese():
    known = languages.simplified()
    lacking = sorted(f"{where}: {text}" for text, where in needed().items() if not known.get(text))
    assert not lacking, "\n".join(lacking)


def test_a_sentence_is_translated_once():
    words = defaultdict(dict)
    for file, messages in catalogues().items():
        for text, translation in messages.items():
            words[text][file] = translation
    twice = [f"{text}: {files}" for text, files in words.items() if len(set(files.values())) > 1]
    assert not twice, "\n".join(twice)


def test_blanks_are_the_same_in_both_languages():
    wrong = [f"{file}: {text}" for file, messages in catalogues().items() for text, translation in messages.items()
             if set(BLANK.findall(text)) != set(BLANK.findall(translation)) and translation]
    assert not wrong, "\n".join(wrong)


def test_every_refusal_is_a_plain_sentence_that_a_catalogue_can_hold():
    built = [where for text, where in in_python() if text is None]
    allowed = {"app/domain/errors.py"}
    assert not [where for where in built if where.split(":")[0] not in allowed]


@pytest.mark.parametrize("path", sorted((ROOT / "app" / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_no_template_speaks_english_outside_its_catalogue(path):
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"{%\s*block \w+\s*%}[a-z-]*{%\s*endblock\s*%}", " ", text)  # a class name that a page fills in
    text = re.sub(r"{%-?\s*trans.*?endtrans\s*-?%}|{#.*?#}|{{.*?}}|{%.*?%}", " ", text, flags=re.S)
    text = re.sub(r"<(script|style|code)\b.*?</\1>|<[^>]*>|&\w+;", " ", text, flags=re.S)
    assert not re.findall(r"\b(?!(?:km|VIN|QR|PDF|SHA|Esc|Ctrl|Enter|mm|kPa|bar|NEV)\b)[A-Za-z]{3,}\b", text)
