"""Levels, leaks, filters, belts and hoses."""

from scripts.drawing.pen import (
    AMBER,
    BLUE,
    COPPER,
    GREEN,
    INK,
    LIGHT,
    MIST,
    NIGHT,
    OIL,
    PALE,
    PINK,
    RED,
    RUBBER,
    RUST,
    STEEL,
    STRAW,
    TREAD,
    WHITE,
    disc,
    drop,
    line,
    moved,
    picture,
    rect,
    ring,
    scatter,
    shape,
)


def engine_oil_level(bad):
    """The film ends between the two marks; bad: below the lower one."""
    stick = shape("M186 0H214V250Q214 276 200 284Q186 276 186 250Z", PALE)
    film = (
        rect(186, 238, 28, 36, "#8a6420", 8)
        if bad
        else shape("M186 150H214V250Q214 276 200 284Q186 276 186 250Z", "#8a6420")
    )
    marks = "".join(rect(180, y, 40, 7, INK, 3) + shape(f"M{232} {y + 4}l28 -14v28Z", AMBER) for y in (110, 216))
    window = rect(120, 20, 160, 272, "#2f363a", 16)
    return picture(window + stick + film + marks)


def engine_oil_condition(bad):
    """An even amber drop on paper; bad: milky, with bright flakes."""
    paper = shape("M50 40L340 20L362 268L70 284Z", WHITE)
    if not bad:
        return picture(paper + disc(206, 152, 92, "#d9a34c", 84, ' opacity=".5"') + disc(206, 152, 66, "#a8701f", 60))
    flakes = "".join(rect(x, y, 8, 4, "#fdfdfd") for x, y, _ in scatter(34, 140, 96, 130, 110))
    return picture(
        paper
        + disc(206, 152, 96, "#8d8069", 88, ' opacity=".6"')
        + disc(206, 152, 78, "#b7a88d", 70)
        + disc(200, 150, 46, "#4d4335", 40)
        + disc(214, 164, 26, "#d9cdb6", 18)
        + flakes
    )


def leaking(block, joint, trail, bad):
    """A joint that is dry, or runs down in oil."""
    return picture(block + joint + (trail if bad else ""), MIST)


def oil_leak_upper(bad):
    """The cover's joint is clean; bad: oil runs from it."""
    block = (
        rect(50, 150, 300, 150, STEEL, 6)
        + rect(40, 60, 320, 84, TREAD, 16)
        + rect(40, 142, 320, 12, INK)
        + "".join(disc(x, 128, 9, PALE) for x in (70, 160, 250, 330))
        + rect(170, 36, 60, 34, RUBBER, 8)
        + "".join(rect(80 + n * 64, 176, 30, 124, "#6b7378", 6) for n in range(4))
    )
    trail = (
        shape(
            "M120 150H300V164Q280 170 276 230Q268 250 258 228Q256 176 232 172Q214 178 210 270Q200 290 190 268Q190 180 160 176"
            "Q140 174 136 206Q128 218 122 202Z",
            OIL,
        )
        + line("M226 160L222 210", "#5e5030", 5)
        + drop(200, 292, 8, OIL)
    )
    return leaking(block, "", trail, bad)


def oil_leak_lower(bad):
    """The pan is clean; bad: oil hangs and drips."""
    block = (
        rect(30, 0, 340, 110, STEEL, 0)
        + rect(20, 104, 360, 14, INK)
        + shape("M50 118H350L322 210H78Z", TREAD)
        + disc(200, 194, 15, LIGHT)
        + "".join(disc(x, 96, 8, PALE) for x in range(50, 371, 60))
    )
    trail = (
        shape("M90 118H330L300 214H110Z", OIL, ' opacity=".78"')
        + line("M150 124L162 196M250 124L242 190", "#5e5030", 6)
        + drop(150, 236, 11, OIL)
        + drop(200, 250, 14, OIL)
        + drop(254, 234, 10, OIL)
        + disc(200, 290, 90, OIL, 9)
    )
    return leaking(block, "", trail, bad)


def gearbox_leak(bad):
    """The housing is clean; bad: oil runs from the shaft seal."""
    block = (
        shape("M30 40H210Q260 40 280 90L300 130V210Q290 236 250 236H30Z", LIGHT)
        + "".join(rect(50 + n * 40, 60, 10, 160, "#767d82", 4) for n in range(5))
        + disc(286, 168, 46, STEEL)
        + disc(286, 168, 30, INK)
        + rect(286, 150, 114, 36, PALE, 6)
    )
    trail = (
        shape("M256 176Q286 220 316 182Q330 196 322 230Q312 262 296 246Q284 276 268 258Q244 246 256 176Z", OIL)
        + line("M276 210L282 244", "#5e5030", 5)
        + drop(284, 286, 11, OIL)
    )
    return leaking(block, "", trail, bad)


def pleats(paper, shade, extra=""):
    """A folded filter element in its frame."""
    folds = "".join(rect(64 + n * 23, 62, 13, 176, paper) + rect(77 + n * 23, 62, 10, 176, shade) for n in range(12))
    return rect(44, 42, 312, 216, RUBBER, 14) + rect(62, 60, 276, 180, shade) + folds + extra


def air_filter(bad):
    """Light paper; bad: black and full of dirt."""
    dirt = "".join(
        disc(x, y, 3 + n % 4 * 2, "#1b1712" if n % 3 else "#5d4a30") for x, y, n in scatter(70, 66, 70, 266, 160)
    )
    return picture(pleats("#4b443a", "#2c2721", dirt) if bad else pleats("#f0dfae", "#d2bd84"))


def cabin_filter(bad):
    """White; bad: grey-black with leaves."""
    leaves = "".join(
        moved(shape("M0 0Q18 -20 40 0Q18 16 0 0Z", "#7a5a24" if n % 2 else "#55672b"), x, y, n * 50)
        for x, y, n in scatter(9, 80, 80, 220, 130, 3)
    )
    dust = "".join(disc(x, y, 4, "#232323") for x, y, _ in scatter(60, 66, 70, 266, 160, 11))
    return picture(pleats("#6a6a66", "#3f403d", dust + leaves) if bad else pleats("#fafaf7", "#dcdedb"))


def drive_belt(bad):
    """Whole ribs; bad: cracks across and a piece gone."""
    ribs = "".join(rect(0, 84 + n * 24, 400, 13, RUBBER) for n in range(6))
    belt = rect(0, 70, 400, 164, TREAD) + ribs
    if not bad:
        return picture(rect(0, 0, 400, 300, MIST) + belt)
    cracks = "".join(
        line(f"M{x} 76L{x + 5} 130L{x - 4} 180L{x + 3} 230", "#9aa4a6", 4) for x in (44, 92, 150, 318, 366)
    )
    gap = shape("M196 108L274 100L282 160L252 182L204 172Z", "#8f6f4a") + line(
        "M204 120H270M208 140H274M208 160H262", "#b99367", 4
    )
    return picture(rect(0, 0, 400, 300, MIST) + belt + cracks + gap)


def cooling_fan(bad):
    """Air passes; bad: the fins are choked."""
    fins = "".join(rect(20, 20 + n * 13, 360, 6, PALE) for n in range(20)) + "".join(
        rect(20 + n * 60, 20, 6, 260, LIGHT) for n in range(7)
    )
    blades = "".join(moved(shape("M0 0Q18 -46 6 -92Q40 -80 34 -30Z", RUBBER), 200, 150, n * 72) for n in range(5))
    if not bad:
        return picture(
            rect(20, 20, 360, 260, "#12161a")
            + fins.replace(PALE, "#7f888d")
            + ring(200, 150, 104, RUBBER, 10)
            + blades
            + disc(200, 150, 22, STEEL)
        )
    fluff = "".join(
        disc(x, y, 16 + n % 5 * 5, ("#8d8468", "#6f674f", "#a79d80")[n % 3], 12 + n % 4 * 4)
        for x, y, n in scatter(90, 20, 20, 360, 260, 5)
    )
    return picture(rect(20, 20, 360, 260, "#12161a") + fins + fluff)


def harness(y, colour=RUBBER):
    """A taped bundle of wires."""
    return line(f"M-10 {y}Q110 {y - 40} 200 {y}T410 {y}", colour, 44) + line(
        f"M-10 {y - 12}Q110 {y - 52} 200 {y - 12}T410 {y - 12}", TREAD, 8
    )


def wiring_rodent(bad):
    """The skin is whole; bad: gnawed to the copper."""
    if not bad:
        return picture(
            harness(120) + harness(206) + rect(90, 82, 20, 46, PALE, 5) + rect(280, 186, 20, 58, PALE, 5), MIST
        )
    wires = "".join(
        line(f"M138 {104 + n * 11}Q196 {112 + n * 13} 262 {118 + n * 9}", colour, 7)
        for n, colour in enumerate((RED, BLUE, STRAW))
    )
    bite = shape(
        "M134 86L150 100L164 84L180 98L200 88L218 100L240 90L264 102V148L246 140L228 152L206 140L186 150L164 136L134 142Z",
        MIST,
    )
    copper = "".join(
        line(f"M{190 + k} {110 + n * 13}L{226 + k} {114 + n * 12}", COPPER, 6) for n, k in enumerate((0, -16, 14))
    )
    droppings = "".join(disc(x, y, 9, "#4d3b2a", 4) for x, y, _ in scatter(10, 60, 236, 280, 50, 9))
    return picture(harness(120) + bite + wires + copper + droppings, MIST)


def tank(fill, level, cap=TREAD, extra=""):
    """A see-through tank with an upper and a lower mark."""
    return (
        rect(160, 16, 80, 40, cap, 8)
        + shape(
            "M70 90Q70 56 110 56H290Q330 56 330 90V250Q330 284 296 284H104Q70 284 70 250Z", "#d9dedb", ' opacity=".85"'
        )
        + (shape(f"M78 {level}H322V250Q322 276 296 276H104Q78 276 78 250Z", fill) if level < 270 else "")
        + rect(96, 116, 70, 8, INK, 3)
        + rect(96, 216, 70, 8, INK, 3)
        + extra
    )


def coolant_level(bad):
    """Between the marks; bad: none to be seen."""
    crust = line("M84 262Q200 270 316 262", "#c88aa5", 5) if bad else ""
    return picture(tank(PINK, 280 if bad else 160, extra=crust))


def brake_fluid_level(bad):
    """Between the marks; bad: under the lower one."""
    return picture(tank("#d8a84a", 246 if bad else 142, cap="#e2b92c"))


def coolant_freezing(bad):
    """The edge of the blue lies low on the scale; bad: high, near freezing."""
    edge = 96 if bad else 216
    view = disc(200, 150, 132, WHITE) + shape(f"M{200 - 132} 150A132 132 0 0 1 332 150V150H68Z", "none")
    clip = '<clipPath id="view"><circle cx="200" cy="150" r="132"/></clipPath>'
    blue = f'<g clip-path="url(#view)">{rect(60, 10, 280, edge - 10, "#5d9fd0")}</g>'
    ticks = "".join(rect(200, 50 + n * 22, 60 if n % 2 == 0 else 36, 5, INK) for n in range(10))
    snow = "".join(moved(line("M0 -16V16M-14 -8L14 8M-14 8L14 -8", BLUE, 5), 130, 66 + n * 34) for n in range(1))
    limit = shape("M336 152l40 -20v40Z", AMBER)
    return picture(clip + view + blue + ticks + rect(196, 44, 6, 212, INK) + snow.replace(BLUE, WHITE) + limit, INK)


def hose(colour=RUBBER):
    """A bent coolant hose on its stub with a clamp."""
    return (
        line("M-10 250Q150 250 190 170T400 60", colour, 92)
        + line("M-10 228Q140 228 178 152T400 34", "#3b4246", 16)
        + moved(rect(-16, -56, 34, 112, PALE, 4) + rect(-10, -70, 22, 20, LIGHT, 4), 280, 96, -32)
    )


def coolant_hoses(bad):
    """Dry joint; bad: a crack, drops and a crust."""
    if not bad:
        return picture(hose(), MIST)
    crust = "".join(disc(x, y, 5 + n % 3 * 2, "#dfe8d8") for x, y, n in scatter(26, 240, 110, 70, 60, 4))
    crack = line("M120 196L140 214L132 232L160 246", PALE, 6) + drop(150, 286, 11, PINK) + drop(272, 210, 10, PINK)
    return picture(hose() + crust + crack + line("M268 150Q276 180 272 196", PINK, 8), MIST)


def brake_fluid_water(bad):
    """The tester's green lamp; bad: its red lamp, and the fluid is dark."""
    fluid = "#7a5a24" if bad else "#e8cf86"
    pen = moved(
        rect(-34, -130, 68, 190, TREAD, 16)
        + rect(-14, 60, 10, 60, PALE, 3)
        + rect(6, 60, 10, 60, PALE, 3)
        + "".join(
            disc(0, -100 + n * 36, 13, colour)
            for n, colour in enumerate(("#4a1d19" if not bad else RED, "#4a3a19", "#1d4a2a" if bad else GREEN))
        ),
        200,
        136,
    )
    shine = disc(200, 36, 34, RED, extra=' opacity=".3"') if bad else disc(200, 108, 34, GREEN, extra=' opacity=".3"')
    jar = shape("M70 200H330V270Q330 290 306 290H94Q70 290 70 270Z", "#d9dedb", ' opacity=".5"')
    return picture(
        pen + shine + jar + shape("M78 216H322V268Q322 282 304 282H96Q78 282 78 268Z", fluid, ' opacity=".9"')
    )


def pipes(wet):
    """Two lines and a coupling."""
    body = (
        rect(0, 120, 160, 34, PALE)
        + rect(0, 176, 400, 22, LIGHT)
        + rect(220, 122, 180, 30, RUBBER)
        + rect(148, 102, 86, 70, "#4a5156", 12)
        + rect(166, 94, 22, 16, "#2f6f9f", 4)
        + rect(300, 110, 26, 96, STEEL, 6)
    )
    if not wet:
        return body
    return (
        body
        + shape(
            "M150 160Q190 186 232 160L240 190Q224 226 206 206Q190 244 172 210Q150 214 150 160Z", STRAW, ' opacity=".85"'
        )
        + drop(190, 256, 12, STRAW)
        + drop(222, 238, 8, STRAW)
        + "".join(line(f"M{250 + n * 26} 88q10 -14 0 -28t0 -28", STRAW, 4, ' opacity=".6"') for n in range(3))
    )


def fuel_lines(bad):
    """A dry coupling; bad: fuel seeps and smells."""
    return picture(pipes(bad))


def wiring_connectors(bad):
    """Clipped and whole; bad: chafed through, the plug browned by heat."""
    plug = "#6b4326" if bad else TREAD
    body = (
        rect(150, 92, 110, 116, plug, 12)
        + rect(250, 110, 60, 80, "#4a2d1a" if bad else STEEL, 6)
        + rect(180, 76, 44, 24, plug, 6)
        + "".join(line(f"M-10 {116 + n * 22}H150", c, 10) for n, c in enumerate((RED, BLUE, STRAW, GREEN)))
        + "".join(line(f"M310 {124 + n * 26}H410", c, 10) for n, c in enumerate((RED, BLUE, STRAW)))
    )
    clip = rect(60, 96, 26, 110, PALE, 8)
    if not bad:
        return picture(body + clip)
    burnt = disc(282, 150, 26, "#1c100a", 32) + "".join(rect(56 + n * 8, 132, 14, 12, COPPER) for n in range(3))
    return picture(body + burnt + line("M40 140L70 122M72 150L104 134", NIGHT, 6))


def exhaust_leak(bad):
    """A tight flange and its rubber; bad: soot, and the rubber has torn."""
    pipe = (
        rect(0, 150, 400, 60, RUST if bad else LIGHT)
        + rect(0, 158, 400, 14, "#c98a58" if bad else PALE)
        + rect(176, 130, 22, 100, STEEL, 4)
        + rect(202, 130, 22, 100, STEEL, 4)
        + disc(187, 142, 8, PALE)
        + disc(212, 142, 8, PALE)
    )
    hook = line("M300 20V60", STEEL, 12) + line("M300 150V120", STEEL, 12)
    if not bad:
        return picture(
            pipe
            + hook
            + rect(280, 52, 40, 76, RUBBER, 18)
            + rect(292, 66, 16, 14, MIST, 6)
            + rect(292, 100, 16, 14, MIST, 6),
            MIST,
        )
    soot = "".join(
        disc(200 + (x - 200) * 0.9, y, 12 + n % 4 * 7, "#0b0b0b", 10 + n % 3 * 5, ' opacity=".75"')
        for x, y, n in scatter(26, 120, 116, 160, 110, 6)
    )
    torn = shape("M280 56Q300 44 320 56V84L306 92L298 82L280 90Z", RUBBER) + shape(
        "M282 128Q284 110 296 116L312 108L318 126Q300 142 282 128Z", RUBBER
    )
    puffs = "".join(
        disc(x, y, r, "#3a4044", extra=' opacity=".5"') for x, y, r in ((196, 92, 26), (226, 66, 30), (190, 46, 22))
    )
    return picture(pipe + soot + puffs + hook + torn, MIST)


def underbody_lines(bad):
    """Held in their clips; bad: crushed and chafed."""
    clip = "".join(rect(x, 84, 26, 134, STEEL, 8) for x in (80, 300))
    if not bad:
        return picture("".join(rect(0, y, 400, 20, c) for y, c in ((100, PALE), (140, LIGHT), (180, RUBBER))) + clip)
    crushed = shape(
        "M0 100H130Q170 100 186 112H226Q240 100 280 100H400V120H280Q244 122 226 120H186Q168 122 130 120H0Z", PALE
    )
    worn = rect(0, 140, 400, 20, LIGHT) + "".join(line(f"M{170 + n * 14} 142l6 16", RUST, 5) for n in range(6))
    loose = line("M0 190H80Q180 190 220 250T400 286", RUBBER, 20)
    stone = shape("M170 60L214 44L246 66L238 100L190 104Z", "#7d7568")
    return picture(crushed + worn + loose + rect(80, 84, 26, 134, STEEL, 8) + rect(300, 84, 26, 60, STEEL, 8) + stone)


PICTURES = [
    engine_oil_level,
    engine_oil_condition,
    oil_leak_upper,
    oil_leak_lower,
    gearbox_leak,
    air_filter,
    cabin_filter,
    drive_belt,
    cooling_fan,
    wiring_rodent,
    coolant_level,
    brake_fluid_level,
    coolant_freezing,
    coolant_hoses,
    brake_fluid_water,
    fuel_lines,
    wiring_connectors,
    exhaust_leak,
    underbody_lines,
]
