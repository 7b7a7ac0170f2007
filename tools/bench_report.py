# SPDX-License-Identifier: MIT
"""What tools/bench makes of its measurements: first iteration, peak, memory, ratios, and tables.

Processes and rounds are summed up by medians, which an interruption doesn't move: the first
iteration is the median over the processes of their first rounds, and the peak is the median of the
last third of the rounds of all processes, when an engine that warms up has done so.
"""

import statistics
from dataclasses import dataclass, field

MIB = 1 << 20
NAME_WIDTH = 15  # of the first column: the longest name of a program
WIDTH = 8  # of a figure's column, and the blank before it; ten of them fit a line
CURVE_COLUMNS = 9  # rounds in one line of a warm-up curve
OWN_ENGINES = ("ast", "vm", "jit")  # those of this project
WARM = 0.9  # of the speed at the peak: an engine that reaches it has warmed up
EARLY_ENGINE = "vm"  # early is as many rounds as this engine does ...
EARLY_SECONDS = 0.5  # ... in this time


@dataclass
class Process:
    """What one process of one program did."""

    seconds: list = field(default_factory=list)  # of each round
    memory: int = 0  # peak resident size in bytes
    problem: str = ""  # why the process doesn't count


@dataclass
class Summary:
    """The figures of one program under one engine."""

    first: float  # seconds of the first iteration
    peak: float  # seconds of an iteration after warming up
    warm: float  # seconds until the end of the first round near the peak
    memory: float  # bytes
    curve: list  # seconds of each round, median over the processes


def summarise(processes):
    """Sum the processes of one program and engine up."""
    rounds = [process.seconds for process in processes]
    last = [seconds[-max(1, len(seconds) // 3) :] for seconds in rounds]
    peak = statistics.median(sum(last, []))
    return Summary(
        first=statistics.median(seconds[0] for seconds in rounds),
        peak=peak,
        warm=statistics.median(time_to(seconds, peak / WARM) for seconds in rounds),
        memory=statistics.median(process.memory for process in processes),
        curve=[statistics.median(column) for column in zip(*rounds)],
    )


def time_to(seconds, goal):
    """Return the time until the end of the first round that takes no longer than the goal, or of
    all rounds."""
    total = 0
    for round_seconds in seconds:
        total += round_seconds
        if round_seconds <= goal:
            break
    return total


class Results:
    """All measurements, by program and engine."""

    def __init__(self, programs, engines, base, groups, missing):
        self.programs = programs
        self.engines = engines  # names of those that are there
        self.base = base
        self.groups = groups
        self.missing = missing  # {engine or program: why}
        self.processes = {}  # {(program, engine): [Process]}

    def add(self, program, engine, process):
        """Record one process."""
        self.processes.setdefault((program, engine), []).append(process)

    def problem(self, program, engine):
        """Return why a program doesn't count under an engine, or an empty string."""
        texts = [process.problem for process in self.processes.get((program, engine), [])]
        return next(filter(None, texts), "")

    def problems(self):
        """List what failed as [program, engine, why]."""
        keys = [key for key in self.processes if self.problem(*key)]
        return [[*key, self.problem(*key)] for key in keys]

    def any(self):
        """Tell whether anything was measured."""
        return any(self.summary(*key) for key in self.processes)

    def summary(self, program, engine):
        """Return the figures of a program under an engine, or None."""
        processes = self.processes.get((program, engine))
        if not processes or self.problem(program, engine):
            return None
        return summarise(processes)

    def speed(self, program, engine):
        """Return how many times as fast as the base an engine is at its peak, or None."""
        own, base = self.summary(program, engine), self.summary(program, self.base)
        return base.peak / own.peak if own and base and own.peak else None

    def mean(self, group, engine, ratio):
        """Return the geometric mean of a ratio of an engine over a group, and over how many
        programs."""
        members = [program for program in self.programs if program in self.groups[group]]
        ratios = [ratio(program, engine) for program in members]
        ratios = [each for each in ratios if each]
        return (statistics.geometric_mean(ratios), len(ratios)) if ratios else (None, 0)

    def advantage(self, group, engine, peer, figure):
        """Return how many times as small an engine's figure is as a peer's over the programs of a
        group that ran under both, as a geometric mean, and over how many programs."""
        ratios = []
        for program in filter(self.groups[group].__contains__, self.programs):
            own, other = self.summary(program, engine), self.summary(program, peer)
            if own and other and figure(own):
                ratios.append(figure(other) / figure(own))
        return (statistics.geometric_mean(ratios), len(ratios)) if ratios else (None, 0)

    def early(self, program, engine):
        """Return the time of an engine's early rounds as a part of EARLY_ENGINE's, or None."""
        own, reference = self.summary(program, engine), self.summary(program, EARLY_ENGINE)
        if not own or not reference:
            return None
        count, total = 0, 0
        while count < len(reference.curve) and total < EARLY_SECONDS:
            total += reference.curve[count]
            count += 1
        return sum(own.curve[:count]) / total if total else None

    def figures(self):
        """Return everything in a form that JSON can hold."""
        programs = {}
        for program, engine in self.processes:
            if summary := self.summary(program, engine):
                rounds = [process.seconds for process in self.processes[program, engine]]
                programs.setdefault(program, {})[engine] = vars(summary) | {
                    "speed": self.speed(program, engine),
                    "early": self.early(program, engine),
                    "rounds": rounds,
                }
        means = {group: self.group_figures(group) for group in sorted(self.groups)}
        return {
            "base": self.base,
            "programs": programs,
            "means": means,
            "missing": self.missing,
            "failed": self.problems(),
        }

    def group_figures(self, group):
        """Return the mean speed of every engine over a group."""
        means = {engine: self.mean(group, engine, self.speed) for engine in self.engines}
        return {name: {"speed": mean, "programs": n} for name, (mean, n) in means.items() if n}

    def text(self, curves):
        """Return the report as text, at most 100 columns wide."""
        lines = self.table("Peak, ms", lambda s: s.peak * 1000)
        lines += self.ratio_table(
            f"Speed at the peak, times that of {self.base} (more is faster)", self.speed
        )
        lines += self.advantage_table("speed at the peak", lambda s: s.peak)
        lines += self.table("First iteration, ms", lambda s: s.first * 1000)
        if EARLY_ENGINE in self.engines:
            lines += self.ratio_table(
                f"Time of the rounds that {EARLY_ENGINE} does in half a second, times its own (less"
                " is faster)",
                self.early,
            )
        lines += self.table("Time to 90 % of the speed at the peak, ms", lambda s: s.warm * 1000)
        lines += self.advantage_table("time to 90 % of the peak", lambda s: s.warm)
        lines += self.table("Peak resident memory, MiB", lambda s: s.memory / MIB)
        lines += self.curve_lines() if curves else []
        lines += [f"missing: {name}: {why}" for name, why in self.missing.items()]
        for program, engine, why in self.problems():
            lines.append(f"FAILED: {program} {engine}: {why}")
        return "\n".join(lines)

    def table(self, title, figure):
        """Return the lines of a table with one figure of every program under every engine."""
        lines = [title, row("", self.engines)]
        for program in self.programs:
            cells = []
            for engine in self.engines:
                summary = self.summary(program, engine)
                cells.append(number(figure(summary)) if summary else self.absent(program, engine))
            lines.append(row(program, cells))
        return [*lines, ""]

    def absent(self, program, engine):
        """Return what stands in the place of a figure that there isn't."""
        return "failed" if self.problem(program, engine) else "-"

    def ratio_table(self, title, ratio):
        """Return the lines of a table of ratios, with the mean of each group below."""
        lines = [title, row("", self.engines)]
        for program in self.programs:
            ratios = [ratio(program, engine) for engine in self.engines]
            lines.append(row(program, [number(r) if r else "-" for r in ratios]))
        for group in sorted(self.groups):
            means = [self.mean(group, engine, ratio) for engine in self.engines]
            if any(count for _, count in means):
                lines.append(row(f"mean of {group}", [number(m) if n else "-" for m, n in means]))
                lines.append(row("  of programs", [str(count) for _, count in means]))
        return [*lines, ""]

    def advantage_table(self, what, figure):
        """Return how the project's own engines compare with every other, by group."""
        lines = [f"Mean {what} of each engine of Metorex: how many times better than the others"]
        own = [engine for engine in self.engines if engine in OWN_ENGINES]
        lines.append(row("", self.engines))
        for group in sorted(self.groups):
            for engine in own:
                means = [self.advantage(group, engine, peer, figure) for peer in self.engines]
                if any(count for _, count in means):
                    cells = [number(mean) if count else "-" for mean, count in means]
                    lines.append(row(f"{group}: {engine}", cells))
                    lines.append(row("  of programs", [str(count) for _, count in means]))
        return [*lines, ""]

    def curve_lines(self):
        """Return the warm-up curves: the time of each round, in lines of a few."""
        lines = ["Warm-up: median time of each round, ms"]
        for program in self.programs:
            for engine in self.engines:
                summary = self.summary(program, engine)
                cells = [number(s * 1000) for s in summary.curve] if summary else []
                for start in range(0, len(cells), CURVE_COLUMNS):
                    names = (program, engine) if start == 0 else ("", "")
                    lines.append(row(names[0], [names[1], *cells[start : start + CURVE_COLUMNS]]))
        return [*lines, ""]


def page(report, facts, slow):
    """Return the page about speed: what was run, the report, and what is slow and why."""
    versions = "\n".join(f"| `{name}` | {text} |" for name, text in facts["versions"].items())
    return f"""# Performance

Read this if you want to know how fast Metorex is, against what, and where it is slow.

This page is written by `tools/bench --page FILE`; how to read the tables is in
`benchmarks/README.md`. Measured on {facts["date"]} with

    {facts["command"]}

on {facts["cores"]} cores of {facts["processor"]}, {facts["processes"]} processes of {facts["rounds"]} rounds each,
and of more where these took less than {facts["seconds"]:g} s.

| Engine | Version |
|---|---|
{versions}

## Figures

{indented(report)}

{slow}"""


def indented(text):
    """Indent the lines of a text as Markdown's code."""
    return "\n".join(f"    {line}".rstrip() for line in text.strip().split("\n"))


def row(name, cells):
    """Return one line of a table."""
    return f"{name:{NAME_WIDTH}}" + "".join(f"{cell:>{WIDTH}}" for cell in cells)


def number(value):
    """Write a positive number with three significant digits, or all before the point."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
