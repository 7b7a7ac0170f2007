# SPDX-License-Identifier: MIT
# The line that a backtrace names: in arguments, patterns, text and native calls over several lines.
BASE = __LINE__
def at = (yield; :none) rescue $!.backtrace_locations.find { |l| l.path == __FILE__ && l.label !~ /Object#boom|boom/ }.lineno - BASE
def boom(*) = raise("boom")
def fine(*args, **opts) = block_given? ? yield : self

def with_default(a,
                 b = boom,
                 c = 1)
  a
end
p at { # => 6
  with_default(
    1
  )
}
p at { # => 17
  fine(k: 1,
       **boom)
}
p at { # => 21
  fine(*
       boom)
}
p at { # => 25
  fine(&
       boom)
}
p at { # => 29
  return_value = 5 if
    boom
}
p at { # => 34
  nil
    &.foo
  nil.foo
}
p at { # => 39
  <<~TEXT
    one
    two #{boom}
  TEXT
}
p at { # => 43
  fine(<<~A, boom)
    text
  A
}
p at { # => 49
  x = 1; y = 2
  z = 3; boom
}
p at { # => 52
  Integer(
    "x"
  )
}
p at { # => 57
  [1].fetch(
    5)
}
p at { # => 61
  eval("1\n2\nboom")
}
p at { # => :none
  yield_self { |
    a = boom
  | }
}
p at { # => 71
  x = 5
  x.
    nope
}
p at { # => 75
  x = nil
  x.y ||=
    1
}
p at { # => 79
  case [1, boom]
  in [a, b] then 1
  end
}
p at { # => 86
  case 5
  in Integer if
      boom then 1
  end
}
p at { # => 90
  UnknownConstant
}
p at { # => 93
  Comparable::
    Unknown
}
p at { # => 97
  raise ArgumentError,
        "x"
}
p at { # => 101
  raise(
    TypeError
  )
}
