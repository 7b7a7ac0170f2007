# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-log --dump=ir
# stderr: loop at line 20: compiled
# stderr: loop at line 32: compiled
# stderr: loop at line 44: compiled
# stderr: loop at line 55: compiled
# stderr-count: 0 call.
# stderr-count: 3 new.object
# stderr-count: 1 new.array
# stderr-count: 1 new.hash
# `new` of Struct and Data classes is an allocation and a store for each member, or nothing at all
# where nobody keeps the object: not even a variable after the loop.
Point = Struct.new(:x, :y)
Named = Struct.new(:x, :y, keyword_init: true)
Coord = Data.define(:x, :y)

def structs(n)
  i = sum = 0
  while i < n
    point = Point.new(i, 2)
    point.x += 1
    sum += point.x + point.y
    i += 1
  end
  sum
end
p structs(1000)                                  # => 502500

def named(n)
  i = sum = 0
  while i < n
    point = Named.new(y: i, x: 2)
    sum += point.x + point.y
    i += 1
  end
  sum
end
p named(1000)                                    # => 501500

def positional(n)
  i = 0
  sum = 0.0
  while i < n
    sum += Coord.new(i, 0.5).then { |coord| coord.x + coord.y }
    i += 1
  end
  sum
end
p positional(1000)                               # => 500000.0

def keywords(n)
  i = 0
  last = nil
  while i < n
    last = Coord.new(y: i, x: last)
    i += 1
    last = nil if i % 7 == 0
  end
  last
end
p keywords(1000).y                               # => 999
