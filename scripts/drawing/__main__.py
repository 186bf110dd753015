"""`python -m scripts.drawing` writes app/static/img/points/<point>-good.svg and -bad.svg."""

from importlib import import_module
from pathlib import Path

FOLDER = Path("app/static/img/points")
SHEETS = ("lamps", "fluids", "wheels", "underbody", "cabin")

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for sheet in SHEETS:
        for draw in import_module(f"scripts.drawing.{sheet}").PICTURES:
            for grade in ("good", "bad"):
                (FOLDER / f"{draw.__name__}-{grade}.svg").write_text(draw(grade == "bad"), "utf-8")
