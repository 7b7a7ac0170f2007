# SPDX-License-Identifier: MIT
"""Tests of --disassemble and --dump=bytecode: they print and do not run; errors are clear."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
METOREX = os.environ.get("METOREX", str(ROOT / "build" / "metorex"))


def run(*args, stdin=""):
    """Run the command; answer (exit code, standard output, standard error)."""
    done = subprocess.run(
        [METOREX, *args], input=stdin, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout, done.stderr


class DisassembleTest(unittest.TestCase):
    """What the option prints."""

    def setUp(self):
        self.assertTrue(Path(METOREX).exists(), f"no command at {METOREX}: build it first")

    def listing(self, *args, **kwargs):
        """The listing of a program that can be compiled."""
        code, out, err = run(*args, **kwargs)
        self.assertEqual((code, err), (0, ""))
        return out

    def test_prints_and_does_not_run(self):
        """The program's own output is not there; both spellings print the same."""
        out = self.listing("--disassemble", "-e", "puts 'ran' * 2")
        self.assertIn('PUSH_STRING           "ran"', out)
        self.assertNotIn("ranran", out)
        self.assertEqual(out, self.listing("--dump=bytecode", "-e", "puts 'ran' * 2"))

    def test_sources(self):
        """Standard input, and a file under its name."""
        self.assertIn("== program, -:1", self.listing("--disassemble", stdin="p 1"))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "x.mx")
            path.write_text("p 1\n", encoding="utf-8")
            self.assertIn(f"== program, {path}:1", self.listing("--disassemble", str(path)))

    def test_options_of_the_program(self):
        """-n wraps a loop around it, --trace and --check-types add instructions."""
        self.assertIn("gets", self.listing("--disassemble", "-ne", "p 1"))
        self.assertIn("SET_LINE", self.listing("--disassemble", "--trace", "-e", "p 1"))
        self.assertNotIn("SET_LINE", self.listing("--disassemble", "-e", "p 1"))
        typed = "def m(a: Integer) = a"
        self.assertIn("TYPE_ERROR", self.listing("--disassemble", "--check-types", "-e", typed))
        self.assertNotIn("TYPE_ERROR", self.listing("--disassemble", "-e", typed))

    def test_wide_form(self):
        """Behind 65,536 constants operands have four bytes."""
        text = "".join(f"x = {n}.5\n" for n in range(65600))
        out = self.listing("--disassemble", stdin=text)
        self.assertIn("PUSH_CONST            65535.5", out)
        self.assertIn("WIDE PUSH_CONST       65536.5", out)
        self.assertIn(" 65599   65599.5\n", out)

    def test_columns(self):
        """No line of a usual program is longer than 100 columns, and the bars stand in line."""
        out = self.listing("--disassemble", str(ROOT / "tests/bytecode/patterns.rb"))
        lines = [line for line in out.splitlines() if " | " in line]
        self.assertGreater(len(lines), 10)
        self.assertEqual({line.rindex(" | ") for line in lines}, {lines[0].rindex(" | ")})
        self.assertLessEqual(max(map(len, lines)), 100)

    def test_bad_input(self):
        """Syntax errors, a file that is not there, a word that --dump does not know."""
        code, out, err = run("--disassemble", "-e", "foo(")
        self.assertEqual((code, out), (1, ""))
        self.assertIn("-e:1", err)
        code, out, err = run("--disassemble", "/no/such/file.rb")
        self.assertEqual((code, out), (1, ""))
        self.assertIn("No such file or directory -- /no/such/file.rb", err)
        code, out, err = run("--dump=code", "-e", "1")
        self.assertEqual((code, out), (1, ""))
        self.assertIn("--dump is tokens, ast, bytecode, or some of ir,llvm,asm; not 'code'", err)
        self.assertEqual(run("--disassemble=x", "-e", "1")[0], 1)


if __name__ == "__main__":
    unittest.main()
