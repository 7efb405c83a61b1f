"""Korean: the words of watch levels."""

from bongsu.language.watching import Watching

WATCHING = Watching(
    lang="ko",
    title="감시: 앞으로의 가능성",
    bounds=("1 % 미만", "99 % 초과"),
    levels={"low": "낮음", "usual": "평소 수준", "raised": "높아짐", "high": "높음"},
    kinds={
        "imagery": "위성 영상", "notice": "항행 통보", "statement": "성명", "visit": "방문",
        "exercise": "훈련", "port_call": "입항", "leadership": "지도부 공개 활동", "partner_remark": "동맹국 발언",
        "thermal": "열 이상", "operator": "운용자 입력",
    },
    seen={"present": "확인됨", "absent": "확인했으나 없음", "obscured": "관측 불가"},
    phrases={
        "all": "감시 지역 전체",
        "level": "{site}: 앞으로 {days}일 {level}. {until}까지 발사일이 있을 확률 {p}(평소 {usual})",
        "others": "{days}일 {level}, {p}(평소 {usual})",
        "why": "근거: 과거 발사만으로는 {prior}(평소 대비 로그 오즈 {history:+.1f}). {signs}",
        "sign": "{kind}({source}, {seen}) {part:+.1f}",
        "no_signs": "현재 반영되는 징후 없음",
        "more": "그 밖에 {n}건",
        "obscured": "관측하지 못한 시도 {n}회. 이는 평온하다는 증거가 아니다",
        "deceptive": "기만일 수 있는 징후 {n}건은 낮게 반영하거나 반영하지 않았다",
        "lapses": "추가 보고가 없으면 {day}경 단계가 내려간다",
        "raised_by": "다음 중 신뢰할 만한 보고 1건이면 단계가 올라간다: {kinds}",
        "not_raised": "보고 1건만으로 단계가 올라가지는 않는다",
        "scored": "이런 수치의 성적: {first}~{last}, 과거 발사만 사용, {days}일, 기후값 대비 브라이어 기술 점수 {skill}"
        "(90 % 구간 {low}~{high}), {verdict}",
        "skilful": "기후값보다 나음",
        "no_skill": "기술 없음",
        "unscored": "징후의 기여는 가상 연도에서만 평가했으며 실제 발사로 평가한 적은 없다",
        "no_warning": "감시 단계는 경보가 아니며 경보를 내지 않는다",
    },
)  # fmt: skip
