# SPDX-License-Identifier: MIT
"""Tests of --profile: counts, samples, the forms of the report, and how programs end."""

import json
import os
import re
import resource
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
METOREX = str(Path(os.environ.get("METOREX", ROOT / "build" / "metorex")).resolve())

COUNTED = """\
def add(a, b)
  a + b
end
i = 0
while i < 10
  i = add(i, 1)
end
[1, 2].each { |x| x + 1 }
"""

# Blocks of instructions that control leaves in the middle, in every way there is.
LEAVES = """\
def find(a) = a.each { |x| return x if x > 1 }
def deep(n) = n == 0 ? raise("deep") : deep(n - 1) + 1
def opt(a, b = a + 1, *c, k: 3) = a + b + k
find([1, 2, 3])
[1, 2, 3].each { |x| next if x == 1; break x * 2 if x == 2 }
catch(:x) { 10.times { |k| throw :x, k if k == 3 }; 1 }
begin
  deep(5)
rescue => e
  e.message + "x"
end
tries = 0
begin
  tries += 1
  raise ArgumentError if tries < 3
rescue ArgumentError
  retry
end
n = 0
[1].each { n += 1; redo if n < 3 }
Integer("zz") rescue 5
opt(1); opt(1, 2, k: 4)
case [1, [2, 3]]
in [a, [b, *c]] if a == 1 then a + b
end
eval("z = 1; [z].each { |u| u + 1 }")
f = Fiber.new { |v| Fiber.yield(v + 1) * 2 }
f.resume(1)
f.resume(4)
Thread.new { 3.times { |q| Thread.pass; q + 1 } }.join
"""

# Half the time in one loop that calls nothing, the rest in a method of the library written in C.
BUSY = """\
def spin(n)
  i = 0
  while i < n
    i += 1
    i ^= 0
  end
end
def sorts(n) = n.times { (0..3000).to_a.reverse.sort_by { |x| -x } }
spin(16_000_000)
sorts(200)
"""


# What the JIT compiles: loops in loops, iterators, ways out of blocks, recursion, exceptions.
HOT = """\
def fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)
def find(list, x) = list.each { |y| return y if y == x }
def dig(n) = n == 0 ? raise("bottom") : dig(n - 1) + 1
def risky(n) = n % 7 == 0 ? raise("seven") : n
def total(n)
  t = i = 0
  while i < n
    i += 1
    next if i % 5 == 0
    t += i.odd? ? i : -i
  end
  t
end
total(300)
30.times { fib(6) }
60.times { |i| 20.times { |k| break if k == i % 9 } }
80.times { |i| find([1, 2, 3, 4], i % 4 + 1) }
60.times { dig(4) rescue 0 }
n = 0
90.times do |i|
  n += risky(i)
rescue RuntimeError
  n -= 1
end
90.times do |i|
  case i % 13
  when 1..5 then n += 1
  when 6...9 then n += 2
  end
end
"""


class ProfileCase(unittest.TestCase):
    """Runs programs in a folder of their own."""

    def setUp(self):
        self.assertTrue(Path(METOREX).exists(), f"no command at {METOREX}: build it first")
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def run_on(self, program, *options):
        """Run a program as t.rb; answer (exit code, standard output, standard error)."""
        Path(self.folder.name, "t.rb").write_text(program, encoding="utf-8")
        done = subprocess.run(
            [METOREX, *options, "t.rb"],
            cwd=self.folder.name,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def profile(self, program, *options):
        """The JSON report of a program that ends well."""
        code, _, err = self.run_on(program, "--profile=json", "--profile-output=out", *options)
        self.assertEqual((code, err), (0, ""))
        return json.loads(Path(self.folder.name, "out").read_text(encoding="utf-8"))

    @staticmethod
    def method(report, name):
        """The entry of a method."""
        return next(m for m in report["methods"] if m["name"] == name)


class CountsTest(ProfileCase):
    """What is counted is exact."""

    def test_calls_and_instructions(self):
        report = self.profile(COUNTED)
        add = self.method(report, "Object#add")
        # LOAD_LOCAL a, LOAD_LOCAL b, ADD, RETURN
        self.assertEqual((add["calls"], add["instructions"], add["line"]), (10, 40, 1))
        block = self.method(report, "block in <main>")
        self.assertEqual((block["calls"], block["instructions"], block["line"]), (2, 8, 8))
        self.assertEqual(self.method(report, "Array#each")["calls"], 1)
        self.assertEqual(report["calls"], 1 + 10 + 2)

    def test_sums_agree(self):
        report = self.profile(COUNTED)
        program = [m for m in report["methods"] if m["file"]]
        self.assertEqual(sum(m["instructions"] for m in program), report["instructions"])
        self.assertEqual(sum(at["instructions"] for at in report["lines"]), report["instructions"])
        whole = report["instructions"] + report["library_instructions"]
        self.assertEqual(sum(report["opcodes"].values()), whole)

    def test_loops_and_lines(self):
        report = self.profile(COUNTED)
        (loop,) = report["loops"]
        self.assertEqual((loop["line"], loop["iterations"]), (5, 10))
        line = next(at for at in report["lines"] if at["line"] == 6)
        # LOAD_SELF, LOAD_LOCAL, PUSH_CONST, CALL, STORE_LOCAL
        self.assertEqual(line["instructions"], 50)

    def test_several_loops(self):
        """Loops with several jumps back, and two on one line: all are listed, in the text too."""
        program = (
            "i = 0\nwhile i < 30\n  i += 1\n  next if i.odd?\n  next if i == 4\nend\n"
            "j = 0; j += 1 while j < 9; j -= 1 until j == 0\n"
        )
        loops = sorted((at["line"], at["iterations"]) for at in self.profile(program)["loops"])
        self.assertEqual(loops, [(2, 30), (7, 9), (7, 9)])
        _, _, err = self.run_on(program, "--profile")
        table = err[err.index("\nloops\n") :].split("\n\n")[0]
        self.assertEqual(len(re.findall(r" t\.rb:[27]$", table, re.M)), 3)

    def test_allocations(self):
        """What the first round sets up aside, one object a round."""
        counts = []
        for rounds in (100, 250):
            report = self.profile(f"class A; end\n{rounds}.times do\n  A.new\nend\n")
            line = next(at for at in report["lines"] if at["line"] == 3)
            counts.append((self.method(report, "block in <main>"), line, report))
        for before, after in zip(*counts):
            self.assertEqual(after["allocations"] - before["allocations"], 150)

    def test_instructions_agree_with_the_trace(self):
        """What leaves a block of instructions in its middle takes the rest back."""
        for program in (COUNTED, LEAVES):
            _, _, err = self.run_on(
                program, "--trace", "--profile=json", "--profile-output=out"
            )
            report = json.loads(Path(self.folder.name, "out").read_text(encoding="utf-8"))
            traced = len(re.findall(r"^ \d{4,} \| [A-Z]", err, re.MULTILINE))
            self.assertGreater(traced, 100)
            counted = report["instructions"] - report["opcodes"]["SET_LINE"]
            self.assertEqual(counted, traced)

    def test_ensure(self):
        program = "def m(x)\n  return 1\nensure\n  x * 3\nend\n5.times { m(2) }\n"
        report = self.profile(program)
        self.assertEqual(report["opcodes"]["MUL"], 5)
        self.assertEqual(self.method(report, "Object#m")["calls"], 5)

    def test_redefined_operators_and_refinements(self):
        """The tables of handlers change, the counts do not."""
        loop = "i = 0\ni += 1 while i < 50\n"
        plain = self.profile(loop)
        changed = self.profile("class Integer; def ^(o) = 7; end\n" + loop)
        self.assertEqual(changed["loops"][0]["instructions"], plain["loops"][0]["instructions"])
        refined = "module R; refine(String) { def x = 1 }; end\nusing R\n" + loop
        self.assertEqual(
            self.profile(refined)["loops"][0]["instructions"], plain["loops"][0]["instructions"]
        )

    def test_loops_with_several_ways_back(self):
        """A condition in parts jumps back from each; it is one loop."""
        program = "i = 0\nwhile i < 5 || i == 7\n  i += 1\nend\nj = 0\nj += 1 until j > 3 && j != 5\n"
        loops = self.profile(program)["loops"]
        rounds = {at["line"]: at["iterations"] for at in loops}
        self.assertEqual((len(loops), rounds), (2, {2: 5, 6: 4}))

    def test_walker(self):
        """It counts calls and allocations; it has no instructions."""
        report = self.profile(COUNTED, "--ast")
        self.assertEqual(report["engine"], "ast")
        self.assertEqual(self.method(report, "Object#add")["calls"], 10)
        self.assertEqual(report["calls"], 13)
        self.assertNotIn("instructions", report)
        self.assertNotIn("instructions", self.method(report, "Object#add"))
        _, _, err = self.run_on(COUNTED, "--ast", "--profile")
        self.assertIn("the tree walker executes no instructions", err)


@unittest.skipUnless(Path(METOREX).with_name("metorex-jit.so").exists(), "no back end")
class MachineCodeTest(ProfileCase):
    """Machine code counts what the interpreter would have counted."""

    FLAGS = ["--jit=sync", "--jit-threshold=2"]

    def table(self, program, *options):
        """Calls and instructions of all methods, and instructions of all lines."""
        report = self.profile(program, *options)
        methods = [
            (m["name"], m["line"], m.get("calls"), m.get("instructions"))
            for m in report["methods"]
            if m.get("instructions")
        ]
        lines = [(at["line"], at["instructions"]) for at in report["lines"]]
        return sorted(methods), sorted(lines)

    def test_counts(self):
        for program in (HOT, LEAVES, COUNTED):
            expected = self.table(program, "--jit=off")
            for stress in ([], ["--stress=exits:3:1", "--stress=invalidate:20:1"]):
                self.assertEqual(self.table(program, *self.FLAGS, *stress), expected)

    def test_regions(self):
        """What was compiled, what was not and why, and how machine code was left."""
        report = self.profile(HOT + "3.times { binding.local_variables }\n", *self.FLAGS)
        regions = {(at["kind"], at["at"]["line"]): at for at in report["regions"]}
        fib = regions["method", 1]
        self.assertEqual((fib["state"], fib["builds"] > 0), ("compiled", True))
        loop = regions["loop", 8]
        self.assertGreater(loop["entries"], 0)
        self.assertEqual(loop["exits"][0]["at"]["line"], 7)
        self.assertFalse(loop["exits"][0]["library"])
        iterator = regions["iterator", 20]
        self.assertEqual(iterator["state"], "compiled")
        ends = [at["at"]["line"] for at in iterator["exits"] if at["library"]]
        self.assertIn(20, ends)
        refused = [at for at in report["regions"] if at["state"] == "refused"]
        self.assertGreater(len(refused), 0)
        self.assertTrue(all(at["why"] for at in refused))

    def test_text(self):
        _, _, err = self.run_on(HOT, "--profile", *self.FLAGS)
        table = err[err.index("\nmachine code\n") :]
        loop = r"compiled +1 +\d+ +\S+ loop t\.rb:8\n +left 1 times by \S+ at t\.rb:7\n"
        self.assertRegex(table, loop)
        self.assertLessEqual(max(map(len, err.split("\n"))), 100)
        _, _, plain = self.run_on(HOT, "--profile", "--jit=off")
        self.assertNotIn("machine code\n", plain)

    def test_time_in_machine_code(self):
        program = BUSY.replace("16_000_000", "300_000_000")
        self.assertNotEqual(program, BUSY)
        report = self.profile(program, "--jit=sync")
        spin = self.method(report, "Object#spin")
        self.assertGreater(spin["machine_ns"], 0)
        for table in ("loops", "lines"):
            row = max(report[table], key=lambda row: row["self_ns"])
            self.assertGreater(row["machine_ns"], row["self_ns"] // 2)
        plain = self.method(self.profile(BUSY, "--jit=off"), "Object#spin")
        self.assertEqual(plain["machine_ns"], 0)

    def test_methods_without_frames(self):
        """The machine code of a method has no frame of its own; samples tell it from its caller."""
        program = (
            "def heavy(s)\n" + "  s = s * 3 & 0xffff\n  s = s / 7 + s % 5\n  s ^= s * s\n" * 9 + "  s & 0xffff\n"
            "end\ndef outer(s) = heavy(s)\ni = s = 0\nwhile i < 5_000_000\n  i += 1\n  s = outer(s)\nend\n"
        )
        # So that the loop has outer in place, and calls heavy.
        options = ["--jit-inline-depth=1", "--jit-calls=1000"]
        report = self.profile(program, *self.FLAGS, *options)
        heavy = self.method(report, "Object#heavy")
        self.assertEqual(heavy["calls"], 5_000_000)
        self.assertGreater(heavy["machine_ns"], self.method(report, "Object#outer")["machine_ns"])
        self.assertGreater(heavy["machine_ns"], 0.5 * heavy["self_ns"])

    def test_lines_in_machine_code(self):
        """Samples find the line in a callee that was built in place, and the line that called it."""
        program = (
            "def heavy(x)\n  k = 0\n  while k < 300\n    k += 1 + (x & 1)\n  end\n  k\nend\n"
            "def work(n)\n  sum = 0\n  n.times do |i|\n    sum ^= i\n    sum += heavy(i)\n"
            "  end\n  sum\nend\nwork(9_000_000)\n"
        )
        report = self.profile(program, "--jit=sync")
        heavy, time = self.method(report, "Object#heavy"), report["sampled_ns"]
        self.assertGreater(heavy["machine_ns"], 0.7 * time)
        self.assertEqual(heavy["calls"], 9_000_000)
        own = {at["line"]: at["self_ns"] for at in report["lines"]}
        total = {at["line"]: at["total_ns"] for at in report["lines"]}
        self.assertGreater(own.get(3, 0) + own.get(4, 0), 0.7 * time)
        self.assertGreater(total[12], 0.7 * time)
        self.assertLess(total.get(11, 0), 0.3 * time)

    # A C function on the fourth line, by a primitive and as a leaf; called from the loop.
    C_CALLS = {
        "a * b": "a = 3**3000\nb = 7**3000\n",
        "a.reverse": "a = 'abcdefgh' * 2000\nb = 1\n",
    }

    def assert_hot_line(self, report, line, where):
        """One line has nearly all of the time, of machine code."""
        row = max(report["lines"], key=lambda row: row["self_ns"])
        self.assertEqual(row["line"], line, where)
        self.assertGreater(row["self_ns"], 0.8 * report["sampled_ns"], where)
        self.assertGreater(row["machine_ns"], 0.8 * row["self_ns"], where)

    def test_c_functions_in_a_loop(self):
        """The time of a C function that machine code calls is that of the line that calls it."""
        for call, values in self.C_CALLS.items():
            program = (
                "def work(a, b)\n  i = 0\n  while i < 60_000\n    i += 1\n    x = i ^ 5\n"
                f"    s = {call}\n    i += x & 0\n  end\n  s\nend\n{values}work(a, b)\n"
            )
            for options in ([], ["--profile=sample,json"]):
                report = self.profile(program, "--jit=sync", *options)
                self.assert_hot_line(report, 6, (call, options))

    def test_c_functions_in_callees(self):
        """Likewise where the call is in a method: in place, or with machine code of its own."""
        for call, values in self.C_CALLS.items():
            program = (
                f"def work(a, b, i)\n  x = i + 1\n  x ^= 7\n  s = {call}\n  x += s.nil? ? 1 : 0\n"
                f"  x\nend\ndef outer(a, b, i) = work(a, b, i)\n{values}n = i = 0\n"
                "while i < 60_000\n  n += 1\n  n += outer(a, b, i)\n  i += 1\nend\n"
            )
            for options in ([], ["--jit-inline-depth=1"]):
                report = self.profile(program, "--jit=sync", "--jit-calls=1000", *options)
                self.assert_hot_line(report, 4, (call, options))
                work = self.method(report, "Object#work")
                self.assertEqual(work["calls"], 60_000)
                self.assertGreater(work["total_ns"], 0.8 * report["sampled_ns"])

    def test_c_functions_that_call_back(self):
        """Machine code under a C function leaves nothing behind that counts as its caller's."""
        program = (
            "def key(x)\n  y = x.to_s\n  y.size\nend\n"
            "def work(list, n)\n  i = 0\n  while i < n\n    i += 1\n"
            "    list.sort { |a, b| key(a) <=> key(b) }\n  end\nend\n"
            "work((1..40).to_a.reverse, 4000)\n"
        )
        report = self.profile(program, "--jit=sync", "--jit-calls=1000")
        total = {at["line"]: at["total_ns"] for at in report["lines"]}
        self.assertGreater(total[9], 0.8 * report["sampled_ns"])
        self.assertGreater(total[2] + total[3], 0.1 * report["sampled_ns"])
        self.assertLess(total.get(8, 0), 0.2 * report["sampled_ns"])

    def test_objects_that_machine_code_allocates(self):
        """They count at the line that makes them, in a callee that was built in place, too."""
        program = (
            "def make(i)\n  k = i + 1\n  s = k.to_s\n  s << 'x'\n  s\nend\n"
            "def work(n)\n  i = 0\n  while i < n\n    i += 1\n    t = make(i)\n  end\n  t\nend\n"
            "work(50_000)\n"
        )
        for options in (["--jit=off"], ["--jit=sync"]):
            report = self.profile(program, *options)
            objects = {at["line"]: at["allocations"] for at in report["lines"]}
            self.assertGreaterEqual(objects[3], 50_000, options)
            self.assertLess(objects[3], 50_500, options)
            self.assertLess(objects.get(11, 0) + objects.get(9, 0), 500, options)

    def test_something_is_compiled(self):
        options = ["--profile-output=out", "--profile", "--jit-stats"]
        _, _, err = self.run_on(HOT, *options, *self.FLAGS)
        for what in ("loop at line 8", "method at line 1 ", "loop (core)"):
            self.assertRegex(err, re.escape(what) + ".* compiled ")


class SamplesTest(ProfileCase):
    """Where time goes."""

    def test_a_loop_that_calls_nothing(self):
        report = self.profile(BUSY)
        spin = self.method(report, "Object#spin")
        self.assertGreater(report["samples"], 10 * report["elapsed_ns"] / 1e9 - 2)
        self.assertGreater(spin["self_ns"], report["sampled_ns"] / 10)
        self.assertEqual(spin["self_ns"], spin["total_ns"])
        lines = {at["line"]: at["self_ns"] for at in report["lines"]}
        inside = lines.get(3, 0) + lines.get(4, 0) + lines.get(5, 0)
        self.assertGreater(inside, 0.8 * spin["self_ns"])
        self.assertEqual(report["loops"][0]["line"], 3)
        self.assertGreater(report["loops"][0]["self_ns"], 0.8 * spin["self_ns"])

    def test_time_adds_up(self):
        report = self.profile(BUSY)
        self.assertEqual(sum(m["self_ns"] for m in report["methods"]), report["sampled_ns"])
        self.assertEqual(sum(m["samples"] for m in report["methods"]), report["samples"])
        self.assertGreater(report["sampled_ns"], 0.8 * report["elapsed_ns"])
        main = self.method(report, "<main>")
        self.assertGreater(main["total_ns"], 0.9 * report["sampled_ns"])

    def test_library_methods_are_shown_as_backtraces_do(self):
        for options in ((), ("--ast",)):
            _, _, err = self.run_on(BUSY, "--profile=folded", *options)
            self.assertRegex(err, r"(?m)^<main>;Object#sorts;Integer#times;block in Object#sorts")

    def test_folded_lines(self):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        code, _, err = self.run_on(BUSY, "--profile=folded")
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        self.assertEqual(code, 0)
        lines = err.splitlines()
        for line in lines:
            self.assertRegex(line, r"^[^;]+(;[^;]+)* [1-9]\d*$")
        self.assertEqual(len({line.rpartition(" ")[0] for line in lines}), len(lines))
        # One sample each tick of processor time: at most one a millisecond, some 20 a second at
        # least, of which a busy machine may swallow half.
        total = sum(int(line.rpartition(" ")[2]) for line in lines)
        self.assertGreater(total, 10 * used - 2)
        self.assertLess(total, 1100 * used + 10)

    def test_sampling_alone_counts_nothing(self):
        report = self.profile(BUSY, "--profile=sample,json")
        self.assertEqual((report["counted"], report["loops"]), (False, []))
        self.assertNotIn("calls", self.method(report, "Object#spin"))
        _, _, err = self.run_on(BUSY, "--profile=sample")
        self.assertIn("sampled only: no calls, instructions or allocations were counted", err)

    def test_deep_recursion(self):
        program = "def d(n) = n == 0 ? 2_000_000.times { } : d(n - 1)\nd(3000)\n"
        report = self.profile(program, "--profile=json,sample", "--jit=off")
        self.assertEqual(self.method(report, "...")["self_ns"], 0)
        self.assertEqual(report["lost_samples"], 0)
        self.assertGreater(self.method(report, "Object#d")["total_ns"], 0)

    def test_fibers_and_threads(self):
        program = (
            "def hot(n)\n  i = 0\n  i += 1 while i < n\nend\n"
            "Thread.new { hot(ROUNDS) }.join\nFiber.new { hot(ROUNDS) }.resume\n"
        )
        for rounds, option in (("8_000_000", "--jit=off"), ("3_000_000", "--ast")):
            report = self.profile(program.replace("ROUNDS", rounds), option)
            hot = self.method(report, "Object#hot")
            self.assertEqual(hot["calls"], 2)
            self.assertGreater(hot["self_ns"], report["sampled_ns"] / 2)

    def test_under_gc_stress(self):
        report = self.profile(LEAVES, "--stress=gc:7:3")
        self.assertEqual(self.method(report, "Object#deep")["calls"], 6)


class OutputTest(ProfileCase):
    """Forms of the report, and that it comes however the program ends."""

    def test_text_fits(self):
        code, out, err = self.run_on("p 1\n" + BUSY + "x = '" + "é" * 200 + "'\n", "--profile")
        self.assertEqual((code, out), (0, "1\n"))
        self.assertRegex(err, r"^profile of t.rb: bytecode engine, \d+\.\d{3} s of processor time")
        for heading in ("methods and blocks", "loops", "lines", "instructions"):
            self.assertIn(f"\n{heading}\n", err)
        self.assertLessEqual(max(map(len, err.splitlines())), 100)
        for table in re.split("\n(?:methods and blocks|loops|lines|instructions)\n", err)[1:4]:
            rows = re.findall(r"^ *(\d+\.\d) +\d+\.\d{3} +\d+\.\d{3} .* (?:bc|C|jit) ", table, re.MULTILINE)
            self.assertGreater(len(rows), 0)
            self.assertEqual(rows, sorted(rows, key=float, reverse=True))

    def test_ends(self):
        """After an exception, exit, abort, in at_exit, by a signal; not by exit!."""
        ends = {
            "raise 'no'": (1, "t.rb:1:in '<main>': no (RuntimeError)"),
            "exit 3": (3, ""),
            "abort 'bye'": (1, "bye"),
            "at_exit { exit 4 }": (4, ""),
            "Process.kill(:TERM, $$); sleep": (-15, ""),
        }
        for program, (status, text) in ends.items():
            for options in ((), ("--ast",)):
                with self.subTest(program=program, options=options):
                    code, _, err = self.run_on(program, "--profile", *options)
                    self.assertEqual(code, status)
                    before, head, _ = err.partition("profile of t.rb: ")
                    self.assertEqual(head, "profile of t.rb: ")
                    self.assertIn(text, before)
        self.assertEqual(self.run_on("exit! 5", "--profile"), (5, "", ""))

    def test_at_exit_blocks_are_part_of_the_run(self):
        report = self.profile("def late = 1\nat_exit { late }\n")
        self.assertEqual(self.method(report, "Object#late")["calls"], 1)

    def test_fork(self):
        """The process that was started reports, those that it forks do not."""
        program = "pid = fork { 3.times { |x| x + 1 }; exit 0 }\nProcess.wait(pid)\np $?.exitstatus\n"
        code, out, err = self.run_on(program, "--profile")
        self.assertEqual((code, out), (0, "0\n"))
        self.assertEqual(err.count("profile of"), 1)

    def test_json_strings(self):
        report = self.profile('define_method(:"a\\"\\\\\\u{1}é") { 1 } rescue 0\n')
        self.assertEqual(report["program"], "t.rb")
        program = 'Object.class_eval "def self.q() = 1", "odd\\"\\\\\\n\\xff"\nObject.q\n'
        report = self.profile(program)
        self.assertEqual(self.method(report, "Object.q")["file"], 'odd"\\\n\ufffd')
        program = 'Object.class_eval "def self.q() = 1", "cut\\xe2\\x82"\nObject.q\n'
        report = self.profile(program)
        self.assertEqual(self.method(report, "Object.q")["file"], "cut\ufffd\ufffd")

    def test_bad_options(self):
        for options, text in {
            ("--profile=jsn",): "--profile is text, json, folded or sample, not 'jsn'",
            ("--profile=json,",): "--profile is text, json, folded or sample, not ''",
            ("--profile-output=x",): "--profile-output needs --profile",
            ("--profile", "--profile-output=no/x"): "--profile-output: no/x: No such file",
        }.items():
            code, out, err = self.run_on("p 1\n", *options)
            self.assertEqual((code, out), (1, ""))
            self.assertIn(text, err)

    def test_programs_do_the_same(self):
        program = "p((1..5).map { |x| x * x })\nputs [3, 1].sort.inspect\n"
        self.assertEqual(self.run_on(program, "--profile")[1], self.run_on(program)[1])


if __name__ == "__main__":
    unittest.main()
