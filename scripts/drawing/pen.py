"""The few strokes all drawings share; pictures are 400 × 300, colours those of a workshop under a lamp."""

NIGHT, SHADE, STEEL, LIGHT, PALE, WHITE = "#23282b", "#33393d", "#596167", "#8b9296", "#c9ced1", "#f2f3f1"
MIST = "#7c878d"  # ground for black rubber and oil
RUBBER, TREAD, INK = "#15181a", "#3a4044", "#0c0e0f"
OIL, RUST, COPPER, GREASE = "#17120c", "#a4572a", "#d08a4a", "#5a4a22"
RED, AMBER, GREEN, ORANGE, PINK, BLUE, STRAW = (
    "#d23b2e",
    "#f0a52b",
    "#3fae5a",
    "#ee7d1f",
    "#e0679b",
    "#4f93c8",
    "#f3e4a6",
)

SEGMENTS = {
    "0": "abcdef",
    "1": "bc",
    "2": "abged",
    "3": "abgcd",
    "4": "fgbc",
    "5": "afgcd",
    "6": "afgedc",
    "7": "abc",
    "8": "abcdefg",
    "9": "abcdfg",
    "-": "g",
}
STROKES = {
    "a": (0, 0, 1, 0),
    "b": (1, 0, 1, 1),
    "c": (1, 1, 1, 2),
    "d": (0, 2, 1, 2),
    "e": (0, 1, 0, 2),
    "f": (0, 0, 0, 1),
    "g": (0, 1, 1, 1),
}


def rect(x, y, w, h, fill, rx=0, extra=""):
    """A filled box."""
    return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{rx:g}" fill="{fill}"{extra}/>'


def disc(x, y, r, fill, ry=None, extra=""):
    """A filled circle or ellipse."""
    if ry is None:
        return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"{extra}/>'
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{r:g}" ry="{ry:g}" fill="{fill}"{extra}/>'


def ring(x, y, r, stroke, width):
    """A circle's line."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="none" stroke="{stroke}" stroke-width="{width:g}"/>'


def shape(d, fill, extra=""):
    """A filled outline."""
    return f'<path d="{d}" fill="{fill}"{extra}/>'


def line(d, stroke, width, extra=""):
    """A drawn line with round ends."""
    return (
        f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width:g}" stroke-linecap="round" '
        f'stroke-linejoin="round"{extra}/>'
    )


def moved(body, x=0, y=0, turn=0, scale=1, around=(0, 0)):
    """A part of the picture elsewhere, turned or scaled."""
    turned = f" rotate({turn:g} {around[0]:g} {around[1]:g})" if turn else ""
    scaled = f" scale({scale:g})" if scale != 1 else ""
    return f'<g transform="translate({x:g} {y:g}){turned}{scaled}">{body}</g>'


def closer(body):
    """A wide picture drawn in towards the middle, so that a narrow screen does not cut it."""
    return moved(body, 46, 34, scale=0.77)


def drop(x, y, size, fill):
    """A hanging drop."""
    return shape(
        f"M{x:g} {y - size * 1.5:g}Q{x + size:g} {y:g} {x + size:g} {y + size * 0.4:g}"
        f"A{size:g} {size:g} 0 0 1 {x - size:g} {y + size * 0.4:g}Q{x - size:g} {y:g} {x:g} {y - size * 1.5:g}Z",
        fill,
    )


def number(x, y, height, text, colour):
    """A reading as a seven-segment display shows it."""
    w, h, body = height * 0.42, height / 2, ""
    for sign in text:
        if sign == ".":
            body += disc(x - height * 0.1, y + height, height * 0.06, colour)
            continue
        for name in SEGMENTS[sign]:
            x1, y1, x2, y2 = STROKES[name]
            body += line(f"M{x + x1 * w:.1f} {y + y1 * h:.1f}L{x + x2 * w:.1f} {y + y2 * h:.1f}", colour, height * 0.11)
        x += w + height * 0.3
    return body


def scatter(count, x, y, w, h, seed=7):
    """Places that look accidental and are the same every time."""
    for n in range(count):
        seed = (seed * 1103515245 + 12345) % 2147483648
        a = seed / 2147483648
        seed = (seed * 1103515245 + 12345) % 2147483648
        yield x + a * w, y + seed / 2147483648 * h, n


def picture(body, ground=NIGHT):
    """A whole drawing."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" preserveAspectRatio="xMidYMid slice">'
        f"{rect(0, 0, 400, 300, ground)}{body}</svg>\n"
    )
