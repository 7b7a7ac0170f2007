# SPDX-License-Identifier: MIT
# Hot code with more locals than a region may have is not compiled: a loop, a method, and two
# methods of which each alone would be small enough. So it is with arguments of a long splat.
def store(count) = (0...count).map { |k| "a#{k} = i + #{k}" }.join("; ")
eval "def loops(n) = (i = s = 0; while i < n; #{store(600)}; s += a7 + a599; i += 1; end; s)"
p loops(100) # => 70500
eval "def many(i) = (#{store(600)}; a7 + a599)"
eval "def half(i) = (#{store(300)}; a7 + a299)"
eval "def both(n) = (i = s = 0; while i < n; #{store(300)}; s += a7 + half(i); i += 1; end; s)"
def calls(n) = (0...n).sum { |i| many(i) }
p calls(100) # => 70500
p both(100) # => 46150
eval "def spread(n) = (i = s = 0; while i < n; s += rest(*[#{(["i"] * 200).join(", ")}]); i += 1; end; s)"
def rest(*list) = list.size + list[199]
p spread(100) # => 24950
