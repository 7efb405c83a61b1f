"""The command line. Every body imports what it needs, so that `--help` stays instant.

Exit codes: 0 done (finding no launch is done), 2 wrong usage, 1 failure with one line on standard error. What is meant
for machines goes to standard output, everything else to standard error.
"""

import sys
from pathlib import Path
from typing import Any

import click

from bongsu import __version__
from bongsu.errors import BongsuError

EXISTING = click.Path(path_type=Path)


class Figure(click.ParamType[Any]):
    """A number above zero, or LOW..HIGH, of which one end may be left open."""

    name = "figure"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float | tuple[float, float]:
        """The number, or both ends."""
        try:
            low, dots, high = str(value).partition("..")
            ends = (float(low or "-inf"), float(high or "inf")) if dots else (float(low), float(low))
        except ValueError:
            self.fail(f"{value!r} is no number and not LOW..HIGH", param, ctx)
        if not all(end > 0.0 for end in ends if end != float("-inf")):
            self.fail(f"{value!r} is not above zero", param, ctx)
        return ends if dots else ends[0]


FIGURE = Figure()
as_json = click.option("--json", "is_json", is_flag=True, help="Machine-readable output on standard output.")


def note(text: str) -> None:
    """One line for the person watching."""
    click.echo(f"bongsu: {text}", err=True)


class OneLine(click.Group):
    """A group whose commands end with one line on standard error where they fail."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn what Bongsu refuses into one line and exit code 1."""
        try:
            return super().invoke(ctx)
        except BongsuError as error:
            note(" ".join(str(error).split()))
            ctx.exit(1)
        except BrokenPipeError:  # whoever read our output has had enough
            sys.stdout = None  # nothing can be flushed into a closed pipe at exit
            ctx.exit(0)
        except KeyboardInterrupt:
            note("interrupted")
            ctx.exit(1)


@click.group(cls=OneLine, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="bongsu")
def main() -> None:
    """From sensor scans to one trusted account of a launch: observe, estimate, forecast, warn."""


@main.command()
@click.argument("node", type=EXISTING)
@as_json
def run(node: Path, is_json: bool) -> None:
    """A live node: scans over TCP into log, pipeline and warnings, until stopped."""
    import asyncio

    from bongsu.run import beside as node_doors
    from bongsu.run import config, live, output
    from bongsu.run.core import Sink, open_core
    from bongsu.run.tables import load_tables
    from bongsu.run.times import SystemClock
    from bongsu.run.warm import warm

    file = config.load_node(node)
    warm(load_tables())
    if file.has_console:
        note("this version has no web console; `bongsu show LOG` shows the log in the terminal")
    sinks = [Sink(output.Announcer(note))]
    if is_json:
        sinks.append(Sink(output.JsonLines(sys.stdout.buffer)))
    with open_core(file.log, file.settings, load_tables(), mode=file.mode, epoch=file.epoch, sinks=sinks) as core:
        beside = node_doors.beside(file, core, SystemClock(), note)
        done = asyncio.run(live.run_until_stopped(core, SystemClock(), file.host, file.port, note, beside))
        refused = sum(done.refused.values())
        note(f"stopped after record {core.log.seq}; {done.n_repeated} repeated, {refused} refused")
        failed = core.n_failed
    _fail_if(failed)


@main.command()
@click.argument("scenario", type=EXISTING)
@click.option("--out", type=EXISTING, required=True, help="The log to write; it must not exist.")
@click.option(
    "--seed", type=click.IntRange(min=0), help="Which flight and noise to draw; the scenario's own if left out."
)
@as_json
def simulate(scenario: Path, out: Path, seed: int | None, is_json: bool) -> None:
    """Fly a scenario: truth and sensor scans into a log, findings beside them."""
    from bongsu.run import output
    from bongsu.run.core import Sink
    from bongsu.run.simulate import simulate as fly
    from bongsu.run.tables import load_tables

    sinks = [Sink(output.JsonLines(sys.stdout.buffer))] if is_json else []
    done, failed = fly(scenario, out, load_tables(), seed=seed, sinks=sinks)
    note(f"{out}: {len(done.inputs)} inputs of {done.scenario.scenario_id}, seed {done.flight.seed} (exercise)")
    _fail_if(failed)


@main.command()
@click.argument("log", type=EXISTING)
@click.option("--speed", type=click.FloatRange(min=0.0, min_open=True), help="1 takes the time it took; default: none.")
@click.option("--until", default="", help="UTC as ISO 8601, or +SECONDS after the first record.")
@click.option("--compare", is_flag=True, help="Fail if the findings differ from those stored in the log.")
@as_json
def replay(log: Path, speed: float | None, until: str, compare: bool, is_json: bool) -> None:
    """The same findings, byte for byte, from a log."""
    from bongsu.run import output
    from bongsu.run.replay import replay as fold
    from bongsu.run.tables import load_tables

    hear = output.JsonLines(sys.stdout.buffer) if is_json else output.Announcer(click.echo)
    done = fold(log, load_tables(), hear=hear, until=until, speed=speed or 0.0)
    for difference in done.differences:
        note(f"the log was written with {difference}")
    note(f"{done.n_inputs} inputs, {done.n_findings} findings, state {done.state_hash}")
    note(f"{done.n_compared - done.n_changed} of {done.n_compared} stored causes have the same findings")
    if compare and done.n_changed:
        raise BongsuError(
            f"{log}: findings of {done.n_changed} causes differ from the stored ones. See the notes above."
        )
    _fail_if(done.n_failed)


@main.command()
@click.argument("plots", type=EXISTING)
@click.option("--sensors", type=EXISTING, required=True, help="A file with [[sensor]] tables.")
@click.option("--states", type=EXISTING, help="Write one row a track and scan to this CSV.")
@click.option("--date", default="", help="UTC day (YYYY-MM-DD) of ASTERIX blocks, which hold only times of day.")
@as_json
def track(plots: Path, sensors: Path, states: Path | None, date: str, is_json: bool) -> None:
    """Run the chain over a recorded measurement file: CSV, or ASTERIX as a capture or bare blocks."""
    from bongsu.run.track import track_file

    track_file(plots, sensors, states, is_json, date=date)


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--published", default="", metavar="DATE", help="For texts that give no day: what weekdays count from.")
@as_json
def read(files: tuple[str, ...], published: str, is_json: bool) -> None:
    """Reports into claims, notices into areas (a text a file, or JSON lines; - is standard input)."""
    from bongsu.run.read import read_files

    for line in read_files(files, published, is_json).summary():
        note(line)


@main.command()
@click.option("--site", required=True, metavar="LAT,LON", help="Launch site in degrees, north and east positive.")
@click.option(
    "--azimuth-deg",
    type=click.FloatRange(0.0, 360.0),
    help="Direction from the site to where it fell, clockwise from north.",
)
@click.option("--range-km", type=FIGURE, help="Distance over ground; like the next two a number or LOW..HIGH.")
@click.option("--apogee-km", type=FIGURE, help="Greatest height.")
@click.option("--flight-time-min", type=FIGURE, help="From lift-off to the fall.")
@click.option("--landing", default="", metavar="WORDS", help="Such as '250 km west of Okushiri Island', or a sea.")
@as_json
def reconstruct(
    site: str,
    azimuth_deg: float | None,
    range_km: float | tuple[float, float] | None,
    apogee_km: float | tuple[float, float] | None,
    flight_time_min: float | tuple[float, float] | None,
    landing: str,
    is_json: bool,
) -> None:
    """Flights that fit reported figures: where, how high, how long, which zones."""
    from bongsu.run import reconstruct as reconstructing

    where = reconstructing.site_of(site)
    if where is None:
        raise click.BadParameter(f"{site!r} is not LAT,LON in degrees, such as 40.2,125.2", param_hint="--site")
    found = reconstructing.reconstruct(
        where,
        azimuth_deg=azimuth_deg,
        range_km=range_km,
        apogee_km=apogee_km,
        flight_time_min=flight_time_min,
        landing=landing,
    )
    if is_json:
        sys.stdout.buffer.write(reconstructing.as_json(found) + b"\n")
    else:
        click.echo("\n".join(reconstructing.as_text(found)))


@main.command()
@click.argument("log", type=EXISTING)
@click.option("--speed", type=click.FloatRange(min=0.0), default=12.0, show_default=True, help="0 takes no time.")
def show(log: Path, speed: float) -> None:
    """Replay a log in the terminal view."""
    from bongsu.console.terminal import show as show_log
    from bongsu.run.tables import load_tables

    show_log(log, load_tables(), speed=speed)


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="LOG|TEXTFILE...")
@click.option("--event", default="", help="Of a log: id of a launch event; the newest standing one if left out.")
@click.option("--published", default="", metavar="DATE", help="Of texts that give no day: what weekdays count from.")
@click.option("--lang", type=click.Choice(["en", "ko", "ja"]), default="en", show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "html", "json"]), default="text", show_default=True)
@click.option("--trace", is_flag=True, help="Name the findings each sentence rests on.")
@click.option("--issued-by", default="", metavar="USER", help="Of a log: record in it that this brief was published.")
def brief(
    files: tuple[str, ...], event: str, published: str, lang: str, form: str, trace: bool, issued_by: str
) -> None:
    """The account of one launch, every sentence traceable: of a log, or of reports read, reconstructed and written up."""
    from bongsu.run.brief import write_up

    click.echo(
        write_up(files, published=published, lang=lang, form=form, event=event, with_trace=trace, issued_by=issued_by)
    )


@main.command()
@click.option(
    "--import", "imports", type=EXISTING, multiple=True, metavar="PATH", help="A list, a folder, a text or a log."
)
@click.option(
    "--describe", "descriptions", type=EXISTING, multiple=True, metavar="TOML", help="What a list's columns are."
)
@click.option("--published", default="", metavar="DATE", help="Of texts that give no day: what weekdays count from.")
@click.option("--db", type=EXISTING, help="Keep the catalogue in this file; else it lives as long as the command.")
@click.option("--since", default="", metavar="DAY", help="First day (UTC+9), as 2017-07-28.")
@click.option("--until", default="", metavar="DAY", help="Last day.")
@click.option(
    "--days", type=click.IntRange(1, 36_525), help="The last so many days; with --before the days before (14)."
)
@click.option("--before", default="", metavar="LAUNCH|DAY", help="What led up to a launch or a day.")
@click.option(
    "--launch", default="", metavar="ID", help="Every field of one launch, with file, row, column and revision."
)
@click.option("--out", type=EXISTING, metavar="DIR", help="Page with plots, CSV, Parquet and GeoJSON into this folder.")
@as_json
def history(is_json: bool, **asked: Any) -> None:
    """Past launches as lists, texts, notices and logs have them, side by side, with their faults and contradictions."""
    from bongsu.run import history as past
    from bongsu.run import history_table, history_told

    told = past.history(past.Asked(**asked))
    for line in history_told.summary(told):
        note(line)
    if is_json:
        sys.stdout.buffer.write(history_told.as_json(told) + b"\n")
    else:
        history_table.show(told)


@main.command()
@click.argument("scenarios", type=EXISTING, nargs=-1, required=True, metavar="SCENARIO...|LIST...")
@click.option("--runs", type=click.IntRange(min=1), default=40, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of the first run.")
@click.option("--activity", is_flag=True, help="The files are lists of past launches: score forecasts of launch days.")
@click.option("--since", default="", metavar="DATE", help="First origin; the last six years if left out.")
@click.option("--until", default="", metavar="DATE", help="The day no window goes beyond.")
@click.option("--dates", type=EXISTING, multiple=True, help="CSV of dates: do launches come near them?")
@click.option("--out", type=EXISTING, help="Write the page and its reliability plot into this folder.")
@as_json
def evaluate(
    scenarios: tuple[Path, ...], runs: int, seed: int, activity: bool, out: Path | None, is_json: bool, **asked: Any
) -> None:
    """Accuracy, consistency, timeliness and alert quality against truth; or forecasts of launch days against what came."""
    if activity:
        from bongsu.run import activity as launches

        rolled, lines = launches.evaluate(scenarios, **asked)
        click.echo("\n".join(lines))
        if out is not None:
            launches.write(out, rolled, lines)
        return
    from bongsu.run.campaign import evaluate as measure

    measure(scenarios, runs, seed, is_json)


@main.command()
@click.argument("files", nargs=-1, type=EXISTING, metavar="SIGNS.csv...")
@click.option("--history", type=EXISTING, multiple=True, metavar="LIST", help="A list of past launches.")
@click.option("--node", type=EXISTING, help="A node's file, for its [[site]] and [[sign]] tables.")
@click.option("--until", default="", metavar="DATE", help="Say the levels of the end of this local day.")
@click.option("--out", type=EXISTING, help="Keep the log; it must not exist.")
@click.option("--lang", type=click.Choice(["en", "ko", "ja"]), default="en", show_default=True)
@as_json
def watch(
    files: tuple[Path, ...],
    history: tuple[Path, ...],
    node: Path | None,
    until: str,
    out: Path | None,
    lang: str,
    is_json: bool,
) -> None:
    """Dated signs and past launches into watch levels: how likely a launch is, why, and what would change it."""
    from bongsu.run import output
    from bongsu.run import watch as watching
    from bongsu.run.core import Sink

    if not files and not history:
        raise click.UsageError("name a CSV of signs, a --history, or both")
    sinks = [Sink(output.JsonLines(sys.stdout.buffer))] if is_json else []
    found = watching.watch(files, history=history, node=node, out=out, until=until, lang=lang, sinks=sinks)
    for line in found.refused:
        note(line)
    note(f"{found.n_signs} signs and {found.n_launches} entries of past launches")
    if not is_json:
        click.echo("\n".join(found.lines))


@main.command()
@click.argument("target", type=EXISTING, metavar="LOG|NODE.toml")
@click.argument("verb", metavar="VERB")
@click.argument("target_id", metavar="ID")
@click.option("--as", "user", required=True, help="Who acts; the password is asked for, or in BONGSU_PASSWORD.")
@click.option("--family", default="", help="What an author wants said: aware, shelter, shelter_now, passed, fell, ...")
@click.option("--why", default="", help="Of a correction or a retraction: track_lost, forecast_changed, no_launch, ...")
@click.option("--area", "areas", multiple=True, help="Speak to this area; those of the proposal if left out.")
@click.option("--session", default="", help="Where you are logged in; derived from the terminal if left out.")
@click.option("--people", type=EXISTING, metavar="NODE.toml", help="Of a log: the file with the [[user]] tables.")
@click.option("--text-preview", is_flag=True, help="Show the texts; change nothing.")
@as_json
def act(target: Path, text_preview: bool, is_json: bool, **typed: Any) -> None:
    """An act on a warning (propose, approve, send, update, retract, all-clear, cancel), or the rule that forbids it."""
    from bongsu.run import door

    answer = door.ask(target, door.Asked(**typed), is_preview=text_preview)
    if is_json:
        click.echo(door.as_json(answer))
        sys.exit(0 if answer.is_done else 1)
    click.echo("\n".join(door.lines(answer)))


@main.command()
@click.argument("user_id", metavar="NAME")
@click.option("--role", "roles", multiple=True, help="watch, author, approver, releaser, admin, auditor.")
def user(user_id: str, roles: tuple[str, ...]) -> None:
    """A [[user]] table for a node's file, with the hash of a password that is asked for (or in BONGSU_PASSWORD)."""
    from bongsu.run import door

    click.echo(door.user_table(user_id, roles))


@main.command()
@click.argument("log", type=EXISTING)
@click.option("--salvage", type=EXISTING, metavar="OUT", help="Copy the intact beginning to a new log.")
@as_json
def verify(log: Path, salvage: Path | None, is_json: bool) -> None:
    """Hash chain, gaps, manifest, findings, and the file itself."""
    from bongsu.log import verify as verifying
    from bongsu.run import core, output
    from bongsu.run.tables import load_tables

    found = verifying.verify(log)
    if is_json:
        click.echo(output.verification_json(found))
    else:
        for line in output.verification_lines(found):
            click.echo(line)
    if salvage is not None:
        n_inputs = verifying.salvage(log, salvage)
        n_findings = core.complete(salvage, load_tables())
        note(f"{salvage}: {n_inputs} inputs copied, {n_findings} findings made again from them")
    if found.problems:
        more = f" (and {len(found.problems) - 1} more)" if len(found.problems) > 1 else ""
        raise BongsuError(f"{log}: {found.problems[0]}{more}")


@main.command()
@click.option("--scenario", default="2025-11-07", show_default=True, help="Name or file of a scenario.")
@click.option("--recording", type=EXISTING, help="A measurement file to show instead.")
@click.option("--sensors", type=EXISTING, help="The sensors of the recording.")
@click.option("--date", default="", help="UTC day (YYYY-MM-DD) of a recording of bare ASTERIX blocks.")
@click.option(
    "--speed",
    type=click.FloatRange(min=0.0),
    default=0.0,
    help="1 is as it happened; 0 fills half a minute on a screen.",
)
def demo(scenario: str, recording: Path | None, sensors: Path | None, date: str, speed: float) -> None:
    """The main job end to end, with a view and a brief."""
    from bongsu.console.terminal import Terminal
    from bongsu.run.demo import demo as show_demo

    if (recording is None) != (sensors is None):
        raise click.UsageError("--recording and --sensors belong together")
    show_demo(scenario, recording, sensors, speed, onlooker=Terminal(), date=date)


@main.command()
@click.argument("node", type=EXISTING, required=False)
@as_json
def doctor(node: Path | None, is_json: bool) -> None:
    """Whether this machine, and a node's file and log, are fit to run."""
    from bongsu.run import doctor as checks

    found = checks.examine(node)
    click.echo(checks.as_json(found) if is_json else checks.as_text(found))
    bad = [check.name for check in found if not check.is_good]
    if bad:
        raise BongsuError(f"not fit: {', '.join(bad)}")


def _fail_if(n_failed: int) -> None:
    if n_failed:
        raise BongsuError(f"{n_failed} inputs made a stage fail; each is shown above. Please report it with the log.")


if __name__ == "__main__":
    main()
