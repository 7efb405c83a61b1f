"""Builds the table of countries' usual short names, in English, Korean and Japanese.

    pip download babel==2.18.0 --no-deps && unzip -q babel-2.18.0-*.whl -d babel
    PYTHONPATH=babel .venv/bin/python builders/nations.py

Names are those of Unicode's CLDR, which babel carries; the few in SHORT are as newspapers write them. Writes nations.csv and the
note beside it. The same input gives the same bytes.
"""

from babel import Locale, __version__
from babel.core import get_global

from coast import DATA, digest, write_csv

LANGUAGES = ("en", "ko", "ja")
ARTICLE = frozenset("BHS COG COK COM CYM FLK FRO GBR MDV MHL MNP NLD PHL SLB SYC TCA USA VIR ARE CAF COD DOM".split())
WITHDRAWN = frozenset(
    "ANT BUR CSK DDR FXX NTZ PCZ ROM SCG SUN TMP VDR YMD YUG ZAR".split()
)  # alpha-3 codes no longer in use
SHORT = {  # alpha-3: English, Korean, Japanese, where CLDR's name is longer than the one in use
    "KOR": ("South Korea", "한국", "韓国"), "USA": ("United States", "미국", "米国"), "GBR": ("United Kingdom", "영국", "英国"),
    "TWN": ("Taiwan", "타이완", "台湾"), "HKG": ("Hong Kong", "홍콩", "香港"), "MAC": ("Macao", "마카오", "マカオ"),
    "FSM": ("Micronesia", "미크로네시아", "ミクロネシア"), "MMR": ("Myanmar", "미얀마", "ミャンマー"),
    "TUR": ("Turkey", "튀르키예", "トルコ"),
    "COD": ("DR Congo", "콩고민주공화국", "コンゴ民主共和国"), "COG": ("Congo", "콩고", "コンゴ共和国"),
}  # fmt: skip


def main() -> None:
    """Write the table and its note."""
    names = {language: Locale(language).territories for language in LANGUAGES}
    codes = {code: two[0] for code, two in get_global("territory_aliases").items() if len(code) == 3 and code.isalpha()}
    rows = []
    for code, two in sorted(codes.items()):
        if code in WITHDRAWN or len(two) != 2 or two not in names["en"]:
            continue
        en, ko, ja = SHORT.get(code) or tuple(str(names[language][two]) for language in LANGUAGES)
        rows.append(
            {"code": code, "name": en, "name_ko": ko, "name_ja": ja, "article": "the" if code in ARTICLE else ""}
        )
    write_csv(DATA / "nations.csv", rows)
    note = (
        "# nations.csv\n\n| file | sha256 |\n|---|---|\n"
        f"| nations.csv | {digest(DATA / 'nations.csv')} |\n\n"
        f"Names of territories: Unicode CLDR, by PyPI `babel` {__version__}; Unicode License v3 (free to ship, with its notice:\n"
        "copyright 1991-2026 Unicode, Inc., https://www.unicode.org/license.txt). Changed: a few names shortened.\n"
        "Made by `builders/nations.py`, whose first lines give the commands. The same input gives the same bytes.\n"
    )
    (DATA / "nations.md").write_text(note, encoding="utf-8")


if __name__ == "__main__":
    main()
