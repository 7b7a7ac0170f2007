# SPDX-License-Identifier: MIT
# The line that a backtrace names: within multi-line calls, literals, chains, blocks and conditions.
BASE = __LINE__
def at = (yield; :none) rescue $!.backtrace_locations.find { |l| l.path == __FILE__ && l.label !~ /Object#boom|boom/ }.lineno - BASE
def boom(*) = raise("boom")
def fine(*args, **opts) = block_given? ? yield : self

p at { boom } # => 5
p at { # => 7
  boom
}
p at { # => 11
  fine(1,
       boom,
       2)
}
p at { # => 18
  fine(
    1,
    [2,
     boom],
    3
  )
}
p at { # => 24
  fine
    .fine
    .boom_missing
    .fine
}
p at { # => 29
  fine.fine(1).
    fine(boom).
    fine
}
p at { # => 37
  x = [
    1,
    { a: 1,
      b: boom }
  ]
}
p at { # => 43
  "a
  #{1}
  #{boom}
  b"
}
p at { # => 48
  1 +
    2 +
    nil +
    3
}
p at { # => 54
  1 + 2 *
    boom
}
p at { # => 58
  if true &&
     boom
    1
  end
}
p at { # => 64
  while fine &&
        boom
  end
}
p at { # => 71
  case 1
  when 2
    3
  when boom
    4
  end
}
p at { # => 76
  case boom
  when 1 then 2
  end
}
p at { # => 84
  begin
    1
  ensure
    boom
  end
}
p at { # => 91
  begin
    raise "a"
  rescue TypeError,
         boom
    1
  end
}
p at { # => 98
  a,
  b = 1,
  boom
}
p at { # => 103
  h = {}
  h[1] =
    boom
}
p at { # => 110
  fine do
    1
    fine do
      2
      boom
    end
  end
}
p at { # => 119
  [3, 2]
    .map { |x| x + 1 }
    .each do |x|
      x
      boom if x == 3
    end
}
p at { # => 124
  ->(a,
     b = boom) {
    a
  }.call(1)
}
