# SPDX-License-Identifier: MIT
"""What the checks share: finding the files of the project, and reading C without a compiler."""

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

FOLDERS = ["frontend", "bytecode", "interp", "jit", "runtime", "tests", "benchmarks", "tools"]
C_SUFFIXES = (".c", ".h", ".def")


@dataclass
class Function:
    """One function definition in a C file."""

    name: str
    line: int  # first line of the signature, from 1
    length: int  # lines, from the signature to the closing brace
    static: bool


def find_files(root, suffixes, folders=None):
    """List the files with one of the suffixes below the source folders, sorted."""
    found = []
    for folder in folders or FOLDERS:
        for base, below, names in os.walk(Path(root, folder)):
            below[:] = [name for name in below if name != "__pycache__"]
            found += [Path(base, n) for n in names if n.endswith(tuple(suffixes))]
    return sorted(found)


def relative(path, root):
    """Return the path as written from the root of the project."""
    return Path(path).relative_to(root).as_posix()


BLANKED = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|(?<![\w])'(?:\\.|[^'\\\n])+'""", re.DOTALL
)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)


def blank_out(text):
    """Replace comments, literals and preprocessor lines; every line keeps its number."""

    def keep_lines(match):
        return " " + "\n" * match[0].count("\n")

    return DIRECTIVE.sub(keep_lines, BLANKED.sub(keep_lines, text))


def comment_lines(text):
    """Count the lines that hold a comment, or a part of one."""
    comments = [m for m in BLANKED.finditer(text) if m[0].startswith("/")]
    return sum(m[0].count("\n") + 1 for m in comments)


def functions_of(text):
    """List the functions that the C text defines."""
    code = blank_out(text)
    found = []
    depth = 0
    start = 0  # where the declaration at depth 0 begins
    opened = None  # the signature whose body is open
    for match in re.finditer(r"[{};]", code):
        at = match.start()
        if match[0] == "{":
            if depth == 0:
                opened = code[start:at]
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if depth == 0:
                add_function(found, code, start, at, opened)
                start = at + 1
        elif depth == 0:
            start = at + 1
    return found


def add_function(found, code, start, end, signature):
    """Append the function whose signature begins at start, if it is one."""
    name = function_name(signature)
    if not name:
        return
    first = start + len(signature) - len(signature.lstrip())
    line = code.count("\n", 0, first) + 1
    length = code.count("\n", first, end) + 1
    found.append(Function(name, line, length, bool(re.search(r"\bstatic\b", signature))))


def function_name(signature):
    """Return the name that a signature declares; None if it is a type or a table."""
    text = signature.strip()
    depth = 0
    name = None
    for token in re.finditer(r"[()=]|\w+", text):
        if token[0] == "(":
            if depth == 0:
                before = re.search(r"(\w+)\s*$", text[: token.start()])
                name = before[1] if before else name
            depth += 1
        elif token[0] == ")":
            depth -= 1
        elif depth == 0 and token[0] == "=":
            return None
    return name if text.endswith(")") else None


def finish(problems):
    """Print the problems; exit with 1 if there are any."""
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


def root_argument():
    """Return the root of the tree to check: the argument, or else the project itself."""
    return Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
