# SPDX-License-Identifier: MIT
# Splats in every place of an argument list, to every kind of callee; each Array stays as it was.
def all(*a, **k, &b) = [a, k, b&.call]
def two(a, b) = [a, b]
def some(a, b = 2, *c, d) = [a, b, c, d]
def keys(a, *b, k: 0) = [a, b, k]
def loose(a, h) = [a, h]
def each_of(*a) = yield(*a)
def around(...) = two(0, ...) rescue all(...)
A = [1, 2].freeze
E = [].freeze
H = {k: 5}.freeze

2.times do |i|
  p two(*A), two(i, *[3]), two(*[3], i), two(*E, i, *E, 4), two(i, 1, *E)
  p some(*A), some(i, *A), some(i, 7, *A), some(i, 7, 8, *A, *A), some(*A, 9)
  p keys(*A, k: i), keys(i, *A, **H), keys(*A, **{}), keys(i, *E, k: 3)
  p all(*A, **H), all(*A, H)
  p all(i, *A, **H) { i }, loose(*A[0, 1], k: i), loose(*A[0, 1], **H)
  p each_of(*A) { |a, b| [b, a] }, each_of(i, *A) { |a, (b, c), *d| [a, b, c, d] }
  p around(1), around(1, 2), around(1, 2, k: 3) { 4 }
end

# Callees of C, of Struct and Class, attributes, Procs, Methods, names, and those that are missing.
Pair = Struct.new(:a, :b)
class Box
  attr_accessor :v
  def initialize(v, w = 1, *x, k: 2) = @v = [v, w, x, k]
  def [](*a, **k) = [:get, a, k]
  def []=(*a)
    @v = a
  end
  def method_missing(name, *a, **k) = [name, a, k]
  def respond_to_missing?(*) = false
end
none = []
2.times do |i|
  p [3, 1, 2].first(*[2]), [1, 2, 3].values_at(*A), Pair.new(*A).to_a, Box.new(*A, k: i).v
  b = Box.new(i, *A)
  b.v = *A
  p b.v, b.v(*none), b[*A], b[i, *A], b.ghost(*A, z: 1), b.ghost(i, *A), b.send(:ghost, *A)
  b[*A] = 4
  p b.v
  b[i, *A] = 5
  p b.v
  b[i, *A] ||= 6
  p b.v
  p proc { |x, y = 9| [x, y] }.call(*[A]), ->(x, *y) { [x, y] }.(i, *A), method(:two).call(*A)
  p send(:two, *A), send(*[:two, i, 8]), public_send(:then, *none) { 1 }, Object.new(*none).class == Object
end
def message = yield.inspect rescue "#{$!.class}: #{$!.message}"
puts message { two(*A, 3) }
puts message { two(1, *E) }
puts message { [1].first(*A) }
puts message { Object.new(*A) }
puts message { two(*1..2) }
puts message { two(1, *nil, 2) }

# A splat is as it was when it was reached.
list = [1]
p all(*list, list << 2, *list)
p all(0, *list, list.clear)

# As many as the stack has room for.
many = Array.new(100_000) { |i| i }
p all(0, *many)[0].size, all(*many, 1, 2)[0].last, [].push(*many).size
