# SPDX-License-Identifier: MIT
"""Tests of tests/run_tests with a fake engine: it must be able to fail.

The fake engine executes a test program as a shell script, so that each case chooses what the
"program" prints; expectations in shell comments look like those of real programs.
"""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FAKE_ENGINE = """#!/bin/sh
while [ "${1#--}" != "$1" ]; do flags="$flags $1"; shift; done
export flags
exec sh "$@"
"""


class RunTestsTest(unittest.TestCase):
    """Each kind of expectation, fulfilled and not."""

    def run_on(self, files, *options):
        """Run the runner on a tree with these files below tests/language, in the reference engine
        unless an option begins with --engine; --engines alone stands for the usual list."""
        with tempfile.TemporaryDirectory() as folder:
            tests = Path(folder, "tests/language")
            tests.mkdir(parents=True)
            for name, text in files.items():
                (tests / name).parent.mkdir(exist_ok=True)
                (tests / name).write_text(text, encoding="utf-8")
            engine = Path(folder, "engine")
            engine.write_text(FAKE_ENGINE, encoding="utf-8")
            engine.chmod(0o755)
            listed = any("bytecode" in name for name in files)
            if not listed and not any(option.startswith("--engine") for option in options):
                options += ("--engine-flags=--ast",)
            options = [option for option in options if option != "--engines"]
            command = [ROOT / "tests/run_tests", "--root", folder, "--no-checks", "--no-unit"]
            done = subprocess.run(
                [*command, *options],
                env=os.environ | {"METOREX": str(engine)},
                capture_output=True,
                text=True,
                check=False,
            )
            return done.returncode, done.stdout

    def assert_result(self, text, passes, message="", **files):
        """Run one program; it passes, or fails with the message."""
        code, output = self.run_on({"a.rb": text, **files})
        self.assertEqual(code, 0 if passes else 1, output)
        last = "1 passed, 0 failed" if passes else "0 passed, 1 failed"
        self.assertEqual(output.splitlines()[-1], last, output)
        self.assertIn(message, output)

    def test_output_in_order(self):
        self.assert_result("echo a # => a\necho b # => b\n", True)

    def test_listings(self):
        """A program below tests/bytecode runs under --disassemble and must print its .out file."""
        program = "../bytecode/b.rb"
        for listing, passes in (("--disassemble\n", True), ("--other\n", False)):
            files = {program: "echo $flags\n", "../bytecode/b.out": listing}
            code, output = self.run_on(files)
            self.assertEqual(code, 0 if passes else 1, output)
            self.assertIn("1 passed" if passes else "FAIL tests/bytecode/b.rb", output)
        code, output = self.run_on({program: "echo $flags\n"})
        self.assertIn("asserts nothing", output)

    def test_wrong_output_fails_with_a_diff(self):
        self.assert_result("echo a # => b\n", False, "-b\n    +a")

    def test_additional_output_fails(self):
        self.assert_result("echo a # => a\necho b\n", False, "+b")

    def test_missing_output_fails(self):
        self.assert_result("true # => a\n", False, "-a")

    def test_empty_line(self):
        self.assert_result("echo # =>\n", True)

    def test_program_that_asserts_nothing_fails(self):
        self.assert_result("true\n", False, "asserts nothing")

    def test_out_file(self):
        self.assert_result("echo b # => a\n", True, **{"a.out": "b\n"})
        self.assert_result("echo b # => b\n", False, **{"a.out": "a\n"})

    def test_exit_code(self):
        self.assert_result("echo a # => a\nexit 3\n", False, "exit code 3, expected 0")
        self.assert_result("# exit: 3\necho a # => a\nexit 3\n", True)

    def test_raises(self):
        text = "echo \"a.rb:1:in 'f': bad: thing (TypeError)\" >&2; exit 1 # raises {}\n"
        self.assert_result(text.format("TypeError: bad: thing"), True)
        self.assert_result(text.format("TypeError"), True)
        self.assert_result(text.format("TypeError: other"), False, "expected the exception")
        self.assert_result(text.format("ArgumentError: bad: thing"), False)
        self.assert_result("\n" + text.format("TypeError: bad: thing"), False, ":2:in")
        self.assert_result("true # raises TypeError: bad\n", False, "exit code 0, expected 1")

    def test_syntax_error(self):
        text = "echo 'a.rb:1:5: expected `end`' >&2; exit 1 # syntax error: {}\n"
        self.assert_result(text.format("expected `end`"), True)
        self.assert_result(text.format("something else"), False, "no syntax error at line 1")

    def test_options(self):
        self.assert_result('# args: "x y" z\necho "$1,$2" # => x y,z\n', True)
        self.assert_result("# flags: --one\necho $flags # => --ast --one\n", True)
        self.assert_result("# stdin: in\ncat # => text\n", True, **{"in": "text\n"})
        self.assert_result("# run: --two FILE 'x y'\necho $flags, $1 # => --ast --two, x y\n", True)
        self.assert_result("# env: A=b\necho $A # => b\n", True)
        self.assert_result("# stderr: oops\necho oops >&2\n", True)
        self.assert_result("# stderr: oops\necho fine >&2\n", False, "standard error lacks: oops")

    def test_timeout(self):
        code, output = self.run_on({"a.rb": "sleep 9 # => a\n"}, "--timeout", "0.2")
        self.assertEqual(code, 1)
        self.assertIn("timed out", output)

    def test_filter_and_fixtures(self):
        files = {"a.rb": "echo # =>\n", "b.rb": "false # => x\n", "fixtures/c.rb": "false\n"}
        code, output = self.run_on(files, "--filter", "a.rb")
        self.assertEqual((code, output), (0, "1 passed, 0 failed\n"))
        code, output = self.run_on(files)
        self.assertEqual((code, output.splitlines()[-1]), (1, "1 passed, 1 failed"))

    def test_no_test_at_all_fails(self):
        self.assertEqual(self.run_on({}), (1, "0 passed, 0 failed\n"))

    def test_stress(self):
        """Unless engine flags are given each program runs under stress too, examples less often."""
        loud = "case \"$flags\" in *stress*) echo $flags >&2; exit 3;; esac; echo a # => a\n"
        files = {"a.rb": loud, "../../examples/b.rb": loud}
        code, output = self.run_on(files)
        self.assertEqual((code, output), (0, "2 passed, 0 failed\n"))
        code, output = self.run_on(files, "--engines")
        self.assertEqual((code, output.splitlines()[-1]), (1, "4 passed, 2 failed"))
        self.assertIn("FAIL tests/language/a.rb --stress=gc\n", output)
        self.assertRegex(output, r"FAIL examples/b.rb --stress=gc:\d+:\d+\n")
        self.assertEqual(self.run_on(files, "--engines", "--no-stress")[0], 0)

    def test_engine_flags(self):
        files = {"a.rb": "echo $flags # => --x --y\n"}
        self.assertEqual(self.run_on(files, "--engine-flags=--x --y")[0], 0)


if __name__ == "__main__":
    unittest.main()
