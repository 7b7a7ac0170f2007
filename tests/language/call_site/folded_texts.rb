# Interpolations of literals are joined when they are compiled, yet a redefined to_s counts at once.
def text = "a#{1}b#{nil}#{true} #{2.5} #{"in"} #{3 + 4}"
def symbol = "<#{:sym}>"
def joined = "p#{"q"}r"
puts text, symbol, joined # => a1btrue 2.5 in 7
# => <sym>
# => pqr
p text.equal?(text), text.frozen?, joined.frozen? # => false
# => false
# => false
text << "changed"
puts text # => a1btrue 2.5 in 7
p "é#{1}".encoding # => #<Encoding:UTF-8>

seen = []
4.times do |i|
  seen << "t#{7}"
  if i == 1
    class Integer
      alias plain_to_s to_s
      def to_s(*) = "i"
    end
  end
end
p seen # => ["t7", "t7", "ti", "ti"]
puts text # => aibtrue 2.5 in i
class NilClass
  def to_s = "nil"
end
puts text # => aibniltrue 2.5 in i
class Float
  def to_s = 3
end
puts text.sub(/0x\h+/, "0x") # => aibniltrue #<Float:0x> in i
class Integer
  alias to_s plain_to_s
  alias old_plus +
  def +(other) = "sum"
end
puts text.sub(/0x\h+/, "0x") # => a1bniltrue #<Float:0x> in sum

module Loud
  refine Symbol do
    def to_s = "loud"
  end
  refine Integer do
    def *(other) = :star
  end
end
def plain = [2 * 3, symbol]
using Loud
puts symbol # => <sym>
p 2 * 3 # => :star
puts "<#{:sym}>" # => <loud>
p plain # => [6, "<sym>"]
