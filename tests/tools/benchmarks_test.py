# SPDX-License-Identifier: MIT
"""Tests of the benchmark programs: all are there, and each gives the right result at a small size.

The Ruby programs run under the metorex that METOREX names (default: build/debug/metorex), walking
the tree; the translations under what is installed. How fast they are is tools/bench's matter.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BENCHMARKS = ROOT / "benchmarks"
METOREX = os.environ.get("METOREX", str(ROOT / "build/debug/metorex"))
TRANSLATED = [".js", ".lua", ".py"]
RUBY_ONLY = ["exceptions", "pattern_match"]  # of group A
LOOPS = "loops"  # a folder with a command of its own
IN_C = "mandelbrot nbody spectral_norm matmul sieve fannkuch".split()
COMMANDS = {
    ".rb": [METOREX, "--ast"],
    ".lua": ["luajit"],
    ".js": ["node"],
    ".py": [sys.executable],
}
# Sizes as a share of the default. Those whose work grows exponentially need not be that small.
SMALL = "2%"
SMALL_EXPONENTIAL = {
    "fib": "40%",
    "tak": "40%",
    "fannkuch": "60%",
    "binary_trees": "40%",
    "permute": "60%",
    "queens": "50%",
    "towers": "40%",
}
DEFAULT_SIZE = re.compile(r"\bbenchmark\((?:argc, argv,)?\s*(\d+),")
ONE_ROUND = re.compile(r"round 1 \d+\.\d{9}\n")


def load_groups():
    """Return the table of groups in tools/bench."""
    loader = SourceFileLoader("bench", str(ROOT / "tools/bench"))
    module = module_from_spec(spec_from_loader("bench", loader))
    sys.modules["bench"] = module
    loader.exec_module(module)
    return module.GROUPS


def suffixes_of(program):
    """List the languages in which a program exists."""
    files = (BENCHMARKS / program).glob("*")
    return sorted(path.suffix for path in files if path.is_file())


def run(command):
    """Run a program; return (code, output, errors)."""
    command = [str(part) for part in command]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout, done.stderr


class BenchmarksTest(unittest.TestCase):
    """The programs as tools/bench finds them."""

    def setUp(self):
        self.groups = load_groups()
        self.programs = self.groups["A"] + self.groups["B"]

    def files(self, suffix):
        """List the programs in one language."""
        paths = [BENCHMARKS / program / f"{program}{suffix}" for program in self.programs]
        return [path for path in paths if path.exists()]

    def assert_one_round(self, path, command):
        """One round of a program at a small size prints its time, and nothing else."""
        size = SMALL_EXPONENTIAL.get(path.stem, SMALL)
        with self.subTest(path.name):
            code, output, errors = run([*command, size, "1"])
            self.assertEqual((code, errors), (0, ""))
            self.assertRegex(output, ONE_ROUND)

    def test_the_groups_are_the_folders(self):
        folders = [path.name for path in BENCHMARKS.iterdir() if path.is_dir()]
        folders = [name for name in folders if name != "__pycache__"]
        self.assertEqual(sorted(folders), sorted([*self.programs, LOOPS]))

    def test_loops_give_what_they_give_in_c(self):
        command = [BENCHMARKS / LOOPS / "compare", "--size", "500", "--rounds", "3"]
        code, output, errors = run([*command, "--processes", "1", METOREX, "--ast"])
        self.assertEqual((code, errors), (1, ""))  # slow
        self.assertEqual(len(output.splitlines()), 11)
        self.assertNotIn("differ", output)

    def test_every_program_is_there_in_its_languages(self):
        for program in self.programs:
            expected = [".rb"]
            if program in self.groups["A"] and program not in RUBY_ONLY:
                expected += TRANSLATED
            if program in IN_C:
                expected.append(".c")
            with self.subTest(program):
                self.assertEqual(suffixes_of(program), sorted(expected))

    def test_translations_have_the_same_default_size(self):
        for program in self.programs:
            with self.subTest(program):
                files = sorted((BENCHMARKS / program).glob(f"{program}.*"))
                sizes = {path.suffix: DEFAULT_SIZE.findall(path.read_text()) for path in files}
                self.assertEqual(len(set(map(tuple, sizes.values()))), 1, sizes)
                self.assertEqual(len(sizes[".rb"]), 1, sizes)

    def test_ruby_programs_under_metorex(self):
        for path in self.files(".rb"):
            self.assert_one_round(path, [*COMMANDS[".rb"], path])

    def test_translations_that_can_run_here(self):
        for suffix in TRANSLATED:
            if shutil.which(COMMANDS[suffix][0]):
                for path in self.files(suffix):
                    self.assert_one_round(path, [*COMMANDS[suffix], path])

    def test_c_programs(self):
        flags = ["-O2", "-Wall", "-Wextra", "-Werror", f"-I{ROOT}"]
        with tempfile.TemporaryDirectory() as folder:
            for path in self.files(".c"):
                binary = Path(folder, path.stem)
                self.assertEqual(run(["gcc", *flags, "-o", binary, path, "-lm"]), (0, "", ""))
                self.assert_one_round(path, [binary])


class HarnessTest(unittest.TestCase):
    """The timing loop, in a program whose result is 7 whatever the size, and wrong above 10."""

    TEXTS = {
        ".rb": 'require "{folder}/harness"\n'
               "benchmark(8, ->(_) {{ 7 }}, ->(n, r) {{ n <= 10 && r == 7 }})\n",
        ".lua": 'dofile("{folder}/harness.lua")(8, function() return 7 end,\n'
                "function(n, r) return n <= 10 and r == 7 end)\n",
        ".js": 'require("{folder}/harness.js").benchmark(8, () => 7, (n, r) => n <= 10 && r === 7);\n',
        ".py": 'import sys\nsys.path.append("{folder}")\nfrom harness import benchmark\n'
               "benchmark(8, lambda n: 7, lambda n, r: n <= 10 and r == 7)\n",
        ".c": '#include "{folder}/harness.h"\nstatic double work(long n) {{ return n ? 7 : 8; }}\n'
              "static bool check(long n, double r) {{ return n <= 10 && r == 7; }}\n"
              "int main(int argc, char **argv) {{ return benchmark(argc, argv, 8, work, check); }}\n",
    }

    def commands(self, folder):
        """Return the command that runs the program, for each language that is installed."""
        commands = []
        for suffix, text in self.TEXTS.items():
            path = Path(folder, f"program{suffix}")
            path.write_text(text.format(folder=BENCHMARKS))
            if suffix == ".c":
                self.assertEqual(run(["gcc", "-o", f"{folder}/program", path])[0], 0)
                commands.append([f"{folder}/program"])
            else:
                commands.append([*COMMANDS[suffix], path])
        return [command for command in commands if shutil.which(command[0])]

    def test_rounds_and_sizes(self):
        lines = r"^(round \d+ \d+\.\d{9}\n){%d}$"
        with tempfile.TemporaryDirectory() as folder:
            for command in self.commands(folder):
                with self.subTest(command[0]):
                    self.assertRegex(run(command)[1], lines % 5)
                    self.assertRegex(run([*command, "10"])[1], lines % 5)
                    self.assertRegex(run([*command, "0%", "2"])[1], lines % 2)

    def test_a_wrong_result_ends_the_program(self):
        with tempfile.TemporaryDirectory() as folder:
            for command in self.commands(folder):
                for size, shown in (("11", 11), ("150%", 12)):
                    with self.subTest(command[0], size=size):
                        code, output, errors = run([*command, size])
                        self.assertEqual((code, output), (1, ""))
                        self.assertRegex(errors, f"wrong result for size {shown}: 7")


if __name__ == "__main__":
    unittest.main()
