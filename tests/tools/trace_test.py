# SPDX-License-Identifier: MIT
"""Tests of --trace, --trace-ast and breakpoint."""

import os
import pty
import re
import select
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
METOREX = str(Path(os.environ.get("METOREX", ROOT / "build" / "metorex")).resolve())

PROGRAM = """\
def add(a, b)
  c = a + b
  c * 2
end
p add(1, 2)
[4].each { |x| add(x, 0) }
"""

FILTERED = """\
[2] --> Object#add, t.rb:1, a = 1, b = 2
t.rb:2: c = a + b
 LOAD_LOCAL a | 2:7 | []
 LOAD_LOCAL b | 2:11 | [1]
 ADD | 2:9 | [1, 2]
 STORE_LOCAL c | 2:3 | [3]
t.rb:3: c * 2
 LOAD_LOCAL c | 3:3 | []
 PUSH_CONST 2 | 3:7 | [3]
 MUL | 3:5 | [3, 2]
 RETURN | 3:5 | [6]
[3] --> Object#add, t.rb:1, a = 4, b = 0
"""

NODES = """\
[2] --> Object#add, t.rb:1, a = 1, b = 2
    2:3  | Block                  | c = a + b...
    2:3  | Assignment             | c = a + b
    2:7  | MethodCall             | a + b
    2:7  | LocalVariable          | a
    2:11 | LocalVariable          | b
    3:3  | MethodCall             | c * 2
    3:3  | LocalVariable          | c
    3:7  | IntegerLiteral         | 2
[3] --> Object#add, t.rb:1, a = 4, b = 0
"""


def plain(trace):
    """Drop offsets and the blanks that align columns: they are the compiler's business."""
    return re.sub(r" +\|", " |", re.sub(r"^ \d{4} \|", "", trace, flags=re.MULTILINE))


class TraceCase(unittest.TestCase):
    """Runs programs in a folder of their own."""

    def setUp(self):
        self.assertTrue(Path(METOREX).exists(), f"no command at {METOREX}: build it first")
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def run_on(self, program, *options):
        """Run a program as t.rb; answer (exit code, standard output, standard error)."""
        Path(self.folder.name, "t.rb").write_text(program, encoding="utf-8")
        done = subprocess.run(
            [METOREX, *options, "t.rb"],
            cwd=self.folder.name,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr


class TraceTest(TraceCase):
    """What is printed, and that nothing else changes."""

    def test_instructions_of_a_method(self):
        code, out, err = self.run_on(PROGRAM, "--trace=add")
        self.assertEqual((code, out), (0, "6\n"))
        self.assertEqual(plain(err)[: len(FILTERED)], FILTERED)
        self.assertEqual(err.count("-->"), 2)

    def test_frames_come_and_go(self):
        """Without a filter: the program, its blocks, methods; not the core library."""
        code, out, err = self.run_on(PROGRAM, "--trace")
        self.assertEqual((code, out), (0, "6\n"))
        frames = [line.split(",")[0] for line in err.splitlines() if line.startswith("[")]
        self.assertEqual(
            frames,
            ["[1] --> <main>", "[2] --> Object#add", "[1] <-- <main>"]
            + ["[2] --> block in <main>", "[3] --> Object#add", "[2] <-- block in <main>"]
            + ["[1] <-- <main>"],
        )
        self.assertEqual(err.count("CALL_WITH_BLOCK each"), 1)

    def test_specialized_instructions_appear_once(self):
        """An instruction that is specialized in place is printed once each time it runs."""
        _, _, err = self.run_on("def m(a) = a + 1\n5.times { |i| m(i) }\n", "--trace=m")
        self.assertEqual(len(re.findall(r"\| ADD ", err)), 5)
        self.assertEqual(err.count("--> Object#m"), 5)

    def test_what_an_ensure_holds_back(self):
        """A jump or exception that waits behind a clause lies among the operands."""
        jump = "while true; begin; break; ensure; [1].each { |x| p x }; end; end\n"
        error = "def m = (begin; raise 'x'; ensure; p 2; end)\n(m rescue p 3)\n"
        code, out, err = self.run_on(jump + error, "--trace")
        self.assertEqual((code, out), (0, "1\n2\n3\n"))
        self.assertEqual(err.count("[nil, (pending)]"), 2)

    def test_files(self):
        """FILE: is the end of a path; naming a file of the core library shows it."""
        self.assertIn("--> <main>", self.run_on(PROGRAM, "--trace=t.rb:")[2])
        self.assertEqual(self.run_on(PROGRAM, "--trace=.rb:")[2], "")
        both = self.run_on(PROGRAM, "--trace=t.rb:add")[2]
        self.assertEqual(both, self.run_on(PROGRAM, "--trace=add")[2])
        core = self.run_on(PROGRAM, "--trace=array.mx:each")[2]
        self.assertIn("--> Array#each, array.mx:", core)
        self.assertNotIn("t.rb", core)
        self.assertEqual(self.run_on(PROGRAM, "--trace=other.rb:add")[2], "")

    def test_labels(self):
        """A method may be named as the trace names it, a nested class's too."""
        by_name = self.run_on(PROGRAM, "--trace=add")[2]
        self.assertEqual(self.run_on(PROGRAM, "--trace=Object#add")[2], by_name)
        self.assertEqual(self.run_on(PROGRAM, "--trace=t.rb:Object#add")[2], by_name)
        self.assertEqual(self.run_on(PROGRAM, "--trace=Integer#add")[2], "")
        nested = "module A\nclass B\ndef m = 1\ndef self.s = m2\ndef self.m2 = 2\nend\nend\nA::B.new.m\nA::B.s\n"
        for options in ((), ("--ast",)):
            err = self.run_on(nested, "--trace=A::B#m", *options)[2]
            self.assertEqual((err.count("--> A::B#m"), err.count("A::B.s")), (1, 0))
            err = self.run_on(nested, "--trace=t.rb:A::B.s", *options)[2]
            self.assertEqual((err.count("--> A::B.s"), err.count("A::B#m")), (1, 0))

    def test_nodes(self):
        code, out, err = self.run_on(PROGRAM, "--trace-ast=add")
        self.assertEqual((code, out), (0, "6\n"))
        self.assertEqual(err[: len(NODES)], NODES)
        self.assertEqual(err, self.run_on(PROGRAM, "--ast", "--trace=add")[2])

    def test_no_code_of_the_program_runs(self):
        """Objects are shown by their class, whatever their inspect does."""
        program = "class A; def inspect = exit!(3); def to_s = exit!(4); end\nx = A.new\nx.hash\n"
        for option in ("--trace", "--trace-ast"):
            code, _, err = self.run_on(program, option)
            self.assertEqual(code, 0)
            self.assertGreater(len(err), 0)
        self.assertIn("#<A>", self.run_on(program, "--trace")[2])

    def test_hooks(self):
        """A program that enables hooks is traced on, and its hooks are called."""
        hook = "seen = []\nTracePoint.new(:line) { |tp| seen << tp.lineno }.enable { add(1, 2) }\np seen\n"
        program = "".join(PROGRAM.splitlines(True)[:4]) + hook
        code, out, err = self.run_on(program, "--trace=add")
        self.assertEqual((code, out), (0, "[6, 2, 3]\n"))
        self.assertEqual(plain(err), "".join(FILTERED.splitlines(True)[:-1]).replace("[2]", "[3]", 1))

    def test_exceptions(self):
        """Backtraces are as without a trace."""
        program = "def m = raise('no')\nbegin; m; rescue => e; puts e.backtrace; end\nm\n"
        code, out, err = self.run_on(program, "--trace=nothing")
        self.assertEqual((code, out, err), self.run_on(program))
        traced = self.run_on(program, "--trace")
        self.assertEqual(traced[:2], (code, out))
        self.assertTrue(traced[2].endswith(err), traced[2])


class BreakpointTest(TraceCase):
    """The prompt that breakpoint opens."""

    PROGRAM = """\
def m(a)
  b = a * 2
  [3].each { |c| p breakpoint }
  puts "b is #{b}"
end
m(4)
"""

    def talk(self, lines, *options):
        """Run the program on a terminal, write the lines, answer all that was printed."""
        Path(self.folder.name, "t.mx").write_text(self.PROGRAM, encoding="utf-8")
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.folder.name)
            os.execv(METOREX, [METOREX, *options, "t.mx"])
        text = ""
        for line in lines:
            text += self.read_to_prompt(terminal)
            os.write(terminal, line.encode())
        text += self.read_to_prompt(terminal)
        os.close(terminal)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        self.assertEqual(status, 0, text)
        return text.replace("\r\n", "\n")

    def read_to_prompt(self, terminal):
        """Read up to the next prompt, or to the end.

        A read that waits for text can answer with the end while the last text is on its way: the
        kernel asks for text, and then whether the other side is closed. What select saw is there.
        """
        text = ""
        while not text.endswith(("\n> ", "\n* ")):
            ready = select.select([terminal], [], [], 20)[0]
            self.assertTrue(ready, f"nothing more after {text!r}")
            try:
                text += os.read(terminal, 4096).decode()
            except OSError:
                break
        return text

    def test_prompt(self):
        """Locals are seen and set, errors do not end it, `continue` does."""
        for options in ([], ["--ast"]):
            lines = ["a + b + c\n", "b = 100\n", "foo)\n", "nosuch\n", "continue\n"]
            text = self.talk(lines, *options)
            self.assertIn("breakpoint at t.mx:3", text)
            self.assertIn("=> 15\n", text)
            self.assertIn("SyntaxError: ", text)
            self.assertIn("NameError: undefined local variable or method 'nosuch'", text)
            self.assertTrue(text.endswith("nil\nb is 100\n"), text)

    def test_lines_that_go_on(self):
        """What is not finished goes on in the next line, up to the end of input."""
        for options in ([], ["--ast"]):
            lines = ["[a, b, c].map do |x|\n", "  x + 1\n", "end\n"]
            lines += ["def twice(x)\n", "  x * 2 end\n", "<<X + \"b\"\n", "text\n", "X\n"]
            lines += ["twice(\n", "b)\n", "(\n", "\x04", "continue\n"]
            text = self.talk(lines, *options)
            self.assertIn("=> [5, 9, 4]\n", text)
            self.assertIn("=> :twice\n", text)
            self.assertIn('=> "text\\nb"\n', text)
            self.assertIn("=> 16\n", text)
            self.assertIn("SyntaxError: ", text)
            self.assertEqual(text.count("\n* "), 7, text)
            self.assertTrue(text.endswith("nil\nb is 8\n"), text)

    def test_end_of_input(self):
        """Control-D goes on, too."""
        self.assertTrue(self.talk(["\x04"]).endswith("b is 8\n"))

    def test_without_a_terminal(self):
        """Nothing happens, in either engine; Ruby's dialect has no such method."""
        for options in ([], ["--ast"]):
            code, out, err = self.run_on(self.PROGRAM, "--dialect=metorex", *options)
            self.assertEqual((code, out, err), (0, "nil\nb is 8\n", ""))
            code, _, err = self.run_on("breakpoint\n", *options)
            self.assertEqual(code, 1)
            self.assertIn("undefined local variable or method 'breakpoint'", err)


if __name__ == "__main__":
    unittest.main()
