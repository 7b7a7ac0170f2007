# SPDX-License-Identifier: MIT
"""Tests of tools/dev with fake system commands: what it installs, and how it fails."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
INSTALLED = "echo 'install ok installed'"


class DevTest(unittest.TestCase):
    """Each test puts fake commands first in the PATH; they write what they are asked to a log."""

    def run_dev(self, fakes, *arguments):
        """Run tools/dev with the fake commands {name: shell text}; return (code, output, log)."""
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder, "log")
            log.touch()
            for name, text in fakes.items():
                path = Path(folder, name)
                path.write_text(f'#!/bin/sh\necho "{name} $*" >>"{log}"\n{text}\n')
                path.chmod(0o755)
            done = subprocess.run(
                [ROOT / "tools/dev", *arguments],
                env=os.environ | {"PATH": f"{folder}:{os.environ['PATH']}"},
                capture_output=True,
                text=True,
                check=False,
            )
            return done.returncode, done.stdout + done.stderr, log.read_text()

    def install_log(self, fakes):
        """Return what the package commands were asked for by `format --check`."""
        log = self.run_dev({"clang-format": "", "apt-get": "", **fakes}, "format", "--check")[2]
        return [line for line in log.splitlines() if line.startswith(("apt-get", "sudo"))]

    def test_installs_what_is_missing(self):
        log = self.install_log({"dpkg-query": "exit 1", "id": "echo 0"})
        self.assertEqual(log[0], "apt-get update -qq")
        self.assertRegex(log[1], "^apt-get install -y .*clang-format$")

    def test_uses_sudo_if_not_root(self):
        log = self.install_log({"dpkg-query": "exit 1", "id": "echo 1000", "sudo": ""})
        self.assertEqual(log[0], "sudo apt-get update -qq")

    def test_installs_nothing_if_all_is_there(self):
        self.assertEqual(self.install_log({"dpkg-query": INSTALLED}), [])

    def test_format_check_names_the_files(self):
        fakes = {
            "dpkg-query": INSTALLED,
            "clang-format": "echo 'runtime/value.h:1:2: error: code should be formatted' >&2",
        }
        code, output, _ = self.run_dev(fakes, "format", "--check")
        self.assertEqual(code, 1)
        self.assertIn("would change:\nruntime/value.h\n", output)

    def test_unknown_command_and_build_type_fail(self):
        self.assertEqual(self.run_dev({}, "nonsense")[0], 2)
        self.assertEqual(self.run_dev({}, "build", "nonsense")[0], 2)

    def test_failing_build_shows_its_output(self):
        fakes = {"dpkg-query": INSTALLED, "cmake": "echo the reason; exit 1"}
        code, output, _ = self.run_dev(fakes, "build", "debug")
        self.assertEqual(code, 1)
        self.assertIn("the reason", output)

    def test_fuzz_lists_its_targets(self):
        code, output, _ = self.run_dev({"dpkg-query": INSTALLED}, "fuzz", "nothing")
        self.assertEqual(code, 2)
        self.assertIn("one of these targets:\ncompiler\n", output)


if __name__ == "__main__":
    unittest.main()
