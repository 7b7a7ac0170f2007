# SPDX-License-Identifier: MIT
# What a program makes of is_a?, class, Module#===, raise and the like changes nothing but calls of
# these methods: the library does not call them. Ruby code calls them: case, rescue, and patterns
# that are given to methods.
LINES = <<~LINES.lines(chomp: true)
  [1, [2]].flatten
  Integer("3")
  Integer("z", exception: false)
  Float("z", exception: false)
  5.clamp(1..)
  (1..10).step(3).to_a
  1.step(10, 4).to_a
  (1..).first(2)
  ((1..9) % 3).to_a
  Rational(1, 2) + 1
  Rational("1/3")
  Rational("z", exception: false)
  Rational(1, 2).coerce(2.5)
  Complex(1, 2) * 2
  Complex("1+2i")
  [1, 2, 3].bsearch { |x| x >= 2 }
  [1, 2, 3].bsearch { |x| 2 - x }
  (1..9).bsearch { |x| 4 - x }
  {a: {b: 1}}.dig(:a, :b)
  "a-b".gsub(/b/, "b" => "c")
  "\\xff".scrub
  Point.new(1, 2).to_a
  Point.new(1, 2) == Point.new(1, 2)
  Struct.new(:x, keyword_init: true).new(x: 1).x
  Time.new(2000, 1, 1, 0, 0, 0, "+09:00").utc_offset
  [1, 2].lazy.map { |x| x * 2 }.to_a
  [1, 2].each_slice(2).next
  [1, 2].each_slice(2).size
  [nil, 2].chunk { |x| x ? :_alone : nil }.to_a
  Array(1..2)
  loop { raise StopIteration }
  ObjectSpace::WeakMap.new.inspect.size
  Mutex.new.synchronize { 1 }
  Marshal.load(Marshal.dump([1, "a", {b: 2.5}]))
  3.pow(-2)
  1.5.rationalize(Rational(1, 100))
  Exception.new("a") == Exception.new("a")
  Exception.new("a").exception("b").message
  Comparable.instance_method(:clamp).bind_call(3, 1, 2)
  ("a".."e").step(2).to_a
  {a: 1}.each_pair.next
LINES
NAMES = %i[class is_a? kind_of? instance_of? frozen? object_id dup clone singleton_class
           to_enum raise loop catch throw format Integer Float Rational Complex Array
           String Hash warn]
Point = Struct.new(:x, :y)
blocks = LINES.map { |line| [line, eval("-> { #{line} }")] }
plain = blocks.map { |line, block| block.call.inspect }
used = ->(line, name) { line.match?(/\b#{Regexp.escape(name)}/) }
named = LINES.to_h { |line| [line, NAMES.select { |name| used.(line, name) }] }

$called = []
[Kernel, Integer, Array, String, Struct, Exception, Enumerator, Range].each do |owner|
  NAMES.each do |name|
    old = owner.instance_method(name)
    owner.class_eval do
      define_method(name) do |*list, **keys, &block|
        $called |= [name] if $on
        $on && %i[class is_a? kind_of?].include?(name) ? 3 : old.bind_call(self, *list, **keys, &block)
      end
    end
  end
end
class Module
  alias_method :old_eqq, :===
  def ===(value)
    $called |= [:===] if $on
    old_eqq(value)
  end
end
class Class
  alias_method :older_eqq, :===
  def ===(value)
    $called |= [:===] if $on
    old_eqq(value)
  end
end

3.times do
  blocks.each_with_index do |(line, block), at|
    next if line.start_with?("loop")
    $called = []
    $on = true
    value = block.call
    $on = false
    wrong = $called - named[line]
    puts "#{line} calls #{wrong}" unless wrong.empty?
    puts "#{line} is #{value.inspect}" unless value.inspect == plain[at] || plain[at].start_with?("#<")
  end
end

# What Ruby code and patterns ask.
def count
  $called = []
  $on = true
  yield
  $on = false
  $called
end
p count { case 1 when Integer then 2 end } # => [:===]
p(count { begin; [].fetch(1); rescue IndexError; end }) # => [:===]
p count { [1].grep(Integer) } # => [:===]
p count { [1].any?(Integer) } # => [:===]
p count { [1].slice_before(Integer).to_a } # => [:===]
p count { 1.is_a?(Integer) } # => [:is_a?]

class Odd
  def is_a?(klass) = true
  def self.===(value) = true
end
p [Odd.new, [2]].flatten.size # => 2
p [3].grep(Odd) # => [3]

def raise(*) = puts("not called")
def warn(*) = puts("not called")
def attempt
  yield
rescue StandardError => error
  puts "#{error.class}: #{error.message}"
end
attempt { [1].bsearch { BasicObject.new } }
# => TypeError: wrong argument type BasicObject (must be numeric, true, false or nil)
attempt { [1].first(-1) } # => ArgumentError: negative array size
attempt { p [BasicObject.new, [2]].flatten.size } # => 2
$VERBOSE = nil
p [1].count(1) {} # => 1
