"""Every verb's line of history has its sentence, and no sentence waits for a verb that is gone (R-ALL-2)."""

import ast
import re
from pathlib import Path

from app.domain.reception.repair_order import OrderStatus
from app.domain.sentences import SENTENCES

ROOT = Path(__file__).resolve().parent.parent


def events() -> dict[str, str]:
    """Every event a `note(...)` writes, with one place that does; f-strings stand as their pattern."""
    found = {}
    for path in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "note" and node.args:
                for text in texts(node.args[0]):
                    found[text] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


def texts(argument: ast.expr) -> list[str]:
    """The event, or the pattern of events, an argument stands for."""
    if isinstance(argument, ast.IfExp):
        return [*texts(argument.body), *texts(argument.orelse)]
    if isinstance(argument, ast.Constant):
        return [str(argument.value)]
    if isinstance(argument, ast.JoinedStr):
        return ["".join(part.value if isinstance(part, ast.Constant) else "*" for part in argument.values)]
    return ["*"]


def test_every_event_has_its_sentence():
    lacking = [f"{where}: {event}" for event, where in events().items() if "*" not in event and event not in SENTENCES]
    assert not lacking, "\n".join(lacking)


def test_every_pattern_of_events_has_sentences():
    patterns = [event for event in events() if "*" in event and event != "*"]
    lacking = [one for one in patterns if not any(re.fullmatch(re.escape(one).replace(r"\*", ".+"), key) for key in SENTENCES)]
    assert not lacking, "\n".join(lacking)


def test_every_step_of_an_order_has_its_sentence():
    assert not [f"repair_order.{status}" for status in OrderStatus if f"repair_order.{status}" not in SENTENCES]


def test_no_sentence_waits_for_a_verb_that_is_gone():
    written = events()
    texts_of_app = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py")
                             if path.name != "sentences.py")
    patterns = [re.escape(one).replace(r"\*", ".+") for one in written if "*" in one and one != "*"]
    idle = [key for key in SENTENCES if key not in written and f'"{key}"' not in texts_of_app
            and not any(re.fullmatch(pattern, key) for pattern in patterns)]
    assert not idle, "\n".join(idle)
