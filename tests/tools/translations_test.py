# SPDX-License-Identifier: MIT
"""Tests that the translations shown in docs/IR_SPEC.md are what the JIT makes of their programs."""

import os
import re
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
METOREX = os.environ.get("METOREX", str(ROOT / "build/debug/metorex"))
PROGRAMS = sorted((ROOT / "tests/jit/translations").glob("*.rb"))


class TranslationsTest(unittest.TestCase):
    """Each program has a listing beside it; `tools/dev docs` writes them anew."""

    @unittest.skipUnless(Path(METOREX).with_name("metorex-jit.so").exists(), "no back end")
    def test_listings(self):
        self.assertEqual(len(PROGRAMS), 3)
        for program in PROGRAMS:
            with self.subTest(program.name):
                flags = ["--jit=sync", "--jit-threshold=100", "--dump=ir"]
                command = [Path(METOREX).resolve(), *flags, program.name]
                done = subprocess.run(
                    command, cwd=program.parent, capture_output=True, text=True, check=True
                )
                listing = re.sub("0x[0-9a-f]+", "0x...", done.stderr)
                self.assertEqual(listing, program.with_suffix(".ir").read_text())

    def test_narrated_loop(self):
        """docs/JIT.md tells of the same loop as the first translation."""
        page = (ROOT / "docs/JIT.md").read_text()
        listing = (ROOT / "tests/jit/translations/sum.ir").read_text()
        loop = listing[listing.index("block 1 loop") :]
        self.assertIn("".join(f"    {line}\n" for line in loop.splitlines()), page)


if __name__ == "__main__":
    unittest.main()
