"""Joints, boots, bushes and springs seen from below, and the traction battery's case."""

from scripts.drawing.pen import (
    AMBER,
    GREASE,
    INK,
    LIGHT,
    MIST,
    NIGHT,
    OIL,
    PALE,
    RUBBER,
    RUST,
    SHADE,
    STEEL,
    STRAW,
    TREAD,
    WHITE,
    disc,
    line,
    moved,
    picture,
    rect,
    ring,
    scatter,
    shape,
)


def chassis_bolts_torque(bad):
    """The painted line runs through; bad: it is broken, the bolt has turned."""
    plate = rect(20, 20, 360, 260, STEEL, 14) + disc(200, 150, 112, LIGHT) + disc(200, 150, 112, "none")
    head = shape("M0 -84L73 -42V42L0 84L-73 42V-42Z", PALE) + disc(0, 0, 52, "#dfe3e5")
    on_head = line("M0 0L112 0", STRAW, 16) if not bad else line("M0 0L76 0", STRAW, 16)
    rest = line("M316 150H372", STRAW, 16)
    return picture(
        plate
        + rest
        + moved(head + on_head, 200, 150, 48 if bad else 0)
        + (line("M128 40A130 130 0 0 1 272 40M272 40l-24 -8M272 40l-8 20", AMBER, 8) if bad else "")
    )


def boot(torn):
    """A drive shaft's bellows."""
    shaft = rect(0, 128, 400, 44, LIGHT) + rect(0, 134, 400, 10, PALE)
    folds = "".join(
        rect(110 + n * 32, 150 - h, 26, 2 * h, RUBBER, 12) + rect(114 + n * 32, 150 - h + 10, 6, h, TREAD, 3)
        for n, h in enumerate((62, 70, 78, 86, 94, 102))
    )
    cup = rect(300, 34, 90, 232, STEEL, 16) + rect(100, 92, 14, 116, PALE, 4) + rect(296, 42, 14, 216, PALE, 4)
    if not torn:
        return shaft + folds + cup
    gap = shape("M176 92L206 84L214 130L234 150L214 186L222 226L186 220L192 170L172 150L188 122Z", "#2a1d0c")
    grease = "".join(
        disc(x, y, 8 + n % 4 * 5, GREASE if n % 2 else "#7a6532") for x, y, n in scatter(16, 120, 30, 180, 250, 2)
    )
    return shaft + folds + cup + gap + grease


def driveshaft_boots(bad):
    """Whole folds; bad: torn, grease thrown about."""
    return picture(boot(bad), MIST)


def joint(gap, arm, torn):
    """A ball joint: pin, boot and socket."""
    pin = rect(180, 0, 40, 116 - gap, PALE, 4) + shape(f"M172 {100 - gap}H228L220 {140 - gap}H180Z", LIGHT)
    cover = shape("M150 176Q160 118 184 112H216Q240 118 250 176Z", RUBBER) + line("M160 150H240M154 164H246", TREAD, 5)
    socket = rect(134, 172, 132, 84, STEEL, 26) + arm
    if not torn:
        return pin + cover + socket
    tear = shape("M150 176Q156 140 170 124L186 150L178 176ZM214 176L206 140L226 120Q244 136 250 176Z", RUBBER)
    ball = disc(200, 150, 26, PALE) + disc(192, 142, 8, WHITE)
    play = line("M96 70V130M96 70l-14 16M96 70l14 16M96 130l-14 -16M96 130l14 -16", AMBER, 9)
    return pin + ball + tear + socket + disc(232, 190, 16, GREASE, 8) + disc(160, 186, 20, GREASE, 9) + play


def ball_joints(bad):
    """Tight under its boot; bad: torn boot and play."""
    arm = shape("M150 200Q60 200 -10 260V300H60Q110 250 160 244Z", STEEL)
    return picture(joint(22 if bad else 0, arm, bad), MIST)


def tie_rod_ends(bad):
    """The same at the end of a rod."""
    arm = rect(250, 196, 160, 36, LIGHT, 8) + rect(280, 186, 40, 56, PALE, 6)
    return picture(joint(22 if bad else 0, arm, bad), MIST)


def control_arm_bushes(bad):
    """Rubber whole all round; bad: torn away from the sleeve."""
    eye = disc(200, 150, 128, STEEL) + disc(200, 150, 104, RUBBER)
    sleeve = disc(200, 150, 44, PALE) + disc(200, 150, 24, NIGHT)
    arm = rect(300, 112, 110, 76, STEEL)
    if not bad:
        return picture(arm + eye + ring(200, 150, 74, TREAD, 8) + sleeve)
    tears = shape(
        "M116 106Q150 70 214 74Q240 80 250 100Q214 92 184 104Q150 116 138 150Q122 140 116 106Z", "#7c8489"
    ) + shape("M262 196Q236 232 190 234Q168 228 160 214Q200 214 222 200Q240 190 250 168Q266 176 262 196Z", "#7c8489")
    return picture(arm + eye + tears + moved(sleeve, 14, 16) + line("M120 160l-20 12l14 10l-22 16", PALE, 5))


def shock_absorber(bad):
    """Clean; bad: a streak of oil down to the foot."""
    coils = "".join(rect(146, y, 108, 11, LIGHT, 5) for y in range(-30, 96, 22))
    body = (
        rect(168, -40, 64, 140, STEEL, 8)
        + rect(136, 84, 128, 18, "#6b7378", 5)
        + rect(150, 92, 100, 150, TREAD, 10)
        + rect(150, 92, 22, 150, "#525b60", 8)
        + rect(178, 236, 44, 120, LIGHT, 4)
        + coils
    )
    oil = (
        (
            shape("M176 104Q170 160 182 240Q200 262 216 236Q224 170 214 104Z", OIL)
            + line("M186 118Q182 170 190 226", "#5e5030", 5)
            + disc(196, 268, 9, OIL)
            + disc(204, 290, 7, OIL)
        )
        if bad
        else ""
    )
    return picture(moved(body + oil, 0, 0, 14, around=(200, 150)))


def hv_pack_case(bad):
    """A flat plate; bad: dented and cracked."""
    plate = (
        rect(20, 60, 360, 180, LIGHT, 18)
        + "".join(rect(50 + n * 66, 80, 40, 140, PALE, 10) for n in range(5))
        + "".join(disc(x, y, 8, STEEL) for x in range(40, 371, 64) for y in (70, 230))
    )
    if not bad:
        return picture(plate)
    dent = (
        shape("M130 120L190 96L270 116L290 160L250 206L170 210L118 176Z", "#6b7378")
        + shape("M160 136L200 120L250 136L256 166L226 188L176 186Z", SHADE)
        + line("M204 150L232 126L226 108L262 92M204 150L180 176L150 184", INK, 6)
        + line("M60 110L150 140M70 140L140 158", RUST, 5)
    )
    return picture(plate + dent)


PICTURES = [
    chassis_bolts_torque,
    driveshaft_boots,
    ball_joints,
    tie_rod_ends,
    control_arm_bushes,
    shock_absorber,
    hv_pack_case,
]
