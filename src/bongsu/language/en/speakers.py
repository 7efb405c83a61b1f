"""English: who can speak, and the words that carry their word."""

import re

from bongsu.language.grammar import SpeakerTable

_NATION = (
    r"(?:South Korea(?:ns?)?|S\. ?Korea(?:n)?|Republic of Korea|ROK|Seoul|the South(?=['’]s? |\s(?:said|also|later))"
    r"|North Korea(?:ns?)?|N\. ?Korea(?:n)?|Democratic People['’]s Republic of Korea|DPRK|Pyongyang"
    r"|[Tt]he North(?=['’]s? |\s(?:said|says|also|later|claim|announc|admit))"
    r"|Japan(?:ese)?|Tokyo|U\.S\.?|US(?![A-Z])|United States|Americans?|Washington"
    r"|Chin(?:a|ese)|Beijing|Russian?|Moscow|Australian?|British|Britain|European Union|NATO|French|France|German[y]?"
    r"|Taiwan(?:ese)?|Canada|Canadian)"
)
NATIONS = (
    ("kor", re.compile(r"South|S\. ?Korea|Republic of Korea(?!.)|^Republic|ROK|Seoul")),
    ("prk", re.compile(r"North|N\. ?Korea|DPRK|Democratic|Pyongyang")),
    ("jpn", re.compile(r"Japan|Tokyo")),
    ("usa", re.compile(r"U\.S|US|United States|America|Washington")),
    (
        "other",
        re.compile(r"Chin|Beijing|Russia|Moscow|Australia|Brit|European|NATO|Fr[ea]nch|France|German|Taiwan|Canad"),
    ),
)
_FILL = (
    r"(?:\s+(?:top|senior|new|own|government|presidential|foreign|ruling|vice|deputy|acting|chief|\([A-Z]{2,6}\)"
    r"|Gen\.?|[A-Z][a-z]+))"
)
_HEADS = {
    "mil": (
        r"Joint Chiefs(?: of Staff)?(?: \(JCS\))?|JCS|militar(?:y|ies)|Ministr(?:y|ies) of (?:National )?Defen[cs]e"
        r"|Defen[cs]e Ministr(?:y|ies)"
        r"|(?:vice-?)?defen[cs]e minist(?:ry|er|ries|ers)|(?:State )?Defen[cs]e Minister|defen[cs]e (?:officials?"
        r"|authorities|chiefs?)|MN?o?N?D\b"
        r"|Self-Defen[cs]e Forces?|S?SDF|Indo-?Pacific Command|Pacific Command|Strategic Command|Northern Command"
        r"|Forces Korea|[Aa]rmy|[Nn]avy"
        r"|[Aa]ir [Ff]orce|(?:armed )?forces|(?:US)?INDO-?PACOM|(?:US)?PACOM|(?:US)?STRATCOM|USFK|Joint Staff"
        r"|Combined Forces Command"
    ),
    "coastguard": r"[Cc]oast [Gg]uard|Maritime Safety Agency",
    "media": (
        r"state(?:-run|-controlled|-owned)? (?:media|television|TV|news agency|broadcaster|newspapers?|radio|outlets?)"
        r"|official (?:\w+ )?(?:news agency|media|newspaper)|(?:news )?media|news agency|broadcaster|newspapers?"
        r"|press reports?|reports"
    ),
    "analyst": r"experts?|analysts?|researchers?|scientists?|observers?",
    "gov": (
        r"government|presidential (?:office|spokes\w+|Blue House)|[Pp]resident|[Pp]rime [Mm]inister|PM|[Cc]abinet"
        r"|Chief Cabinet Secretary|chief cabinet"
        r" secretary|[Ff]oreign [Mm]inist(?:ry|er)|National Security Council|NSC|National Intelligence Service|NIS"
        r"|(?:military )?intelligence"
        r"(?: agenc(?:y|ies)| officials?| sources?| community| authorities| service)?|spy agency"
        r"|Unification Ministr(?:y|er)|State Department"
        r"|Department of State|Secretary of State|(?:government )?officials?|authorities|lawmakers?|leader"
        r"|spokes(?:man|woman|person)|ambassador"
        r"|envoy|administration|delegation|sources?"
    ),
}
_OFFICIALS = r"(?:(?:\s+\w+)?\s+(?:officials?|sources?|authorities|statement|spokes\w+))?"
_HEAD = "|".join(f"(?P<h_{name}>{words})" for name, words in _HEADS.items())
_FIXED = {
    "kor_jcs": r"Joint Chiefs(?: of Staff)?(?: \(JCS\))?|\bJCS\b",
    "kor_gov": (
        r"Cheong ?Wa ?Dae|Blue House|National Intelligence Service|Unification Ministry"
            r"|(?:President )?(?:Moon Jae[- ]in|Yoon Suk[- ]ye?ol|Lee Jae[- ]"
        r"myung|Park Geun[- ]hye|Lee Myung[- ]bak)|President (?:Moon|Yoon|Park)"
    ),
    "jpn_mod": (
        r"(?:Gen )?Nakatani|(?:Itsunori )?Onodera|(?:Tomomi )?Inada|(?:Takeshi )?Iwaya|Taro Kono|Nobuo Kishi"
            r"|(?:Yasukazu )?Hamada"
        r"|(?:Defen[cs]e Minister )?(?:Minoru )Kihara|(?:Shinjiro )Koizumi"
    ),
    "jpn_gov": (
        r"Kantei|Prime Minister(?:'s Office)?(?: [A-Z]\w+){0,2}|(?:Shinzo )?Abe\b|(?:Yoshihide )?Suga\b"
            r"|(?:Fumio )?Kishida|(?:Shigeru )?Ishiba"
        r"|(?:Sanae )?Takaichi|Chief Cabinet Secretary(?: [A-Z]\w+){0,2}|(?:Hirokazu )?Matsuno|(?:Yoshimasa )?Hayashi"
            r"|(?:Katsunobu )?Kato\b"
    ),
    "jpn_coastguard": r"(?:Japan )?Coast Guard|\bJCG\b",
    "usa_mil": (
        r"(?:US)?INDO-?PACOM|(?:US)?PACOM|(?:US)?STRATCOM|NORAD|(?:US)?NORTHCOM|\bUSFK\b|Indo-?Pacific Command"
            r"|Pacific Command|Strategic Command|Pentagon"
        r"|Northern Command|North American Aerospace Defense Command|Combined Forces Command"
    ),
    "usa_gov": (
        r"State Department|White House|(?:President )?(?:Donald )?Trump\b|(?:Joe )?Biden"
            r"|(?:President )?(?:Barack )?Obama|(?:Rex )?Tillerson|Mattis|Pompeo|"
        r"Blinken|Rubio|Hegseth|Lloyd Austin|Nikki Haley"
    ),
    "prk_state_media": (
        r"(?:[Tt]he )?Korean Central News Agency(?: \(KCNA\))?|\bKCNA\b|Rodong S[ih]i?nmun"
            r"|Korean Central (?:Television|Broadcasting)|KCTV|Uriminzokkiri"
        r"|[Ss]tate(?:-run|-controlled)? (?:media|television|TV|news agency|broadcaster)"
    ),
    "prk_gov": (
        r"Kim Jong[- ][Uu]n|Kim Jong[- ][Ii]l|Kim Yo[- ][Jj]ong|Academy of (?:National )?Defen[cs]e Science"
            r"|Missile (?:General )?(?:Administration|Bureau)"
        r"|NADA\b|National Aerospace (?:Technology|Development) Administration|Korean People['’]s Army|\bKPA\b"
            r"|Workers['’] Party"
    ),
    "analyst": (
        r"(?:[Aa]\w* )?(?:independent |outside |military |missile |defen[cs]e |security |open-source |arms control "
            r"|weapons |some |other )*"
        r"(?:[Ee]xperts?|[Aa]nalysts?|[Oo]bservers|[Rr]esearchers?|[Ss]cientists?|[Ss]pecialists?)\b|38 North|think[- ]tanks?"
            r"|Beyond Parallel|\bCSIS\b|Center for Strategic"
        r" and International Studies|James Martin Center|Middlebury|Union of Concerned Scientists|Jeffrey Lewis"
            r"|David Wright|John Schilling|Michael"
        r" Elleman|Ankit Panda|Joseph (?:S\. )?Bermudez|Joseph Dempsey|Professor(?: [A-Z]\w+){1,3}|professor at"
    ),
    "un": r"United Nations(?: Security Council| Secretary[- ]General)?|\bU\.?N\.?(?: Security Council"
        r"| Secretary[- ]General| Panel of Experts| chief)|Guterres|Ban Ki-moon|IAEA",
    "media": (
        r"Yonhap(?: News(?: Agency)?)?|Kyodo(?: News)?|\bNHK\b|Reuters|Associated Press|\bAP\b|\bAFP\b|\bCNN\b"
            r"|\bBBC\b|Jiji(?: Press)?|Nikkei|Asahi"
        r"(?: Shimbun)?|Yomiuri|Mainichi|Chosun Ilbo|JoongAng(?: Ilbo)?|Dong-A(?: Ilbo)?|\bKBS\b|\bYTN\b|The Diplomat"
            r"|NK News|Wall Street Journal|New York"
        r" Times|Washington Post|(?:local |news |media |press |initial |early |some |other )+reports?|(?:local"
            r"|news) media|multiple sources|(?:unnamed )?sources"
    ),
    "other": r"Kremlin|G-?7\b|foreign ministers",
}  # fmt: skip
_HEADED = (
    rf"(?P<nations>\b{_NATION}(?:['’]s?)?(?:(?:,? and |, "
    rf"| & ){_NATION}(?:['’]s?)?){{0,3}})(?:{_FILL}{{0,3}}?(?:\s+(?:{_HEAD})\b{_OFFICIALS}))?"
)
MENTION = re.compile(
    r"(?<![A-Za-z])(?=[A-Z38]|[\"“]?(?:the |state|official|local|news|media|press|multiple|unnamed|source|initial"
    r"|early|some|other|independent|outside|military"
    r"|missile|defen[cs]e|security|open-|arms|weapon|expert|analyst|observer|research|scientist|special|think|prof"
    r"|foreign|report|a\w* )|other )(?:"
    rf"{_HEADED}(?:\s+(?:KCNA|Rodong Sinmun))?|"
    + "|".join(f"(?P<{name}>{words})" for name, words in _FIXED.items())
    + ")"
)

SAID = (
    r"(?:said|says|saying|announc(?:ed|es|ing)|reported(?!ly)|reports(?= that)|stat(?:ed|es|ing)|confirm(?:ed|s)"
    r"|claim(?:ed|s|ing)|admit(?:ted|s)|describ(?:ed|es|ing)"
    r"|call(?:ed|s|ing)(?= (?:it|the|them))|add(?:ed|s|ing)|told|assess(?:ed|es|ing)|believ(?:ed?|es)(?= (?:that|the"
    r"|it|to|this|they|one|at|North))|estimat(?:ed?|es)|conclud(?:ed|es)|judg(?:ed|es)"
    r"|determin(?:ed|es)|not(?:ed|es)(?= (?:that|the))|acknowledg(?:ed|es)|declar(?:ed|es)|reveal(?:ed|s)|warn(?:ed"
    r"|s)|condemn(?:ed|s)|maintain(?:ed|s)(?= that)|insist(?:ed|s)"
    r"|evaluat(?:ed|es)|analy[sz]ed|identified|suspect(?:ed|s)?(?= (?:that|the|it|they))|dubbed|boasted|tweeted|wrote"
    r"|indicated|suggest(?:ed|s)|put(?= (?:the|its|their))|reiterated|explained"
    r"|revis(?:ed|es)|correct(?:ed|s)|upgraded|updated|detected(?! at)|tracked|observed)"
)
TABLE = SpeakerTable(
    mention=MENTION,
    nations=NATIONS,
    said=re.compile(rf"\b{SAID}\b"),
    according=re.compile(r"(?i)\b(?:according to|as per|in the words of|in a statement (?:by|from)|(?:assessment"
        r"|analysis|estimate|statement|report)s? (?:by|from|of))\b"),
    carry=re.compile(
        r"\b(?:[Ii]t|[Hh]e|[Ss]he|[Tt]hey|[Tt]he (?:South Korean |South['’]s )?(?:[Mm]ilitary|[Aa]rmy"
            r"|[Mm]inistry(?: of (?:National )?[Dd]efen[cs]e)?|[Dd]efen[cs]e [Mm]inistry|[Ss]tatement|[Aa]gency"
            r"|[Cc]ommand"
        r"|[Cc]oast [Gg]uard|[Oo]fficials?|[Oo]ffice|[Rr]eport|[Ss]pokes\w+|[Gg]overnment|[Mm]inister"
            r"|[Nn]ews [Aa]gency|[Pp]rime [Mm]inister)|[Oo]fficials?|[Aa]uthorities|[Mm]ilitary officials?)"
        r"(?: (?:also|later|further|then|has|have|had))?\s*$"
    ),
    heading=re.compile(r"(?i)\b(?:statement|press release|news release|announcement|notice|readout)"),
    dispatch=re.compile(r"\((?:KCNA)\)\s*(?:--|—|–|-)"),
    weak=re.compile(r"detect|track|observ|identif|dubb|analy"),
    placed=re.compile(r"(?:\b(?:[Oo]ver|[Oo]ff|[Nn]ear|[Ff]rom|[Tt]o|[Tt]owards?|[Ii]nto|[Ii]n|[Ss]ea of"
        r"|[Cc]oasts? of|east of|west of"
        r"|across|around|between) (?:the )?|Korea and )$"),
    bare=re.compile(r"(?:['’]s)?\s*(?:[^\sa-z]|$|(?:also|later|both|has|have|had|on|which|in|separately|further"
        r"|immediately|swiftly|then|quickly|strongly|and|all|that|as|again|who|is|was|for its part|through|via"
        r"|itself|itself|earlier|already|did|too|the|its|to|of|meanwhile|but|while|at|late|early|just|now|today"
        r"|yesterday|though|or|said|(?:re)?confirm|first|initially|subsequently|officially|[a-z-]+ed|shot|sent)\b"
        rf"|{SAID})"),
    quoting=re.compile(r"\b(?:citing|quoting|quoted|cited)\s+(?:an? |the |unnamed |unidentified )?"),
    passive=re.compile(
        r"\b(?:described|reported|announced|confirmed|assessed|identified|called|claimed|stated|disclosed|released"
            r"|believed|estimated|detected|judged|dubbed)(?:\s+\w+){0,3}?\s+by\s+(?:the\s+)?"
    ),
)  # fmt: skip
