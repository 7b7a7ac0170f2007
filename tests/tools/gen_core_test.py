# SPDX-License-Identifier: MIT
"""Tests of tools/gen_core: the rows it makes of a library file, and what it refuses."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def find_generator():
    """Return the generator beside the command under test, or the newest one built; or None."""
    beside = Path(os.environ.get("METOREX", "/nowhere/metorex")).parent / "tools/gen_core"
    built = [*ROOT.glob("build/tools/gen_core"), *ROOT.glob("build/*/tools/gen_core")]
    built.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    return next((path for path in [beside, *built] if path.exists()), None)


GENERATOR = find_generator()


class GenCoreTest(unittest.TestCase):
    """Each test gives the generator one library file."""

    def setUp(self):
        self.assertIsNotNone(GENERATOR, "gen_core is not built")

    def generate(self, text):
        """Run the generator; return (exit code, table, messages)."""
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "a.mx")
            table = Path(folder, "out.inc")
            source.write_text(text)
            done = subprocess.run(
                [GENERATOR, table, source], capture_output=True, text=True, check=False
            )
            rows = table.read_text() if table.exists() else ""
            return done.returncode, rows, done.stderr

    def assert_row(self, text, row):
        """Expect the table of a text to contain a row."""
        code, table, messages = self.generate(text)
        self.assertEqual((code, messages), (0, ""))
        self.assertIn(row, table)

    def assert_refused(self, text, message):
        """Expect no table, and a message with the line."""
        code, table, messages = self.generate(text)
        self.assertEqual((code, table), (1, ""))
        self.assertIn(message, messages)

    def test_method(self):
        """Place, line and positional parameters of a def."""
        self.assert_row(
            "class A\n  def f(a, b = 1, c:)\n  end\nend\n",
            '{"f", 0, 0, VIS_PUBLIC, 0, 10, 25, 2, 1, 1, NULL}',
        )

    def test_rest_parameter(self):
        """A rest parameter lifts the limit."""
        self.assert_row("class A\n  def f(*) = 1\nend\n", "VIS_PUBLIC, 0, 10, 12, 2, 0, -1, NULL}")

    def test_singleton_methods(self):
        """Both forms of class methods."""
        self.assert_row("class A\n  def self.f = 1\nend\n", '{"f", 0, 1, VIS_PUBLIC')
        self.assert_row("class A\n  class << self\n    def f = 1\n  end\nend\n", '{"f", 0, 1,')

    def test_visibility(self):
        """By section, by name, and by the names that Ruby makes private."""
        self.assert_row("class A\n  private\n\n  def f = 1\nend\n", '{"f", 0, 0, VIS_PRIVATE')
        self.assert_row("class A\n  def f = 1\n  private :f\nend\n", '{"f", 0, 0, VIS_PRIVATE')
        self.assert_row("class A\n  protected def f = 1\nend\n", '{"f", 0, 0, VIS_PROTECTED')
        self.assert_row("class A\n  def initialize = 1\nend\n", '"initialize", 0, 0, VIS_PRIVATE')
        self.assert_row("module A\n  module_function\n\n  def f = 1\nend\n", "VIS_MODULE_FUNCTION")

    def test_alias(self):
        """An alias has the visibility and arity of what it names."""
        self.assert_row(
            "class A\n  def f(a) = 1\n  alias g f\nend\n",
            '{"g", 0, 0, VIS_PUBLIC, 0, 0, 0, 3, 1, 0, "f"}',
        )

    def test_classes_includes_constants(self):
        """Nested paths, superclasses, modules, included modules and simple constants."""
        text = 'class A < B\n  module C\n    include D::E\n    F = -3\n    G = "x"\n  end\nend\n'
        self.assert_row(text, '{"A", "B", CORE_CLASS}')
        self.assert_row(text, '{"A::C", NULL, CORE_MODULE}')
        self.assert_row(text, '{1, "D::E"}')
        self.assert_row(text, '{1, "F", NULL, INT64_C(-3)}')
        self.assert_row(text, '{1, "G", "x", INT64_C(0)}')

    def test_refuses_other_statements(self):
        """What the table cannot hold is an error with its line."""
        self.assert_refused("class A\n  foo\nend\n", "a.mx:2: this call")
        self.assert_refused("class A\n  X = [1]\nend\n", "a.mx:2: only `Name")
        self.assert_refused("class A\n  if x\n  end\nend\n", "a.mx:2: this statement")
        self.assert_refused("def f = 1\n", "a.mx:1: def outside")
        self.assert_refused("class A\n  private :x\nend\n", "a.mx:2: visibility")

    def test_refuses_what_programs_change(self):
        """Module#=== is the program's."""
        message = "a.mx:2: programs may change Module#==="
        self.assert_refused("class A\n  def f(x) = (String === x)\nend\n", message)
        self.assert_refused("class A\n  def f(x) = (case x when 1, B::C then 1 end)\nend\n", message)

    def test_refuses_syntax_errors(self):
        """The parser's messages are shown."""
        self.assert_refused("class A\n  def f(\nend\n", "syntax error")


if __name__ == "__main__":
    unittest.main()
