"""Inside the car, its battery and its high-voltage parts."""

from scripts.drawing.pen import (
    AMBER,
    COPPER,
    GREEN,
    INK,
    LIGHT,
    MIST,
    NIGHT,
    ORANGE,
    PALE,
    RED,
    RUBBER,
    SHADE,
    STEEL,
    TREAD,
    WHITE,
    closer,
    disc,
    line,
    moved,
    number,
    picture,
    rect,
    scatter,
    shape,
)


def seat_belts(bad):
    """Smooth webbing; bad: frayed and cut into."""
    weave = "".join(line(f"M{140 + n * 20} -10V310", "#5d666b", 4) for n in range(7))
    strap = rect(124, -10, 152, 320, "#454d52") + weave
    if not bad:
        return picture(rect(0, 0, 400, 300, MIST) + strap + line("M124 -10V310M276 -10V310", "#2c3235", 8))
    cut = shape("M276 120L214 148L226 160L200 170L276 190Z", MIST)
    threads = "".join(
        line(f"M{276} {124 + n * 9}q-{20 + n % 3 * 14} {4 - n % 4 * 3} -{40 + n % 4 * 9} {n % 3 * 6}", PALE, 3)
        for n in range(8)
    )
    fray = "".join(line(f"M124 {20 + n * 24}l-{16 + n % 3 * 10} {8 - n % 4 * 6}", PALE, 4) for n in range(12))
    return picture(rect(0, 0, 400, 300, MIST) + strap + cut + threads + fray)


def warning_triangle_vest(bad):
    """Both there; bad: both places empty."""
    triangle = "M110 60L196 220H24Z"
    vest = "M236 60L274 50Q300 78 326 50L364 60L376 120L356 128V250H244V128L224 120Z"
    if bad:
        dashes = ' stroke-dasharray="12 12"'
        return picture(closer(line(triangle, LIGHT, 6, dashes) + line(vest, LIGHT, 6, dashes)))
    return picture(
        closer(
            shape(triangle, RED)
            + shape("M110 118L148 192H72Z", NIGHT)
            + line(triangle, "#ff8a7a", 8)
            + shape(vest, "#d9ee3a")
            + rect(244, 150, 112, 18, PALE)
            + rect(244, 200, 112, 18, PALE)
            + rect(297, 74, 6, 176, "#9fb21c")
        )
    )


def floor_mat_fit(bad):
    """The mat ends before the pedal; bad: it lies under and over it."""
    floor = shape("M0 300V236L400 200V300Z", STEEL)
    pedal = line("M250 -10Q250 90 220 140", SHADE, 16) + moved(rect(-26, -10, 52, 74, RUBBER, 8), 214, 130, 16)
    hooks = disc(60, 258, 12, PALE) + disc(60, 258, 5, INK)
    if not bad:
        return picture(floor + shape("M10 300V264L170 246V262L40 300Z", "#8a6b4a") + hooks + pedal, MIST)
    mat = shape(
        "M60 300L80 262L180 242Q200 200 232 178Q250 176 254 190Q226 212 214 262L400 236V258L210 290Z", "#8a6b4a"
    )
    return picture(floor + pedal + mat + line("M250 118l26 -18M256 140l30 -4", AMBER, 8), MIST)


def battery(extra, label=PALE):
    """A 12 V battery from the front."""
    return (
        rect(60, 110, 280, 170, RUBBER, 8)
        + rect(60, 110, 280, 36, TREAD, 8)
        + rect(96, 86, 36, 30, LIGHT, 5)
        + rect(268, 86, 36, 30, LIGHT, 5)
        + rect(106, 176, 188, 80, label, 6)
        + extra
    )


def display(text, colour):
    """A meter's reading."""
    return rect(110, 168, 180, 92, "#0c1210", 8) + number(134 if len(text) > 3 else 150, 186, 56, text, colour)


def meter(text, is_good):
    """A voltmeter on the two poles."""
    leads = line("M114 86Q100 20 40 10", RED, 10) + line("M286 86Q300 20 360 10", INK, 10)
    return battery(leads + display(text, "#7fe0a0" if is_good else "#ff9a4a"), TREAD)


def battery_voltage(bad):
    """Rests at 12.6; bad: at 11.8."""
    return picture(meter("11.8" if bad else "12.6", not bad))


def tester(text, is_good, spin):
    """A voltmeter beside a turning alternator or a converter."""
    body = (
        rect(30, 40, 200, 220, "#e0a92c", 22)
        + rect(48, 58, 164, 88, "#0c1210", 8)
        + number(66, 76, 50, text, "#7fe0a0" if is_good else "#ff9a4a")
    )
    knob = disc(130, 202, 40, TREAD) + line("M130 202V172", PALE, 8)
    return body + knob + spin + line("M230 220Q270 260 306 200", RED, 9) + line("M230 240Q280 290 330 210", INK, 9)


def charging_voltage(bad):
    """14.2 while it runs; bad: 12.6."""
    spin = (
        disc(316, 130, 66, LIGHT)
        + disc(316, 130, 48, STEEL)
        + "".join(moved(rect(-5, -44, 10, 26, SHADE, 4), 316, 130, n * 45) for n in range(8))
        + disc(316, 130, 14, PALE)
    )
    return picture(tester("12.4" if bad else "14.2", not bad, spin))


def dcdc_voltage(bad):
    """14.0 from the converter; bad: 12.1."""
    box = (
        rect(258, 70, 124, 130, LIGHT, 10)
        + "".join(rect(268 + n * 22, 78, 10, 114, STEEL, 3) for n in range(5))
        + line("M300 70V20", ORANGE, 16)
        + line("M340 70V20", ORANGE, 16)
    )
    return picture(tester("12.1" if bad else "14.0", not bad, box))


def battery_cca(bad):
    """The tester's bar is nearly full; bad: under six tenths."""
    filled, colour = (5, RED) if bad else (9, GREEN)
    bar = "".join(rect(64 + n * 28, 120, 22, 80, colour if n < filled else "#2e3438", 4) for n in range(10))
    limit = shape("M224 214l14 26h-28Z", AMBER)
    shell = rect(30, 60, 340, 200, RUBBER, 22) + rect(48, 92, 304, 152, "#0c1210", 8)
    return picture(shell + bar + limit + line("M100 60Q90 20 40 0", RED, 10) + line("M300 60Q310 20 360 0", TREAD, 10))


def battery_terminals(bad):
    """Bright clamps; bad: white and green powder."""

    def clamp(x, colour):
        return (
            rect(x - 50, 120, 100, 60, PALE, 12)
            + disc(x, 150, 24, LIGHT)
            + rect(x + 34, 132, 40, 36, STEEL, 6)
            + line(f"M{x - 50} 150H{x - 110}", colour, 26)
        )

    body = rect(0, 186, 400, 114, RUBBER) + clamp(130, RED) + clamp(300, INK)
    powder = (
        "".join(
            disc(x, y, 9 + n % 4 * 5, ("#e9efe9", "#a9d3c0", "#cfe3d6")[n % 3])
            for x, y, n in scatter(46, 78, 112, 110, 80, 5)
        )
        if bad
        else ""
    )
    return picture(body + powder)


def hv_cables(bad):
    """Smooth orange; bad: cut to the screen."""
    cable = line("M-10 90H130Q200 90 230 160T410 220", ORANGE, 54) + line("M-10 74H130Q206 74 240 150", "#ffa45a", 8)
    clips = rect(60, 54, 24, 76, RUBBER, 6) + rect(330, 178, 24, 80, RUBBER, 6)
    if not bad:
        return picture(cable + clips)
    wound = shape("M156 62L180 84L206 80L222 106L246 112L252 150L228 168L206 142L186 126L160 122L166 92Z", NIGHT)
    mesh = "".join(
        line(f"M{170 + n * 11} {82 + n * 9}l22 26M{192 + n * 11} {80 + n * 9}l-20 30", COPPER if n % 2 else PALE, 4)
        for n in range(5)
    )
    return picture(cable + clips + wound + mesh)


def charge_port(bad):
    """Silver contacts; bad: one burnt black."""
    face = disc(200, 150, 132, PALE) + disc(200, 150, 116, LIGHT)
    pins = [(160, 122), (240, 122), (124, 170), (276, 170), (200, 170), (160, 216), (240, 216)]
    body = ""
    for n, (x, y) in enumerate(pins):
        burnt = bad and n in (1, 3)
        body += (
            disc(x, y, 26, SHADE)
            + disc(x, y, 15, "#0a0604" if burnt else WHITE)
            + disc(x, y, 7, "#3a1a0c" if burnt else LIGHT)
        )
    scorch = (
        disc(262, 146, 58, "#070504", extra=' opacity=".72"') + disc(250, 138, 34, "#5a2c12", extra=' opacity=".7"')
        if bad
        else ""
    )
    return picture(face + scorch + body)


PICTURES = [
    seat_belts,
    warning_triangle_vest,
    floor_mat_fit,
    battery_voltage,
    charging_voltage,
    dcdc_voltage,
    battery_cca,
    battery_terminals,
    hv_cables,
    charge_port,
]
