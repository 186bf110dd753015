"""Templates compiled once a language: a fixed sentence is written into the page, not looked up at every request."""

from collections.abc import Callable, MutableMapping
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.ext import InternationalizationExtension
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from app import languages


class TranslatedEnvironment(Environment):
    """An environment that keeps each template once for each language."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.by_language: dict[str, dict[str, Template]] = {}

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> Template:
        assert self.loader is not None
        kept = self.by_language.setdefault(languages.language.get(), {})
        template = kept.get(name)
        if template is None or (self.auto_reload and not template.is_up_to_date):
            template = kept[name] = self.loader.load(self, name, self.make_globals(globals))
        elif globals:
            template.globals.update(globals)
        return template

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = Words().visit(super()._parse(source, name, filename))
        return tree


class Sentences(InternationalizationExtension):
    """`{% trans %}` without blanks is plain text of the page."""

    def _make_node(self, singular: str, plural: str | None, context: str | None, variables: dict[str, nodes.Expr],
                   plural_expr: nodes.Expr | None, vars_referenced: bool, num_called_num: bool) -> nodes.Output:
        if context is None and plural_expr is None and not variables:
            return nodes.Output([nodes.TemplateData(gettext(singular))])
        return super()._make_node(singular, plural, context, variables, plural_expr, vars_referenced, num_called_num)


class Words(NodeTransformer):
    """`_("…")` of a fixed sentence is that sentence, and `icon("…")` that icon."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """Replace a call whose answer is known."""
        self.generic_visit(node)
        known: dict[str, Callable[[str], Markup]] = {"_": gettext, "gettext": gettext, "icon": icon}
        is_plain = len(node.args) == 1 and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if not is_plain or not isinstance(node.node, nodes.Name) or node.node.name not in known:
            return node
        given = node.args[0]
        if not isinstance(given, nodes.Const) or not isinstance(given.value, str):
            return node
        return nodes.TemplateData(known[node.node.name](given.value), lineno=node.lineno)


def gettext(sentence: str, **blanks: Any) -> Markup:
    """A sentence in the person's language, its blanks filled and escaped."""
    return Markup(languages.translate(sentence)) % blanks  # noqa: S704


def ngettext(one: str, many: str, n: int, **blanks: Any) -> Markup:
    """Chinese has one form, English two."""
    return gettext(one if n == 1 else many, **{"num": n, **blanks})


def icon(name: str) -> Markup:
    """A lucide icon from the sprite, drawn in the text's colour."""
    return Markup('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>').format(name)
