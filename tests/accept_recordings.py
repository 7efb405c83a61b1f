"""Every recorded set through the chain, at full size: `python -m tests.accept_recordings` writes docs/evaluation/recordings.md.

Misses stand as plainly as hits. Without the data nothing is written and the exit code is 1.
"""

import os
import platform
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from builders import lageos
from tests.helpers import recorded
from tests.helpers.plot import Plot

from bongsu.messages.tracking import HeightsUpdated, LaunchDetected, PlotsRejected

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "evaluation"
DATA = Path(os.environ.get("BONGSU_SHARED_DATA") or ROOT.parent / "shared" / "data") / "measurements"
SKY = DATA / "air_traffic_negatives" / "OpenSky_Plane_States.csv"
BLUE, RED, GREY, AMBER, GREEN = "#1f5fa8", "#c0392b", "#888888", "#e8a33d", "#2e8b57"
LIGHT = "#6fa8dc"
BURN = AMBER


def table(head, rows):
    """A Markdown table."""
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *(f"| {' | '.join(str(cell) for cell in row)} |" for row in rows)]) + "\n"


def draw(name, plot):
    """Write a plot; its link."""
    (OUT / "recordings").mkdir(parents=True, exist_ok=True)
    (OUT / "recordings" / f"{name}.svg").write_text(plot.svg(), encoding="utf-8")
    return f"![{plot.title}](recordings/{name}.svg)\n"


def command(kind, source):
    """How a reader repeats a section."""
    return (
        f"```\npython builders/recordings.py {kind} .../{source} out/one\n"
        "bongsu track out/one/measurements.csv --sensors out/one/sensors.toml\n```\n"
    )


def verdict(is_met):
    """In a word."""
    return "met" if is_met else "**missed**"


def flight_plot(title, findings, events_s=()):
    """Height against time, burns as bands, called events as dashed lines."""
    heights = [(recorded.seconds(f.t_ns[0]), f.h_m[0] / 1e3) for f in findings if isinstance(f, HeightsUpdated)]
    top = max(h for _, h in heights)
    plot = Plot(title, "mission time, s", "height, km", (0.0, heights[-1][0]), (0.0, 1.08 * top))
    for burn in recorded.burns(findings):
        plot.band(
            burn.start_s, burn.end_s if np.isfinite(burn.end_s) else heights[-1][0], BURN, "under thrust, as found"
        )
    for event_s in events_s:
        plot.line((event_s, event_s), (0.0, 1.08 * top), RED, "called out", "4 3")
    plot.line(*zip(*heights[:: max(1, len(heights) // 400)], strict=True), BLUE, "height as shown")
    return plot


def first_stage(name, work):
    """The two raw readings at 10 Hz."""
    source = DATA / "falcon_telemetry" / name
    findings = recorded.chain("falcon", source, work / name).findings
    seen, (top_m, top_s) = recorded.events(source), recorded.plateau_apogee(source)
    found = recorded.burns(findings)
    main, back, entry = found[:3]
    said = recorded.apogees(findings)
    after = [a for a in said if a.said_s > seen["boostback_end"]]
    before = [a for a in said if a.said_s < seen["boostback_start"] + 10.0][-1]
    rows = [
        (
            "main burn-out",
            seen["meco"],
            f"{main.end_s:.1f}",
            f"{main.end_decided_s:.1f}",
            "decided in 3 s, dated within 1 s",
            verdict(0 < main.end_decided_s - seen["meco"] < 3 and abs(main.end_s - seen["meco"]) <= 1),
        ),
        (
            "boost-back begins",
            seen["boostback_start"],
            f"{back.start_s:.1f}",
            f"{back.start_decided_s:.1f}",
            "recognised in 10 s",
            verdict(0 < back.start_decided_s - seen["boostback_start"] < 10),
        ),
        (
            "boost-back ends",
            seen["boostback_end"],
            f"{back.end_s:.1f} ±{back.sigma_end_s:.1f}",
            f"{back.end_decided_s:.1f}",
            "dated within 10 s, or uncertain",
            verdict(abs(back.end_s - seen["boostback_end"]) < 10 or back.sigma_end_s > 3),
        ),
        (
            "entry burn begins",
            seen["entry_start"],
            f"{entry.start_s:.1f}",
            f"{entry.start_decided_s:.1f}",
            "within 3 s",
            verdict(abs(entry.start_decided_s - seen["entry_start"]) < 3),
        ),
        (
            "entry burn ends",
            seen["entry_end"],
            f"{entry.end_s:.1f}",
            f"{entry.end_decided_s:.1f}",
            "within 3 s",
            verdict(abs(entry.end_decided_s - seen["entry_end"]) < 3),
        ),
        (
            "landing burn begins",
            seen["landing_start"],
            "not said",
            "",
            "not claimed: may be a canopy's braking",
            "**not done**",
        ),
    ]
    rows += [
        top_row(after, seen["boostback_end"] + wait_s, top_m, top_s, *limits)
        for wait_s, *limits in ((20.0, 0.5, 1.5), (30.0, 0.3, 1.0))
    ]
    words = (
        f'Before boost-back the forecast was {before.height_m / 1e3:.1f} km; then: "{after[0].reason}". '
        f"Truth by the plateau of the record: {top_m / 1e3:.2f} km at {top_s:.1f} s, good to ±0.1 km and ±0.3 s. "
        f"False thrust above 45 km: {sum(burn.height_m > 45e3 for burn in found[3:])}.\n"
    )
    late = [a for a in after if a.said_s < top_s]
    times = [a.said_s for a in late]
    errors = Plot(f"{name}: apogee forecast", "said at, s", "minus plateau, %", (times[0], top_s), (-1.0, 1.0))
    errors.between(
        times,
        *([100.0 * (v / top_m - 1.0) for v in edge] for edge in zip(*((a.low_m, a.high_m) for a in late), strict=True)),
        LIGHT,
        "90 % interval",
    )
    errors.line(times, [100.0 * (a.height_m / top_m - 1.0) for a in late], BLUE, "forecast")
    errors.line((times[0], top_s), (0.0, 0.0), RED, "plateau", "4 3")
    marks = [seen[k] for k in ("meco", "boostback_start", "boostback_end", "entry_start", "entry_end", "landing_start")]
    return [
        f"## {name}: a first stage at 10 Hz, height and speed alone\n",
        command("falcon", f"falcon_telemetry/{name}"),
        table(("", "event file, s", "dated, s", "decided, s", "wanted", ""), rows),
        words,
        draw(f"{name}-flight", flight_plot(f"{name}: what was found", findings, marks)),
        draw(f"{name}-apogee", errors),
    ]


def top_row(after, from_s, top_m, top_s, percent, within_s):
    """The forecasts of apogee from a time on: the worst of them."""
    late = [a for a in after if a.said_s >= from_s]
    worst = max(100.0 * abs(a.height_m / top_m - 1.0) for a in late)
    worst_s = max(abs(a.at_s - top_s) for a in late)
    n_in = sum(a.low_m <= top_m <= a.high_m for a in late)
    half = 50.0 * (late[0].high_m - late[0].low_m) / top_m
    return (
        f"apogee, all {len(late)} said from {from_s:.0f} s on",
        f"{top_s:.1f}",
        f"worst {worst:.2f} %, {worst_s:.1f} s",
        f"90 %: first ±{half:.2f} %, holds it in {n_in}",
        f"{percent} %, {within_s} s, inside, below ±1 %",
        verdict(worst <= percent and worst_s <= within_s and n_in == len(late) and half < 1.0),
    )


def ascents(work):
    """All burn-outs at 1 Hz."""
    sources = sorted((DATA / "falcon_telemetry").iterdir())
    decided, dated, second = [], [], []
    for source in sources:
        kept = recorded.reduced(source, work / "reduced" / source.name)
        found = recorded.burns(recorded.chain("falcon", kept, work / source.name).findings)
        seen = recorded.events(source)
        decided.append(found[0].end_decided_s - seen["meco"])
        dated.append(found[0].end_s - seen["meco"])
        if seen["ses1"] is not None:
            second.append(found[1].start_decided_s - seen["ses1"] if len(found) > 1 else np.nan)
    n_ok, n_late = sum(abs(d) <= 3.0 for d in decided), sum(not abs(s) <= 3.0 for s in second)
    plot = Plot("34 ascents at 1 Hz: burn-out minus event", "ascent", "s", (-1.0, 34.0), (-4.0, 4.0))
    plot.line((-1, 34), (3, 3), RED, "wanted", "4 3")
    plot.line((-1, 34), (-3, -3), RED, "", "4 3")
    plot.dots(range(34), decided, BLUE, "decided")
    plot.dots(range(34), dated, GREEN, "dated back to")
    rows = [
        (
            "burn-out decided within 3 s",
            f"{n_ok} of {len(decided)}",
            f"{min(decided):.0f} to {max(decided):.0f} s after",
            verdict(n_ok == len(decided)),
        ),
        (
            "burn-out dated",
            f"{sum(abs(d) <= 1.0 for d in dated)} within 1 s",
            f"median {np.median(dated):.1f} s, worst {max(dated, key=abs):.1f} s",
            "",
        ),
        (
            "second engine decided within 3 s (not asked for)",
            f"{len(second) - n_late} of {len(second)}",
            f"median {np.median(second):.0f} s, worst {np.max(second):.0f} s",
            verdict(n_late == 0),
        ),
    ]
    return [
        "## 34 ascents at 1 Hz\n",
        command("falcon", "falcon_telemetry/SES-9"),
        table(("", "", "", ""), rows),
        "Events are in whole seconds; the reduction smooths rounded readings.\n",
        draw("ascents", plot),
    ]


def others(work):
    """Other kinds of record: a booster and a ship in whole kilometres, student rockets."""
    parts = ["## A booster, a ship and student rockets\n"]
    rows = []
    for kind, source in (
        ("starship", "starship_ift3/IFT3_telemetry_booster.csv"),
        ("starship", "starship_ift3/IFT3_telemetry_ship.csv"),
        ("starship", "starship_ift3/IFT3_full_data_booster.csv"),
        ("starship", "starship_ift3/IFT3_full_data_ship.csv"),
        ("altimeter", "amateur_rockets/andromeda_flight_data.csv"),
        ("altimeter", "amateur_rockets/juno3_cots_altimeter.csv"),
        ("gnss-speed", "amateur_rockets/juno3_cots_GNSS.csv"),
        ("gnss", "amateur_rockets/juno3_cots_GNSS.csv"),
    ):
        findings = recorded.chain(kind, DATA / source, work / f"{kind}-{Path(source).stem}").findings
        rows.append((f"{kind} {Path(source).stem}", *summary(findings)))
        if "telemetry_booster" in source:
            picture = draw("starship-booster", flight_plot("Starship booster, heights in whole km", findings))
    parts += [
        command("starship", "starship_ift3/IFT3_telemetry_booster.csv"),
        table(("set", "burns found, s (end ± sigma)", "last apogee forecast", "rejected", "launch declared at"), rows),
        picture,
    ]
    parts.append(
        "These records were looked at while the windows of time were chosen, so they show that one set of settings serves "
        "all, not that it serves what nobody has seen. The booster's boost-back ended near 228 s and it topped out at "
        "106 km about 254 s; the ship burnt to the end of its record. The students' motors burn 4 to 5 s. Two receivers "
        "(`camoes`, `genesis`) hold no height and are refused by the converter with that reason. As positions the student "
        "rocket is followed and declared, but a canopy has no model here: while it brakes under drag and parachute, more "
        "burns are said than it had, and its kind is called a missile: **wrong**, and known.\n"
    )
    return parts


def summary(findings):
    """Burns, apogee, rejections and the launch of one flight, in words."""
    found = recorded.burns(findings)
    burns = "; ".join(
        f"{b.start_s:.0f} to {b.end_s:.1f} ±{b.sigma_end_s:.1f}" if np.isfinite(b.end_s) else f"{b.start_s:.0f} on"
        for b in found
    )
    tops = recorded.apogees(findings)
    top = f"{tops[-1].height_m / 1e3:.2f} km at {tops[-1].at_s:.1f} s" if tops else "not said"
    rejected = ", ".join(f"{f.n} {f.reason}" for f in findings if isinstance(f, PlotsRejected)) or "none"
    declared = [f"{recorded.seconds(f.valid_ns):.0f} s" for f in findings if isinstance(f, LaunchDetected)]
    return burns or "none", top, rejected, ", ".join(declared) or "no"


def ranges():
    """The dynamics oracle."""
    passes, orbit, stations = lageos.load(DATA / "slr_lageos2")
    rows = []
    plot = Plot(
        "LAGEOS-2: measured minus predicted range, coast with J2",
        "minutes into the pass",
        "m",
        (0.0, 26.0),
        (-10.0, 10.0),
    )
    for seen in passes:
        minutes = (seen.bounce_s - seen.bounce_s[0]) / 60.0
        with_j2, without = (
            lageos.misses_m(seen, orbit, stations[seen.station], c) for c in (lageos.coast, lageos.two_body)
        )
        worst, point = np.abs(with_j2).max(), np.abs(without).max()
        is_long = minutes[-1] > 10.0
        rows.append(
            (
                seen.station,
                f"{minutes[-1]:.1f}",
                len(minutes),
                f"{worst:.2f}",
                f"{point:.0f}",
                verdict(worst < 10.0 and (point > 80.0 or not is_long))
                + ("" if is_long else ", too short to tell a point mass"),
            )
        )
        plot.line(minutes, with_j2, BLUE)
        plot.dots(minutes, with_j2, BLUE)
    return [
        "## LAGEOS-2: the coast model against laser ranges\n",
        "```\npython builders/lageos.py .../slr_lageos2\n```\n",
        "From the predicted orbit's state at the first range of each pass; no tracker. Wanted: below 10 m; a point mass "
        "above 80 m.\n",
        table(("station", "minutes", "ranges", "worst with J2, m", "worst two-body, m", ""), rows),
        draw("lageos", plot),
    ]


def aircraft(work):
    """The negatives, both ways."""
    rows, lost = [], []
    for kind, name in (("opensky", "as positions"), ("opensky-radar", "real motion, synthetic sensor")):
        seen = recorded.sky(kind, SKY, work / kind)
        rejected = ", ".join(f"{n} {reason}" for reason, n in sorted(seen.rejected.items()))
        rows.append(
            (
                name,
                seen.n_rows,
                seen.n_aircraft,
                f"{seen.n_launches} / {seen.n_warnings}",
                f"{seen.p_missile:.2f}",
                f"{seen.n_kept} of {seen.n_often} ({100 * seen.n_kept / seen.n_often:.1f} %)",
                f"{seen.n_spanned} of {seen.n_often}",
                seen.n_tracks,
                rejected,
                verdict(
                    not seen.n_launches
                    and not seen.n_warnings
                    and seen.p_missile <= 0.05
                    and seen.n_kept >= 0.95 * seen.n_often
                ),
            )
        )
        lost += [(name, *one) for one in seen.worst]
    head = (
        "",
        "rows",
        "aircraft",
        "launches / warnings",
        "largest p of a missile",
        "kept by reports",
        "kept by time",
        "confirmed tracks",
        "rejected",
        "",
    )
    return [
        "## Twenty minutes of airliners over Britain\n",
        command("opensky", "OpenSky_Plane_States.csv") + command("opensky-radar", "OpenSky_Plane_States.csv"),
        table(head, rows),
        "Kept: of the aircraft with ten or more fresh reports, those with one confirmed track through 80 % of them. By time the "
        "silences count too, in which nothing can be tracked; that stricter reading stays below 95 % for positions. Not kept:\n",
        table(("", "fresh reports", "longest silence, s", "share of the best track"), lost),
        "The virtual radar stands at 52.0 N 1.5 W, 80 m; sigma 50 m and 0.05 degrees, seeded. The set holds 16.8 "
        "aircraft-hours: no alarm in it means fewer than 0.18 an hour at 95 %, and no more than that.\n",
    ]


def main() -> int:
    """Run everything and write the page; 1 where the data is absent or a line is missed."""
    if not DATA.is_dir():
        print(f"real data not found at {DATA}: set BONGSU_SHARED_DATA; nothing was written")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        parts = [
            "# Real recordings through the chain\n",
            "Public data that may be used and not shipped; [guides/recordings.md](../guides/recordings.md) says where it "
            "comes from, [decision 0007](../decisions/0007-real-measurements.md) what it may prove. Made by "
            "`python -m tests.accept_recordings` on "
            f"{time.strftime('%Y-%m-%d', time.gmtime())}; Python {platform.python_version()}, numpy {np.__version__}, "
            f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores.\n",
            *first_stage("NROL-76", work),
            *first_stage("SpaceX_CRS-11", work),
            *ascents(work),
            *others(work),
            *ranges(),
            *aircraft(work),
        ]
    page = "\n".join(parts)
    (OUT / "recordings.md").write_text(page, encoding="utf-8")
    n_missed = page.count("**missed**")
    print("\n".join(line for line in page.splitlines() if line.startswith(("#", "|"))))
    print(f"{page.count('| met')} lines met, {n_missed} missed; docs/evaluation/recordings.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
