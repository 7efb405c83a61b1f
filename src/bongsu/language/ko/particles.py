"""Korean particles by the sound before them: after a final consonant 은 이 을 과 으로, else 는 가 를 와 로 (and 로 after ㄹ)."""

import re
from typing import Final

_FIRST, _STEP, _RIEUL = 0xAC00, 28, 8  # Hangul syllables, how many there are for each initial and vowel, the final ㄹ
_DIGITS: Final = "영일이삼사오육칠팔구"  # as figures are read
_PARTICLE = re.compile(r"(\S)(\s?[)\]」』])?\((은|이|을|과|으로)/(는|가|를|와|로)\)")


def particles(text: str) -> str:
    """A text whose "(은/는)" and the like become what the syllable before them asks for; a closing bracket is looked through."""
    return _PARTICLE.sub(lambda m: m[1] + (m[2] or "") + particle(m[1], m[3], m[4]), text)


def particle(before: str, closed: str, opened: str) -> str:
    """The one of two particles that goes with the character before: `closed` after a final consonant, else `opened`."""
    final = _final(before)
    return closed if final and not (closed == "으로" and final == _RIEUL) else opened


def _final(character: str) -> int:
    """The number of the final consonant of a syllable or a figure; 0 without."""
    if character.isascii() and character.isdigit():
        character = _DIGITS[int(character)]
    last = ord(character) - _FIRST
    return last % _STEP if 0 <= last < 11_172 else 0
