# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-log
# stderr: method at line 14: compiled
# stderr: method at line 21: compiled
# stderr: method at line 23: compiled
# stderr: method at line 24: compiled
# Methods that only C calls come to machine code as others do; what they raise has the C method in
# its backtrace, in machine code and where that is left.
class Version
  include Comparable
  attr_reader :major, :minor
  def initialize(major, minor) = (@major, @minor = major, minor)
  def <=>(other)
    c = @major <=> other.major
    return c unless c == 0
    d = @minor <=> other.minor
    raise ArgumentError, "no order of #{@minor}" if @minor + other.minor > 5000
    $places << caller(0, 3).map { |line| line[/\d+:in.*/] } if $places
    d + 0
  end
  def hash = @major * 31 + @minor
  def eql?(other) = @major == other.major && @minor == other.minor
  def to_s = $text || "v#{@major}"
  def coerce(n) = [n, @major]
  def ==(other) = raise(IndexError, "asked for #{@major}")
end
list = (0...60).map { |i| Version.new(i * 7 % 5, i * 11 % 60) }
p list.sort.map(&:minor).first(5) # => [0, 5, 10, 15, 20]
3.times { list.sort }
p list.max.minor # => 57
h = {}
5.times { list.each { |v| h[v] = (h[v] || 0) + 1 } }
p h.size, h[Version.new(2, 26)] # => 60
# => 5
p list.join("").size # => 120
p list.join("").sub(/(v\d)+/, "") # => ""
def sum(list) = list.sum { |v| 1 + v }
4.times { sum(list) }
p sum(list) # => 180

$places = []
p list.min(2).size # => 2
p $places.uniq.size > 0, $places.uniq.map { |a| a[1] }.uniq # => true
# => ["42:in 'Array#min'"]
$places = nil
def raised(list)
  list.sort
rescue ArgumentError => e
  [e.message, e.backtrace.first(4).map { |line| line[/\d+:in.*/] }]
end
a = Version.new(9, 9)
b = Version.new(9, 5000)
p raised([b, a]) # => ["no order of 5000", ["17:in 'Version#<=>'", "47:in 'Array#sort'", "47:in 'Object#raised'", "53:in '<main>'"]]
def found(list, v)
  list.include?(v)
rescue IndexError => e
  [e.message, e.backtrace.first(3).map { |line| line[/\d+:in.*/] }]
end
30.times { found(list, a) }
p found(list, a) # => ["asked for 0", ["25:in 'Version#=='", "55:in 'Array#include?'", "55:in 'Object#found'"]]
$text = 5
p list.first(2).join("")[/#<Ver/] # => "#<Ver"
