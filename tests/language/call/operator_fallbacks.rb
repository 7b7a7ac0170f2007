# SPDX-License-Identifier: MIT
# Operators that are not defined, and those that Comparable, Range, Hash and != build on others.
# Only what is defined: errors name the operator; Comparable and Enumerable build on one of them.
plain = Object.new
p %i[+ - < [] << % ~ -@ call].map { |o| plain.send(o, *([1] * (%i[~ -@].include?(o) ? 0 : 1))) rescue $!.name }
# => [:+, :-, :<, :[], :<<, :%, :~, :-@, :call]
p plain == plain, plain != plain, plain === plain, (plain =~ 1 rescue $!.class), plain <=> plain, plain <=> 1, !plain, plain.!, (plain !~ 1 rescue $!.class)
# => true
# => false
# => true
# => NoMethodError
# => 0
# => nil
# => false
# => false
# => NoMethodError
class Ver
  include Comparable
  attr_reader :n
  def initialize(n) = @n = n
  def <=>(o) = o.is_a?(Ver) ? n <=> o.n : nil
  def succ = Ver.new(n + 1)
  def to_s = "v#{n}"
  def inspect = to_s
  def hash = n.hash
  def eql?(o) = o.is_a?(Ver) && n == o.n
end
v1, v2, v3 = Ver.new(1), Ver.new(2), Ver.new(3)
p v1 < v2, v2 <= v1, v1 == Ver.new(1), v1 != v2, v2.between?(v1, v3), v3.clamp(v1, v2), [v3, v1, v2].sort, [v1, v3].max, (v1..v3).to_a, (v1..v3).include?(v2), (v1 < 5 rescue $!.message), v1 == 5
# => true
# => false
# => true
# => true
# => true
# => v2
# => [v1, v2, v3]
# => v3
# => [v1, v2, v3]
# => true
# => "comparison of Ver with 5 failed"
# => false
p({ v1 => :one }[Ver.new(1)], [v1, Ver.new(1)].uniq.size, [v1] - [Ver.new(1)], [v1, v2] & [Ver.new(2)], [v1].include?(Ver.new(1)), (v1...v3).map(&:n), [v1, v2].minmax, [v2, v1].sort_by(&:n))
# => :one
# => 1
# => []
# => [v2]
# => true
# => [1, 2]
# => [v1, v2]
# => [v1, v2]
class Neq
  def ==(o) = (@asked = true; o == 1)
  def asked = @asked
end
n = Neq.new
p n != 1, n.asked, n != 2, [n].index(1), [1].index(n), n.eql?(1), n.equal?(n), (n.!=(1)) # => false
# => true
# => true
# => 0
# => 0
# => false
# => true
# => false
class Falsy
  def !; true; end
  def nil? = true
end
f = Falsy.new
p (!f), (not f), (f ? :truthy : :falsy), (f && 1), (f || 2).class, f.nil?, (f&.nil?), (unless f then 1 else 2 end), [f].compact.size, !!f
# => true
# => true
# => :truthy
# => 1
# => Falsy
# => true
# => true
# => 2
# => 1
# => false
