# SPDX-License-Identifier: MIT
# `when` of numbers, Symbols and Strings, of every kind of subject, and with === of the program's own.
def numbers(x)
  case x
  when 0 then :zero
  when 1, 2 then :small
  when -7 then :negative
  when 1.5 then :half
  when 4_611_686_018_427_387_904 then :big
  else :other
  end
end
def names(x)
  case x
  when :a then 1
  when :b, :c then 2
  when "a" then 3
  when "b", "äö" then 4
  when nil then 5
  when true then 6
  else 7
  end
end
def loops(list)
  sum = i = 0
  while i < list.size
    case list[i]
    when "skip"
      i += 1
      next
    when 3 then break
    when :two then sum += 2
    else sum += 1
    end
    i += 1
  end
  sum
end
def guarded(x, y)
  case x
  when 1 then (y ? :one_y : :one)
  when 2
    return :two if y
    :two_later
  end
end
SUBJECTS = [0, 1, 2, -7, 1.0, 0.0, -0.0, 1.5, 2**62, 2.0**62, 3, nil, true, :a, "0", Rational(1), Complex(2, 0)].freeze
def all_numbers = SUBJECTS.map { |x| numbers(x) }
p all_numbers
# => [:zero, :small, :small, :negative, :small, :zero, :zero, :half, :big, :big, :other, :other, :other, :other, :other, :small, :small]
NAMES = [:a, :b, :c, :d, "a", +"b", "äö", "c", nil, true, false, 1, "a".encode("UTF-16LE"), Class.new(String).new("b")].freeze
def all_names = NAMES.map { |x| names(x) }
p all_names # => [1, 2, 2, 7, 3, 4, 4, 7, 5, 6, 7, 7, 7, 4]
p loops([1, "skip", :two, :x, 3, 9]) # => 4
p [guarded(1, true), guarded(1, nil), guarded(2, true), guarded(2, nil), guarded(3, 1)]
# => [:one_y, :one, :two, :two_later, nil]
class Even
  def ==(other) = other == 2
  def coerce(other) = [other, 2]
end
p numbers(Even.new) # => :small

module Loose
  refine Symbol do
    def ===(other) = to_s == other.to_s
  end
end
module Refined
  using Loose
  def self.names(x)
    case x
    when :a then :refined
    else :other
    end
  end
end
p Refined.names("a") # => :refined

class Integer
  alias strict ===
  def ===(other) = other == "0" || strict(other)
end
p numbers("0") # => :zero
p all_numbers.last(4) # => [:other, :zero, :small, :small]
class Integer
  alias === strict
end
p numbers("0") # => :other
class Symbol
  def ===(other) = false
end
p all_names.first(4) # => [7, 7, 7, 7]
class String
  def ===(other) = other == :d
end
p all_names # => [7, 7, 7, 3, 7, 7, 7, 7, 5, 6, 7, 7, 7, 7]
