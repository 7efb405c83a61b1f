"""Korean: the words of a brief."""

import re

from bongsu.language.telling import Telling, number

_UNITS = {"km": "km", "min": "분", "mach": "", "": ""}
_PREFIXES = {"mach": "마하 "}
_FIRST, _STEP = 0xAC00, 28  # Hangul syllables, and how many there are for each initial and vowel
_PARTICLE = re.compile(r"(.)\((은|이|을|과)/(는|가|를|와)\)")
# Plain past, what it becomes before "것으로 추정된다", and before "가능성이 있다".
_VERBS = {"했": ("한", "했을"), "됐": ("된", "됐을"), "였": ("인", "였을")}


def particles(text: str) -> str:
    """A text whose "(은/는)" and the like become what the syllable before them asks for."""
    return _PARTICLE.sub(lambda m: m[1] + (m[2] if _has_final(m[1]) else m[3]), text)


def _has_final(syllable: str) -> bool:
    last = ord(syllable) - _FIRST
    return 0 <= last < 11_172 and last % _STEP > 0


def _says(who: str, verb: str, clause: str) -> str:
    said = {"said": "밝혔다", "claimed": "주장했다", "reported": "전했다"}[verb]
    clause = f"{clause.removesuffix('이다')}이라" if clause.endswith("이다") else clause
    return particles(f"{who}(은/는) {clause}고 {said}.")


def _hedged(clause: str, certainty: str) -> str:
    """A clause ends in "-다": of one that may be hedged, the syllable before carries the tense."""
    stem = clause.removesuffix("다")
    if not certainty or stem[-1:] not in _VERBS:
        return clause
    before, perhaps = _VERBS[stem[-1]]
    return f"{stem[:-1]}{perhaps} 가능성이 있다" if certainty == "possible" else f"{stem[:-1]}{before} 것으로 추정된다"


def _figure(low: float | None, high: float | None, unit: str, is_about: bool) -> str:
    head, tail = _PREFIXES.get(unit, ""), _UNITS[unit]
    if low is None or high is None:
        return f"최대 {head}{number(high or 0.0)}{tail}" if low is None else f"최소 {head}{number(low)}{tail}"
    told = number(low) if number(low) == number(high) else f"{number(low)}~{number(high)}"
    return f"{'약 ' if is_about else ''}{head}{told}{tail}"


TELLING = Telling(
    lang="ko",
    speakers={
        "kor.jcs": "한국군",
        "kor.gov": "한국",
        "jpn.mod": "일본 방위성",
        "jpn.coastguard": "일본 해상보안청",
        "jpn.gov": "일본 정부",
        "usa.mil": "미군",
        "usa.gov": "미국 정부",
        "prk.state_media": "북한 관영매체",
        "prk.gov": "북한",
        "analyst": "전문가들",
        "media": "보도",
        "un": "유엔",
        "other": "다른 나라 정부",
        "": "보도(발언자를 특정할 수 없음)",
    },
    roles={
        "jpn.gov:prime_minister": "일본 총리",
        "jpn.gov:chief_cabinet_secretary": "일본 관방장관",
        "jpn.mod:defense_minister": "일본 방위상",
        "kor.jcs:joint_chiefs": "합동참모본부",
        "kor.gov:president": "한국 대통령",
        "kor.gov:presidential_office": "한국 대통령실",
        "usa.gov:president": "미국 대통령",
        "usa.mil:indo_pacific_command": "미 인도태평양사령부",
        "prk.gov:defense_minister": "북한 국방상",
        "prk.gov:foreign_ministry": "북한 외무성",
        "prk.state_media:kcna": "조선중앙통신",
    },
    nations={
        "prk": "북한",
        "kor": "한국",
        "jpn": "일본",
        "usa": "미국",
        "chn": "중국",
        "rus": "러시아",
        "": "발사한 측",
    },
    classes={
        "SRBM": "단거리 탄도미사일",
        "MRBM": "준중거리 탄도미사일",
        "IRBM": "중거리 탄도미사일",
        "ICBM": "대륙간 탄도미사일",
        "SLBM": "잠수함발사 탄도미사일",
        "ballistic": "탄도미사일",
        "cruise": "순항미사일",
        "hypersonic_glide": "극초음속 미사일",
        "space_launch": "우주발사체",
        "rocket_artillery": "방사포",
        "missile": "미사일",
    },
    settings={
        "northwest": "북서부",
        "northeast": "북동부",
        "southwest": "남서부",
        "west_coast": "서해안",
        "inland": "내륙",
        "near_chn_border": "중국 국경 인근",
    },
    clauses={
        "launch_time": "{value}에 발사됐다",
        "launch_area": "{value}에서 발사됐다",
        "launch_area:setting": "{value} 지역에서 발사됐다",
        "toward=sea_of_japan": "한반도 동쪽 바다(동해/일본해) 방향으로 발사됐다",
        "toward=yellow_sea": "한반도 서쪽 바다(서해/황해) 방향으로 발사됐다",
        "toward=pacific": "태평양 방향으로 발사됐다",
        "toward=east_china_sea": "동중국해 방향으로 발사됐다",
        "toward=inland": "지상으로 발사됐다",
        "toward=other": "섬을 향해 발사됐다",
        "vehicle_class": "{value}",
        "count": "{value} 발사됐다",
        "range_km": "{value} 비행했다",
        "apogee_km": "최고 고도가 {value}에 이르렀다",
        "flight_time_min": "{value} 동안 비행했다",
        "speed_mach": "속도가 {value}에 이르렀다",
        "zone=outside_eez_jpn": "일본의 배타적 경제수역(EEZ) 밖에 낙하했다",
        "zone=inside_eez_jpn": "일본의 배타적 경제수역(EEZ) 안에 낙하했다",
        "zone=inside_territorial_sea": "영해에 낙하했다",
        "zone=overflew_jpn": "일본 상공을 통과했다",
        "zone=inland": "육지에 낙하했다",
        "shape=irregular": "변칙 궤도로 비행했다",
        "shape=lofted": "고각으로 비행했다",
        "shape=depressed": "낮은 궤도로 비행했다",
        "shape=glide": "활공했다",
        "shape=normal": "정상 탄도로 비행했다",
        "threat=no_immediate_threat": "즉각적인 위협이 되지 않는다",
        "threat=threat": "위협이 된다",
        "damage=none_reported": "확인된 피해 보고는 없다",
        "damage=unconfirmed": "확인되지 않은 피해 보고가 있다",
        "damage=confirmed": "피해가 있었다",
        "outcome=success": "발사가 성공했다",
        "outcome=failure": "발사가 실패했다",
        "preparation_detected=true": "발사 준비를 사전에 탐지했다",
        "shared": "정보를 {value}(과/와) 공유했다",
    },
    quantities={
        "launch_time": "발사 시각",
        "launch_area": "발사 지역",
        "vehicle_class": "종류",
        "count": "발수",
        "range_km": "비행거리",
        "apogee_km": "최고 고도",
        "flight_time_min": "비행시간",
        "speed_mach": "속도",
        "zone": "낙하 수역",
        "damage": "피해",
        "threat": "위협",
        "shape": "궤적",
        "toward": "방향",
        "outcome": "성패",
        "preparation_detected": "준비 탐지",
    },
    reasons={
        "units": "두 길이 단위의 비율만큼 차이가 난다",
        "timezone": "한쪽은 다른 시간대(예: UTC)의 시각일 가능성",
        "revised": "초기 발표와 이후 발표",
        "launcher": "한쪽은 발사한 측의 주장",
        "copied": "다른 발사의 수치를 옮겼을 가능성",
        "first_detection": "한쪽은 발사 시각, 다른 쪽은 최초 탐지 시각일 가능성",
        "announced": "발표 시각을 발사 시각으로 옮겼을 가능성",
        "horizon": "낮거나 변칙적인 비행의 끝은 레이더 수평선 아래에 있고, 풀업을 탄도로 외삽하면 짧게 나온다",
        "separated": "서로 다른 물체를 말할 가능성",
        "bound": "한쪽은 한계값일 뿐이다",
        "rounding": "반올림 차이",
        "not_explained": "설명하는 규칙이 없다",
    },
    rules={
        "only the launching side has spoken": "채택 없음: 발사한 측만 말했다",
        "the only one": "유일한 발언",
        "not the launching side": "발사한 측의 주장은 채택하지 않는다",
        "the finer": "더 구체적인 종류",
        "who can have measured it": "측정할 수 있었던 쪽 또는 당사자",
        "a figure before a bound": "한계값보다 수치",
        "all agree": "모두 일치",
        "the later word of the same speaker": "같은 발언자의 나중 발언",
    },
    shapes={
        "minimum_energy": "최소 에너지 궤적",
        "lofted": "고각 궤적",
        "depressed": "저각 궤적",
        "quasi_ballistic": "준탄도",
        "glide": "활공",
    },
    zones={"JPN.eez": "일본이 주장하는 EEZ(계산한 선)", "JPN.land": "일본 육지"},
    verdicts={
        "inside": "안",
        "likely inside": "안일 가능성이 높음",
        "not determined": "판정할 수 없음",
        "likely outside": "밖일 가능성이 높음",
        "outside": "밖",
    },
    hedges={
        "": "{noun}이다",
        "suspected": "{noun}로 추정된다",
        "likely": "{noun}일 가능성이 높다",
        "possible": "{noun}일 가능성이 있다",
    },
    headings={
        "title": "{day} 발사: 발표 내용",
        "launch": "발사",
        "flight": "비행",
        "fall": "낙하와 영향",
        "own": "재구성(Bongsu의 추정이며 발표가 아님)",
        "differ": "서로 다른 점",
        "unsaid": "언급되지 않은 것",
        "quoted": "그 밖의 발언(원문 그대로)",
        "background": "기사에 나온 배경: 이번과 다른 발사",
        "table": "누가 무엇을 말했나",
        "claim": "{nations} 주장",
        "map": "수치로 가능한 범위: 발사 지역, 가장 그럴듯한 경로, 낙하했을 수 있는 범위(90%). 측정된 것은 없다.",
        "profile": "맞는 궤적의 시간과 고도(개략도).",
        "notes": "읽는 법",
    },
    phrases={
        "headline": "{who}에 따르면 {launcher}(은/는) {date} {what}(을/를) 발사했다.",
        "headline_passive": "{who}에 따르면 {date} {what}(이/가) 발사됐다.",
        "headline_plain": "{date} 발사가 있었다. 무엇이 발사됐는지는 기사에 없다.",
        "headline_claimed": "{date} 발사는 {who}의 주장이며, 무엇이었는지 여기 인용된 다른 누구도 말하지 않았다.",
        "what": "{noun}",
        "what:suspected": "{noun}로 추정되는 발사체",
        "what:likely": "{noun}일 가능성이 높은 발사체",
        "what:possible": "{noun}일 가능성이 있는 발사체",
        "printed": "(원문: {words})",
        "claim_mark": " 이는 발사한 측의 주장이며 사실로 다루지 않는다.",
        "damage_note": " 확인된 피해가 없다는 것이 피해가 없었다는 뜻은 아니다.",
        "one": "1발이",
        "several": "{n}발이",
        "own_from": "{who}의 수치로 보면 비행시간은 {low}~{high}분이다(90%).",
        "own_shapes": "맞는 궤적: {shapes}.",
        "own_zone": "{zone}에 낙하했는지: {words}(확률 {p}).",
        "own_place": "그 경우 낙하 지점은 {place}이며 오차는 약 {km}km이다.",
        "own_settle": "가장 도움이 될 정보: {figure}.",
        "own_none": "비행을 재구성하지 않았다. 발사 지역과, 탄도 비행의 거리 또는 최고 고도가 필요하다.",
        "shape_row": "{shape}({p}, 최고 고도 약 {apogee}km)",
        "differ": "{quantity}: {first}; {second}. 가능한 이유(가능성이 높은 순): {reasons}.",
        "differ_own": "{quantity}: {second}; 재구성과 맞지 않는다. 가능한 이유(가능성이 높은 순): {reasons}.",
        "unsaid": "여기 인용된 누구도 말하지 않은 것: {quantities}.",
        "quoted": "{who}: {quote}",
        "background": "기사: {quote}",
        "other_days": "기사는 {days}의 발사도 다루지만 이 글에는 포함하지 않는다.",
        "preferred": "채택",
        "no_launch": "{name}: 발사 보도가 아니다.",
        "range": "비행거리",
        "apogee": "최고 고도",
        "flight time": "비행시간",
        "azimuth or landing words": "방위 또는 낙하 지점",
        "published": "보도일 {day}. 날짜는 현지 시각(UTC+9) 기준.",
        "note_words": "따옴표 안은 기사의 문구 그대로이며 원문 언어로 두었다.",
        "note_ids": "1.3과 같은 번호는 문장의 근거가 되는 발언(기사 번호와 그 안의 순서)을 가리킨다.",
        "note_claims": "모든 문장은 이름이 나온 쪽의 말이며, 따로 밝히지 않는 한 Bongsu의 판단이 아니다.",
        "more": "기사에는 이번 발사와 무관한 내용도 있으며 여기에는 옮기지 않는다.",
    },
    says=_says,
    hedged=_hedged,
    listed=", ".join,
    figure=_figure,
    date=lambda year, month, day: f"{year}년 {month}월 {day}일",
    clock=lambda local: f"현지 시각 {int(local[11:13])}시 {int(local[14:16])}분",
    quote=lambda words: f"“{words}”",
    polish=particles,
)
