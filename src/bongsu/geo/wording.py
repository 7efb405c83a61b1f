"""Words for distance and bearing: rounded so that they claim no more than a public statement should."""

import math
from collections.abc import Sequence

_COMPASS = {
    "en": ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"),
    "ko": ("북쪽", "북동쪽", "동쪽", "남동쪽", "남쪽", "남서쪽", "서쪽", "북서쪽"),
    "ja": ("北", "北東", "東", "南東", "南", "南西", "西", "北西"),
}
_NEAR_M = 10_000.0  # closer than this nothing is said about distance


def rounded_km(distance_m: float) -> int:
    """Kilometres to 10 below 100, to 50 below 1,000, to 100 above; published landing words are good to about 100 km."""
    km = distance_m / 1000.0
    step = 10 if km < 100.0 else 50 if km < 1000.0 else 100
    return max(int(math.floor(km / step + 0.5)) * step, 10)


def compass(bearing_rad: float, lang: str) -> str:
    """One of eight directions."""
    return _COMPASS.get(lang, _COMPASS["en"])[math.floor(bearing_rad / (math.pi / 4.0) + 0.5) % 8]


def on_land(names: tuple[str, str, str], distance_m: float, bearing_rad: float, lang: str) -> str:
    """`near Taegwan County, North Pyongan Province, North Korea`; names are place, region (may be empty), country."""
    place, region, country = names
    if lang in ("ko", "ja"):
        whole = " ".join(n for n in (country, region if region != place else "", place) if n)
    else:
        whole = ", ".join(n for n in (place, region if region != place else "", country) if n)
    return _beside(whole, distance_m, bearing_rad, lang)


def _beside(whole: str, distance_m: float, bearing_rad: float, lang: str) -> str:
    """Near a place, or so far from it."""
    if distance_m < _NEAR_M:
        return {"ko": f"{whole} 부근", "ja": f"{whole}付近"}.get(lang, f"near {whole}")
    km, way = f"{rounded_km(distance_m):,}", compass(bearing_rad, lang)
    return {"ko": f"{whole}에서 {way}으로 약 {km} km", "ja": f"{whole}の{way}約{km}キロ"}.get(
        lang, f"about {km} km {way} of {whole}"
    )


def on_contested(feature: str, holder: str, others: Sequence[str], lang: str) -> str:
    """`on Kunashir (administered by Russia, also claimed by Japan)`: the ground is named, nobody's right to it."""
    if lang == "ko":
        return f"{feature} ({holder} 관할, {', '.join(others)}도 영유권 주장)"
    if lang == "ja":
        return f"{feature}({holder}が管轄、{'、'.join(others)}も領有権を主張)"
    return f"on {feature} (administered by {holder}, also claimed by {' and '.join(others)})"


def at_sea(water: str, place: str, country: str, where: tuple[float, float, float, float], lang: str) -> str:
    """`in the Sea of Japan / East Sea, about 250 km west of Okushiri Island, Japan`.

    `where` is latitude, longitude (rad), distance (m) and bearing (rad) from the place. Without a place, the nearest whole
    degree is named instead.
    """
    lat_rad, lon_rad, distance_m, bearing_rad = where
    if not place:
        beside = _degrees(lat_rad, lon_rad, lang)
    elif lang in ("ko", "ja"):
        beside = _beside(f"{country} {place}", distance_m, bearing_rad, lang)
    else:
        beside = _beside(f"{place}, {country}" if country not in place else place, distance_m, bearing_rad, lang)
    return {"ko": f"{water}, {beside} 해상", "ja": f"{water}、{beside}の海上"}.get(lang, f"in the {water}, {beside}")


def _degrees(lat_rad: float, lon_rad: float, lang: str) -> str:
    """A place to the whole degree."""
    lat, lon = math.degrees(lat_rad), math.degrees(lon_rad)
    n, e = f"{abs(round(lat))}", f"{abs(round(lon))}"
    if lang == "ko":
        return f"{'북위' if lat >= 0 else '남위'} {n}도 {'동경' if lon >= 0 else '서경'} {e}도 부근"
    if lang == "ja":
        return f"{'北緯' if lat >= 0 else '南緯'}{n}度{'東経' if lon >= 0 else '西経'}{e}度付近"
    return f"near {n}° {'N' if lat >= 0 else 'S'} {e}° {'E' if lon >= 0 else 'W'}"
