# SPDX-License-Identifier: MIT
"""Tests of tools/check_docs: it accepts what exists and rejects what does not."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from check_case import CheckCase


class CheckDocsTest(CheckCase):
    """Paths and names, existing and not."""

    tool = "check_docs"

    def page(self, text):
        """Return a tree with one page and two files it may name."""
        return {
            "docs/page.md": text,
            "runtime/value.c": "void mx_value_print(void) {}\n",
            "tools/dev": "",
        }

    def test_existing_paths_and_names_are_clean(self):
        self.assert_clean(
            self.page(
                "`runtime/value.c` `value.c` `runtime/` `runtime/*.c` `runtime/<name>.c` "
                "`tools/dev test` `mx_value_print` `1 / 2` `a/b` `mx_value_`\n"
            )
        )

    def test_missing_path(self):
        self.assert_complains(self.page("See `runtime/gone.c`.\n"), "page.md:1: no such path")

    def test_missing_bare_file(self):
        self.assert_complains(self.page("\nSee `gone.c`.\n"), "page.md:2: no such path: gone.c")

    def test_missing_command(self):
        self.assert_complains(self.page("Run `tools/gone now`.\n"), "no such path: tools/gone")

    def test_missing_name(self):
        self.assert_complains(self.page("Call `mx_gone(1)`.\n"), "no such name: mx_gone")

    def test_fenced_block_is_left_alone(self):
        self.assert_clean(self.page("```\n`runtime/gone.c`\n```\n"))

    def test_readme_is_checked(self):
        self.assert_complains({"README.md": "`tools/gone`\n"}, "README.md:1")


if __name__ == "__main__":
    unittest.main()
