# SPDX-License-Identifier: MIT
"""Tests of tools/uncovered: what it lists of a report, and what it leaves out."""

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FILE = "interp/unwind.c"


class UncoveredTest(unittest.TestCase):
    """Reports on a file of the tree, made here."""

    def table(self, numbers, *folders):
        """The table of a report in which these lines of a file were not run."""
        lines = [{"line_number": number, "count": 0} for number in numbers]
        lines.append({"line_number": 1, "count": 5})
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            report.write_text(json.dumps({"files": [{"file": FILE, "lines": lines}]}), encoding="utf-8")
            command = [ROOT / "tools/uncovered", report, *folders]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()

    def numbers_of(self, part):
        """Numbers of the lines of the file that have a part."""
        text = (ROOT / FILE).read_text(encoding="utf-8").splitlines()
        return [number for number, line in enumerate(text, 1) if part in line]

    def test_lines_in_a_row_are_one_entry(self):
        first = self.numbers_of("ec->unwind = tag;")[0]
        out = self.table([first, first + 1, first + 4])
        self.assertEqual(out[2], f"| {FILE}:{first}-{first + 1} | `ec->unwind = tag;` |")
        self.assertEqual((len(out), out[-1]), (6, "3 lines"))

    def test_folders(self):
        first = self.numbers_of("ec->unwind = tag;")[0]
        self.assertEqual(self.table([first], "bytecode", "runtime")[-1], "0 lines")
        self.assertEqual(self.table([first], "interp/")[-1], "1 lines")

    def test_lines_that_say_so_are_left_out(self):
        text = "MX_UNREACHABLE();\n  case NODE_COUNT: break;\n  default:\n  return false;\n"
        with tempfile.TemporaryDirectory(dir=ROOT / "interp") as folder:
            path = Path(folder) / "made.c"
            path.write_text(text, encoding="utf-8")
            lines = [{"line_number": number, "count": 0} for number in range(1, 5)]
            name = str(path.relative_to(ROOT))
            report = Path(folder) / "report.json"
            report.write_text(json.dumps({"files": [{"file": name, "lines": lines}]}), encoding="utf-8")
            command = [ROOT / "tools/uncovered", report]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        self.assertEqual(done.stdout.splitlines()[2:], [f"| {name}:4 | `return false;` |", "", "1 lines"])


if __name__ == "__main__":
    unittest.main()
