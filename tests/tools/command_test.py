# SPDX-License-Identifier: MIT
"""Tests of the command line: options, where the program comes from, exit codes."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
METOREX = os.environ.get("METOREX", str(ROOT / "build" / "metorex"))


def run(*args, stdin="", **env):
    """Run the command; answer (exit code, standard output, standard error)."""
    done = subprocess.run(
        [METOREX, *args],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "RUBYOPT": "", **env},
    )
    return done.returncode, done.stdout, done.stderr


class CommandTest(unittest.TestCase):
    """What options do."""

    def setUp(self):
        self.assertTrue(Path(METOREX).exists(), f"no command at {METOREX}: build it first")

    def check(self, expected, *args, stdin="", **env):
        """Run with success and compare the output."""
        code, out, err = run(*args, stdin=stdin, **env)
        self.assertEqual((code, out), (0, expected), err)

    def test_programs_from_everywhere(self):
        """Several -e, standard input, a dash with arguments."""
        self.check("1\n2\n", "-e", "p 1", "-e", "p 2")
        self.check("5\n", stdin="puts 5")
        self.check('["a", "b"]\n', "-", "a", "b", stdin="p ARGV")

    def test_long_programs(self):
        """Texts on both sides of the lengths from which on malloc maps them."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "long.rb")
            for length in (131071, 131072, 1048575, 1048576, 1048577, 2097152, 2097153):
                end = "\nputs __FILE__.size + DATA.read.size\n__END__\nabc\n"
                text = "#" * (length - len(end)) + end
                path.write_text(text)
                self.check(f"{len(str(path)) + 4}\n", path)
                self.check("5\n", stdin=text)

    @unittest.skipUnless(os.path.exists("/sys/kernel/mm/transparent_hugepage"), "no large pages")
    def test_malloc_in_a_large_page(self):
        """malloc's memory begins in a large page, of which one is enough for short programs."""
        program = """
          exit 9 if File.read("/proc/self/maps") =~ /lib[a-z]*san/
          heap = File.read("/proc/self/smaps").split(/^(?=\\h+-\\h+ )/).grep(/\\[heap\\]/)
          advised = heap.select { |part| part =~ /^VmFlags:.* hg/ }
          puts advised.size, advised.sum { |part| part[/^Size:\\s*(\\d+)/, 1].to_i } >= 2048
        """
        code, out, err = run("-e", program)
        if code == 9:
            self.skipTest("the sanitizer has its own malloc")
        self.assertEqual((code, out), (0, "1\ntrue\n"), err)

    def test_loops_over_input(self):
        """-n, -p, -l, -a and -F."""
        self.check("A B\n", "-ne", "puts $_.upcase", stdin="a b\n")
        self.check("A B\n", "-pe", "$_.upcase!", stdin="a b\n")
        self.check("b\n", "-lane", "puts $F[1]", stdin="a b\n")
        self.check("y\n", "-F:", "-lane", "puts $F[1]", stdin="x:y\n")

    def test_functions_that_change_the_line(self):
        """chomp, chop, sub and gsub are there under -n and -p only."""
        self.check("xy_\n", "-ne", "chomp; chop; gsub(/b/, 'y'); sub('a', 'x'); puts $_ + '_'",
                   stdin="abz\n")
        self.check("true\n", "-ne", "p Kernel.respond_to?(:chomp)", stdin="a\n")
        self.check("false\n", "-e", "p Kernel.respond_to?(:chomp) || respond_to?(:chop, true)")

    def test_in_place(self):
        """-i changes files and keeps the old ones."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "text"
            path.write_text("a\n", encoding="utf-8")
            self.check("", "-i.old", "-pe", "$_.upcase!", str(path))
            self.assertEqual(path.read_text(encoding="utf-8"), "A\n")
            self.assertEqual(Path(f"{path}.old").read_text(encoding="utf-8"), "a\n")

    def test_environment(self):
        """RUBYOPT and RUBYLIB."""
        self.check("true\n", "-e", "p $VERBOSE", RUBYOPT="-w")
        self.check('"/some/where"\n', "-e", "p $:.first", RUBYLIB="/some/where")
        self.assertEqual(run("-e", "1", RUBYOPT="-e")[0], 1)

    def test_exit_codes(self):
        """exit, errors, options that do not exist, signals."""
        self.assertEqual(run("-e", "exit 3")[0], 3)
        self.assertEqual(run("-e", "raise 'x'")[0], 1)
        self.assertEqual(run("-e", "Process.kill(:TERM, $$); sleep 5")[0], -15)
        code, _, err = run("--no-such-option")
        self.assertEqual(code, 1)
        self.assertIn("invalid option --no-such-option", err)
        code, _, err = run("/no/such/file.rb")
        self.assertEqual((code, "No such file or directory" in err), (1, True))

    def test_looking_without_running(self):
        """-c, --dump, --version, --help."""
        self.check("Syntax OK\n", "-c", "-e", "puts 1")
        self.assertEqual(run("-c", "-e", "def")[0], 1)
        self.assertIn("integer_literal 1", run("--dump=ast", "-e", "1 + 2")[1])
        self.assertIn("integer\t1", run("--dump=tokens", "-e", "1 + 2")[1])
        self.assertIn("4.0.0", run("--version")[1])
        self.assertIn("--dialect", run("--help")[1])

    def test_skipping_text(self):
        """-x starts at the line that names the interpreter; its options count."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "mail"
            path.write_text("Dear all\n#!ruby -w\np $VERBOSE\n__END__\nbye\n", encoding="utf-8")
            self.check("true\n", "-x", str(path))

    def test_at_exit_blocks_that_raise(self):
        """Errors are reported as they come; the status is that of the last exit, else of the end."""
        show = "at_exit { p $!.class }; "
        for program, expected in {
            "at_exit { raise 'x' }; exit 3": (3, "", ["x"]),
            "at_exit { raise 'x' }": (1, "", ["x"]),
            "at_exit { exit 4 }; raise 'first'": (4, "", ["first"]),
            "at_exit { exit 4 }; at_exit { raise 'x' }; exit 3": (4, "SystemExit", ["x"]),
            "at_exit { raise 'y' }; at_exit { exit 5 }": (1, "RuntimeError", ["y"]),
            "at_exit { throw :gone }; raise 'first'": (1, "", [":gone", "first"]),
        }.items():
            status, printed, reported = expected
            code, out, err = run("-e", (show if printed else "") + program)
            self.assertEqual((code, out), (status, printed and printed + "\n"), program)
            found = [err.find(f"{text} (") for text in reported]
            self.assertEqual(found, sorted(found), err)
            self.assertNotIn(-1, found, err)

    def test_stress(self):
        """--stress=gc collects at each allocation, :N at each Nth, :N:SEED at about as many."""
        program = "n = GC.count; 1000.times { Object.new }; puts GC.count - n"
        counts = {}
        seeded = [f"gc:10:{seed}" for seed in range(1, 9)]
        for value in ("gc", "gc:10", *seeded):
            code, out, err = run(f"--stress={value}", "-e", program)
            self.assertEqual(code, 0, err)
            counts[value] = int(out)
        self.assertGreaterEqual(counts["gc"], 1000)
        self.assertAlmostEqual(counts["gc:10"], counts["gc"] / 10, delta=3)
        for value in seeded:
            self.assertAlmostEqual(counts[value], counts["gc:10"], delta=25)
        self.assertGreater(len({counts[value] for value in seeded}), 1)
        both = int(run("--stress=stack:1,gc:10", "-e", program)[1])
        self.assertAlmostEqual(both, counts["gc:10"], delta=3)
        for value in ("", "gc,", ",gc", "gc:1;exits", "exits:5,foo", "gcc", "gc:", "gc:0", "gc:1:0", "gc:-1", "gc:1:2:3", "gc:9e9"):
            code, _, err = run(f"--stress={value}", "-e", "1")
            self.assertEqual(code, 1, value)
            self.assertIn(f"--stress is gc, stack, exits or invalidate, [:N[:SEED]], not '{value}'", err)

    def test_stack_stress(self):
        """--stress=stack takes locals off the VM stack at one in N chances, which the seed decides."""
        program = (
            "x = 0; n = GC.stat[:total_allocated_bytes]; 8000.times { |i| [1].each { x += i } };"
            "puts x, GC.stat[:total_allocated_bytes] - n"
        )
        bytes_of, seeded = {}, [f"stack:9:{seed}" for seed in range(1, 6)]  # bytes count by blocks
        for value in ("stack:1000000000", *seeded, "stack", "stack:1"):
            for engine in ("--jit=off", "--ast"):
                code, out, err = run(f"--stress={value}", engine, "-e", program)
                self.assertEqual((code, out.split()[0]), (0, "31996000"), err)
                bytes_of[value, engine] = int(out.split()[1])
        for engine in ("--jit=off", "--ast"):
            plain = bytes_of["stack:1000000000", engine]
            self.assertGreater(bytes_of["stack:1", engine], plain + 8000 * 32)
            self.assertGreater(bytes_of["stack:1", engine], bytes_of["stack", engine])
            self.assertGreater(len({bytes_of[value, engine] for value in seeded}), 1)

    def test_keywords_by_position(self):
        """Literal keywords of calls and of super make no Hash, nor anything else."""
        program = (
            "class U; def run(k:) = k; end\n"
            "class L < U; def run(n) = super(k: n); def call(n) = keyed(n, k: n); def keyed(n, k:) = k; end\n"
            "o = L.new; o.run(1); o.call(1); counts = [:run, :call].map do |name|\n"
            "  before = GC.stat[:total_allocated_bytes]\n"
            "  name == :run ? 10_000.times { |i| o.run(i) } : 10_000.times { |i| o.call(i) }\n"
            "  GC.stat[:total_allocated_bytes] - before\nend\nputs counts"
        )
        code, out, err = run("-e", program)
        self.assertEqual(code, 0, err)
        for count in map(int, out.split()):
            self.assertLess(count, 200_000)

    def test_paths_of_test(self):
        """`metorex test` says which of its paths does not exist, and runs nothing."""
        for missing in ["", "nowhere"]:
            code, out, err = run("test", str(ROOT / "lib"), missing)
            self.assertEqual((code, out), (1, ""))
            self.assertEqual(err, f"metorex: test: no such file or folder -- {missing} (LoadError)\n")

    def test_switches(self):
        """-s makes globals of the words behind the script."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "s.rb"
            path.write_text("p $foo, $bar, ARGV\n", encoding="utf-8")
            self.check('true\n"3"\n["z"]\n', "-s", str(path), "-foo", "-bar=3", "z")


if __name__ == "__main__":
    unittest.main()
