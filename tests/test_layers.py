"""Who may import whom (style.md); and the domain alone brings in nothing but the standard library."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"
MAY = {"domain": {"domain"}, "models": {"models", "domain"}, "routes": {"routes", "models", "domain"}}
OF_ITS_OWN = (" style=", "<style", " onclick=", " onchange=", "hx-on", "<script>")
HEAVY = ("sqlalchemy", "litestar", "jinja2", "weasyprint", "babel", "PIL")


def imports(path: Path) -> list[tuple[str, bool]]:
    """Every module a file imports, and whether only for type checking."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
               for one in node.body for inner in ast.walk(one)}
    found = []
    for node in ast.walk(tree):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found += [(name, id(node) in guarded) for name in names]
    return found


@pytest.mark.parametrize("layer", MAY)
def test_a_layer_imports_only_what_lies_below_it(layer):
    wrong = []
    for path in sorted((APP / layer).rglob("*.py")):
        for name, is_for_types in imports(path):
            parts = name.split(".")
            other = parts[1] if parts[0] == "app" and len(parts) > 1 else ""
            if other in {"domain", "models", "routes"} - MAY[layer] and not is_for_types:
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_the_domain_is_made_of_the_standard_library_only():
    wrong = [f"{path.relative_to(ROOT)} imports {name}" for path in sorted((APP / "domain").rglob("*.py"))
             for name, is_for_types in imports(path)
             if not is_for_types and name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("app.domain")]
    assert not wrong, "\n".join(wrong)


def test_the_domain_imported_alone_brings_no_library_along():
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in (APP / "domain").rglob("*.py")]
    program = f"import sys, {', '.join(modules)}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert loaded.strip() == ""


def test_a_route_asks_no_database_by_itself():
    wrong = [str(path.relative_to(ROOT)) for path in sorted((APP / "routes").rglob("*.py"))
             for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
             if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("select", "insert", "update")]
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_no_template_holds_a_style_a_script_or_a_handler_of_its_own():
    wrong = []
    for path in sorted((APP / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if path.parent.name == "documents":
            continue  # papers are printed, no browser reads their policy
        wrong += [f"{path.relative_to(ROOT)}: {word}" for word in OF_ITS_OWN if word in text]
    assert not wrong, "\n".join(wrong)


def test_every_partial_says_what_it_is_and_needs():
    silent = [str(path.relative_to(ROOT)) for path in sorted((APP / "templates").rglob("_*.html"))
              if not path.read_text(encoding="utf-8").startswith("{#")]
    assert not silent, "\n".join(silent)
