# Inheritance, super, polymorphism.
class Shape
  def self.describe(shapes) = shapes.map(&:to_s)
  def area = raise(NotImplementedError, "#{self.class} has no area")
  def to_s = format("%s of area %.2f", self.class.name.downcase, area)
end

class Rectangle < Shape
  def initialize(width, height) = (@width, @height = width, height)
  def area = @width * @height
end

class Square < Rectangle
  def initialize(side) = super(side, side)
  def to_s = super + " (a square)"
end

class Circle < Shape
  def initialize(radius) = @radius = radius
  def area = Math::PI * @radius**2
end

class Blob < Shape
end

puts Shape.describe([Rectangle.new(2, 3), Square.new(2), Circle.new(1)])
begin
  Blob.new.to_s
rescue NotImplementedError => e
  puts e.message
end
puts Square.ancestors.take(3).inspect
