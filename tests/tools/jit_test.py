#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of the JIT as a process sees it: its thread, exit, fork, options, reports.

The environment variable METOREX names the command under test. A build without a back end passes.
"""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
METOREX = os.environ.get("METOREX", ROOT / "build" / "metorex")
HAS_BACKEND = (Path(METOREX).parent / "metorex-jit.so").exists()

# A method with a loop.
COUNT = "def count(n)\n  i = 0\n  while i < n\n    i += 1\n  end\n  i\nend\n"
# One whose loop takes the back end some tenths of a second.
SLOW = (
    'eval "def slow(n); i = s = 0; while i < n; '
    '#{(0...140).map { |k| %Q(a#{k} = i + #{k}) }.join(%q(;))}; s += a7; i += 1; end; s; end"\n'
)


def run(*args):
    """Run the command; return exit code, output and errors."""
    command = [METOREX, "--dialect=metorex", *map(str, args)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


@unittest.skipUnless(HAS_BACKEND, "no back end")
class JitTest(unittest.TestCase):
    """What is seen from outside."""

    def test_background(self):
        """By default the program goes on while its loop is compiled, and then runs machine code."""
        program = COUNT + "count(100) until method(:count).jit_state == :compiled\np count(1000)"
        code, out, err = run("--jit-log", "-e", program)
        self.assertEqual((code, out), (0, "1000\n"), err)
        self.assertIn("jit: -e: loop at line 4: compiled", err)

    def test_what_pays(self):
        """A loop that C functions have the time of is not made well, until it has had much itself."""
        program = (
            "def squares(big, n)\n  i = 0\n  while i < n\n    big * big\n    i += 1\n  end\nend\n"
            "big, me = 7**20_000, method(:squares)\n"
            "squares(big, 200) until me.jit_state == :compiled\n"
            "quick, tries = me.machine_code, 0\n"
            "while me.machine_code == quick && tries < LIMIT\n"
            "  squares(big, 200)\n  tries += 1\nend\n"
            "p tries < LIMIT"
        )
        options = ("--jit=on", "--jit-log", "--jit-optimize=100")
        code, out, err = run(*options, "-e", program.replace("LIMIT", "40"))
        self.assertEqual((code, out), (0, "false\n"), err)
        self.assertNotIn("optimized", err)
        code, out, err = run(*options, "--jit-pays=1", "-e", program.replace("LIMIT", "100_000"))
        self.assertEqual((code, out), (0, "true\n"), err)
        self.assertIn("optimized", err)

    def test_exit_while_compiling(self):
        """The process ends at once with its status and all output, whatever the thread does."""
        for delay in range(0, 40, 4):
            program = f"{COUNT}count(300)\nsleep {delay / 1000}\nprint count(5)\nexit 7"
            code, out, err = run("--jit=on", "--jit-threshold=1", "-e", program)
            self.assertEqual((code, out), (7, "5"), err)

    def test_fork(self):
        """Parent and child of a fork compile on, wherever the thread was."""
        program = (
            COUNT + "def twice(n)\n  i = 0\n  while i < n\n    i += 2\n  end\n  i\nend\n"
            "5.times do |n|\n  count(300)\n  sleep(n * 0.005)\n  pid = fork do\n"
            "    200.times { twice(1000) }\n    puts [count(77), twice(6)].join(' ')\n  end\n"
            "  Process.wait(pid)\n  puts $?.exitstatus\nend\nputs twice(8)"
        )
        code, out, err = run("--jit=on", "--jit-threshold=2", "-e", program)
        self.assertEqual((code, out), (0, "77 6\n0\n" * 5 + "8\n"), err)

    def test_fork_while_compiling(self):
        """The child of a fork that could not wait for the thread goes on without machine code."""
        program = (
            SLOW + COUNT + "slow(20)\npid = fork do\n  puts count(100_000), slow(30)\n"
            "  p method(:count).jit_state\nend\nProcess.wait(pid)\nputs slow(40)"
        )
        states = []
        while "interpreted" not in states and len(states) < 10:
            # On a busy machine the thread may not have begun, or be through, when it is asked.
            code, out, err = run("--jit=on", "--jit-threshold=5", "-e", program)
            self.assertRegex(out, r"\A100000\n645\n:\w+\n1060\n\Z", err)
            self.assertEqual(code, 0, err)
            states.append(out.split()[2][1:])
        self.assertIn("interpreted", states)

    def test_stale_builds(self):
        """What relies on a method that changes while it waits for the thread, or is compiled by it,
        is not installed."""
        program = (
            SLOW + "def one = 1\ndef uses(n)\n  i = s = 0\n  while i < n\n    s += one\n"
            "    i += 1\n  end\n  s\nend\nslow(20)\nuses(20)\ndef one = 2\n"
            "class Integer\n  alias plus +\n  def +(x) = plus(x)\nend\n"
            "slow(1) while method(:slow).jit_state == :compiling\np uses(30)"
        )
        code, out, err = run("--jit=on", "--jit-threshold=5", "--jit-log", "-e", program)
        self.assertEqual((code, out), (0, "60\n"), err)
        self.assertGreaterEqual(err.count("what it relies on has changed"), 2, err)

    def test_deterministic(self):
        """Under --deterministic code is installed at the same place in each run."""
        program = COUNT + "count(40)\np method(:count).jit_state"
        flags = ["--jit=on", "--jit-threshold=10", "--deterministic"]
        self.assertEqual(run(*flags, "-e", program)[1], ":compiled\n")

    def test_idle(self):
        """What is not hot starts no thread and loads nothing."""
        program = COUNT + "count(500)\nputs Dir.children('/proc/self/task').size\n"
        program += "print File.read('/proc/self/maps').include?('metorex-jit')"
        self.assertEqual(run("-e", program)[1], "1\nfalse")

    def test_version(self):
        """The version says whether the JIT is on, which tools/bench asks for."""
        self.assertIn("+JIT", run("--version")[1])
        self.assertIn("+JIT", run("--jit=on", "--version")[1])
        self.assertNotIn("+JIT", run("--jit=off", "--version")[1])

    def test_stats(self):
        """--jit-stats says what was compiled, how long it took, and what was left, in 100 columns."""
        flags = ["--jit=sync", "--jit-threshold=10", "--jit-stats"]
        code, _, err = run(*flags, "-e", COUNT + "100.times { count(100) }")
        self.assertEqual(code, 0, err)
        self.assertRegex(err, r"jit: [1-9]\d* builds of \d+ instructions, \d+ bytes of code")
        self.assertRegex(err, r"jit: ms: load [\d.]+, build [\d.]+, passes [\d.]+, lower [\d.]+")
        self.assertRegex(err, r"loop at line 4 +compiled +\d+ +0 +\d+ +\d+ -e\n")
        self.assertRegex(err, r"left +\d+ times +guard\.\w+ +at line 3")
        self.assertLessEqual(max(map(len, err.splitlines())), 100)

    def test_fuel(self):
        """--jit-fuel=0 lets no pass change anything; more of it, more changes; the result is one."""
        sizes = []
        for fuel in (0, 5, 1000000):
            flags = ["--jit=sync", "--jit-threshold=10", f"--jit-fuel={fuel}", "--jit-stats"]
            code, out, err = run(*flags, "-e", COUNT + "p count(1000)")
            self.assertEqual((code, out), (0, "1000\n"), err)
            sizes.append(int(re.search(r"of (\d+) instructions", err)[1]))
        self.assertGreater(sizes[0], sizes[1])
        self.assertGreaterEqual(sizes[1], sizes[2])
        self.assertEqual(run("--jit-fuel=x", "-e", "1")[0], 1)

    def test_tunables(self):
        """Each tunable may be as small as can be, and large; no result depends on it."""
        table = (ROOT / "jit/ir/jit_params.def").read_text()
        options = re.findall(r'^JIT_PARAM\(\w+, "([a-z-]+)"', table, re.MULTILINE)
        self.assertGreater(len(options), 20)
        program = (
            COUNT + "class A\n  def v = 1\nend\nclass B < A\n  def v = 2\nend\n"
            "def nest(n) = (0...n).sum { |k| count(k % 9) + (k.odd? ? A : B).new.v }\n"
            "def fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)\n"
            "p (0..40).sum { |k| nest(k) }, fib(15), [1, 2, 3].map { |k| Integer(k.to_s) }.sum"
        )
        expected = run("--jit=off", "-e", program)[:2]
        self.assertEqual(expected[0], 0)
        for option in options:
            for value in (1, 100000):
                flags = ["--jit=sync", "--jit-threshold=10", f"--jit-{option}={value}"]
                self.assertEqual(run(*flags, "-e", program)[:2], expected, flags)
            self.assertEqual(run(f"--jit-{option}=0", "-e", "1")[0], 1)

    def test_stress(self):
        """--stress=exits leaves machine code though its guards hold, invalidate drops it."""
        flags = ["--jit=sync", "--jit-threshold=10", "--jit-stats"]
        program = COUNT + "100.times { count(1000) }\np count(1000)"
        entries = {}
        for stress in ("exits:1000000", "exits:10:3", "invalidate:5:3"):
            code, out, err = run(*flags, f"--stress={stress}", "-e", program)
            self.assertEqual((code, out), (0, "1000\n"), err)
            entries[stress] = int(re.search(r"line 4 +\S+ +\d+ +\d+ +(\d+)", err)[1])
        self.assertLess(entries["exits:1000000"], 150)
        self.assertGreater(entries["exits:10:3"], 1000)
        self.assertGreater(int(re.search(r"(\d+) released", err)[1]), 2)

    def test_perf_map(self):
        """--jit-symbols=perf names machine code for perf, in the file where it looks."""
        program = COUNT + "count(1000)\nprint $$"
        code, out, err = run("--jit=sync", "--jit-threshold=10", "--jit-symbols=perf", "-e", program)
        self.assertEqual(code, 0, err)
        path = Path(f"/tmp/perf-{out}.map")
        text = path.read_text(encoding="utf-8")
        path.unlink()
        self.assertRegex(text, r"^[0-9a-f]+ [0-9a-f]+ metorex: region_1 loop Object#count -e:4\n$")
        self.assertEqual(run("--jit-symbols=x", "-e", "1")[0], 1)

    @unittest.skipUnless(shutil.which("gdb"), "no gdb")
    def test_debugger(self):
        """--jit-symbols=gdb: a backtrace goes through machine code, and says of what it is."""
        program = (
            "def bits(n)\n  i = s = 0\n  while i < n\n    i += 1\n"
            "    s += (i * 10**20).bit_length\n  end\n  s\nend\nbits(9000)"
        )
        steps = ["set debuginfod enabled off", "set breakpoint pending on"]
        steps += ["break mx_integer_m_bit_length if $_caller_matches(\"region_\", 1)", "run", "bt 3"]
        command = ["gdb", "-batch", *(word for step in steps for word in ("-ex", step)), "--args"]
        command += [METOREX, "--jit=sync", "--jit-symbols=gdb", "--jit-threshold=100", "-e", program]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        if "ptrace" not in done.stdout + done.stderr:
            self.assertRegex(done.stdout, r"#1 .*region_\d+ loop Object#bits -e:4 \(\)")

    def test_dump_assembly(self):
        """--dump=asm prints the machine code as assembly."""
        code, out, err = run("--dump=asm", "--jit-threshold=10", "-e", COUNT + "p count(1000)")
        self.assertEqual((code, out), (0, "1000\n"), err)
        self.assertIn('"region_1 loop Object#count -e:4":', err)
        self.assertIn("ret", err)

    def test_dump_llvm(self):
        """--dump=llvm prints LLVM's IR, and --jit-symbols=gdb changes no result."""
        flags = ["--dump=llvm", "--jit-threshold=10", "--jit-symbols=gdb"]
        code, out, err = run(*flags, "-e", COUNT + "p count(1000)")
        self.assertEqual((code, out), (0, "1000\n"), err)
        self.assertIn('define i64 @"region_1 loop Object#count -e:4"', err)

    def test_dump_list(self):
        """--dump takes a list of what is printed on the way to machine code, and of nothing else."""
        code, out, err = run("--dump=ir,asm", "--jit-threshold=10", "-e", COUNT + "p count(1000)")
        self.assertEqual((code, out), (0, "1000\n"), err)
        head = "; loop Object#count -e:4\n; code 0: Object#count -e:1\n"
        self.assertIn(head + 'fn "region"', err)
        self.assertIn("ret", err.partition('"region_1 loop Object#count -e:4":')[2])
        self.assertNotIn("source_filename", err)
        for bad in ("", "ir,", "ir,,asm", "ir,tokens", "irx"):
            code, out, err = run(f"--dump={bad}", "-e", "p 1")
            self.assertEqual((code, out), (1, ""))
            self.assertIn(f"some of ir,llvm,asm; not '{bad}'", err)

    def test_flat_memory(self):
        """Redefining a hot method over and over leaves no machine code behind."""
        program = (
            "100.times do |n|\n  eval \"def hot(n); i = 0; while i < n; i += 1; end; i; end\"\n"
            "  hot(60)\n  GC.start if n % 50 == 49\nend\n"
            "code = File.readlines('/proc/self/maps').select { |l| l =~ /r-xp \\S+ 00:00 0\\s*$/ }\n"
            "p code.sum { |l| l[/^\\h+-\\h+/].split('-').map(&:hex).reduce { |a, b| b - a } }\n"
        )
        flags = ["--jit=sync", "--jit-threshold=10", "--jit-log"]
        code, out, err = run(*flags, "-e", program)
        self.assertEqual(code, 0, err)
        self.assertGreaterEqual(err.count("compiled"), 60, err)
        self.assertLess(int(out), 100 * 4096)

    @unittest.skipIf("ASAN_OPTIONS" in os.environ, "sanitizers keep what is freed for a while")
    def test_flat_queue(self):
        """Methods that are redefined faster than the thread compiles do not pile up before it."""
        program = (
            "def size = File.read('/proc/self/status')[/VmRSS:\\s*(\\d+)/, 1].to_i\n"
            "def warm(n); i = 0; while i < n; i += 1; end; i; end\n"
            "warm(2000) until method(:warm).jit_state == :compiled # the back end is loaded\n"
            "2000.times do |n|\n"
            "  eval \"def hot(n); i = s = 0; while i < n; s += i * #{n}; i += 1; end; s; end\"\n"
            "  hot(300)\n  $early = size if n == 500\nend\np size - $early\n"
        )
        flags = ["--jit=on", "--jit-threshold=100", "--jit-queue=8"]
        code, out, err = run(*flags, "-e", program)
        self.assertEqual(code, 0, err)
        self.assertLess(int(out), 24 << 10)

    def test_full_queue(self):
        """What is wanted least is given up while the back end is being loaded, and comes back."""
        program = (
            "30.times { |n| eval \"def hot#{n}(n); i = 0; while i < n; i += 1; end; i; end\" }\n"
            "30.times { |n| send(:\"hot#{n}\", 50) }\n"
            "hot0(200) until method(:hot0).jit_state == :compiled\np hot0(200)"
        )
        flags = ["--jit=on", "--jit-threshold=10", "--jit-queue=2", "--jit-log"]
        code, out, err = run(*flags, "-e", program)
        self.assertEqual((code, out), (0, "200\n"), err)
        self.assertIn("the compiler has too much to do", err)

    def test_nest_is_made_well_once(self):
        """A loop is not made well while the one around it waits to be made quickly."""
        program = (
            "def nest(n)\n  i = s = 0\n  while i < n\n    j = 0\n"
            "    while j < 10\n      s += i ^ j\n      j += 1\n    end\n    i += 1\n  end\n  s\nend\n"
            "nest(1000) until method(:nest).jit_state == :compiled\nnest(10_000) until method(:nest).machine_code.any? { |code| code.size < 400 }\n"
        )
        flags = ["--jit=on", "--jit-threshold=20", "--jit-optimize=20000", "--jit-log"]
        code, _, err = run(*flags, "-e", program)
        self.assertEqual(code, 0, err)
        self.assertIn("loop at line 4: optimized", err)
        self.assertNotIn("loop at line 6: optimized", err)

    def test_no_backend(self):
        """Without its module the program runs as ever."""
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, "metorex")
            copy.write_bytes(Path(METOREX).read_bytes())
            copy.chmod(0o755)
            for mode in ("on", "sync"):
                command = [copy, f"--jit={mode}", "--jit-threshold=10", "-e"]
                command.append(COUNT + "p count(100000)")
                done = subprocess.run(command, capture_output=True, text=True, check=False)
                self.assertEqual((done.returncode, done.stdout), (0, "100000\n"), done.stderr)


if __name__ == "__main__":
    unittest.main()
