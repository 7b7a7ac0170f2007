# SPDX-License-Identifier: MIT
# What the compiler is to have done while its functions are listed: loops and methods of most kinds.
Point = Struct.new(:x, :y)

class Shape
  attr_accessor :size
  def initialize(size) = @size = size
  def area = @size * 2
end

class Square < Shape
  def area = @size * @size
end

class Circle < Shape
  def area = @size * 3.14
end

def fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)

def numbers(count)
  sum, part, i = 0, 0.5, 0
  while i < count
    sum += (i * 3) ^ (i >> 1)
    part = part * 0.5 + Math.sqrt(i) / 3.0
    i += 1
  end
  [sum % 1000, part > 1.0]
end

def texts(count)
  words = Hash.new(0)
  count.times { |i| words["w#{i % 7}"] += i }
  words.sort_by { |word, times| [-times, word] }.map(&:first).join(",")
end

def lists(count)
  list = Array.new(count) { |i| i % 13 }
  list.each_with_index { |each, i| list[i] = each + 1 if each.odd? }
  list.map { |each| each * 2 }.select(&:positive?).sum + list.inject { |a, b| a > b ? a : b }
end

def rescued(count)
  (0...count).count do |i|
    raise ArgumentError, "odd" if i.odd?
    true
  rescue ArgumentError
    false
  end
end

def matched(count)
  (0...count).sum do |i|
    case [i % 3, { kind: :a, of: i }]
    in [0, { kind: :a, of: }] then of
    in [Integer => n, _] then n
    end
  end
end

shapes = [Shape.new(1), Square.new(2), Circle.new(3)]
40.times do
  fib(13)
  numbers(2000)
  texts(200)
  lists(500)
  rescued(50)
  matched(200)
  (0...900).sum { |i| shapes[i % 3].area }
  adders = (1..3).map { |k| ->(x) { x + k } }
  (0...300).sum { |i| adders[i % 3].call(i) + Point.new(i, 1).x }
end
