"""Lamps, glass and what the dashboard says."""

from scripts.drawing.pen import (
    AMBER,
    BLUE,
    GREEN,
    INK,
    LIGHT,
    PALE,
    RED,
    RUBBER,
    SHADE,
    STEEL,
    STRAW,
    TREAD,
    WHITE,
    closer,
    disc,
    drop,
    line,
    moved,
    number,
    picture,
    rect,
    ring,
    scatter,
    shape,
)

CAR_TOP = (
    line("M160 40Q200 16 240 40L250 76V236Q248 272 200 276Q152 272 150 236V76Z", LIGHT, 4)
    + line("M162 96Q200 80 238 96L232 118H168Z", LIGHT, 3)
    + line("M170 204H230L236 232Q200 243 164 232Z", LIGHT, 3)
)


def glow(x, y, w, h):
    """A patch of light on a wall."""
    return "".join(disc(x, y, w * k, STRAW, h * k, f' opacity="{o}"') for k, o in ((1, 0.25), (0.75, 0.5), (0.45, 0.9)))


def cut_off(x, y):
    """A dipped beam: flat on top, rising at the right."""
    return shape(
        f"M{x - 74} {y}H{x}L{x + 74} {y - 16}Q{x + 80} {y + 70} {x} {y + 74}Q{x - 84} {y + 70} {x - 74} {y}Z",
        STRAW,
        ' opacity=".45"',
    ) + shape(
        f"M{x - 52} {y}H{x}L{x + 50} {y - 11}Q{x + 50} {y + 40} {x} {y + 44}Q{x - 56} {y + 40} {x - 52} {y}Z", STRAW
    )


def low_beam(bad):
    """Two patches; bad: one."""
    return picture(rect(0, 230, 400, 70, SHADE) + closer(cut_off(110, 120) + ("" if bad else cut_off(290, 120))), TREAD)


def high_beam(bad):
    """Two far round patches; bad: one side dark."""
    return picture(
        rect(0, 240, 400, 60, SHADE) + closer(glow(115, 120, 92, 78) + ("" if bad else glow(285, 120, 92, 78))), TREAD
    )


def headlamp_aim(bad):
    """Both edges on the line; bad: one above it."""
    mark = line("M10 130H390", BLUE, 4, ' stroke-dasharray="12 12"')
    return picture(
        rect(0, 240, 400, 60, SHADE) + closer(cut_off(110, 132) + cut_off(290, 82 if bad else 132) + mark), TREAD
    )


def headlamp_lens(bad):
    """Clear glass; bad: yellow and wet inside."""
    body = "M30 190Q60 90 200 80Q330 76 380 130Q376 200 300 220Q140 236 30 190Z"
    inside = (
        disc(140, 158, 44, "#1a1e21")
        + disc(140, 158, 34, PALE)
        + disc(140, 158, 18, "#fff")
        + disc(250, 150, 40, "#1a1e21")
        + disc(250, 150, 30, PALE)
        + disc(250, 150, 15, "#fff")
    )
    if not bad:
        return picture(shape(body, "#9db4c0") + inside + line("M80 120Q150 92 230 92", "#fff", 7, ' opacity=".8"'))
    haze = shape(body, "#c9a54a", ' opacity=".72"')
    wet = "".join(drop(x, y, 6 + n % 3 * 2, "#eee6cf") for x, y, n in scatter(14, 70, 130, 260, 60))
    pool = shape("M46 194Q200 190 352 190Q330 214 300 220Q140 236 46 194Z", "#e9dcae", ' opacity=".8"')
    return picture(shape(body, "#8a8a70") + inside + haze + pool + wet)


def turn_signals(bad):
    """Four amber corners; bad: one stays dark."""
    corners = [(160, 46), (240, 46), (158, 262), (242, 262)]
    lit = [corner for n, corner in enumerate(corners) if not (bad and n == 1)]
    body = "".join(disc(x, y, 30, AMBER, extra=' opacity=".35"') + disc(x, y, 14, AMBER) for x, y in lit)
    return picture(CAR_TOP + body + (disc(240, 46, 14, INK) + ring(240, 46, 14, STEEL, 3) if bad else ""))


def rear(extra, left=RED, right=RED, high=RED):
    """A car from behind with its lamps."""
    return (
        shape("M70 250V150Q80 132 104 128L134 66Q200 50 266 66L296 128Q320 132 330 150V250Z", STEEL)
        + shape("M146 78Q200 66 254 78L274 124H126Z", "#1d2124")
        + rect(70, 222, 260, 34, SHADE, 10)
        + rect(78, 150, 62, 34, left, 8)
        + rect(260, 150, 62, 34, right, 8)
        + rect(168, 68, 64, 9, high, 4)
        + extra
    )


def brake_lamps(bad):
    """Three red lamps; bad: one is out."""

    def halo(x, y):
        return disc(x, y, 56, RED, 38, ' opacity=".3"')

    lit = halo(109, 167) + ("" if bad else halo(291, 167)) + disc(200, 72, 50, RED, 20, ' opacity=".3"')
    return picture(lit + rear("", right="#3b2523" if bad else RED))


def reverse_fog_plate_lamps(bad):
    """White, red and plate light; bad: reversing lamp and plate stay dark."""
    white, plate = ("#3a4044", "#4a5156") if bad else (WHITE, WHITE)
    glow_ = "" if bad else disc(150, 200, 34, WHITE, extra=' opacity=".25"')
    lamps = (
        rect(132, 190, 36, 20, white, 5)
        + rect(232, 190, 36, 20, RED, 5)
        + rect(160, 146, 80, 30, plate, 4)
        + glow_
        + ("" if bad else shape("M170 140H230L244 180H156Z", STRAW, ' opacity=".3"'))
    )
    return picture(rear(lamps, "#6d2a25", "#6d2a25", "#6d2a25"))


def horn(bad):
    """Sound goes out; bad: a torn wire and silence."""
    body = (
        rect(60, 120, 60, 70, STEEL, 10)
        + shape("M120 138L226 92V218L120 172Z", LIGHT)
        + disc(226, 155, 16, SHADE, 63)
        + disc(90, 155, 16, SHADE)
    )
    if bad:
        return picture(
            body
            + line("M60 170Q36 190 30 226", RUBBER, 10)
            + line("M40 262Q34 280 36 300", RUBBER, 10)
            + line("M30 226l-6 10M30 226l4 12M40 262l-6 -10M40 262l6 -8", "#d08a4a", 4)
        )
    waves = "".join(
        line(f"M{x} {155 - h}Q{x + 22} 155 {x} {155 + h}", AMBER, 9) for x, h in ((268, 44), (304, 66), (340, 88))
    )
    return picture(body + line("M60 170Q36 200 36 300", RUBBER, 10) + waves)


def screen_glass(fill="#7d97a6"):
    """A windscreen."""
    return shape("M40 250Q60 90 110 50Q200 30 290 50Q340 90 360 250Q200 226 40 250Z", fill)


def wiper_front(bad):
    """A clean arc; bad: streaks."""
    dull = shape("M40 250Q60 90 110 50Q200 30 290 50Q340 90 360 250Q200 226 40 250Z", "#5f7480")
    arc = shape("M84 240A170 170 0 0 1 330 150L236 238Z", "#b7d0dc")
    blade = line("M232 240L326 148", RUBBER, 12) + line("M232 240L270 204", STEEL, 6)
    streaks = (
        "".join(
            line(
                f"M{96 + 14 * n} {238 - n}A{150 - 16 * n} {150 - 16 * n} 0 0 1 {306 - 8 * n} {158 + 8 * n}",
                "#5f7480",
                7,
            )
            for n in range(0, 7)
        )
        if bad
        else ""
    )
    return picture(dull + arc + streaks + blade)


def washer_jets(bad):
    """Two fans of water reach the view; bad: a dribble."""
    jets = rect(130, 244, 20, 12, STEEL, 4) + rect(250, 244, 20, 12, STEEL, 4)
    if bad:
        return picture(screen_glass() + jets + drop(140, 268, 7, "#cfe6f3") + line("M140 244v14", "#cfe6f3", 4))
    fan = "".join(
        line(f"M{x} 244Q{x + k * 4} 160 {x + k * 22} {96 + abs(k) * 8}", "#e4f3fb", 4, ' stroke-dasharray="10 8"')
        for x in (140, 260)
        for k in (-2, -1, 0, 1, 2)
    )
    return picture(screen_glass() + fan + jets)


def tablet(rows):
    """A scan tool's screen with a mark a row."""
    body = rect(70, 24, 260, 252, RUBBER, 18) + rect(86, 40, 228, 220, WHITE, 6)
    for n, is_fault in enumerate(rows):
        y = 58 + n * 33
        body += rect(150, y, 140 - n % 3 * 24, 12, "#c2524a" if is_fault else LIGHT, 6)
        body += (
            rect(104, y - 8, 28, 28, RED, 5) + line(f"M111 {y - 1}l14 14M125 {y - 1}l-14 14", WHITE, 5)
            if is_fault
            else disc(118, y + 6, 14, GREEN) + line(f"M111 {y + 6}l5 6l10 -11", WHITE, 5)
        )
    return body


def dtc_all_modules(bad):
    """Every module ticked; bad: some with a fault."""
    return picture(tablet([False, bad, False, bad, False, False]))


def open_recalls(bad):
    """The maker's list is empty; bad: one item is still open."""
    sheet = rect(110, 30, 180, 240, WHITE, 8) + rect(160, 18, 80, 26, STEEL, 6)
    rows = "".join(rect(134, 74 + 26 * n, 132 - n % 2 * 30, 9, PALE, 4) for n in range(3))
    mark = (
        (disc(200, 208, 42, GREEN) + line("M180 208l14 16l28 -32", WHITE, 11))
        if not bad
        else (shape("M200 160L250 246H150Z", AMBER) + rect(194, 186, 12, 34, INK, 5) + disc(200, 233, 7, INK))
    )
    return picture(sheet + rows + mark)


def cluster(extra):
    """A dashboard with two dials."""
    dial = "".join(
        ring(x, 150, 84, STEEL, 6) + line(f"M{x} 150L{x - 48} {190}", RED, 6) + disc(x, 150, 10, PALE)
        for x in (110, 290)
    )
    ticks = "".join(
        moved(line("M0 -74V-64", PALE, 4), x, 150, turn) for x in (110, 290) for turn in range(-120, 121, 30)
    )
    return rect(6, 40, 388, 220, INK, 60) + dial + ticks + extra


ENGINE = "M-34 -10h10v-12h14v-8h24v8h14l12 12h8v-8h8v36h-8v-8h-8l-10 12h-40l-10-12h-6v10h-8v-34h8z"


def warning_lamps(bad):
    """A dark row; bad: amber and red stay on."""
    lamps = moved(shape(ENGINE, AMBER if bad else "#2b3033"), 200, 104, scale=0.8)
    lamps += ring(200, 184, 18, RED if bad else "#2b3033", 6) + rect(197, 172, 6, 14, RED if bad else "#2b3033", 3)
    lamps += disc(200, 193, 4, RED if bad else "#2b3033")
    return picture(cluster(lamps))


def tpms_status(bad):
    """Four readings; bad: one shows dashes."""
    places = [(60, 60), (268, 60), (60, 200), (268, 200)]
    body = "".join(
        number(x, y, 44, "--" if bad and n == 3 else "2.4", AMBER if bad and n == 3 else "#9fd8b0")
        for n, (x, y) in enumerate(places)
    )
    return picture(moved(CAR_TOP, 0, 0) + body, INK)


def windscreen(bad):
    """Clear; bad: a long crack."""
    crack = (
        (
            line("M150 240L176 196L168 160L206 130L214 96L262 70", WHITE, 5)
            + line("M168 160L130 146M206 130L250 138M176 196L214 204", WHITE, 4)
        )
        if bad
        else ""
    )
    return picture(screen_glass() + line("M110 90L90 160M140 80L126 124", "#b7d0dc", 8) + crack)


def mirrors(bad):
    """A clear mirror; bad: broken glass."""
    body = (
        rect(60, 60, 270, 180, STEEL, 56)
        + rect(78, 76, 234, 148, "#9fb8c6", 42)
        + shape("M78 170Q190 130 312 176V186A42 42 0 0 1 270 224H120A42 42 0 0 1 78 182Z", "#66798a")
        + rect(330, 130, 70, 40, SHADE)
    )
    crack = line(
        "M200 140L120 80M200 140L290 92M200 140L150 222M200 140L262 222M200 140L80 150M200 140L312 160", WHITE, 4
    )
    return picture(
        body + (crack + ring(200, 140, 26, WHITE, 3) if bad else line("M118 150L176 96", WHITE, 8, ' opacity=".7"'))
    )


PICTURES = [
    low_beam,
    high_beam,
    headlamp_lens,
    headlamp_aim,
    turn_signals,
    brake_lamps,
    reverse_fog_plate_lamps,
    horn,
    wiper_front,
    washer_jets,
    dtc_all_modules,
    warning_lamps,
    open_recalls,
    tpms_status,
    windscreen,
    mirrors,
]
