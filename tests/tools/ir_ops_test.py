# SPDX-License-Identifier: MIT
"""Tests that the text tests of the IR cover its tables: every instruction is run somewhere."""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROW = re.compile(r'^IR\(\w+, "([^"]+)", "([^"]*)"', re.MULTILINE)
PASS = re.compile(r"^PASS\((\w+),", re.MULTILINE)


def text_of(folder):
    """Return the texts of all files of a folder of tests, as one."""
    return "\n".join(path.read_text() for path in sorted((ROOT / "tests/ir" / folder).glob("*.ir")))


class IrOpsTest(unittest.TestCase):
    """Each test compares a table with the files below tests/ir."""

    def test_every_instruction_has_a_case(self):
        rows = ROW.findall((ROOT / "jit/ir/ir_ops.def").read_text())
        text = text_of("ops")
        missing = [
            mnemonic
            for mnemonic, operands in rows
            if operands != "K" and not re.search(rf"(= |^  ){re.escape(mnemonic)}\b(?!\.)", text, re.M)
        ]
        self.assertEqual(missing, [])

    def test_every_pass_has_a_case(self):
        names = set(PASS.findall((ROOT / "jit/opt/passes.def").read_text()))
        tested = set(re.findall(r"\w+", " ".join(re.findall(r"^; opt(?::\d+)? (.*)$", text_of("opt"), re.M))))
        self.assertEqual(names - tested, set())


if __name__ == "__main__":
    unittest.main()
