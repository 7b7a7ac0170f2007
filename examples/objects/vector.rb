# Operators, coerce, indexing, enumeration.
class Vector
  include Enumerable
  attr_reader :parts
  protected :parts

  def initialize(*parts) = @parts = parts.freeze
  def self.[](*parts) = new(*parts)
  def each(&block) = @parts.each(&block)
  def [](i) = @parts[i]
  def +(other) = Vector.new(*zip(other).map(&:sum))
  def -@ = Vector.new(*map(&:-@))
  def -(other) = self + -other
  def *(k) = k.is_a?(Vector) ? zip(k).sum { |a, b| a * b } : Vector.new(*map { |x| x * k })
  def coerce(number) = [self, number]
  def ==(other) = other.is_a?(Vector) && parts == other.parts
  def hash = parts.hash
  alias eql? ==
  def to_s = "(#{to_a.join(", ")})"
  def length = Math.sqrt(self * self)
end

a = Vector[1, 2, 3]
b = Vector[4, 5, 6]
puts a + b, a - b, a * b, a * 2, 2 * a, -a
puts Vector[3, 4].length
puts a == Vector[1, 2, 3], { a => 1 }[Vector[1, 2, 3]]
puts a.include?(3), a.sort_by { |x| -x }.inspect, a[1]
