"""Tyres, wheels and brakes."""

from scripts.drawing.pen import (
    AMBER,
    GREEN,
    INK,
    LIGHT,
    MIST,
    NIGHT,
    PALE,
    RED,
    RUBBER,
    RUST,
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


def bracket(x1, x2, y):
    """Shows how thick or deep something is, without a word."""
    return (
        line(f"M{x1} {y}H{x2}", INK, 14)
        + line(f"M{x1} {y - 18}V{y + 18}M{x2} {y - 18}V{y + 18}", INK, 14)
        + line(f"M{x1} {y}H{x2}", WHITE, 7)
        + line(f"M{x1} {y - 18}V{y + 18}M{x2} {y - 18}V{y + 18}", WHITE, 7)
    )


def upright(x, y1, y2):
    """The same, standing."""
    return moved(bracket(y1, y2, -x), 0, 0, 90)


def tread_cut(depth):
    """A tyre cut across: grooves of a depth, with the wear bar 30 high in each."""
    top = 210 - depth
    blocks = "".join(rect(20 + n * 96, top, 72, depth + 6, TREAD, 6) for n in range(4))
    bars = "".join(rect(92 + n * 96, 186, 24, 26, STRAW) for n in range(3))
    return (
        bars
        + blocks
        + rect(0, 208, 400, 92, RUBBER)
        + "".join(line(f"M0 {244 + n * 18}H400", "#4a4038", 4) for n in range(3))
    )


def tyre_tread(bad):
    """Deep grooves; bad: level with the wear bars."""
    return picture(tread_cut(24 if bad else 150) + upright(104 + 96, 190 if bad else 62, 208), MIST)


def tyre_pressure(bad):
    """The needle stands in the green; bad: far under it."""
    dial = disc(200, 160, 124, PALE) + disc(200, 160, 110, WHITE)
    arc = line("M124 104A94 94 0 0 1 276 104", GREEN, 22, ' stroke-linecap="butt"')
    low = line("M112 196A94 94 0 0 1 124 104", RED, 22) + line("M276 104A94 94 0 0 1 288 196", AMBER, 22)
    turn = -104 if bad else -8
    needle = moved(shape("M-7 0L0 -92L7 0Z", INK) + disc(0, 0, 14, INK), 200, 160, turn)
    return picture(rect(180, 270, 40, 40, STEEL) + dial + low + arc + needle)


def sidewall(extra, fill=RUBBER):
    """Part of a tyre seen from the side."""
    return (
        disc(200, 420, 390, fill)
        + ring(200, 420, 366, TREAD, 6)
        + ring(200, 420, 240, STEEL, 14)
        + disc(200, 420, 232, LIGHT)
        + extra
    )


def tyre_age(bad):
    """A recent mark, smooth rubber; bad: an old mark, cracked rubber."""
    mark = rect(110, 74, 180, 74, "#2c3235", 37) + number(134, 92, 40, "1612" if bad else "3125", PALE)
    cracks = (
        "".join(
            line(f"M{x:.0f} {y:.0f}l{10 + n % 3 * 8} {6 - n % 4 * 5}l12 6", "#6c7478", 4)
            for x, y, n in scatter(38, 20, 60, 340, 110, 8)
        )
        if bad
        else ""
    )
    return picture(sidewall(cracks + mark), MIST)


def tyre_sidewall(bad):
    """Smooth; bad: a bulge and a cut."""
    if not bad:
        return picture(sidewall(line("M70 150Q200 70 330 150", TREAD, 5)), MIST)
    bulge = disc(140, 108, 56, "#2a2f32", 44) + disc(128, 94, 26, "#454d52", 16)
    cut = shape("M250 86L316 128L300 140L244 100Z", "#b9a98a") + line("M252 92L308 132", INK, 5)
    return picture(sidewall(bulge + cut), MIST)


def tyre_front(pattern, x=100, w=200):
    """A tyre from the front with its blocks."""
    return rect(x, 10, w, 280, RUBBER, 44) + pattern


def blocks(x, colour=STEEL, skew=0):
    """Rows of tread blocks."""
    return "".join(
        moved(rect(0, 0, 34, 24, colour, 4), x + c * 44, 26 + r * 36, skew if c < 2 else -skew)
        for r in range(7)
        for c in range(4)
    )


def tyre_wear_pattern(bad):
    """Even; bad: one shoulder bare."""
    bare = (
        rect(100, 10, 72, 280, "#6f777b", 40)
        + "".join(line(f"M108 {40 + n * 30}l52 6", "#8b9296", 3) for n in range(8))
        if bad
        else ""
    )
    return picture(tyre_front(blocks(116)) + bare, MIST)


def tyre_puncture(bad):
    """Nothing in the tread; bad: a nail."""
    nail = (
        (
            disc(206, 146, 44, "none")
            + disc(206, 140, 24, PALE)
            + disc(200, 134, 9, WHITE)
            + ring(206, 140, 40, AMBER, 6)
            + "".join(ring(250 + n * 22, 96 - n * 18, 6 + n * 3, PALE, 3) for n in range(3))
        )
        if bad
        else ""
    )
    return picture(tyre_front(blocks(116)) + nail, MIST)


def tyre_axle_match(bad):
    """Two alike; bad: two patterns."""
    first = tyre_front(moved(blocks(0), 24, 0, scale=0.88), 16, 168)
    second = tyre_front(moved(blocks(0), 224, 0, scale=0.88), 216, 168)
    other = tyre_front(
        "".join(
            line(f"M300 {30 + n * 34}L232 {66 + n * 34}M300 {30 + n * 34}L368 {66 + n * 34}", STEEL, 12)
            for n in range(7)
        ),
        216,
        168,
    )
    return picture(closer(first + (other if bad else second)), MIST)


def wheel_bolt_torque(bad):
    """Five bolts seated and marked; bad: one stands out, one is gone."""
    hub = disc(200, 150, 136, LIGHT) + disc(200, 150, 120, STEEL) + disc(200, 150, 36, SHADE)
    places = [(200, 72), (274, 126), (246, 214), (154, 214), (126, 126)]
    body = ""
    for n, (x, y) in enumerate(places):
        if bad and n == 3:
            body += disc(x, y, 20, INK)
        elif bad and n == 1:
            body += disc(x, y, 22, INK) + disc(x + 18, y - 14, 20, PALE) + disc(x + 18, y - 14, 11, LIGHT)
        else:
            body += disc(x, y, 20, PALE) + disc(x, y, 11, LIGHT) + line(f"M{x} {y}L{x + 24} {y + 12}", STRAW, 6)
    return picture(hub + body)


def pad(lining, right=False):
    """Backing plate, lining and disc, seen from the edge."""
    grain = "".join(
        disc(x, y, 2 + n % 3, "#9a8d7e" if n % 2 else "#463f38")
        for x, y, n in scatter(int(lining / 2.2), 120, 34, lining, 260, 12)
    )
    plate = rect(64, 14, 56, 286, "#4a5257", 5) + rect(64, 14, 12, 286, "#626b70", 4)
    rotor = "".join(rect(120 + lining + 34, y, 66, 16, "#787f83") for y in range(0, 300, 34))
    return (
        shape("M0 300V120Q40 100 56 0H0Z", "#30373b")
        + plate
        + rect(120, 30, lining, 270, "#7a6e62")
        + grain
        + rect(120 + lining, 0, 34, 300, PALE)
        + rect(154 + lining, 0, 66, 300, "#4b5256")
        + rotor
        + rect(220 + lining, 0, 30, 300, LIGHT)
        + rect(250 + lining, 30, 40, 270, "#6f6458")
        + bracket(120, 120 + lining, 110)
    )


def front_brake_pad(bad):
    """Thick lining; bad: nearly down to the plate."""
    return picture(pad(14 if bad else 112))


def rear_brake_pad(bad):
    """The smaller pad of the rear: thick, or nearly gone."""
    return picture(moved(pad(12 if bad else 84), 20, 20, scale=0.92) + rect(0, 270, 400, 30, "#1c2023"))


def front_brake_disc(bad):
    """Full thickness between the jaws; bad: worn thin, with a lip at the rim."""
    half = 26 if bad else 48
    lip = rect(148, 20, 104, 26, "#7c5a40" if bad else PALE, 4)
    face = rect(200 - half, 46, half * 2, 230, PALE) + rect(200 - half * 0.45, 46, half * 0.9, 230, "#4b5256")
    vents = "".join(rect(200 - half * 0.45, y, half * 0.9, 12, "#787f83") for y in range(60, 270, 30))
    jaws = shape(f"M{200 - half} 160H{200 - half - 70}V130H{200 - half - 20}Z", STEEL) + shape(
        f"M{200 + half} 160H{200 + half + 70}V130H{200 + half + 20}Z", STEEL
    )
    return picture(lip + face + vents + jaws + bracket(200 - half, 200 + half, 210))


def brake_disc_surface(bad):
    """Bright; bad: a band of rust, a groove and a crack."""
    face = disc(200, 150, 140, PALE) + "".join(ring(200, 150, r, "#b5bbbf", 3) for r in range(80, 140, 14))
    hub = (
        disc(200, 150, 62, STEEL)
        + disc(200, 150, 24, SHADE)
        + "".join(disc(x, y, 8, NIGHT) for x, y in ((200, 108), (242, 138), (226, 186), (174, 186), (158, 138)))
    )
    if not bad:
        return picture(face + hub + line("M110 70Q150 34 200 30", WHITE, 10, ' opacity=".8"'))
    rust = ring(200, 150, 124, RUST, 26) + "".join(
        moved(disc(0, -124 + n % 5 * 5 - 10, 4 + n % 3 * 2, "#7d3d1c"), 200, 150, n * 11) for n in range(33)
    )
    return picture(
        face + rust + ring(200, 150, 92, "#5c6368", 7) + hub + line("M262 60L252 92L264 106L248 132", INK, 6)
    )


def caliper(wet):
    """A brake calliper over its disc."""
    body = (
        disc(150, 190, 150, LIGHT)
        + disc(150, 190, 70, STEEL)
        + shape("M180 40H330Q364 50 364 90V190Q356 220 320 220H250Q236 210 240 180Q244 110 180 96Z", "#5b6368")
        + disc(300, 130, 40, "#6f777c")
        + disc(300, 130, 24, SHADE)
        + rect(326, 24, 22, 34, PALE, 4)
    )
    if not wet:
        return body
    return (
        body
        + shape(
            "M270 150Q300 176 334 150L344 204Q330 250 312 222Q298 266 282 224Q262 214 270 150Z",
            "#8a6420",
            ' opacity=".92"',
        )
        + line("M296 176L300 220", STRAW, 5)
        + drop(296, 284, 12, "#8a6420")
        + drop(326, 262, 8, "#8a6420")
    )


def brake_caliper_leak(bad):
    """Dry; bad: fluid runs from the piston."""
    return picture(caliper(bad))


def brake_hoses(bad):
    """Whole; bad: cracked, swollen and wet."""
    tube = line("M40 -10Q60 160 200 160T380 310", RUBBER, 50) + line("M28 0Q50 150 196 146T372 290", "#3b4246", 9)
    ends = rect(20, 0, 50, 34, PALE, 6)
    if not bad:
        return picture(tube + ends, MIST)
    swell = disc(206, 162, 52, "#1d2123", 44)
    cracks = "".join(line(f"M{170 + n * 18} {136 + n % 2 * 8}l8 20l-6 18", PALE, 4) for n in range(5))
    return picture(tube + swell + cracks + ends + drop(216, 234, 11, "#b58a3a") + drop(236, 270, 9, "#b58a3a"), MIST)


def parking_brake(bad):
    """The car stands on the slope; bad: it rolls."""
    slope = shape("M0 300V250L400 130V300Z", SHADE)
    car = moved(
        shape("M-90 0V-30Q-86 -44 -60 -46L-30 -76H40L70 -46Q92 -42 92 -26V0Z", PALE)
        + shape("M-44 -46L-24 -68H2V-46ZM8 -46V-68H36L56 -46Z", STEEL)
        + disc(-54, 2, 20, RUBBER)
        + disc(54, 2, 20, RUBBER)
        + disc(-54, 2, 9, LIGHT)
        + disc(54, 2, 9, LIGHT),
        150 if bad else 220,
        182 if bad else 161,
        -16.7,
    )
    roll = (
        line("M330 92Q290 100 262 116M262 116l14 -18M262 116l22 4", AMBER, 9) + line("M344 128L300 142", AMBER, 7)
        if bad
        else ""
    )
    return picture(slope + car + roll)


def brake_pedal(bad):
    """Firm at its height; bad: sinks to the floor."""
    floor = shape("M0 300V262L400 236V300Z", STEEL)

    def arm(y, colour, soft=""):
        return line(f"M300 -10Q290 90 200 {y}", colour, 18, soft) + moved(
            rect(-70, -14, 110, 30, RUBBER if not soft else colour, 8), 190, y + 10, 12
        )

    if not bad:
        return picture(
            floor + arm(130, LIGHT) + "".join(line(f"M{150 + n * 24} {128 + n * 5}v16", STEEL, 5) for n in range(4))
        )
    ghost = f'<g opacity=".35">{arm(130, PALE, " ")}</g>'
    return picture(floor + ghost + arm(222, LIGHT) + line("M110 130V200M110 200l-16 -18M110 200l16 -18", AMBER, 10))


PICTURES = [
    tyre_tread,
    tyre_pressure,
    tyre_age,
    tyre_sidewall,
    tyre_wear_pattern,
    tyre_puncture,
    tyre_axle_match,
    wheel_bolt_torque,
    front_brake_pad,
    rear_brake_pad,
    front_brake_disc,
    brake_disc_surface,
    brake_caliper_leak,
    brake_hoses,
    parking_brake,
    brake_pedal,
]
