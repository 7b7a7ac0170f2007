# SPDX-License-Identifier: MIT
"""A test case that runs a check on a tree of files made for it."""

import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HEAD = "// SPDX-License-Identifier: MIT\n// What the file is.\n"


class CheckCase(unittest.TestCase):
    """Base of the tests of tools/check_*; a subclass sets `tool`."""

    tool = ""

    def run_on(self, files):
        """Write the files, given as {path: text}, and run the check; return (exit code, output)."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            done = subprocess.run(
                [ROOT / "tools" / self.tool, folder], capture_output=True, text=True, check=False
            )
            return done.returncode, done.stdout + done.stderr

    def assert_clean(self, files):
        """The check accepts the files."""
        code, output = self.run_on(files)
        self.assertEqual((code, "Traceback" in output), (0, False), output)

    def assert_complains(self, files, text):
        """The check rejects the files with a message that contains the text."""
        code, output = self.run_on(files)
        self.assertEqual(code, 1, output)
        self.assertIn(text, output)
