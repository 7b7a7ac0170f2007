# SPDX-License-Identifier: MIT
"""Tests of tools/check_style: each rule can fail, and the function scanner counts right."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from check_case import HEAD, ROOT, CheckCase

sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tools"))
from source_tree import comment_lines, functions_of


def function(name, lines):
    """Return a static function that is as many lines long."""
    return f"static void {name}(void) {{\n" + "  run();\n" * (lines - 2) + "}\n"


class CheckStyleTest(CheckCase):
    """One test for each rule."""

    tool = "check_style"

    def complains(self, text, message, name="runtime/a.c"):
        """The file with this text is rejected."""
        self.assert_complains({name: text}, message)

    def test_good_file_is_clean(self):
        self.assert_clean({"runtime/a.c": HEAD + function("a_run", 5)})

    def test_missing_licence(self):
        self.complains("// What it is.\n", "no SPDX line")

    def test_table_says_what_it_is(self):
        self.complains(HEAD, "X-macro table", "runtime/a.def")
        table = "// X-macro table.\n// SPDX-License-Identifier: MIT\n"
        self.assert_clean({"runtime/a.def": table, "runtime/b.def": HEAD + "// X-macro\n"})

    def test_missing_head_comment(self):
        self.complains("// SPDX-License-Identifier: MIT\nint a;\n", "no head comment")

    def test_tab(self):
        self.complains(HEAD + "\tint a;\n", "tab")

    def test_trailing_blank(self):
        self.complains(HEAD + "int a; \n", "trailing blank")

    def test_unfinished_work(self):
        self.complains(HEAD + "// TO" + "DO: more\n", "unfinished work")

    def test_long_line(self):
        self.complains(HEAD + "// " + "x" * 100 + "\n", "103 columns")

    def test_long_file(self):
        self.complains(HEAD + "int a;\n" * 1500, "1502 lines")

    def test_long_function(self):
        self.complains(HEAD + function("a_run", 101), "101 lines, limit 100")
        self.assert_clean(
            {"runtime/a.c": HEAD + function("a_run", 100) + function("a", 3) + function("b", 3)}
        )

    def test_long_median(self):
        self.complains(HEAD + function("a_run", 13), "median function length 13")

    def test_missing_guard(self):
        self.complains(HEAD + "int a;\n", "no include guard", "runtime/a.h")

    def test_own_header_not_first(self):
        self.complains(
            HEAD + '#include "runtime/b.h"\n#include "runtime/a.h"\n', "own header"
        )

    def test_project_header_after_system_header(self):
        self.complains(HEAD + '#include <stdio.h>\n#include "runtime/b.h"\n', "after a system")

    def test_linkage_prefix(self):
        self.complains(HEAD + "void run(void) {\n}\n", "`mx_` marks")
        self.complains(HEAD + "static void mx_run(void) {\n}\n", "`mx_` marks")

    def test_same_name_twice(self):
        self.assert_complains({"runtime/a.h": "", "interp/a.h": ""}, "the same name twice")

    def test_name_not_snake_case(self):
        self.complains(HEAD, "not snake case", "runtime/fooBar.c")


class FunctionScannerTest(unittest.TestCase):
    """The scanner finds functions and nothing else."""

    def found(self, text):
        """Return (name, line, length) for each function in the text."""
        return [(f.name, f.line, f.length) for f in functions_of(text)]

    def test_plain_function(self):
        self.assertEqual(self.found("int a;\n\nint f(int x) {\n  return x;\n}\n"), [("f", 3, 3)])

    def test_braces_in_literals_and_comments(self):
        text = "int f(void) {\n  g('{', \"}{\"); // {\n  /* { */\n}\nint h(void) { return 1; }\n"
        self.assertEqual(self.found(text), [("f", 1, 4), ("h", 5, 1)])

    def test_types_and_tables_are_no_functions(self):
        types = "struct S {\n  int (*f)(void);\n};\nenum E { A };\n"
        table = "static int t[F(1)] = {\n  1,\n};\n"
        self.assertEqual(self.found(types + table), [])

    def test_macros_with_braces_are_skipped(self):
        self.assertEqual(
            self.found("#define M(x) { \\\n  x\nint f(void) {\n}\n"), [("f", 3, 2)]
        )

    def test_comment_lines(self):
        self.assertEqual(comment_lines("int a; // x\n/* y\n z */\nchar *s = \"// no\";\n"), 3)

    def test_signature_on_many_lines(self):
        self.assertEqual(self.found("static int\nf(int a,\n  int b) {\n}\n"), [("f", 1, 4)])


if __name__ == "__main__":
    unittest.main()
