# SPDX-License-Identifier: MIT
"""Which programs run under GC stress, and how hard.

Programs below the folders of EVERY run with a collection at every allocation; the others at every
OTHERS-th on average, at distances that a seed decides. The seed is made from the name of the
program, so that each has its own and a failure can be had again.
"""

import zlib

EVERY = ("tests/language/", "tests/regress/")
OTHERS = 50

# Programs that make too many objects for that: on average every how many-th allocation collects,
# and why.
EASED = {
    "tests/language/call/deep_tail_calls.rb": (500, "makes 10,000 frames, and each collection looks through them"),
    "tests/language/call/depth_of_every_form.rb": (500, "reaches the limit of 12,000 frames in each form of a call"),
    "tests/language/call/depth_through_blocks.rb": (500, "reaches the limit of 12,000 frames"),
    "tests/language/call/the_end_in_machine_code.rb": (5000, "goes 12,000 calls deep again and again"),
    "tests/language/call/the_last_frame.rb": (500, "reaches the limit of 12,000 frames for each thing to do there"),
    "tests/language/code_as_object/verify.mx": (50, "builds a tree of 10,000 nodes"),
    "tests/language/pattern/many_names.rb": (20000, "patterns and a Struct of tens of thousands of names"),
    "tests/regress/core_calls_are_not_redefined.rb": (20, "evaluates 160 texts"),
    "tests/regress/deep_data_in_fiber.rb": (500, "nests data 20,000 deep"),
    "tests/regress/nested_data_in_fibers.rb": (5000, "nests data 60,000 deep"),
    "tests/regress/hash_with_little_room.rb": (5000, "makes 20,000 tables"),
    "tests/regress/tail_calls_in_bodies.rb": (500, "makes 52,000 calls"),
    "tests/language/gc/interrupted.rb": (50, "makes garbage on purpose, and collects itself"),
    "tests/limits/many_locals_and_parts.rb": (20000, "bodies of 66,000 locals and parts"),
    "tests/regress/stack_errors_are_new.rb": (500, "backtraces of 12,000 frames"),
    "tests/language/gc/stress.rb": (50, "makes garbage on purpose, and collects itself"),
}


def stress_flag(program):
    """Return the option that the program at a path runs with."""
    name = program.as_posix()
    if name in EASED:
        nth = EASED[name][0]
    elif name.startswith(EVERY):
        return "--stress=gc"
    else:
        nth = OTHERS
    return f"--stress=gc:{nth}:{zlib.crc32(name.encode()) % 1000000 + 1}"
