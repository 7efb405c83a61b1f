"""Japanese: the words of watch levels."""

from bongsu.language.watching import Watching

WATCHING = Watching(
    lang="ja",
    title="監視: 今後の可能性",
    levels={"low": "低い", "usual": "平常", "raised": "上昇", "high": "高い"},
    kinds={
        "imagery": "衛星画像", "notice": "航行通報", "statement": "声明", "visit": "訪問",
        "exercise": "演習", "port_call": "寄港", "leadership": "指導部の動静", "partner_remark": "関係国の発言",
        "thermal": "熱異常", "operator": "運用者の入力",
    },
    seen={"present": "確認", "absent": "見たが確認されず", "obscured": "観測できず"},
    phrases={
        "all": "監視地域全体",
        "level": "{site}: 今後{days}日間は{level}。{until}までに発射日がある確率は{p}(平常は{usual})",
        "others": "{days}日間は{level}、{p}(平常は{usual})",
        "why": "根拠: 過去の発射のみでは{prior}(平常との対数オッズ差{history:+.1f})。{signs}",
        "sign": "{kind}({source}、{seen}){part:+.1f}",
        "no_signs": "現在考慮する兆候はない",
        "more": "ほか{n}件",
        "obscured": "観測できなかった試み{n}回。平穏の証拠ではない",
        "deceptive": "欺瞞の可能性がある兆候{n}件は低く扱うか、考慮していない",
        "lapses": "新たな報告がなければ{day}ごろ段階が下がる",
        "raised_by": "次のいずれかの信頼できる報告が1件あれば段階が上がる: {kinds}",
        "not_raised": "1件の報告だけで段階が上がることはない",
        "scored": "この種の数値の成績: {first}から{last}、過去の発射のみ、{days}日、気候値に対するブライア・スキル{skill}"
        "(90 %区間{low}から{high})、{verdict}",
        "skilful": "気候値より良い",
        "no_skill": "スキルなし",
        "unscored": "兆候の寄与は架空の年でのみ評価し、実際の発射では評価していない",
        "no_warning": "監視の段階は警報ではなく、警報を出さない",
    },
    bounds=("1 %未満", "99 %超"),
    between="、",
)  # fmt: skip
