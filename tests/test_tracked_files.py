"""What is committed names no registry, no machine and no generated lock."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN = {
    "a package registry's address": re.compile(
        r'"resolved":\s*"https?:|^\s*--(extra-)?index-url|^\s*--find-links|source = \{ registry|files\.pythonhosted\.|'
        r"registry\.npmjs\.|//pypi\.org/simple", re.MULTILINE),
    "a path of somebody's machine": re.compile(r"(?<![\w.])/(home|Users|root|work|workspace)/[\w.-]+/"),
}
NEVER = {"uv.lock", "pylock.toml", "yarn.lock", "pnpm-lock.yaml", "node_modules"}
THIS = "tests/test_tracked_files.py"


def tracked() -> list[str]:
    """The files of the repository, in or about to be in it."""
    answer = subprocess.run(["git", "ls-files", "--cached"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in answer.stdout.splitlines() if (ROOT / name).is_file() and name != THIS]


def test_no_tracked_file_names_a_registry_or_a_machine():
    found = []
    for name in tracked():
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name}: {what}" for what, pattern in FORBIDDEN.items() if pattern.search(text)]
    assert not found, "\n".join(found)


def test_no_lock_with_addresses_and_nothing_third_party_is_tracked():
    assert not [name for name in tracked() if set(Path(name).parts) & NEVER or name.startswith("app/static/vendor/")]


def test_no_tracked_file_is_needlessly_large():
    large = [f"{name}: {size // 1000} kB" for name in tracked() if (size := (ROOT / name).stat().st_size) > 1_000_000]
    assert not large, "\n".join(large)
