# SPDX-License-Identifier: MIT
"""Tests of tools/check_layers: each rule accepts what it should and can fail."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from check_case import CheckCase


class CheckLayersTest(CheckCase):
    """One test for each rule."""

    tool = "check_layers"

    def includes(self, name, target):
        """Return a tree in which the file includes the target, which exists."""
        files = {name: f"#include {target}\n"}
        if target.startswith('"'):
            files.setdefault(target.strip('"'), "")
        return files

    def test_downward_includes_are_clean(self):
        for name, target in [
            ("runtime/base/arena.c", '"runtime/base/arena.h"'),
            ("frontend/lexer.c", '"runtime/base/arena.h"'),
            ("runtime/builtins/boot.c", '"runtime/value.h"'),
            ("bytecode/compile_expr.c", '"frontend/ast.h"'),
            ("interp/tree_eval.c", '"frontend/ast.h"'),
            ("interp/api.c", '"runtime/builtins/boot.h"'),
            ("jit/record/record.c", '"interp/frame.h"'),
            ("tests/unit/lexer_test.c", '"frontend/lexer.h"'),
            ("runtime/gc.c", "<gc.h>"),
            ("runtime/value.c", "<stdint.h>"),
        ]:
            self.assert_clean(self.includes(name, target))

    def test_upward_includes_fail(self):
        for name, target in [
            ("runtime/base/arena.c", '"runtime/value.h"'),
            ("frontend/lexer.c", '"runtime/value.h"'),
            ("runtime/value.c", '"interp/frame.h"'),
            ("runtime/value.c", '"runtime/builtins/boot.h"'),
            ("runtime/value.c", '"frontend/ast.h"'),
            ("bytecode/emit.c", '"frontend/ast.h"'),
            ("interp/call.c", '"frontend/ast.h"'),
            ("interp/call.c", '"jit/jit.h"'),
            ("jit/ir/ir.c", '"runtime/object.h"'),
        ]:
            self.assert_complains(self.includes(name, target), "points upward or sideways")

    def test_restricted_headers_fail(self):
        for name, target in [
            ("runtime/object.c", "<gc.h>"),
            ("interp/unwind.c", "<setjmp.h>"),
            ("jit/jit.c", "<llvm-c/Core.h>"),
        ]:
            self.assert_complains(self.includes(name, target), "is not allowed here")

    def test_include_of_a_c_file_fails(self):
        self.assert_complains(
            self.includes("runtime/a.c", '"runtime/b.c"'), "includes a .c file"
        )

    def test_path_that_is_not_root_relative_fails(self):
        self.assert_complains(
            {"runtime/a.c": '#include "a.h"\n', "runtime/a.h": ""}, "not a path from the root"
        )


if __name__ == "__main__":
    unittest.main()
