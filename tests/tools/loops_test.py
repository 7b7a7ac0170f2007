#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of the machine code of loops with small bodies: no call, and for all but chains no allocation.

The loops are those of benchmarks/loops/small_loops.rb, and some with bodies that only add. Their
machine code is what Method#machine_code gives of the method that the loop is in, disassembled by
objdump.

A steady loop is a range of addresses from the target of a jump backwards to that jump, all of whose
instructions lie on a way from the target to the jump that does not leave the range. So what is left
out is what the back end has put behind the hot code, or in front of it so that it falls into it:
exits, which do not come back, and blocks that do, which branch weights call rare (an Array grows, a
Float does not fit into a word). An allocation stores, at least the object's header and the list of
free cells; so a loop that stores nothing, spilled registers aside, allocates nothing.

The environment variable METOREX names the command under test. A build without a back end passes.
"""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
METOREX = os.environ.get("METOREX", ROOT / "build" / "metorex")
HAS_BACKEND = (Path(METOREX).parent / "metorex-jit.so").exists()
LOOPS = (ROOT / "benchmarks/loops/small_loops.rb").read_text(encoding="utf-8")
METHODS = LOOPS[: LOOPS.index("# Time the rounds")]
FLAGS = ["--dialect=metorex", "--jit=sync", "--jit-threshold=100", "--jit-optimize=1000"]

INTEGERS = "Array.new(3000) { |i| i * i % 1009 }"
FLOATS = "Array.new(3000) { |i| i * i % 1009 + 0.25 }"
# Kind of loop: what it goes over, and the methods that its loops are in.
KINDS = {
    "each_integers": (INTEGERS, ["[].method(:each)"]),
    "times_integers": ("3000", ["1.method(:times)"]),
    "while_integers": ("3000", ["method(:while_integers)"]),
    "inject_integers": (INTEGERS, ["[].method(:inject)"]),
    "each_floats": (FLOATS, ["[].method(:each)"]),
    "times_floats": ("3000", ["1.method(:times)"]),
    "while_floats": ("3000.0", ["method(:while_floats)"]),
    "inject_floats": (FLOATS, ["[].method(:inject)"]),
}
CHAINS = {
    "chain_integers": (INTEGERS, ["[].method(:map)", "[].method(:select)"]),
    "chain_floats": (FLOATS, ["[].method(:map)", "[].method(:select)"]),
}
# Bodies that only add, of a method `plain(data, k, sum)`.
PLAIN = {
    "data.each { |x| sum += x }; sum": "each",
    "data.inject(sum) { |s, x| s + x }": "inject",
}
INSTRUCTION = re.compile(r"^ *([0-9a-f]+):\t(.*)$")
READS_LAST = ("cmp", "test", "bt", "nop", "call", "j", "lea", "ucomis", "vucomis")


class Instruction:
    """One instruction, in the form that objdump gives it."""

    def __init__(self, address, text):
        self.address, self.text = address, text.strip()
        while self.text.startswith(("data16 ", "cs ")):
            self.text = self.text.split(" ", 1)[1]
        self.name = self.text.split()[0] if self.text else "nop"
        target = re.search(r"\s0x([0-9a-f]+)$", self.text) if self.name[0] == "j" else None
        self.target = int(target[1], 16) if target else None

    def goes_on(self):
        """Can control go on behind it?"""
        return self.name not in ("jmp", "ret", "ud2")

    def calls(self):
        """Is it a call?"""
        return self.name.startswith("call")

    def reads(self):
        """Does it read memory other than the machine stack?"""
        operands = self.text.replace("%rsp", "")
        return "(%" in operands and not self.stores() and not self.name.startswith(("lea", "nop"))

    def stores(self):
        """Does it write memory other than the machine stack?"""
        if self.name.startswith(READS_LAST) or not self.text.endswith(")"):
            return False
        return "%rsp" not in self.text.rsplit("(", 1)[1]


def disassemble(code):
    """Return the instructions of a function."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(code)
        file.flush()
        command = ["objdump", "-D", "-b", "binary", "-mi386:x86-64", "--no-show-raw-insn", file.name]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    matches = [m for m in map(INSTRUCTION.match, text.splitlines()) if m]
    return [Instruction(int(m[1], 16), m[2]) for m in matches]


def reached(edges, start):
    """Return what can be reached from an address along edges."""
    seen, work = {start}, [start]
    while work:
        for to in edges.get(work.pop(), ()):
            if to not in seen:
                seen.add(to)
                work.append(to)
    return seen


def edges_of(instructions):
    """Return where control may go from each address."""
    edges = {}
    for here, behind in zip(instructions, [*instructions[1:], None]):
        goes = [here.target] if here.target is not None else []
        if here.goes_on() and behind:
            goes.append(behind.address)
        edges[here.address] = goes
    return edges


def is_loop(span, edges):
    """Is each instruction of a range on a way from its first to its last one in the range?"""
    forward = {i.address: [] for i in span}
    back = {i.address: [] for i in span}
    for here in span:
        for to in edges[here.address]:
            if to in forward:
                forward[here.address].append(to)
                back[to].append(here.address)
    cycle = reached(forward, span[0].address) & reached(back, span[-1].address)
    return all(i.address in cycle or i.name.startswith("nop") for i in span)


def contains(outer, inner):
    """Is a range part of another one?"""
    return (
        outer is not inner
        and outer[0].address <= inner[0].address
        and inner[-1].address <= outer[-1].address
    )


def falls_into(front, loop):
    """Does a range begin with what is put in front of a loop?"""
    return front[0].address < loop[0].address <= front[-1].address < loop[-1].address


def steady_loops(instructions):
    """Return the steady loops of a function, each as its instructions, no loop inside another."""
    edges, loops = edges_of(instructions), []
    for jump in instructions:
        if jump.target is None or jump.target > jump.address:
            continue
        span = [i for i in instructions if jump.target <= i.address <= jump.address]
        if is_loop(span, edges):
            loops.append(span)
    return [
        loop
        for loop in loops
        if not any(contains(other, loop) or falls_into(loop, other) for other in loops)
    ]


def loops_of(program, methods):
    """Run a program; return the steady loops in the machine code of some methods after it."""
    hexadecimal = "m.machine_code.map { |code| code.unpack1('H*') }"
    codes = f"[{', '.join(methods)}].each {{ |m| puts {hexadecimal} }}"
    command = [METOREX, *FLAGS, "-e", f"{program}\n{codes}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode:
        raise AssertionError(done.stderr)
    functions = [disassemble(bytes.fromhex(code)) for code in done.stdout.split()]
    return [loop for function in functions for loop in steady_loops(function)]


def calls_of(kind, data):
    """Return the text that calls a method of the benchmark until its loop is made well."""
    first = "7" if "int" in kind.lower() or data == "3000" else "7.0"
    k = "31" if first == "7" else "1.5"
    return f"data = {data}\ni = 0\n{kind}(data, {k}, {first}) while (i += 1) < 20"


@unittest.skipUnless(HAS_BACKEND, "no back end")
class LoopsTest(unittest.TestCase):
    """What is left in the loops."""

    def assert_bare(self, loops, methods, stores=False):
        """There is a loop for each method, without calls and, unless allowed, stores."""
        self.assertGreaterEqual(len(loops), len(methods))
        for loop in loops:
            bad = [i.text for i in loop if i.calls() or (i.stores() and not stores)]
            self.assertEqual(bad, [])

    def test_loops_over_numbers(self):
        for kind, (data, methods) in KINDS.items():
            with self.subTest(kind):
                self.assert_bare(loops_of(METHODS + calls_of(kind, data), methods), methods)

    def test_chains(self):
        for kind, (data, methods) in CHAINS.items():
            with self.subTest(kind):
                loops = loops_of(METHODS + calls_of(kind, data), methods)
                self.assert_bare(loops, methods, stores=True)
                self.assertTrue(all(any(i.stores() for i in loop) for loop in loops))
                # The loop of `map` reads the poll word and an element.
                self.assertEqual(sum(i.reads() for i in loops[0]), 2)

    def test_appending(self):
        """What says whether an Array has room is in registers: a round reads the poll word alone,
        and stores the element and the length."""
        text = "def fill_int(n, k, list)\nlist = []\ni = 0\n"
        text += "while i < n\nlist << i * k\ni += 1\nend\nlist[-1]\nend\n"
        loops = loops_of(text + calls_of("fill_int", "3000"), ["method(:fill_int)"])
        self.assertEqual(len(loops), 1)
        self.assertEqual([sum(i.reads() for i in loops[0]), sum(i.stores() for i in loops[0])], [1, 2])
        self.assertFalse(any(i.calls() for i in loops[0]))

    def test_bodies_that_only_add(self):
        for body, method in PLAIN.items():
            for data in (INTEGERS, FLOATS):
                with self.subTest(body, data=data):
                    text = f"def plain(data, k, sum)\n{body}\nend\n"
                    start = "plain_int" if data == INTEGERS else "plain"
                    text = text.replace("plain", start)
                    methods = [f"[].method(:{method})"]
                    self.assert_bare(loops_of(text + calls_of(start, data), methods), methods)
        text = "def plain_int(data, k, sum)\ndata.times { |i| sum += i * k }; sum\nend\n"
        methods = ["1.method(:times)"]
        self.assert_bare(loops_of(text + calls_of("plain_int", "3000"), methods), methods)

    def test_a_call_is_found(self):
        """The test can fail: C is called for the text of a number."""
        text = "def called_int(data, k, sum)\ndata.each { |x| sum ^= x.to_s.length }; sum\nend\n"
        loops = loops_of(text + calls_of("called_int", INTEGERS), ["[].method(:each)"])
        self.assertTrue(any(i.calls() for loop in loops for i in loop))

    def test_an_allocation_is_found(self):
        """The test can fail: an object is made in each round, from the list of free cells."""
        text = "class Pair; def initialize(a) = @a = a; end\n"
        text += "def made_int(data, k, sum)\ndata.each { |x| $last = Pair.new(x) }; sum\nend\n"
        loops = loops_of(text + calls_of("made_int", INTEGERS), ["[].method(:each)"])
        self.assertTrue(any(i.stores() for loop in loops for i in loop))
        text = "class Pair; def initialize(a) = @a = a; attr_accessor :a; end\n"
        text += "def made_int(data, k, sum)\nlast = Pair.new(0)\n"
        text += "data.each { |x| last.a = Pair.new(x) }; sum\nend\n"
        loops = loops_of(text + calls_of("made_int", INTEGERS), ["[].method(:each)"])
        self.assertTrue(any(i.stores() and not i.calls() for loop in loops for i in loop))

    def test_out_of_line(self):
        """What is left for good, and what comes back from behind, is not in a steady loop."""
        text = ["mov %rax,%rbx", "dec %rax", "je 0x6", "test %rbx,%rbx", "jne 0x1", "ret",
                "call *%rcx", "jmp 0x3"]
        code = [Instruction(address, line) for address, line in enumerate(text)]
        self.assertEqual([[i.address for i in loop] for loop in steady_loops(code)], [[1, 2, 3, 4]])


if __name__ == "__main__":
    unittest.main()
