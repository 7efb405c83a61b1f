"""Vertical limits: F) and G), or what the text says of them, in metres above the reference they print."""

import re
from dataclasses import dataclass
from typing import Final

M_PER_FT: Final = 0.3048

_LEVEL = (
    r"(?:SFC|GND|SEA\s+LEVEL|SURFACE|GROUND|MSL|SF|UNL(?:IMITED|TD)?|FL\s?\d{2,3}"
    r"|\d{1,3}(?:,\d{3})+\s?(?:M|FT)|\d{1,6}\s?(?:M(?:ETRES|ETERS)?|F(?:EE)?T)?)\b(?:\s?(?:AMSL|MSL|AGL|QNE|STD))?"
)
_FIELD = re.compile(rf"\s*({_LEVEL})")
_RANGE = re.compile(
    rf"(?:VERT\w*\s+(?:LIMITS?|ALTITUDES?)|LIMITS?|ALTITUDES?|ALT)\s?:?\s*(?:FROM\s+|FM\s+)?({_LEVEL})\s?(?:-|TO|UP\s+TO)\s?({_LEVEL})"
    r"|(?:VERT\w*\s+LIMITS?\s?:?\s*)?BELOW\s+(?P<top>" + _LEVEL + ")"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """From where to where up; a height is None where there is none printed, or no limit."""

    lower_m: float | None = None
    upper_m: float | None = None
    lower_as_printed: str = ""
    upper_as_printed: str = ""


def limits_of(lower: str, upper: str, body: str) -> Limits:
    """The limits of F) and G); of the text where these are missing."""
    low, high = _FIELD.match(lower), _FIELD.match(upper)
    printed = [low[1] if low else "", high[1] if high else ""]
    if not (low and high) and (found := _RANGE.search(body)):
        said = ("", found["top"]) if found["top"] else (found[1], found[2])
        printed = [have or new for have, new in zip(printed, said, strict=True)]
    low_text, high_text = (" ".join(text.split()) for text in printed)
    return Limits(_height_m(low_text), _height_m(high_text), low_text, high_text)


def _height_m(printed: str) -> float | None:
    """Metres above the printed reference; a flight level is 100 ft of pressure height."""
    if not printed or printed.startswith("UNL"):
        return None
    if printed.startswith(("SFC", "GND", "SEA", "SURFACE", "GROUND", "MSL", "SF")):
        return 0.0
    number = float(re.sub(r"\D", "", printed))
    if printed.startswith("FL"):
        return number * 100.0 * M_PER_FT
    return number * M_PER_FT if re.search(r"\dF|\d F", printed) else number
