# SPDX-License-Identifier: MIT
"""Tests of the interactive mode, driven through a pseudo-terminal in both engines."""

import os
import pty
import re
import select
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
METOREX = os.environ.get("METOREX", str(ROOT / "build" / "debug" / "metorex"))
ESCAPE = re.compile(r"\x1b\[[?0-9;]*[a-zA-Z]|\x07|\r")
PROMPT = "metorex> "
MORE = "metorex* "
UP = "\x1b[A"
SECONDS = 20  # for one answer, on a busy machine


class Session:
    """A run of the command on a terminal of its own."""

    def __init__(self, *args, **env):
        self.seen = ""
        defaults = {"RUBYOPT": "", "TERM": "xterm", "INPUTRC": "/dev/null", "METOREX_HISTORY": ""}
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            env = {**os.environ, **defaults, **env}
            env = {name: value for name, value in env.items() if value is not None}
            os.execve(METOREX, [METOREX, *args], env)

    def read(self):
        """Read what there is within the time; false at the end."""
        if not select.select([self.terminal], [], [], SECONDS)[0]:
            raise TimeoutError(f"nothing more after {self.seen!r}")
        try:
            data = os.read(self.terminal, 65536)
        except OSError:
            data = b""
        self.seen += data.decode()
        return bool(data)

    def until(self, *ends):
        """Read until the text ends with one of some; answer it without escapes."""
        while not ESCAPE.sub("", self.seen).endswith(ends):
            if not self.read():
                raise EOFError(f"ended after {self.seen!r}")
        text = ESCAPE.sub("", self.seen)
        self.seen = ""
        return text

    def type(self, keys):
        """Press keys."""
        os.write(self.terminal, keys.encode())

    def ask(self, line):
        """Enter lines; answer what was printed before the prompt came back."""
        text = ""
        for part in line.split("\n"):
            self.type(part + "\n")
            text = self.until(PROMPT, MORE)
        self.prompt = PROMPT if text.endswith(PROMPT) else MORE
        return text[: -len(self.prompt)].partition("\n")[2]

    def end(self):
        """Read to the end; answer the text and the exit status."""
        while self.read():
            pass
        os.close(self.terminal)
        status = os.waitpid(self.pid, 0)[1]
        self.pid = 0
        return ESCAPE.sub("", self.seen), os.waitstatus_to_exitcode(status)

    def kill(self):
        """End a session that a test left running."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            self.end()


class Base(unittest.TestCase):
    """Sessions that end with the test."""

    flags = ()

    def start(self, *args, **env):
        """Begin a session and wait for its first prompt."""
        self.assertTrue(Path(METOREX).exists(), f"no command at {METOREX}: build it first")
        session = Session(*self.flags, *args, **env)
        self.addCleanup(session.kill)
        self.greeting = session.until(PROMPT)
        return session

    def check(self, session, line, answer):
        """Enter lines and compare the answer with the lines it must have."""
        self.assertEqual(session.ask(line), answer + "\n" if answer else "", line)


class Claims:
    """What holds in both engines."""

    def test_values(self):
        """The value of each input is printed and kept in _; nothing comes of blank lines."""
        repl = self.start()
        self.check(repl, "1 + 2", "=> 3")
        self.check(repl, "_ * 2", "=> 6")
        self.check(repl, "", "")
        self.check(repl, "# nothing", "=> nil")
        self.check(repl, "puts 5; 'a'", '5\n=> "a"')
        self.check(repl, "__FILE__ == $0", "=> true")

    def test_what_persists(self):
        """Locals, globals, constants, instance variables, matches; also what blocks captured."""
        repl = self.start()
        repl.ask("a = 1")
        repl.ask("$g = 2; @i = 3; C = 4")
        repl.ask("add = ->(n) { a += n }")
        repl.ask("add.(10); 'key=value' =~ /=(.*)/")
        self.check(repl, "[a, $g, @i, C, $1]", '=> [11, 2, 3, 4, "value"]')
        repl.ask("D = C + 1")
        self.check(repl, "[C, D]", "=> [4, 5]")
        self.check(repl, "TOPLEVEL_BINDING.local_variable_get(:a)", "=> 11")

    def test_redefinition(self):
        """A method and a class can be replaced; what calls them sees it."""
        repl = self.start()
        self.check(repl, "def f = 1", "=> :f")
        repl.ask("def g = f + 1")
        self.check(repl, "g", "=> 2")
        repl.ask("def f = 10")
        self.check(repl, "g", "=> 11")
        repl.ask("class K; def m = 1; end")
        repl.ask("k = K.new")
        repl.ask("class K; def m = 2; def n = 3; end")
        self.check(repl, "[k.m, k.n]", "=> [2, 3]")
        repl.ask("Object.send(:remove_const, :K)")
        repl.ask("class K; def m = 4; end")
        self.check(repl, "[K.new.m, K.new.respond_to?(:n)]", "=> [4, false]")

    def test_input_of_several_lines(self):
        """A def, a heredoc, brackets, a string, begin, a comment block; not a wrong text."""
        repl = self.start()
        self.check(repl, "def twice(x)\n  x * 2\nend", "=> :twice")
        self.check(repl, "twice(<<~TEXT)\n  one\n  two\nTEXT", '=> "one\\ntwo\\none\\ntwo\\n"')
        self.check(repl, "[1,\n 2,\n (3 +\n4)]", "=> [1, 2, 7]")
        self.check(repl, "'a\nb'", '=> "a\\nb"')
        self.check(repl, 'begin\n  raise "x"\nrescue\n  "#{1 +\n  2}"\nend', '=> "3"')
        self.check(repl, "=begin\nsome words\n=end", "=> nil")
        self.check(repl, "if true\n:yes\nend", "=> :yes")
        repl.type("%w[a\n")
        repl.until(MORE)
        self.check(repl, "b]", '=> ["a", "b"]')
        self.check(repl, "1 \\\n  + 2", "=> 3")
        self.check(repl, "match 7\nwhen String\n  :text\nwhen Integer\n  :int\nend", "=> :int")
        self.assertIn("undefined method 'match'", repl.ask("match 7\n"))
        repl.ask("def broken(; end")
        self.assertEqual(repl.prompt, PROMPT)

    def test_knowledge_of_locals(self):
        """A local decides how a text is read, also when it is asked whether the text is whole."""
        repl = self.start()
        repl.ask("x = 8; y = 2")
        self.check(repl, "x /y", "=> 4")
        self.check(repl, "x <<y", "=> 32")
        repl.ask("def z(v) = v")
        repl.type("z /y\n")
        repl.until(MORE)
        self.check(repl, "/", "=> /y\n/")

    def test_errors_do_not_end_it(self):
        """Syntax errors with excerpt and caret, exceptions with backtrace, jumps, failing inspect."""
        repl = self.start()
        repl.ask("1")
        text = repl.ask("[1) + 2")
        self.assertIn("(repl):2:3: syntax error: unexpected ')'", text)
        self.assertRegex(text, r"  2 \| \[1\) \+ 2\n    \|   \^\n")
        repl.ask("def inner = raise(ArgumentError, 'bad')")
        repl.ask("def outer = inner")
        self.assertEqual(
            repl.ask("outer"),
            "(repl):3:in 'Object#inner': bad (ArgumentError)\n\n"
            "def inner = raise(ArgumentError, 'bad')\n"
            "                  ^^^^^^^^^^^^^^^^^^^^\n"
            "\tfrom (repl):4:in 'Object#outer'\n"
            "\tfrom (repl):5:in '<main>'\n",
        )
        self.assertIn("uncaught throw :x (UncaughtThrowError)", repl.ask("throw :x"))
        self.assertIn("NoMethodError", repl.ask("BasicObject.new"))
        self.assertIn("stack level too deep", repl.ask("def deep = deep() + 1\ndeep"))
        self.assertIn("b (RuntimeError)", repl.ask("begin; raise 'a'; rescue; raise 'b'; end"))
        self.assertIn("unexpected return (LocalJumpError)", repl.ask("return 1"))
        self.check(repl, "[$!, 1 + 1]", "=> [nil, 2]")

    def test_refinements_last(self):
        """What `using` activates holds for later inputs."""
        repl = self.start()
        repl.ask("module Loud; refine(String) { def loud = upcase + '!' }; end")
        self.assertIn("undefined method 'loud'", repl.ask("'a'.loud"))
        repl.ask("using Loud; def still_private = 1")
        self.check(repl, "'a'.loud", '=> "A!"')
        repl.ask("def later = 1")
        self.assertIn("private method 'later' called", repl.ask("5.later"))

    def test_private_by_default(self):
        """A method defined at the prompt is as private as in a program."""
        repl = self.start()
        repl.ask("def secret = 1")
        self.check(repl, "secret", "=> 1")
        self.assertIn("private method 'secret' called", repl.ask("5.secret"))

    def test_interrupt(self):
        """Ctrl-C clears the input, one of several lines too, and stops a loop."""
        repl = self.start()
        repl.type("raise 'never run'")
        repl.until("never run'")
        repl.type("\x03")
        repl.until(PROMPT)
        self.check(repl, "7", "=> 7")
        repl.type("def half\n")
        repl.until(MORE)
        repl.type("\x03")
        repl.until(PROMPT)
        repl.type("puts 'looping'; while true; end\n")
        repl.until("\nlooping\n")
        repl.type("\x03")
        self.assertIn("Interrupt", repl.until(PROMPT))
        repl.type("puts 'asleep'; sleep 60\n")
        repl.until("\nasleep\n")
        repl.type("\x03")
        self.assertIn("Interrupt", repl.until(PROMPT))
        self.check(repl, "8", "=> 8")

    def test_signals_and_threads_at_the_prompt(self):
        """While it waits for keys a handler runs, and so do other threads."""
        repl = self.start()
        repl.ask("trap('INT') { puts 'handled' }")
        repl.type("\x03")
        repl.until("handled\n")
        repl.type("1\n")
        repl.until("=> 1\n" + PROMPT)
        repl.type("t = Thread.new { sleep 0.05; print 'worked' }; 2\n")
        self.assertIn("=> 2", repl.until("worked"))

    def test_history(self):
        """The up arrow recalls lines, those of an earlier session too."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "history"
            repl = self.start(METOREX_HISTORY=str(path))
            repl.ask("20 + 1")
            repl.ask("30 + 2")
            repl.type(UP + UP + "\n")
            self.assertIn("=> 21", repl.until(PROMPT))
            repl.type("\x04")
            self.assertEqual(repl.end()[1], 0)
            self.assertEqual(path.read_text(encoding="utf-8"), "20 + 1\n30 + 2\n20 + 1\n")
            self.assertEqual(path.stat().st_mode & 0o777, 0o600)
            repl = self.start(METOREX_HISTORY=str(path))
            repl.type(UP + UP + "\n")
            self.assertIn("=> 32", repl.until(PROMPT))

    def test_completion(self):
        """Tab completes whatever can be known without running anything."""
        repl = self.start()
        repl.ask("some_local = 'text'; $some_global = [1]; @some_ivar = 1")
        repl.ask("module SomeModule; SOME_CONSTANT = 77; end; def some_method = 55")
        for typed, answer in {
            "some_lo\t": '=> "text"',
            "some_local.upca\t": '=> "TEXT"',
            "some_local&.upca\t": '=> "TEXT"',
            "$some_gl\t": "=> [1]",
            "@some_i\t": "=> 1",
            "$some_global.fir\t": "=> 1",
            "some_me\t": "=> 55",
            "SomeMod\t.name": '=> "SomeModule"',
            "SomeModule::SOME_C\t": "=> 77",
            "Compar\t": "=> Comparable",
            "'abc'.capital\t": '=> "Abc"',
            "[3, 1].minm\t": "=> [1, 3]",
            "__LI\t > 0": "=> true",
            "block_gi\t": "=> false",
        }.items():
            repl.type(typed + "\n")
            self.assertIn("\n" + answer + "\n", repl.until(PROMPT), typed)
        repl.type(":he\t\n")
        self.assertIn(":disasm NAME", repl.until(PROMPT))
        repl.type("some_local.s\t\t")
        listing = repl.until(PROMPT + "some_local.s")
        self.assertIn("swapcase", listing)
        self.assertNotIn("some_local.swapcase", listing)
        repl.type("\x03")
        repl.until(PROMPT)

    def test_completion_runs_nothing(self):
        """No method is called to find out what its value answers to."""
        repl = self.start()
        repl.ask("def danger = $ran = 'x'")
        repl.type("danger.upc\t")
        repl.until("danger.upc\a", "danger.upc")
        repl.type("\x03")
        repl.until(PROMPT)
        self.check(repl, "$ran", "=> nil")

    def test_switching_engines(self):
        """:ast and :bytecode keep every kind of state, which code made in either engine changes."""
        repl = self.start()
        repl.ask("a = 1; $g = 10; @i = 100; C = [0]; add = ->(n) { a += n }")
        repl.ask("def one = 1; class K; attr_accessor :n; def m = one + 1; end; k = K.new; k.n = 0")
        state = "[a, $g, @i, C, k.n, one, k.m]"
        self.check(repl, state, "=> [1, 10, 100, [0], 0, 1, 2]")
        self.assertIn("walking the tree", repl.ask(":ast"))
        self.check(repl, state, "=> [1, 10, 100, [0], 0, 1, 2]")
        repl.ask("a += 1; $g += 1; @i += 1; C << 1; k.n += 1; add.(5); down = -> { a -= 1 }")
        repl.ask("def two = one + k_of.m; def k_of = K.new")
        self.check(repl, state + " + [two]", "=> [7, 11, 101, [0, 1], 1, 1, 2, 3]")
        self.assertIn("bytecode", repl.ask(":bytecode"))
        self.check(repl, state + " + [two]", "=> [7, 11, 101, [0, 1], 1, 1, 2, 3]")
        repl.ask("def one = 10; class K; def more = [m, n]; end; down.(); add.(50)")
        self.check(repl, state + " + [two, k.more]", "=> [56, 11, 101, [0, 1], 1, 10, 11, 21, [11, 1]]")
        repl.ask(":ast")
        self.check(repl, "down.(); [a, two, k.more, add.(1)]", "=> [55, 21, [11, 1], 56]")
        self.assertIn("bad (RuntimeError)", repl.ask("def one = raise('bad')\ntwo"))
        self.check(repl, "[a, _, $!]", "=> [56, :one, nil]")

    def test_the_engine_changes(self):
        """Code runs in the engine that was chosen when it was entered, code of before in its own."""
        repl = self.start("--trace=watched")
        for command, bytecode in ((None, not self.flags), (":bytecode", True), (":ast", False)) * 2:
            if command:
                repl.ask(command)
            elif repl.ask("defined?(kept)") != "=> nil\n":
                continue  # the engine of the beginning is looked at once
            repl.ask("def watched(x,\n y)\n  x * y\nend")
            text = repl.ask("watched(6, 7)")
            self.assertTrue(text.endswith("=> 42\n"), text)
            self.assertEqual("| MUL" in text, bytecode, f"{command}: {text}")
            repl.ask("kept = method(:watched).unbind")
        repl.ask(":bytecode")
        self.assertNotIn("| MUL", repl.ask("kept.bind(self).call(2, 3)"), "made under :ast")

    def test_disasm(self):
        """:disasm prints the instructions of a method, however it is named; or why it cannot."""
        repl = self.start()
        repl.ask("def listed(n)\n  n > 5 ? [n, 'text'] : raise(ArgumentError)\nend")
        listing = repl.ask(":disasm listed")
        opcodes = re.findall(r"(?m)^[ >]*\d+ \| ([A-Z_]+)", listing)
        for name in ("LOAD_LOCAL", "PUSH_CONST", "GT", "JUMP_IF_FALSE", "BUILD_ARRAY", "RAISE"):
            self.assertIn(name, opcodes, listing)
        self.assertIn('"text"', listing)
        repl.ask("class K; def m = @seen; def self.s = CONST; end; k = K.new")
        self.assertRegex(repl.ask(":disasm K#m"), "LOAD_IVAR .*@seen")
        self.assertRegex(repl.ask(":disasm k.m"), "LOAD_IVAR .*@seen")
        self.assertRegex(repl.ask(":disasm K.s"), "LOAD_CONST .*CONST")
        repl.ask("def listed = 12345")
        self.assertRegex(repl.ask(":disasm listed"), "PUSH_CONST .*12345")
        self.assertIn("undefined method 'nothing'", repl.ask(":disasm nothing"))
        self.assertIn("undefined method 'nothing' for class", repl.ask(":disasm String#nothing"))
        self.assertIn("undefined local variable or method 'none'", repl.ask(":disasm none.m"))
        self.assertIn("is not written in the language", repl.ask(":disasm String#length"))
        self.assertIn("needs the name", repl.ask(":disasm"))
        self.check(repl, "listed", "=> 12345")

    def test_commands(self):
        """:help lists them; what only looks like one is a Symbol; :quit leaves."""
        repl = self.start()
        self.assertIn(":help", self.greeting)
        text = repl.ask(":help")
        for name in (":ast", ":bytecode", ":disasm NAME", ":help", ":quit"):
            self.assertRegex(text, f"(?m)^{name} +[a-z]")
        self.check(repl, ":foo", "=> :foo")
        self.check(repl, ":help.to_s", '=> "help"')
        self.check(repl, ":ast == :ast", "=> true")
        self.check(repl, ":a.then do |s|\n  s\nend", "=> :a")
        repl.type(":quit\n")
        self.assertEqual(repl.end()[1], 0)

    def test_leaving(self):
        """Ctrl-D, exit, a SystemExit with its status, a signal; at_exit runs."""
        repl = self.start()
        repl.ask("at_exit { puts 'farewell' }")
        repl.type("\x04")
        text, status = repl.end()
        self.assertEqual((status, text.endswith("farewell\n")), (0, True), text)
        for line, expected in {"exit": 0, "exit 3": 3, "raise SystemExit.new(4)": 4}.items():
            repl = self.start()
            repl.type(line + "\n")
            self.assertEqual(repl.end()[1], expected, line)
        repl = self.start()
        os.kill(repl.pid, signal.SIGTERM)
        self.assertEqual(repl.end()[1], -signal.SIGTERM)

    def test_end_inside_an_input(self):
        """Ctrl-D in the middle of an input says what it lacks, and does not leave."""
        repl = self.start()
        repl.type("[1,\n")
        repl.until(MORE)
        repl.type("\x04")
        self.assertIn("unexpected end of file", repl.until(PROMPT))
        self.check(repl, "1", "=> 1")

    def test_reading_from_the_terminal(self):
        """A program's gets has the terminal to itself."""
        repl = self.start()
        repl.type("name = gets\n")
        repl.until("name = gets\n")
        repl.type("Ada\n")
        repl.until(PROMPT)
        self.check(repl, "name", '=> "Ada\\n"')

    def test_without_readline(self):
        """Where the library is missing, lines are read as the terminal gives them."""
        repl = self.start(METOREX_READLINE="/nowhere/libreadline.so")
        self.check(repl, "def f\n6\nend", "=> :f")
        self.check(repl, "f * 7", "=> 42")
        repl.type("typed")
        repl.until("typed")
        repl.type("\x03")
        repl.until(PROMPT)
        self.check(repl, "File.read('/proc/self/maps').include?('readline')", "=> false")
        repl.type("\x04")
        self.assertEqual(repl.end()[1], 0)


class WalkerTest(Claims, Base):
    """All of it in the reference engine."""

    flags = ("--ast",)


class DefaultEngineTest(Claims, Base):
    """All of it in the engine that runs unless told otherwise."""


class StartTest(Base):
    """When the interactive mode opens, and what that costs otherwise."""

    def test_dialect(self):
        """metorex unless --dialect says ruby."""
        self.check(self.start(), "n: Integer = 5", "=> 5")
        self.assertIn("syntax error", self.start("--dialect=ruby").ask("n: Integer = 5"))

    def test_options(self):
        """-r and -I count; so do -C and -w."""
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "early.rb").write_text("EARLY = 9\n", encoding="utf-8")
            repl = self.start("-I", folder, "-r", "early", "-C", "/", "-w")
            self.check(repl, "[EARLY, Dir.pwd, $VERBOSE, $0]", '=> [9, "/", true, "(repl)"]')

    def test_history_file(self):
        """It lies in the home folder; when METOREX_HISTORY is empty there is none."""
        with tempfile.TemporaryDirectory() as home:
            repl = self.start(HOME=home)
            repl.ask("1")
            self.assertEqual(os.listdir(home), [])
            self.start(HOME=home, METOREX_HISTORY=None).ask("4 + 4")
            path = Path(home, ".metorex_history")
            self.assertEqual(path.read_text(encoding="utf-8"), "4 + 4\n")

    def test_program_on_standard_input(self):
        """Without a terminal standard input is the program, and so it is behind a dash."""
        done = subprocess.run(
            [METOREX], input="puts 5", capture_output=True, text=True, timeout=60, check=False
        )
        self.assertEqual((done.returncode, done.stdout), (0, "5\n"), done.stderr)
        session = Session("-")
        self.addCleanup(session.kill)
        session.type("puts 6 * 7\n\x04")
        self.assertEqual(session.end(), ("puts 6 * 7\n42\n", 0))

    def test_readline_is_loaded_here_only(self):
        """No other run has the library in its memory."""
        program = "puts File.read('/proc/self/maps').include?('readline')"
        done = subprocess.run(
            [METOREX, "-e", program], capture_output=True, text=True, timeout=60, check=False
        )
        self.assertEqual(done.stdout, "false\n", done.stderr)
        self.check(self.start(), program, "true\n=> nil")


if __name__ == "__main__":
    unittest.main()
