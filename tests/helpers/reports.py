"""Reports of the simulated flight of 2025-11-07, in the manner of that day's statements, at their times after lift-off."""

from bongsu.constants import NS_PER_S
from bongsu.messages.inputs import Report
from bongsu.messages.labels import Label

OPEN = Label("PUBLIC", ("jpn", "kor", "usa"))
TEXTS = (  # name, minutes after lift-off, text
    (
        "seoul-1",
        9,
        "South Korea's Joint Chiefs of Staff said North Korea fired a suspected short-range ballistic missile toward the Sea of "
        "Japan from the Taegwan area at about 12:35 p.m. on November 7, 2025.",
    ),
    (
        "tokyo-1",
        14,
        "Japan's Defense Ministry said on November 7, 2025 that North Korea launched a ballistic missile, which is believed to "
        "have fallen outside Japan's exclusive economic zone.",
    ),
    (
        "seoul-2",
        40,
        "South Korea's Joint Chiefs of Staff said the short-range ballistic missile North Korea launched on November 7, 2025 "
        "flew about 700 kilometers.",
    ),
    (
        "tokyo-2",
        75,
        "Japan's Defense Ministry said the ballistic missile North Korea launched on November 7, 2025 flew about 450 km at a "
        "maximum altitude of about 50 km.",
    ),
)


def reports(t0_ns, label=OPEN):
    """Known time and report, in order."""
    return [
        (t0_ns + minutes * 60 * NS_PER_S, _report(name, t0_ns + minutes * 60 * NS_PER_S, text, label))
        for name, minutes, text in TEXTS
    ]


def _report(name, known_ns, text, label):
    return Report(text_id=name, text=text, lang="en", published_ns=known_ns - 60 * NS_PER_S, label=label)
