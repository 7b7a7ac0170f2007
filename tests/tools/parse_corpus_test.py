# SPDX-License-Identifier: MIT
"""Tests of tools/parse_corpus: it finds differences, and its mutants depend on the seed only.

Small scripts stand for the parser and for ruby: one rejects texts that contain "bad", the other
those that contain "worse".
"""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

PARSER = """#!/bin/sh
for arg; do case $arg in @*) list=${arg#@} ;; esac; done
while read -r path; do
  if grep -q bad "$path"; then echo "error $path:1: bad"; else echo "ok $path"; fi
done <"$list"
"""

RUBY = """#!/bin/sh
for list; do :; done
while read -r path; do
  if grep -q worse "$path"; then echo "= error"; else echo "= ok"; fi
done <"$list"
"""


class ParseCorpusTest(unittest.TestCase):
    """One test for each promise."""

    def run_on(self, files, *options):
        """Write files and the two scripts, run the tool; return (exit code, output)."""
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "source")
            source.mkdir()
            for name, text in files.items():
                Path(source, name).write_text(text, encoding="utf-8")
            for name, text in (("parser", PARSER), ("ruby", RUBY)):
                script = Path(folder, name)
                script.write_text(text, encoding="utf-8")
                os.chmod(script, 0o755)
            done = subprocess.run(
                [ROOT / "tools" / "parse_corpus", f"--check={folder}/parser",
                 f"--ruby={folder}/ruby", *options, source],
                capture_output=True, text=True, check=False,
            )
            return done.returncode, done.stdout + done.stderr

    def test_agreement(self):
        code, output = self.run_on({"a.rb": "fine\n", "b.rb": "bad and worse\n"})
        self.assertEqual(code, 0, output)
        self.assertIn("2 files: the parser accepts 1, 0 differ", output)

    def test_differences_both_ways(self):
        code, output = self.run_on({"a.rb": "bad\n", "b.rb": "worse\n", "c.rb": "fine\n"})
        self.assertEqual(code, 1, output)
        self.assertIn("2 differ", output)

    def test_other_files_are_left_out(self):
        code, output = self.run_on({"a.rb": "fine\n", "b.txt": "bad\n"})
        self.assertEqual(code, 0, output)
        self.assertIn("1 files", output)

    def test_mutants_are_made_and_compared(self):
        code, output = self.run_on({"a.rb": "one bad two\n"}, "--mutants=30", "--seed=7")
        self.assertEqual(code, 1, output)
        self.assertIn("30 files", output)


if __name__ == "__main__":
    unittest.main()
