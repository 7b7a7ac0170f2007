# Refinements of several layers, through super, send and respond_to?; in modules and in the class itself.
module First
  refine String do
    def shout = upcase + "!"
    def length = super + 100
    def to_s = "not asked"
  end
  refine Integer do
    def double = self * 2
    def to_s = "refined #{inspect}"
    def +(other) = "plus #{other}"
  end
end
module Second
  refine String do
    def shout = upcase + "?"
    def whisper = downcase
  end
end
module Enum
  refine Enumerable do
    def second = drop(1).first
  end
end
class Own
  def name = "own"
  def calls = name
end
module WithImport
  refine Own do
    import_methods Module.new { def imported = "imported #{name}" }
    def name = "refined " + super
  end
end
begin
  "a".shout
rescue NoMethodError => e
  puts e.message # => undefined method 'shout' for an instance of String
end
using First
text = "x"
p "#{text}", "#{"y"}", "#{5}", :"a#{text}"
# => "x"
# => "y"
# => "refined 5"
# => :ax
p "a".shout, "abc".length, "a".send(:shout), 5.double, (5 + 1), 5.send(:+, 2), [3].map(&:double)
# => "A!"
# => "plus refined 100"
# => "A!"
# => 10
# => "plus refined 1"
# => "plus refined 2"
# => [6]
using Second
p "A".shout, "A".whisper, "abc".length
# => "A?"
# => "a"
# => "plus refined 100"
using Enum
p [1, 2, 3].second, (1..3).second, { a: 1, b: 2 }.second
# => 2
# => 2
# => [:b, 2]
using WithImport
p Own.new.name, Own.new.calls, Own.new.imported
# => "refined own"
# => "own"
# => "imported refined own"
p "a".respond_to?(:shout), ("a".method(:shout).call rescue "no method object")
# => true
# => "A?"
eval('p "b".shout') # => "B?"
p "c".then { |s| s.shout }, %w[d].map(&:shout), "e".public_send(:whisper), "F".__send__(:whisper)
# => "C?"
# => ["D?"]
# => "e"
# => "f"
class String
  def shout = "plain"
end
p "g".shout # => "G?"
def local(s) = s&.shout
p local("h"), local(nil)
# => "H?"
# => nil
x = 5
x += 1
p x, -> { 1 + 1 }.call, 4.+(3)
# => "plus refined 1"
# => "plus refined 1"
# => "plus refined 3"
