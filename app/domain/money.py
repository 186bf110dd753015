"""Money is integer fen (分), tax included; hours and quantities are integers times 100."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def rounded(numerator: int, denominator: int) -> int:
    """Divide and round half up: the one rounding of the house (rates.json `rounding`)."""
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


def times(quantity_x100: int, price_fen: int) -> int:
    """Fen for a quantity (×100) at a price in fen each."""
    return rounded(quantity_x100 * price_fen, 100)


def yuan(fen: int) -> str:
    """`128600` as `1,286.00`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def _group(number: int) -> str:
    text, zero = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + PLACES[place]
        zero = not digit or (zero and not digit)
    return text


def capital(fen: int) -> str:
    """The amount in formal Chinese numerals (大写): `128605` is 壹仟贰佰捌拾陆元零伍分."""
    if fen < 0:
        return "负" + capital(-fen)
    whole, cents = divmod(fen, 100)
    parts: list[str] = []
    for index, group in reversed(list(enumerate(_split(whole)))):
        if not group:
            if parts and not parts[-1].endswith("零"):
                parts.append("零")
            continue
        if parts and group < 1000 and not parts[-1].endswith("零"):
            parts.append("零")
        parts.append(_group(group) + GROUPS[index])
    text = "".join(parts).rstrip("零")
    jiao, fen_digit = divmod(cents, 10)
    if not cents:
        return (text or "零") + "元整"
    text = text + "元" if text else ""
    if jiao:
        text += DIGITS[jiao] + "角"
    elif text:
        text += "零"
    return text + (DIGITS[fen_digit] + "分" if fen_digit else "整")


def _split(whole: int) -> list[int]:
    groups = []
    while whole:
        whole, group = divmod(whole, 10_000)
        groups.append(group)
    return groups
