# SPDX-License-Identifier: MIT
# Literal keywords of `super` reach the parameters of whatever is behind, call after call.
class Base
  def plain(a, k:, opt: a * 2, &block) = [self.class, a, k, opt, block&.call]
  def rest(**all) = all
  def list(*all) = all
  def strict(k:) = k
end
class Leaf < Base
  def plain(a, k) = super(a, k: k)
  def block(a, k) = plain_with(a, k) { |x| x }
  def plain_with(a, k) = Base.instance_method(:plain).bind_call(self, a, k: k) { :bound }
  def rest(k) = super(k: k, l: 1)
  def list(k) = super(1, k: k)
  def strict(other) = other ? super(other: 1) : super(k: 2)
end
class Passing < Base
  def plain(a, &block) = super(a, opt: a + 1, k: a)
  def rest(a) = super(k: a) { 1 }
end
class Literal < Base
  def plain(a) = super(a, k: a) { a + 100 }
end
leaf = Leaf.new
3.times { |i| p leaf.plain(i, :k) }
# => [Leaf, 0, :k, 0, nil]
# => [Leaf, 1, :k, 2, nil]
# => [Leaf, 2, :k, 4, nil]
3.times { |i| p Passing.new.plain(i) { :mine } }
# => [Passing, 0, 0, 1, :mine]
# => [Passing, 1, 1, 2, :mine]
# => [Passing, 2, 2, 3, :mine]
3.times { |i| p Literal.new.plain(i) }
# => [Literal, 0, 0, 0, 100]
# => [Literal, 1, 1, 2, 101]
# => [Literal, 2, 2, 4, 102]
2.times { |i| p leaf.rest(i), leaf.list(i), leaf.block(i, 1).last }
# => {k: 0, l: 1}
# => [1, {k: 0}]
# => :bound
# => {k: 1, l: 1}
# => [1, {k: 1}]
# => :bound
[false, false, true, false].each do |other|
  p leaf.strict(other)
rescue ArgumentError => e
  puts e.message
end
# => 2
# => 2
# => missing keyword: :k
# => 2

# What is behind changes: another class of self, a module in between, a redefinition.
class Below < Leaf; end
p Below.new.plain(5, 6), leaf.plain(5, 6)
# => [Below, 5, 6, 10, nil]
# => [Leaf, 5, 6, 10, nil]
module Between
  def plain(a, k:, **) = [:between, *super]
end
Base.prepend(Between)
2.times { p leaf.plain(7, 8) }
# => [:between, Leaf, 7, 8, 14, nil]
# => [:between, Leaf, 7, 8, 14, nil]
class Base
  def plain(a, k:, opt: 0) = [:again, k, opt]
end
2.times { p leaf.plain(7, 8) }
# => [:between, :again, 8, 0]
# => [:between, :again, 8, 0]

# A break from the literal block, and a frame that the callee's backtrace shows.
class Breaking < Base
  def strict(n) = super(k: n) { break }
  def each_of(n) = n
end
class Upper
  def run(k:) = yield(k)
  def fails(k:) = raise("no #{k}")
end
class Lower < Upper
  def run(n) = super(k: n) { |x| break x * 2 if x > 1; x }
  def fails(n) = super(k: n)
end
p [1, 2, 3].map { |n| Lower.new.run(n) }
# => [1, 4, 6]
2.times do
  Lower.new.fails(1)
rescue RuntimeError => e
  puts e.message, e.backtrace.first(2).map { |line| line[/in .*/] }
end
# => no 1
# => in 'Upper#fails'
# => in 'Lower#fails'
# => no 1
# => in 'Upper#fails'
# => in 'Lower#fails'
