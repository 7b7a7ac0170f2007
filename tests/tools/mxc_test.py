# SPDX-License-Identifier: MIT
"""Tests of compiled files: metorex compile, the cache, and that programs run from them as before."""

import os
import re
import stat
import subprocess
import tempfile
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
METOREX = str(Path(os.environ.get("METOREX", ROOT / "build/debug/metorex")).resolve())
# A program long enough for the cache, and what it prints.
LONG = "# " + "x" * 10000 + "\ndef twice(n) = n * 2\nputs twice(21)\n"


class MxcTest(unittest.TestCase):
    """Each test has a folder and a cache of its own."""

    def setUp(self):
        self.assertTrue(Path(METOREX).exists(), f"no command at {METOREX}: build it first")
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        self.cache = self.folder / "cache"

    def run_command(self, *args, cwd=None, **env):
        """Run the command; answer (exit code, standard output, standard error)."""
        done = subprocess.run(
            [METOREX, *map(str, args)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=60,
            check=False,
            cwd=cwd,
            env={**os.environ, "RUBYOPT": "", "METOREX_CACHE": str(self.cache), **env},
        )
        return done.returncode, done.stdout, done.stderr

    def check(self, expected, *args, **env):
        """Run with success and compare the output."""
        code, out, err = self.run_command(*args, **env)
        self.assertEqual((code, out), (0, expected), err)

    def write(self, name, text):
        """Write a file in the test's folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def compiled(self, name, text, *options):
        """Write a program and compile it; its source is removed."""
        source = self.write(name, text)
        self.check("", *options, "compile", source)
        source.unlink()
        return source.with_name(name + ("c" if name.endswith(".mx") else ".mxc"))

    def entries(self):
        """The files of the cache."""
        return sorted(self.cache.iterdir()) if self.cache.exists() else []


class CompileTest(MxcTest):
    """metorex compile."""

    def test_files_and_folders(self):
        """Beside the source, by -o, a tree of folders; hidden ones and other files are left alone."""
        for name in ["a.mx", "lib/b.rb", "lib/deep/c.mx", "lib/.hidden/d.mx", "lib/note.txt"]:
            self.write(name, "puts 1\n")
        self.check("", "compile", self.folder / "a.mx", self.folder / "lib")
        found = {str(p.relative_to(self.folder)) for p in self.folder.rglob("*.mxc")}
        self.assertEqual(found, {"a.mxc", "lib/b.rb.mxc", "lib/deep/c.mxc"})
        self.check("", "compile", "-o", self.folder / "out", self.folder / "lib")
        found = {str(p.relative_to(self.folder / "out")) for p in (self.folder / "out").rglob("*.*")}
        self.assertEqual(found, {"b.rb.mxc", "deep/c.mxc"})
        self.check("", "compile", self.folder / "a.mx", "-o", self.folder / "one")
        self.check("1\n", self.folder / "a.mxc")
        self.assertEqual((self.folder / "one").read_bytes(), (self.folder / "a.mxc").read_bytes())
        self.assertEqual(stat.S_IMODE((self.folder / "one").stat().st_mode) & 0o444, 0o444)

    def test_goes_on_after_errors(self):
        """A file that fails is reported, the others are written, the status tells."""
        for number in range(20):
            self.write(f"{number}.mx", "puts (" if number == 7 else f"puts {number}\n")
        code, _, err = self.run_command("compile", self.folder, self.folder / "none.rb")
        self.assertEqual(code, 1)
        self.assertIn("7.mx:1:7: syntax error", err)
        self.assertIn("No such file or directory -- ", err)
        self.assertEqual(len(list(self.folder.glob("*.mxc"))), 19)
        self.assertEqual(list(self.folder.glob("*.tmp")), [])
        self.check("19\n", self.folder / "19.mxc")

    def test_two_sources_of_one_target(self):
        """Nothing is written where one file would replace another; the same file twice is fine."""
        for name in ["x/a.mx", "y/a.mx", "x/b.mx"]:
            self.write(name, "puts 1\n")
        for words in [["x/a.mx", "y/a.mx"], ["x", "y"]]:
            code, out, err = self.run_command("compile", "-o", "out", *words, cwd=self.folder)
            self.assertEqual((code, out), (1, ""), words)
            self.assertIn("x/a.mx and y/a.mx would both become out/a.mxc", err)
            self.assertFalse((self.folder / "out").exists())
        self.check("", "compile", "-o", "out", "x/a.mx", "x/a.mx", cwd=self.folder)
        self.check("1\n", self.folder / "out" / "a.mxc")
        self.check("", "compile", "x", "y", cwd=self.folder)

    def test_targets_to_be_kept(self):
        """Neither the source nor a pipe or device is replaced by what is compiled."""
        source = self.write("a.mx", "puts 1\n")
        os.mkfifo(self.folder / "pipe")
        for target, why in [("a.mx", "the source itself"), ("./a.mx", "the source itself"),
                            ("pipe", "not a regular file")]:
            code, out, err = self.run_command("compile", "-o", target, "a.mx", cwd=self.folder)
            self.assertEqual((code, out), (1, ""), target)
            self.assertIn(f"compile: {target} is {why}; nothing is written", err)
        self.assertEqual(source.read_text(), "puts 1\n")
        self.assertTrue((self.folder / "pipe").is_fifo())

    def test_help(self):
        """compile --help prints how it is used."""
        code, out, err = self.run_command("compile", "--help")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("Usage: metorex [options] compile [-o OUT] FILE|DIR...", out)

    def test_left_over_file(self):
        """A temporary file of a killed process with the same number is in nobody's way."""
        self.write("a.mx", "puts 1\n")
        shell = 'touch a.mxc.$$.tmp && exec "$0" compile a.mx'
        subprocess.run(["sh", "-c", shell, METOREX], cwd=self.folder, check=True, timeout=60)
        self.assertEqual([path.name for path in self.folder.glob("a.mxc*")], ["a.mxc"])

    def test_wrong_words(self):
        """No input, no argument of -o, a file that is no program."""
        self.write("text.txt", "puts 1\n")
        for words in [[], ["-o"], [self.folder / "text.txt"]]:
            code, _, err = self.run_command("compile", *words)
            self.assertEqual(code, 1, words)
            self.assertIn("metorex: ", err)

    def test_old_file_stays_when_writing_fails(self):
        """A target that cannot be replaced is reported and left as it is."""
        source = self.write("a.mx", "puts 1\n")
        (self.folder / "a.mxc").mkdir()
        code, _, err = self.run_command("compile", "-o", self.folder / "a.mxc" / "x" / "y", source)
        self.assertEqual(code, 1)
        self.assertIn("No such file or directory", err)
        (self.folder / "a.mxc" / "kept").write_text("kept")
        code, _, err = self.run_command("compile", source)
        self.assertEqual(code, 1)
        self.assertIn("Is a directory", err)
        names = sorted(path.name for path in self.folder.iterdir())
        self.assertEqual(names, ["a.mx", "a.mxc"])
        self.assertEqual((self.folder / "a.mxc" / "kept").read_text(), "kept")


class RunTest(MxcTest):
    """Running compiled files."""

    def test_what_a_program_sees(self):
        """__FILE__, $0, DATA, require_relative, backtraces and excerpts are those of the source."""
        self.write("helper.rb", "def help = 'helped'\n")
        path = self.compiled(
            "a.rb",
            "require_relative 'helper'\nputs help, __dir__ == File.realpath('.'), File.basename(__FILE__), __FILE__ == $0\n"
            "puts DATA.read\ndef fail_here = nil.foo\nfail_here\n__END__\ndata\n",
        )
        code, out, err = self.run_command(path, cwd=self.folder)
        self.assertEqual((code, out), (1, "helped\ntrue\na.rb\ntrue\ndata\n"), err)
        self.assertIn("a.rb:4:in", err)
        self.assertIn("def fail_here = nil.foo\n", err)
        self.assertIn("^^^^", err)

    def test_code_as_object(self):
        """Trees, eval, binding and redefinition work without the source."""
        path = self.compiled(
            "a.mx",
            "def m(a, b = 2) = a + b\nputs method(:m).get_ast.to_s\nx = 5\n"
            "puts eval('x + 1'), binding.local_variables.inspect\n"
            "block = proc { |v| v * x }\nputs block.get_ast.to_s, block.(2)\n"
            "puts method(:m).parameters.inspect\n",
        )
        self.check(
            "def m(a, b = 2) = a + b\n6\n[:x, :block]\nproc { |v| v * x }\n10\n"
            "[[:req, :a], [:opt, :b]]\n",
            path,
        )

    def test_heredocs_behind_their_bodies(self):
        """Texts that stand behind the body that opens them are in its range, and in its source."""
        syntax = ROOT / "tests/language/syntax/heredoc_behind_its_body.rb"
        file = self.compiled("a.rb", syntax.read_text(encoding="utf-8"))
        self.check(syntax.with_suffix(".out").read_text(encoding="utf-8"), file)
        text = "def m(a) = [1].map { <<A }\nof #{a}\nA\nputs method(:m).get_source, m(2)\n"
        file = self.compiled("b.mx", text)
        self.check("def m(a) = [1].map { <<A }\nof #{a}\nA\nof 2\n", file)

    def test_other_options_run_the_source_inside(self):
        """--ast, --check-types, and files that were compiled in another way."""
        path = self.compiled("a.mx", "puts 'a'.frozen?\n")
        self.check("false\n", path)
        self.check("false\n", "--ast", path)
        self.check("true\n", "--enable=frozen-string-literal", path)
        frozen = self.compiled("b.mx", "puts 'a'.frozen?\n", "--enable=frozen-string-literal")
        self.check("false\n", frozen)

    def test_require(self):
        """By its whole name; not by a name without ending."""
        self.compiled("lib.mx", "puts 'loaded'\nX = 1\n")
        program = "puts require('./lib.mxc'), require('./lib.mxc'), X\n"
        self.check("loaded\ntrue\nfalse\n1\n", "-e", program, cwd=self.folder)
        code, _, err = self.run_command("-e", "require './lib'", cwd=self.folder)
        self.assertEqual((code, "cannot load such file" in err), (1, True), err)

    def test_damaged_body_is_asked_about(self):
        """What a program asks about a method that cannot be read is a LoadError."""
        path = self.compiled(
            "a.rb",
            "def m(a) = 'needle'\nbegin\n  p method(:m).arity, method(:m).parameters\n"
            "rescue LoadError => e\n  puts e.message\nend\n",
        )
        path.write_bytes(path.read_bytes().replace(b"needle", b"nettle", 1))
        self.check(f"cannot load {path}: a body is damaged\n", path)

    def test_refused(self):
        """Something else, a damaged file, another version: the file and the reason are named."""
        path = self.compiled("a.mx", "def m = 1\nputs m\n")
        good = path.read_bytes()
        cases = {
            b"puts 1": "it is no compiled file",
            good[:100]: "it is cut off",
            good[:8] + b"\x63" + good[9:]: "its format has version 99",
            good[:50] + b"\xff" + good[51:]: "its header is damaged",
            good + b"x": "something follows its end",
        }
        for content, reason in cases.items():
            path.write_bytes(content)
            code, out, err = self.run_command(path)
            self.assertEqual((code, out), (1, ""))
            self.assertIn(f"cannot load {path}: {reason}", err)

    def test_examples(self):
        """The examples print from compiled files what they print from source."""
        self.check("", "compile", "-o", self.folder / "out", ROOT / "examples")
        sources = [p for p in sorted((ROOT / "examples").rglob("*.*")) if is_plain(p)]
        self.assertGreater(len(sources), 20)
        with ThreadPoolExecutor(2) as pool:
            for source, difference in zip(sources, pool.map(self.example_difference, sources)):
                self.assertEqual(difference, None, source)

    def example_difference(self, source):
        """What the two runs of an example say, unless it is the same."""
        below = source.relative_to(ROOT / "examples")
        compiled = self.folder / "out" / (str(below) + ("c" if source.suffix == ".mx" else ".mxc"))
        plain = self.run_command("--no-cache", source, cwd=source.parent)
        # What the program says about its own path is where its compiled form lies.
        moved = self.run_command(compiled, cwd=source.parent)
        moved = tuple(str(part).replace(str(self.folder / "out"), str(ROOT / "examples")) for part in moved)
        return None if tuple(map(str, plain)) == moved else (plain, moved)


class LateTextTest(MxcTest):
    """The text of a large compiled file is read when something asks for it."""

    TEXT = (
        "using Metorex\ndef wrong = nil.missing\n"
        + "".join(f"def m{n}(a, b = {n}) = [a, b, :m{n}].map {{ |x| x.to_s + 'm{n}' }}\n" for n in range(400))
        + "def fails\n  yield\n  wrong\nrescue NoMethodError => e\n"
        + "  puts e.full_message(highlight: false, order: :top)\nend\n"
        + "fails { Dir.chdir('/') { eval(ARGV[0]) } }\nputs method(:wrong).get_ast.class if ARGV[1]\n"
        + "begin\n  __ENCODING__\nrescue SyntaxError => e\n  puts e.message[/damaged/]\nend\n"
    )
    PLAIN = "a.rb:2:in 'Object#wrong': undefined method 'missing' for nil (NoMethodError)"
    EXCERPT = "def wrong = nil.missing\n               ^^^^^^^^"

    def run_image(self, code, *args):
        """Run the program, which evaluates a text in another folder before it fails."""
        return self.run_command("a.rb.mxc", code, *args, cwd=self.folder)

    def setUp(self):
        super().setUp()
        self.image = self.compiled("a.rb", self.TEXT)
        self.assertGreater(self.image.stat().st_size, 3 << 15)

    def test_read_at_need(self):
        """Messages show the place, and trees are there, whatever the working folder is."""
        code, out, err = self.run_image("1", "tree")
        self.assertEqual(code, 0, err)
        self.assertIn(self.PLAIN, out)
        self.assertIn(self.EXCERPT, out)
        self.assertIn("Metorex::AST::", out)
        # Its lines do not need it.
        self.assertIn("a.rb:405:in 'Object#fails'", out)

    def test_file_that_goes_away(self):
        """What ran goes on, lines included; only the text is missing."""
        for change in (
            f"File.delete({str(self.image)!r})",
            f"File.truncate({str(self.image)!r}, File.size({str(self.image)!r}) - 2)",
            f"File.binwrite({str(self.image)!r}, 'b', File.size({str(self.image)!r}) - 100)",
        ):
            whole = self.image.read_bytes()
            code, out, err = self.run_image(change, "tree")
            self.assertEqual((code, err), (0, ""), change)
            self.assertIn(self.PLAIN, out)
            self.assertIn("a.rb:405:in 'Object#fails'", out)
            self.assertNotIn("^^^", out)
            self.assertTrue(out.endswith("\nNilClass\ndamaged\n"), out)
            self.image.write_bytes(whole)

    def test_damage_before_the_run(self):
        """A file that is cut off in its text does not run; a changed text is not shown or parsed."""
        whole = self.image.read_bytes()
        text = whole.index(self.TEXT.encode())
        for end in (text, text + 5, len(whole) - 1):
            self.image.write_bytes(whole[:end])
            code, out, err = self.run_image("1")
            self.assertEqual((code, out), (1, ""))
            self.assertIn("it is cut off", err)
        self.image.write_bytes(whole[: text + 12] + b"0" + whole[text + 13 :])
        code, out, err = self.run_image("1")
        self.assertEqual((code, err), (0, ""))
        self.assertIn(self.PLAIN, out)
        self.assertNotIn("^^^", out)
        for option in ("--ast", "--profile"):
            code, out, err = self.run_command(option, self.image, "1")
            self.assertEqual((code, out), (1, ""))
            self.assertIn("its source text is damaged", err)

    def test_all_ways_to_load(self):
        """require, load, the walker, --profile, DATA."""
        self.check("42\n", "-e", f"require '{self.compiled('b.rb', self.TEXT.split('def fails')[0] + 'puts 42')}'")
        data = self.compiled("c.rb", self.TEXT.split("def fails")[0] + "puts DATA.read\n__END__\nbehind\n")
        self.check("behind\n", data)
        for option in ("--ast", "--profile"):
            code, out, _ = self.run_command(option, "a.rb.mxc", "1", cwd=self.folder)
            self.assertEqual(code, 0)
            self.assertIn(self.EXCERPT, out)


def is_plain(path):
    """Is the file a program that says the same in every run?"""
    if path.suffix not in (".mx", ".rb") or "fixtures" in path.parts:
        return False
    text = path.read_text(encoding="utf-8")
    return not re.search(r"^# (args|stdin|run|flags|env):|require_relative|object_id|Process", text, re.M)


class LookTest(MxcTest):
    """-c, --disassemble and --dump of compiled files: the same as of the source, and nothing runs."""

    TEXT = "def f(x) = [x].map { |y| y + 1 }\nclass A\n  def g = 1\nend\nputs f(2)\n"

    def test_same_as_of_the_source(self):
        """Listing, tree and tokens do not tell whether there is a compiled file."""
        for name in ["a.mx", "b.rb"]:
            source = self.write(name, self.TEXT)
            self.check("", "compile", source)
            image = source.with_name(name + ("c" if name == "a.mx" else ".mxc"))
            for action in ["--disassemble", "--dump=bytecode", "--dump=ast", "--dump=tokens"]:
                code, out, err = self.run_command(action, source)
                self.assertEqual((code, err), (0, ""))
                self.check(out, action, image)

    def test_dialect_and_options_are_those_of_the_file(self):
        """A tree is that of the dialect and the options that the file was compiled with."""
        source = self.write("a.mx", "trait T\n  def f\nend\n")
        tree = self.run_command("--dump=ast", source)[1]
        self.check("", "compile", "-o", self.folder / "x.mxc", source)
        self.check(tree, "--dump=ast", self.folder / "x.mxc")
        typed = self.compiled("b.mx", "def f(x: Integer) = x\n", "--check-types")
        self.check("Verified OK\n", "-c", typed)
        self.assertIn("TYPE_ERROR", self.run_command("--disassemble", typed)[1])

    def test_check(self):
        """-c loads and verifies every body; each damage has its own message, and a status of 1."""
        image = self.compiled("a.rb", self.TEXT)
        self.check("Verified OK\n", "-c", image)
        whole = image.read_bytes()
        text = whole.index(self.TEXT.encode())
        cases = {
            "it is cut off": whole[:300],
            "something follows its end": whole + b"x",
            "its header is damaged": whole[:20] + b"\xff" + whole[21:],
            "its source text is damaged": whole[:text] + b"D" + whole[text + 1 :],
            "its names are damaged": whole[: text - 1] + b"\xff" + whole[text:],
            "it is no compiled file": self.TEXT.encode(),
        }
        for reason, content in cases.items():
            image.write_bytes(content)
            code, out, err = self.run_command("-c", image)
            self.assertEqual((code, out), (1, ""), reason)
            self.assertIn(f"cannot load {image}: {reason}", err)
            # The listing is not of the text; whoever damages it only damages trees and messages.
            status = 0 if "source text" in reason else 1
            self.assertEqual(self.run_command("--disassemble", image)[0], status, reason)

    def test_every_byte_counts(self):
        """-c refuses a file in which any one byte was changed."""
        image = self.compiled("a.rb", "puts 1\n")
        whole = image.read_bytes()
        for at in range(0, len(whole), 7):
            image.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            code, out, err = self.run_command("-c", image)
            self.assertEqual((code, out), (1, ""), at)
            self.assertIn("(LoadError)", err)


class CacheTest(MxcTest):
    """The cache of compiled texts."""

    def test_entry_is_made_and_used(self):
        """Long texts only; the name depends on the content alone; nothing without need."""
        source = self.write("a.mx", LONG)
        self.check("42\n", source)
        (entry,) = self.entries()
        self.assertRegex(entry.name, r"^[0-9a-f]{32}\.mxc$")
        self.assertEqual(stat.S_IMODE(self.cache.stat().st_mode), 0o700)
        written = entry.stat().st_mtime_ns
        self.check("42\n", self.write("elsewhere/b.mx", LONG))
        self.check("42\n", source)
        self.assertEqual([entry], self.entries())
        self.assertEqual(entry.stat().st_mtime_ns, written)
        self.check("1\n", self.write("short.mx", "puts 1\n"))
        self.assertEqual(len(self.entries()), 1)
        self.check("42\n", "--enable=frozen-string-literal", source)
        self.assertEqual(len(self.entries()), 2)

    def test_short_texts_have_none(self):
        """Below 8 KiB the compiler is as fast; nothing is entered."""
        for size, entries in [(8191, 0), (8192, 1)]:
            text = "# ".ljust(size - 9, "x") + "\nputs 42\n"
            self.assertEqual(len(text), size)
            self.check("42\n", self.write("a.rb", text))
            self.assertEqual(len(self.entries()), entries)

    def test_what_was_compiled_for_the_cache_runs(self):
        """The first run prints what the later ones do: methods, blocks, classes, redefinitions."""
        text = LONG + "".join(
            f"class C{n % 7}\n  def m(a = {n}) = [a, 1].map {{ |x| x + {n} }}.sum\nend\n"
            f"puts C{n % 7}.new.m\n"
            for n in range(20)
        )
        source = self.write("a.rb", text)
        plain = self.run_command("--no-cache", source)
        self.assertEqual(plain[0], 0)
        self.assertEqual(self.run_command(source), plain)
        self.assertEqual(len(self.entries()), 1)
        self.assertEqual(self.run_command(source), plain)

    def test_changed_text_is_another(self):
        """A text that changes within its timestamp's precision is compiled anew."""
        source = self.write("a.mx", LONG)
        self.check("42\n", source)
        times = source.stat()
        source.write_text(LONG.replace("twice(21)", "twice(22)"), encoding="utf-8")
        os.utime(source, ns=(times.st_atime_ns, times.st_mtime_ns))
        self.check("44\n", source)

    def test_damaged_entry_is_replaced(self):
        """Damaged and foreign entries are ignored, and written anew."""
        source = self.write("a.mx", LONG)
        self.check("42\n", source)
        (entry,) = self.entries()
        good = entry.read_bytes()
        for content in [b"", good[:-1], good[:-9] + b"\0" + good[-8:], b"x" * len(good)]:
            entry.write_bytes(content)
            self.check("42\n", source)
            self.assertEqual(entry.read_bytes(), good)
        entry.chmod(0o666)
        entry.write_bytes(good.replace(b"n * 2", b"n * 3"))
        self.check("42\n", source)

    def test_turned_off(self):
        """--no-cache, an empty METOREX_CACHE, the tree walker, -n."""
        source = self.write("a.mx", LONG)
        self.check("42\n", "--no-cache", source)
        self.check("42\n", "--ast", source)
        self.check("42\n", source, METOREX_CACHE="")
        self.check("", "-n", source)
        self.assertEqual(self.entries(), [])

    def test_places(self):
        """XDG_CACHE_HOME and HOME; folders are made."""
        source = self.write("a.mx", LONG)
        for variable, place in [("XDG_CACHE_HOME", "metorex"), ("HOME", ".cache/metorex")]:
            env = {key: value for key, value in os.environ.items() if key not in ("METOREX_CACHE", "XDG_CACHE_HOME")}
            env[variable] = str(self.folder / variable)
            done = subprocess.run([METOREX, source], env=env, capture_output=True, check=True)
            self.assertEqual(done.stdout, b"42\n")
            self.assertEqual(len(list((self.folder / variable / place).glob("*.mxc"))), 1)

    def test_folder_that_cannot_be(self):
        """A folder that cannot be made or written is no cache, silently."""
        source = self.write("a.mx", LONG)
        for place in [self.write("file", ""), self.folder / "file" / "below", Path("/proc/nothing")]:
            code, out, err = self.run_command(source, METOREX_CACHE=str(place))
            self.assertEqual((code, out, err), (0, "42\n", ""))

    def test_beside_the_source(self):
        """An image beside its source is used while it was made of it, and ignored afterwards."""
        source = self.write("a.mx", LONG)
        self.check("", "compile", source)
        self.check("42\n", source)
        self.assertEqual(self.entries(), [])
        source.write_text(LONG.replace("twice(21)", "twice(30)"), encoding="utf-8")
        self.check("60\n", source)
        self.assertEqual(len(self.entries()), 1)

    def test_many_at_once(self):
        """Processes that fill the same cache do not disturb each other."""
        source = self.write("a.mx", LONG)
        with ThreadPoolExecutor(8) as pool:
            results = list(pool.map(lambda _: self.run_command(source), range(24)))
        self.assertEqual({result[:2] for result in results}, {(0, "42\n")})
        self.assertEqual(len(self.entries()), 1)

    def test_warnings_are_repeated(self):
        """What the parser warns of is said in every run."""
        source = self.write("a.rb", LONG + "puts 1e400\n")
        first, second = self.run_command(source), self.run_command(source)
        self.assertIn("warning: ", first[2])
        self.assertEqual(first, second)
        self.assertEqual(len(self.entries()), 1)

    def test_use_is_noted(self):
        """An entry that is used has a new time at most once a day."""
        source = self.write("a.mx", LONG)
        self.check("42\n", source)
        (entry,) = self.entries()
        for age, kept in ((3600, True), (3 * 86400, False)):
            old = time.time() - age
            os.utime(entry, (old, old))
            self.check("42\n", source)
            self.assertEqual(abs(entry.stat().st_mtime - old) < 10, kept)

    def test_old_entries_go(self):
        """Beyond its limit the entries used longest ago are removed; what a crash left, too."""
        self.cache.mkdir(mode=0o700)
        for number in range(3):
            path = self.cache / f"{number:032x}.mxc"
            path.touch()
            os.truncate(path, 30 << 20)
            os.utime(path, (1000 + number, 1000 + number))
        (self.cache / "x.mxc.1.tmp").touch()
        os.utime(self.cache / "x.mxc.1.tmp", (1000, 1000))
        self.write("cache/other", "kept")
        self.check("42\n", self.write("a.mx", LONG))
        names = [path.name for path in self.entries()]
        self.assertIn("other", names)
        self.assertNotIn("x.mxc.1.tmp", names)
        self.assertNotIn(f"{0:032x}.mxc", names)
        self.assertNotIn(f"{1:032x}.mxc", names)
        self.assertIn(f"{2:032x}.mxc", names)
        self.assertEqual(len(names), 3)


if __name__ == "__main__":
    unittest.main()
