"""The generated pages of docs/ are those of today's code, and the links in the written ones lead somewhere."""

import re
from pathlib import Path

import pytest

from scripts.write_docs import DOCS, PAGES, ROOT, state_tables

WRITTEN = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"])


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_up_to_date(name):
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run `make docs`"


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path):
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


def test_every_state_of_a_table_is_in_it_and_no_move_leads_out_of_it():
    for name, _about, moves in state_tables():
        kind = type(next(iter(moves)))
        assert set(moves) == set(kind), name
        assert {other for others in moves.values() for other in others} <= set(kind), name


def test_the_map_names_every_folder_of_the_house():
    text = (DOCS / "map.md").read_text(encoding="utf-8")
    folders = [path.name for layer in ("domain", "models", "routes") for path in (ROOT / "app" / layer).iterdir()
               if path.is_dir() and not path.name.startswith("_")]
    assert not [folder for folder in sorted(set(folders)) if f"{folder}/" not in text]
