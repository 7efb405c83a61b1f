"""English: what tells of a launch, what only looks like one, what points to other launches."""

import re

from bongsu.language.grammar import LaunchTable

VEHICLE = (
    r"(?:missiles?|projectiles?|rockets?|satellites?|SLBMs?|SLCMs?|ICBMs?|IRBMs?|MRBMs?|SRBMs?|CRBMs?|HGVs?"
    r"|(?:S?MLRS?|MRLS?)(?: system| launcher)?|rocket launchers?|launch vehicles?"
    r"|Hwasong-?\d*\w*|Pukguksong-?\d*\w*|Bukgeukseong-?\d*|Musudan|[NR]odong(?! Sinmun)|Scuds?|SCUD(?:-\w+)?"
    r"|Taep[o']?dong-?\d?|Unha-?\d?|Chollima-?\d|Malligyong-?\d|Kwangmyongsong-?\d?"
    r"|KN-?\d{2}\w?|Hwasal-?\d|Pulhwasal\S*|space(?:craft| vehicle)s?|guided weapons?|Iskander\w*|ATACMS|glide vehicles?)"
)
_MASK = re.compile(
    r"(?i)(?<![A-Za-z])(?=[sltfbmcrgenahiuow])(?:\bsatellite[- ](?:launch(?:ing)? (?:ground|station|site|cent(?:er"
    r"|re)|facility|pad|base)|imag(?:e|es|ery)\b|photos?|photographs?|pictures?|data|analysis)"
    r"|(?<!space )(?<!satellite )\b(?:launch(?:ing)?|test(?:ing)?|firing) (?:sites?|pads?|grounds?|facilit(?:y|ies)"
    r"|cent(?:er|re)s?|towers?|stations?|ranges?|complex|positions?|canisters?|tubes?|tunnels?)\b"
    r"|\b(?:ballistic[- ])?missile technolog(?:y|ies)|\b(?:ballistic |cruise "
    r"|long-range )?missile(?:s)?(?: and (?:nuclear|space|satellite))? (?:program(?:me)?s?"
    r"|defen[cs]e\w*(?: systems?| radars?)?|capabilit\w+"
    r"|arsenals?|threats?|activit\w+|development|technology|bases?|units?|factor(?:y|ies)|forces?|administration"
    r"|general bureau|warning(?: systems?)?|shields?|interceptors?|destroyers?|submarines?|production|operations?"
    r"|moratorium|barrage of words|drills? area|engineers?)\b"
    r"|\b(?:rocket|missile)(?:'s)? (?:engine|motor|booster)s?(?: (?:ground )?(?:test(?:ing|s)?|firing))?|\b(?:engine"
    r"|static|ground|motor)[- ](?:ground )?(?:tests?|firings?|jet)\b"
    r"|\banti-missile \w+|\bguided[- ]missile (?:destroyer|cruiser|submarine|frigate)s?|\bnuclear(?: weapons?| device"
    r"| bomb)? tests?\b|\b(?:hydrogen|atomic) bomb tests?\b"
    r"|\b(?:missile|rocket) (?:pods?|parts|debris|wreckage)|\bcommercial satellites?\b"
    r"|\bfired (?:artillery (?:shells?|rounds?|fire)|shells|shots|howitzers?|rounds? of artillery|warning shots?)"
    r"|\b(?:tests?|launch(?:es)?|use) (?:of|using) ballistic[- ]missile technology|\b(?:in|under"
    r"|on) (?:the )?(?:Intermediate-Range Nuclear|Missile Technology)[^,.;]{0,40})"
)
_DONE = (
    r"(?:test[- ]?|flight[- ]?|re-?|trial[- ]?)?(?:fir(?:ed|es|ing)|launch(?:ed|es|ing)|shot|shoots|lobbed"
    r"|hurled)\b(?! (?:an? )?(?:investigation|probe|website|campaign|offensive|attack on|cyber))"
    r"|flight-tested|tested\b|test-launch(?:ed)?|blast(?:ed)? off|(?:lift|blast)-?off\b|lift(?:ed|s)? off|took off"
    r"|(?:put|placed|sent"
    r"|delivered|inserted) (?:[\w-]+ ){0,6}?in(?:to)? (?:[\w-]+ )?orbit\b|"
    r"(?:conduct|carri|stag|perform|undert)\w*(?: out)?(?:\s+[\w“”\"'’,-]+){0,8}?\s+(?:tests?|launch(?:es)?|firings?"
    r"|test-fires?|drills?|flight)\b|(?:attempt\w*|fail\w*|claim\w*|appear\w*|tr(?:y|ied)) to (?:launch|fire"
    r"|test(?:-fire)?)|to have (?:successfully )?(?:test-)?(?:fired|launched|tested)"
)
TABLE = LaunchTable(
    mask=_MASK,
    vehicle=re.compile(
        rf"\b{VEHICLE}\b|\b[Tt]he (?:first|second|third|others?|latter|former)(?=,? (?:ones? |was |were |also |had |been )"
            r"{0,3}(?:test-?)?(?:launched|fired))"
    ),
    verb=re.compile(
        rf"\b(?:(?P<launch>{_DONE}|detected at|(?:was|were) detected(?! (?:preparing|by satellite))|detect(?:ed"
            r"|s) (?:the |a |an |its |what )?(?:\w+ ){0,4}?launch(?:es)?|launch(?:es)?(?=\s+(?:was|were|took"
            r"|occurred|happened|began|at\b|from\b))|(?:(?<=day's )|(?<=day’s ))(?:[\w-]+ ){0,2}?(?:launch(?:es)?"
            r"|tests?|firings?)\b|(?:launch|firing"
            r"|test)(?:es|s|ing)?(?= (?:on|at|took"
            r"|occurred) )|took place|occurred)"
        r"|(?P<fall>land(?:ed|s|ing)|fell|fall(?:s|ing)?|splash\w*|impact(?:ed|ing)?|crash\w*|came down|passed"
            r"|flew over|overfl\w+|re-?entered|disappeared|lost contact|ended|exploded|broke)"
        r"|(?P<said>said|announc\w+|report(?:ed|s|ing)\b|issued|stat(?:ed|ement)|confirm\w+|told|met|meeting|convened"
            r"|briefed?|briefing|published|released|condemned|visit\w*|summit|talks|arrived|warned|statement"
            r"|threatened|claimed|added|called|described|revis(?:ed|es|ing)|correct(?:ed|s|ing)|updated|upgraded|gave))"
    ),
    noun=re.compile(
        rf"(?i)\b(?:(?:{VEHICLE})(?: system)? (?:[\w-]+ )?(?:launch(?:es|ing)?|tests?|testing|test-?firings?|firings?"
            r"|flight[- ]tests?|salvo|barrage|firepower)\b|(?:test[- ]?|flight[- ])?(?:launch(?:es|ing)?|tests?"
            r"|testing|test-?fire|(?:test-?)?firings?|salvo|volley"
            rf"|barrage) (?:[\w“”\"'’-]+ ){{0,7}}?(?:{VEHICLE})\b|(?:the|this) (?:test-?)?launch(?= (?:failed"
                r"|ended in failure|was (?:a )?(?:success|fail))))"
    ),
    unreal=re.compile(
        r"(?i)(?:\b(?:threat(?:en(?:ed|s|ing)?)?|plan(?:s|ned|ning)?|prepar(?:e|es|ed|ing|ation|ations)|intend\w*"
            r"|intention|vow(?:s|ed)?|ready|readiness|right|abilit(?:y|ies)|able|capab\w+|want(?:s|ed)?|expect(?:ed"
            r"|s)|(?:(?-i:may)|might|could|would)(?! have)|will|should|must|can|if|about to"
        r"|urg(?:ed|es)|refrain\w*|stop|not|never|without|halt|ban(?:ned|s)?|prohibit\w*|forbid\w*|schedul\w+"
            r"|await\w*|warn(?:ed|s|ing)? (?:of|about|against)|imminent|upcoming|another|future|further|next|notif\w+"
            r"|approach\w*|moratorium on|suspend\w*|no|any|signs? of|announc\w+ plans) (?:[\w'’,-]+ ){0,5}?(?:to "
            r"|from |for |of |on |any |its |their |the |a |an )?)$"
    ),
    undone=re.compile(
        r"(?i)(?:\b(?:not|never|without|if|(?:would|could|might|can|(?-i:may))(?! have)|will|should|must|to be|no|nor"
            r"|instead of|before|threat(?:en(?:ed|s|ing)?)? (?:of|to)|plan\w* (?:to|on|for)|prepar\w+ (?:to|for)"
            r"|vow\w*|warn\w* (?:of|against)|capable of|ability to|refrain\w* from|stop\w*|halt\w*|about to"
            r"|intend\w* to)|n['’]t) (?:[\w'’,-]+ ){0,3}$"
    ),
    related=re.compile(
        rf"(?i)\b(?:{VEHICLE}|launch\w*|fir(?:ed|es|ing)|test\w*|flew|flown|fly(?:ing)?|flights?|travel\w*|cover(?:ed"
            r"|ing)|altitude|apogee|trajector\w+|landed|landing|fell|fallen|splash\w*|damage|immediate threat|threat"
            r"|eez|exclusive economic zone|success\w*|fail\w*|explod\w*|broke|preparations?|mach|salvo|weapon|object"
            r"|orbit|kilomet\w+|km|estimate\w*|eastward|heading)\b"
    ),
    aside=re.compile(
        r"(?i)\b(?:(?:just |only |less than |about |nearly |more than |a |one |two |three |four |five |six |several "
            r"|few |\d+ )*(?:days?|weeks?|months?|years?|hours?) (?:after|before|ahead of|earlier(?!\s*(?:[.;]|$))|prior to"
            r"|since)(?! (?:launch|lift|the launch|it was|being|taking|landing|falling|reaching))"
        r"|follow(?:ing|s|ed)(?= (?:\w+ ){0,5}?(?:launch|test|firing|missile|salvo|barrage|a series|the))"
            r"|coming after|comes? (?:just |only |less |more )?(?:\w+ ){0,3}(?:after|before)|since (?!(?:launch"
            r"|then,? the missile))"
        r"|(?:the|its|a|their) (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+th|\d+(?:st|nd"
            r"|rd|th)|latest|most recent) (?:\w+ ){0,4}(?:since|this year|in (?:more than|less than|over|about|nearly"
            r"|two|three|four|the (?:past|last|space)|a (?:week|month|year|decade|day|row)|\w+ (?:days|weeks|months"
            r"|years)))(?= |,|\.)"
        r"|similar to (?:the|those|that|one|what)|(?:same|identical|compared|comparable)(?: \w+){0,3} (?:as|to|with)"
            r"|unlike|in (?:response|retaliation|reply)(?: to)?|respond\w* (?:by|with|to)|latest in a (?:series"
            r"|string)|which (?:it )?(?:also |previously |last |had )|(?:that|which) (?:was"
            r"|were) (?:\w+ ){0,3}(?:last|previously|in (?:January|February|March|April|May|June|July|August"
            r"|September|October|November|December|(?:19|20)\d\d))"
        r"|(?:last|previously) (?:\w+ ){0,2}(?:fired|launched|tested|test-fired)|ahead of|prior to|as (?:it|they) did"
            r"|(?:in )?(?:violat\w+|defiance|breach) (?:of )?|under (?:UN|U\.N\.|United Nations|several|multiple)"
            r"|(?:UN |U\.N\. )?Security Council resolutions?|resolutions? (?:ban|that|which|prohib)\w*|barred from"
            r"|banned (?:from|by|under))"
    ),
    after=re.compile(r"(?i)\bafter (?=(?:\w+['’]?s? ){0,6}?(?:launch(?:ed|ing|es)?|fir(?:ed|ing)|test-?fir\w+|testing"
        r"|conduct\w+))(?!(?:launch|liftoff|being |it was |they were |the missile was |having been )(?:fired"
        r"|launched))"),
    other=re.compile(
        r"(?i)\b(?:last (?:week|month|year|spring|summer|autumn|fall|winter|january|february|march|april|may|june"
            r"|july|august|september|october|november|december)|previous(?:ly)?\b(?! (?:day|unknown|unseen"
            r"|undisclosed))|earlier (?:this|in the) (?:week|month|year)|in (?:recent|past) (?:days|weeks|months"
            r"|years)"
        r"|in (?:early |late |mid-)?(?:January|February|March|April|June|July|August|September|October|November"
            r"|December|May(?= \d{4})|(?:19|20)\d\d\b|the past)|(?:(?:days|weeks|months|years) ago|(?:weeks|months"
            r"|years) (?:earlier|later))|so far this year|this year alone|in response|retaliat\w+"
            r"|has (?:\w+ )?(?:conducted|launched|fired|tested|test-fired|carried out) (?:\w+ ){0,4}?(?:\d+|dozens"
            r"|several|many|more than|a series|a string|a number|numerous|an unprecedented|a record)"
        r"|would be (?:the|its)|if (?:fired|flown|launched|confirmed)|past launches|was (?:first"
            r"|last) (?:\w+ )?(?:tested|fired|launched|unveiled|displayed)|first tested|unveiled|paraded|since (?:19"
            r"|20)\d\d)"
    ),
    reply=re.compile(r"(?i)\bin (?:response|reply|retaliation)|\brespon(?:d|ded|ding|se)\b|\bretaliat\w+"
        r"|\breturn(?:ed|ing) fire|counter-?fire"),
    replier=re.compile(
        r"(?:South Korean?|ROK|Seoul|U\.?S\.?|American|[Aa]llie[sd])(?:['’]s)?(?:\s+(?:and|military|militaries|forces"
            r"|army|South|Korean?|US|U\.S\.|also|later|then|jointly|on|\w+day|responded|by|warplanes|jets|fighters?"
            r"|troops|itself|in|response))*\s*$"
    ),
    fired=re.compile(r"(?i)(?:test-?)?(?:fir(?:ed|ing)|launch(?:ed|ing)|shot|lobbed)"),
    back=re.compile(r"(?:That|Those) (?:missiles?|launch(?:es)?|tests?|projectiles?|rockets?|flight|firing|weapon"
        r"|one)\b|In (?:that|those) (?:launch|test|case)|At (?:that|the) time"),
)  # fmt: skip
