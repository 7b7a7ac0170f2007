# SPDX-License-Identifier: MIT
"""Runs one test program and compares what it did with what its text says it must do.

A program states its expectations in comments:

    puts 1 + 2            # => 3
    Integer("x")          # raises ArgumentError: invalid value for Integer(): "x"
    foo(                  # syntax error: expected `)`

All `# => TEXT` together, in source order, are the lines of standard output, exactly. A program
that prints in another order has a `.out` file beside it, and then its `# =>` are mere comments.
`# raises CLASS: MESSAGE` is the uncaught exception that ends the program: exit code 1, and the
first line of standard error is `file:LINE:in 'meth': MESSAGE (CLASS)` with the line that the
comment stands on. `# syntax error: TEXT` wants a diagnostic for that line that contains TEXT.
A program without any of these asserts nothing, which is an error.

Options stand in the comment at the head of the file:

    # args: WORDS         arguments of the program
    # flags: WORDS        options of the command, before the file
    # stdin: FILE         standard input, from the folder of the program
    # exit: N             the exit code (0 if not said; 1 after `raises` and `syntax error`)
    # stderr: TEXT        standard error contains TEXT (may be repeated)
    # stderr-count: N TEXT  N lines of standard error contain TEXT (may be repeated)
    # env: NAME=VALUE     environment variable (may be repeated)
    # run: WORDS          the whole command line; FILE and DIR stand for the program and its folder

Files below a folder named `fixtures` are not tests; they are what tests load.
"""

import difflib
import os
import re
import shlex
import signal
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

PRINTS = re.compile(r"^.*# =>(?: (.*))?$")
RAISES = re.compile(r"# raises ([A-Z][\w:]*)(?:: (.*))?$")
SYNTAX_ERROR = re.compile(r"# syntax error: (.+)$")
OPTION = re.compile(r"^# (args|flags|run|stdin|exit|stderr|stderr-count|env): (.*)$")


@dataclass
class Expectation:
    """What a program must do."""

    stdout: str | None = None  # all of standard output; None: nothing is asserted
    raises: tuple | None = None  # (line, class, message or None)
    syntax_errors: list = field(default_factory=list)  # of (line, text)
    exit_code: int = 0
    stderr: list = field(default_factory=list)  # texts that standard error contains
    counts: list = field(default_factory=list)  # of (number, text): so many lines contain it
    args: list = field(default_factory=list)
    flags: list = field(default_factory=list)
    run: list | None = None  # all arguments after the flags of the engine
    stdin: Path | None = None
    env: dict = field(default_factory=dict)

    def asserts_something(self):
        """Tell whether the program states any expectation on what it prints."""
        return self.stdout is not None or self.raises or self.syntax_errors or self.stderr


@dataclass
class Outcome:
    """What a program did."""

    stdout: str
    stderr: str
    exit_code: int
    timed_out: bool


def find_programs(folders):
    """List the test programs below the folders, sorted."""
    found = [path for folder in folders for path in Path(folder).rglob("*")]
    return sorted(p for p in found if p.suffix in (".rb", ".mx") and "fixtures" not in p.parts)


def read_expectation(program):
    """Read the expectations and options of a program from its text."""
    expected = Expectation()
    lines = program.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    read_options(expected, lines, program)
    printed = [m[1] or "" for m in map(PRINTS.match, lines) if m]
    out_file = program.with_suffix(".out")
    for number, line in enumerate(lines, 1):
        if match := RAISES.search(line):
            expected.raises = (number, match[1], match[2])
        if match := SYNTAX_ERROR.search(line):
            expected.syntax_errors.append((number, match[1]))
    if out_file.exists():
        expected.stdout = out_file.read_text(encoding="utf-8", errors="surrogateescape")
    elif printed or expected.raises or expected.syntax_errors:
        expected.stdout = "".join(f"{text}\n" for text in printed)
    if (expected.raises or expected.syntax_errors) and expected.exit_code == 0:
        expected.exit_code = 1
    return expected


def read_options(expected, lines, program):
    """Take the options from the comment at the head of the file."""
    for line in lines:
        if line and not line.startswith("#"):
            return
        match = OPTION.match(line)
        if not match:
            continue
        key, value = match.groups()
        if key in ("args", "flags", "run"):
            setattr(expected, key, shlex.split(value))
        elif key == "stdin":
            expected.stdin = program.parent / value
        elif key == "exit":
            expected.exit_code = int(value)
        elif key == "stderr":
            expected.stderr.append(value)
        elif key == "stderr-count":
            number, _, text = value.partition(" ")
            expected.counts.append((int(number), text))
        else:
            name, _, text = value.partition("=")
            expected.env[name] = text


def execute(command, expected, timeout):
    """Run the command in its own process group and collect what it did."""
    env = {k: v for k, v in os.environ.items() if k not in ("RUBYOPT", "RUBYLIB")}
    env |= {"LC_ALL": "C.UTF-8", "TZ": "UTC"} | expected.env
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, open(
        expected.stdin or os.devnull, "rb"
    ) as stdin:
        process = subprocess.Popen(
            command, stdin=stdin, stdout=out, stderr=err, env=env, start_new_session=True
        )
        timed_out = False
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            timed_out = True
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        return Outcome(read_back(out), read_back(err), process.returncode, timed_out)


def read_back(stream):
    """Return the text that a process wrote; bytes that are no UTF-8 survive the round trip."""
    stream.seek(0)
    return stream.read().decode("utf-8", "surrogateescape")


def judge(expected, outcome):
    """Compare; return the list of complaints."""
    problems = []
    if outcome.timed_out:
        problems.append("timed out")
    elif outcome.exit_code != expected.exit_code:
        problems.append(f"exit code {outcome.exit_code}, expected {expected.exit_code}")
    if expected.stdout is not None and outcome.stdout != expected.stdout:
        problems.append(diff(expected.stdout, outcome.stdout))
    if expected.raises:
        problems += judge_exception(expected.raises, outcome.stderr)
    for number, text in expected.syntax_errors:
        if not any(f":{number}:" in line and text in line for line in outcome.stderr.split("\n")):
            problems.append(f"no syntax error at line {number} with: {text}")
    problems += [f"standard error lacks: {t}" for t in expected.stderr if t not in outcome.stderr]
    for number, text in expected.counts:
        found = sum(text in line for line in outcome.stderr.split("\n"))
        if found != number:
            problems.append(f"{found} lines of standard error have, expected {number}: {text}")
    return problems


def judge_exception(raises, stderr):
    """Compare the first line of standard error with the exception that must end the program."""
    number, name, message = raises
    first = stderr.split("\n")[0]
    ending = f"({name})" if message is None else f": {message} ({name})"
    if re.search(rf":{number}:in ", first) and first.endswith(ending):
        return []
    return [f"expected the exception FILE:{number}:in 'METHOD'{ending}\n  got: {first}"]


def diff(expected, actual):
    """Return a unified diff of the two texts."""
    lines = difflib.unified_diff(
        expected.split("\n"), actual.split("\n"), "expected", "printed", lineterm=""
    )
    return printable("\n".join(list(lines)[:60]))


def printable(text):
    """Replace what a terminal cannot show."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def arguments(program, expected):
    """Return the arguments with which the command runs the program."""
    if expected.run is None:
        return [*expected.flags, str(program), *expected.args]
    names = {"FILE": str(program), "DIR": str(program.parent)}
    return [names.get(word, word) for word in expected.run]


def run_program(program, command, timeout):
    """Run the program under the command; return the complaints as text, empty if it passes."""
    expected = read_expectation(program)
    if not expected.asserts_something():
        return "asserts nothing: no `# =>`, `# raises`, `# syntax error` or .out file"
    try:
        outcome = execute([*command, *arguments(program, expected)], expected, timeout)
    except OSError as error:
        return str(error)
    problems = judge(expected, outcome)
    if problems and outcome.stderr:
        problems.append("standard error:\n" + printable(outcome.stderr[:2000]))
    return "\n".join(problems)
