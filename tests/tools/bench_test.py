# SPDX-License-Identifier: MIT
"""Tests of tools/bench with fake engines: how it runs programs, what it computes and reports."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# A fake engine; {times} stands for the seconds of its rounds. It logs how it was started.
ENGINE = """#!/bin/sh
case $1$2 in *--version|-v) echo "fake 1.0 +YJIT +JIT"; exit ;; esac
while read -r key value; do
  if [ "$key" = Cpus_allowed_list: ]; then cores=$value; fi
done </proc/self/status
echo "${{0##*/}} $* cores=$cores" >>"$LOG"
round=0
for time in {times}; do
  round=$((round + 1))
  echo "round $round $time"
done
{end}
"""
# A fake compiler: its programs are fake engines themselves.
COMPILER = """#!/bin/sh
if [ "$1" = --version ]; then echo "fake 1.0"; exit; fi
/bin/cp "$6" "$5" && /bin/chmod +x "$5"
"""


def engine(*times, end=""):
    """Return the text of a fake engine that prints rounds of these times, then does `end`."""
    return ENGINE.format(times=" ".join(map(str, times)), end=end)


class BenchTest(unittest.TestCase):
    """Each test makes a folder with engines, the only ones in the PATH, and programs."""

    def bench(self, engines, arguments, programs=("fib/fib.rb",)):
        """Run tools/bench; keep code, output, log and figures in this test."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in engines.items():
                path = Path(folder, name)
                path.write_text(text, encoding="utf-8")
                path.chmod(0o755)
            for name in programs:
                path = Path(folder, "benchmarks", name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(engine("0.001"), encoding="utf-8")
            self.run_in(Path(folder), arguments)

    def run_in(self, folder, arguments):
        """Run tools/bench on what is in the folder."""
        log, figures = folder / "log", folder / "figures.json"
        log.touch()
        command = [sys.executable, ROOT / "tools/bench", "--benchmarks", folder / "benchmarks"]
        command += ["--metorex", folder / "metorex", "--json", figures, *arguments.split()]
        environment = {"PATH": str(folder), "LOG": str(log)}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        self.code, self.output, self.errors = done.returncode, done.stdout, done.stderr
        self.log = [line.replace(f"{folder}/", "") for line in log.read_text().splitlines()]
        self.figures = json.loads(figures.read_text()) if figures.exists() else {}

    def test_engines_alternate_with_size_and_rounds(self):
        engines = {"ruby": engine(1, 1), "metorex": engine(1, 1)}
        self.bench(engines, "--programs fib --rounds 2 --processes 2 --size-scale 0.5")
        started = [line.split(" cores=")[0] for line in self.log]
        file = "benchmarks/fib/fib.rb 50% 2"
        turn = [f"metorex --ast {file}", f"metorex --jit=off {file}", f"metorex --jit=on {file}"]
        turn += [f"ruby {file}", f"ruby --yjit {file}"]
        self.assertEqual(started, turn * 2)
        self.assertEqual(self.code, 0, self.errors)

    def test_what_is_over_too_soon_runs_again(self):
        more = 'while [ $round -lt "$3" ]; do round=$((round + 1)); echo "round $round 0.5"; done'
        engines = {"ruby": engine(0.75, end=more), "metorex": engine(2)}
        self.bench(engines, "--programs fib --engines ast,ruby --rounds 1 --seconds 2")
        started = [line.split(" cores=")[0] for line in self.log if line.startswith("ruby")]
        self.assertEqual([line.split()[-1] for line in started], ["1", "3"] * 3)
        self.assertEqual(self.figures["programs"]["fib"]["ruby"]["curve"], [0.75, 0.5, 0.5])
        self.assertEqual(len(self.log) - len(started), 3)

    def test_pins_to_one_core(self):
        core = min(os.sched_getaffinity(0))
        self.bench({"ruby": engine(1)}, f"--programs fib --engines ruby --rounds 1 --cpu {core}")
        self.assertEqual({line.split(" cores=")[1] for line in self.log}, {str(core)})

    def test_first_peak_curve_and_speed(self):
        engines = {"ruby": engine(9, 4, 4, 4, 2, 2), "metorex": engine(5, 1, 1, 1, 1, 1)}
        self.bench(engines, "--programs fib --engines ast,ruby --rounds 6 --processes 1")
        ruby, ast = (self.figures["programs"]["fib"][name] for name in ("ruby", "ast"))
        self.assertEqual((ruby["first"], ruby["peak"]), (9, 2))
        self.assertEqual(ruby["curve"], [9, 4, 4, 4, 2, 2])
        self.assertEqual((ast["speed"], ruby["speed"]), (2, 1))

    def test_means_are_geometric_and_by_group(self):
        # Over the base 4 and 1 times as fast in group A, half as fast in group B.
        slow = 'case $* in *tak*) t=1 ;; *sort*) t=8 ;; *) t=1 ;; esac; echo "round 1 $t"'
        base = 'case $* in *tak*) t=4 ;; *sort*) t=4 ;; *) t=1 ;; esac; echo "round 1 $t"'
        programs = ["fib/fib.rb", "tak/tak.rb", "sort/sort.rb"]
        arguments = "--programs fib,tak,sort --engines ast,ruby --rounds 1"
        engines = {"metorex": engine(end=slow), "ruby": engine(end=base)}
        self.bench(engines, arguments, programs)
        self.assertAlmostEqual(self.figures["means"]["A"]["ast"]["speed"], 2)
        self.assertEqual(self.figures["means"]["A"]["ast"]["programs"], 2)
        self.assertAlmostEqual(self.figures["means"]["B"]["ast"]["speed"], 0.5)
        self.assertRegex(self.output, r"mean of A +2\.00 +1\.00\n")

    def test_own_engines_are_compared_over_shared_programs(self):
        # LuaJIT has one program of two: 3 times as fast as the walker, which is twice the base.
        engines = {"metorex": engine(1.5), "ruby": engine(3), "luajit": engine(0.5)}
        programs = ["fib/fib.rb", "fib/fib.lua", "tak/tak.rb"]
        arguments = "--programs fib,tak --engines ast,ruby,luajit --rounds 1"
        self.bench(engines, arguments, programs)
        self.assertRegex(self.output, r"A: ast +1\.00 +2\.00 +0\.33\n  of programs +2 +2 +1\n")

    def test_time_to_the_peak(self):
        # The third round is the first one within a tenth of the peak; ruby is there at once.
        engines = {"metorex": engine(9, 5, 2.2, 2, 2, 2), "ruby": engine(3, 3, 3, 3, 3, 3)}
        arguments = "--programs fib --engines ast,ruby --rounds 6 --processes 1"
        self.bench(engines, arguments)
        figures = self.figures["programs"]["fib"]
        self.assertAlmostEqual(figures["ast"]["warm"], 16.2)
        self.assertAlmostEqual(figures["ruby"]["warm"], 3)
        self.assertRegex(self.output, r"Mean time to 90 % .*\n.*\nA: ast +1\.00 +0\.19\n")

    def test_early_rounds_are_those_of_half_a_second(self):
        # --jit=off does three rounds in half a second.
        times = 'case $* in *off*) t="0.2 0.2 0.2 0.2" ;; *) t="0.4 0.3 0.2 0.1" ;; esac'
        metorex = engine(end=f'{times}; for t in $t; do echo "round $((n += 1)) $t"; done')
        self.bench({"metorex": metorex}, "--programs fib --engines vm,jit --rounds 4 --base vm")
        figures = self.figures["programs"]["fib"]
        self.assertAlmostEqual(figures["jit"]["early"], 1.5)
        self.assertAlmostEqual(figures["vm"]["early"], 1)
        self.assertRegex(self.output, r"half a second.*\n.*\nfib +1\.00 +1\.50\n")

    def test_page_has_versions_figures_and_what_is_slow(self):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder, "page.md")
            arguments = f"--programs fib --engines ruby --rounds 1 --page {page}"
            self.bench({"ruby": engine(7)}, arguments, ["fib/fib.rb", "slow.md"])
            text = page.read_text(encoding="utf-8")
        self.assertIn("| `ruby` | fake 1.0 +YJIT +JIT |", text)
        self.assertRegex(text, r"    Peak, ms\n +ruby\n    fib +7000\n")
        self.assertIn("--programs fib --engines ruby --rounds 1", text)
        self.assertTrue(text.endswith(engine("0.001")))

    def test_memory_is_that_of_the_child(self):
        hold = "import time\nkept = b'x' * (80 << 20)\nprint('round 1 1.0')\n"
        large = f"#!/bin/sh\nif [ $1 = --version ]; then echo 1; exit; fi\n"
        large += f'exec {sys.executable} -c "{hold}"\n'
        self.bench({"ruby": large, "luajit": engine(1)},
                   "--programs fib --engines ruby,luajit --rounds 1",
                   ["fib/fib.rb", "fib/fib.lua"])
        figures = self.figures["programs"]["fib"]
        self.assertGreater(figures["ruby"]["memory"], 80 << 20)
        self.assertLess(figures["ruby"]["memory"], 160 << 20)
        # The shell is smaller than the Python that started it.
        self.assertLess(figures["luajit"]["memory"], 8 << 20)

    def test_missing_engines_and_programs_are_listed(self):
        no_yjit = engine(1).replace("+YJIT", "")
        self.bench({"ruby": no_yjit}, "--programs fib,tak --engines ruby,yjit,luajit --rounds 1")
        self.assertIn("missing: luajit: luajit is not installed", self.output)
        self.assertIn("missing: yjit: ruby does not say +YJIT in its version", self.output)
        self.assertIn("missing: tak: no such program in benchmarks", self.output)
        self.assertEqual(sorted(self.figures["missing"]), ["luajit", "tak", "yjit"])
        self.assertEqual(self.code, 0, self.errors)

    def test_engine_that_cannot_start_is_missing(self):
        broken = "#!/bin/sh\necho 'library not found' >&2\nexit 127\n"
        self.bench({"ruby": broken}, "--programs fib --engines ruby --rounds 1")
        self.assertIn("missing: ruby: ruby does not run: library not found", self.output)
        self.assertEqual(self.code, 1)

    def test_failures_are_listed_and_not_repeated(self):
        cases = {
            "wrong result": engine(1, end="echo 'wrong result' >&2; exit 1"),
            "exit code 3": engine(1, end="exit 3"),
            "1 of 2 rounds, printed: ": engine(1),
            "2 of 2 rounds, printed: hello": engine(1, 1, end="echo hello"),
            "not finished after 0.5 s": engine(1, end="exec /bin/sleep 20"),
        }
        for problem, text in cases.items():
            with self.subTest(problem):
                arguments = "--programs fib --engines ruby --rounds 2 --timeout 0.5"
                self.bench({"ruby": text}, arguments)
                self.assertIn(f"FAILED: fib ruby: {problem}", self.output)
                self.assertEqual((self.code, len(self.log)), (1, 1))

    def test_c_programs_are_compiled_once(self):
        arguments = "--programs fib --engines c --base c --rounds 1"
        self.bench({"gcc": COMPILER}, arguments, ["fib/fib.c"])
        self.assertEqual(self.figures["programs"]["fib"]["c"]["peak"], 0.001)
        self.assertEqual([line.split(" cores")[0] for line in self.log], ["fib 100% 1"] * 3)

    def test_c_program_that_does_not_compile_fails(self):
        arguments = "--programs fib --engines c --base c --rounds 1"
        broken = COMPILER.replace("/bin/cp", "exit 1 #")
        self.bench({"gcc": broken}, arguments, ["fib/fib.c"])
        self.assertIn("FAILED: fib c: ", self.output)
        self.assertEqual(self.code, 1)

    def test_tables_fit_100_columns(self):
        names = ["metorex", "ruby", "luajit", "node", "pypy3", "python3"]
        engines = {name: engine(*[1234.567] * 12) for name in names} | {"gcc": COMPILER}
        programs = [f"string_building/string_building.{s}" for s in ("rb", "lua", "js", "py")]
        arguments = "--programs string_building --rounds 12 --processes 1 --curves"
        self.bench(engines, arguments, programs)
        self.assertIn("Warm-up", self.output)
        self.assertLessEqual(max(map(len, self.output.splitlines())), 100)
        self.assertEqual(self.code, 0, self.output)

    def test_unknown_names_are_refused(self):
        for arguments in ("--programs nothing", "--engines nothing", "--base nothing",
                          "--group A --programs sort", "--engines ast --base ruby"):
            with self.subTest(arguments):
                self.bench({}, arguments)
                self.assertEqual(self.code, 2)
                self.assertNotIn("Traceback", self.errors)


if __name__ == "__main__":
    unittest.main()
