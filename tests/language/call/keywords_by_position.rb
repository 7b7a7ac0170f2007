# SPDX-License-Identifier: MIT
# Literal keywords: their order at the call, in the list of parameters and in evaluation; what
# a callee that takes them otherwise gets; methods that change under one call site.
def log(v) = ($log << v; v)
def two(a, k: 1, l: k + 1) = [a, k, l]
def required(k:, l: 0) = [k, l]
def rest(*a, k: 1) = [a, k]
def after(a, b = 2, *c, d, k: 1) = [a, b, c, d, k]
def open(a = 0, k: 1, **o) = [a, k, o]
def all(**o) = o
def hash(a) = a
def none(a, **nil) = a
def blocks(k: 1, &b) = [k, b&.call]
def yields(k: 1) = yield(k)

3.times { |i| p two(i, l: 3, k: 4) if i == 2 } # => [2, 4, 3]
2.times { |i| p two(i, k: i) }
# => [0, 0, 1]
# => [1, 1, 2]
2.times { |i| p two(i, l: i), two(i) }
# => [0, 1, 0]
# => [0, 1, 2]
# => [1, 1, 1]
# => [1, 1, 2]
2.times { |i| p required(l: i, k: 7), rest(1, 2, k: i), after(1, 2, k: i), after(1, 2, 3, 4, k: 5) }
# => [7, 0]
# => [[1, 2], 0]
# => [1, 2, [], 2, 0]
# => [1, 2, [3], 4, 5]
# => [7, 1]
# => [[1, 2], 1]
# => [1, 2, [], 2, 1]
# => [1, 2, [3], 4, 5]
2.times { |i| p open(k: i, z: 1), open(z: i), all(z: i, k: 1), hash(z: i, k: 2) }
# => [0, 0, {z: 1}]
# => [0, 1, {z: 0}]
# => {z: 0, k: 1}
# => {z: 0, k: 2}
# => [0, 1, {z: 1}]
# => [0, 1, {z: 1}]
# => {z: 1, k: 1}
# => {z: 1, k: 2}
2.times { |i| p blocks(k: i) { i + 1 }, blocks(k: i), yields(k: i) { |x| x * 2 } }
# => [0, 1]
# => [0, nil]
# => 0
# => [1, 2]
# => [1, nil]
# => 2

# Each call gets a Hash of its own.
kept = 2.times.map { |i| hash(z: i) }
p kept, kept[0].equal?(kept[1]) # => [{z: 0}, {z: 1}]
# => false

# Arguments are evaluated as they are written, then the defaults.
$log = []
def defaults(a, k: log(:k), l: log(:l)) = [a, k, l]
2.times { p defaults(log(1), l: log(2)) }
# => [1, :k, 2]
# => [1, :k, 2]
p $log # => [1, 2, :k, 1, 2, :k]

# Errors say what they always say, each time.
def message = yield.inspect rescue "#{$!.class}: #{$!.message}"
2.times { puts message { required(l: 1) } }
# => ArgumentError: missing keyword: :k
# => ArgumentError: missing keyword: :k
2.times { |i| puts message { two(1, k: i, z: 2) } }
# => ArgumentError: unknown keyword: :z
# => ArgumentError: unknown keyword: :z
2.times { |i| puts message { two(k: i) } }
# => ArgumentError: wrong number of arguments (given 0, expected 1)
# => ArgumentError: wrong number of arguments (given 0, expected 1)
2.times { |i| puts message { two(1, 2, k: i) } }
# => ArgumentError: wrong number of arguments (given 2, expected 1)
# => ArgumentError: wrong number of arguments (given 2, expected 1)
2.times { |i| puts message { none(k: i) } }
# => ArgumentError: no keywords accepted
# => ArgumentError: no keywords accepted

# Keys that are computed differ from call to call; the same one twice is one.
[:k, :l, :k, :z].each { |key| puts message { two(0, key => 9) } }
# => [0, 9, 10]
# => [0, 1, 9]
# => [0, 9, 10]
# => ArgumentError: unknown keyword: :z
[:k, :l, :l].each { |key| p two(0, key => 9, l: 5) }
# => [0, 9, 5]
# => [0, 1, 5]
# => [0, 1, 5]

# One site, many receivers and methods.
class Point
  attr_reader :at
  def initialize(x:, y: 0) = @at = [x, y]
  def self.make(x:, y: 5) = new(y: y, x: x)
end
class Other
  attr_reader :at
  def initialize(y:, x: 0, z: 1) = @at = [x, y, z]
end
class Loose
  attr_reader :at
  def initialize(**o) = @at = o
end
[Point, Other, Loose, Point, Other, Loose].each { |c| p c.new(y: 2, x: 1).at }
# => [1, 2]
# => [1, 2, 1]
# => {y: 2, x: 1}
# => [1, 2]
# => [1, 2, 1]
# => {y: 2, x: 1}
2.times { p Point.make(x: 3).at }
# => [3, 5]
# => [3, 5]
changes = [
  -> {},
  -> { class Point; def initialize(y:, x: 0) = @at = [:swapped, x, y]; end },
  -> { class Point; def initialize(o) = @at = [:one, o]; end },
  -> { class Point; def self.new(**o) = o; end },
]
changes.each { |change| change.(); p((o = Point.new(x: 1, y: 2)).is_a?(Hash) ? o : o.at) }
# => [1, 2]
# => [:swapped, 1, 2]
# => [:one, {x: 1, y: 2}]
# => {x: 1, y: 2}

class Quiet < BasicObject
  def method_missing(name, *a, k: 0, **o) = [name, a, k, o]
end
2.times { |i| p Quiet.new.anything(1, k: i, z: 2) }
# => [:anything, [1], 0, {z: 2}]
# => [:anything, [1], 1, {z: 2}]
