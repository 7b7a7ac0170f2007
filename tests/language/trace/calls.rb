# SPDX-License-Identifier: MIT
# :call, :return, :c_call, :c_return: methods of the program, attributes, operators, methods of the
# library, new and initialize, define_method, aliases, what a jump or an exception leaves.
class Point
  attr_accessor :x
  def initialize(x) = @x = x
  def twice
    x + x
  end
  alias double twice
  define_method(:plus) { |n| @x + n }
  def early
    return 1 if x
    2
  end
  def self.make = new(3)
  def method_missing(name) = name
  def respond_to_missing?(*) = true
end

EVENTS = %i[call return c_call c_return]

def trace(&block)
  seen = []
  TracePoint.new(*EVENTS) do |tp|
    told = [tp.event, tp.method_id]
    told << tp.return_value if %i[return c_return].include?(tp.event) && Integer === tp.return_value
    seen << told.join(" ")
  end.enable(&block)
  puts seen.join(", ")
end

point = Point.new(4)
trace { point.twice }
# => call twice, c_call x, c_return x 4, c_call x, c_return x 4, c_call +, c_return + 8, return twice 8
trace { point.double }
# => call twice, c_call x, c_return x 4, c_call x, c_return x 4, c_call +, c_return + 8, return twice 8
trace { point.x = 5 }                    # => c_call x=, c_return x= 5
trace { Point.new(1) }                   # => c_call new, call initialize, return initialize 1, c_return new
trace { Object.new }                     # => c_call new, c_call initialize, c_return initialize, c_return new
trace { point.plus(2) }                  # => call plus, c_call +, c_return + 7, return plus 7
trace { point.early }                    # => call early, c_call x, c_return x 5, return early 1
trace { Point.make.x }
# => call make, c_call new, call initialize, return initialize 3, c_return new, return make, c_call x, c_return x 3
trace { point.nothing }                  # => call method_missing, return method_missing
trace { 2 + 3; -point.x; !point; [1][0]; { a: 1 }[:a] }
# => c_call +, c_return + 5, c_call x, c_return x 5, c_call -@, c_return -@ -5, c_call !, c_return !, c_call [], c_return [] 1, c_call [], c_return [] 1
trace { [3, 1].sort_by { |v| v }.first } # => c_call sort_by, c_return sort_by, c_call first, c_return first 1
trace { case 5 when String then 1 when Integer then 2 end }
# => c_call ===, c_return ===, c_call ===, c_return ===
trace { point.send(:early); point.public_send(:early) }
# => call early, c_call x, c_return x 5, return early 1, c_call public_send, call early, c_call x, c_return x 5, return early 1, c_return public_send 1
trace { 1.__send__(:+, 2) }              # => c_call +, c_return + 3
trace { 1.send(:+, 2); 3.public_send(:succ); 4.method(:pred).call }
# => c_call +, c_return + 3, c_call public_send, c_call succ, c_return succ 4, c_return public_send 4, c_call method, c_return method, c_call call, c_call pred, c_return pred 3, c_return call 3
trace { proc { 1 }.call }                # => c_call proc, c_return proc
trace { [7].each { |v| break v } }       # => c_call each, c_return each
trace { Comparable.instance_method(:clamp).bind_call(5, 1, 3) }
# => c_call instance_method, c_return instance_method, c_call bind_call, c_call clamp, c_return clamp 3, c_return bind_call 3

# What leaves a method is told of with nil, a return from inside a block with its value.
def leaves = [1].each { |v| return v + 1 }
def raises = raise("no")
def throws = throw(:out, 1)
trace { leaves }                         # => call leaves, c_call each, c_call +, c_return + 2, c_return each, return leaves 2
trace { raises rescue 1 }                # => call raises, c_call raise, c_return raise, return raises
trace { catch(:out) { throws } }         # => c_call catch, call throws, c_call throw, c_return throw, return throws, c_return catch 1

# Enabled in the middle: what is under way is told of when it ends.
def enables(trace)
  trace.enable
  1
end
seen = []
outer = TracePoint.new(:call, :return) { |tp| seen << [tp.event, tp.method_id] }
enables(outer)
outer.disable
p seen                                   # => [[:return, :enables]]

# Aliases, singleton methods, where a method is defined.
seen = []
TracePoint.new(:call) { |tp| seen << [tp.method_id, tp.callee_id, tp.defined_class] }.enable do
  point.double
  Point.make
end
p seen[0]                                # => [:twice, :double, Point]
p seen[1]                                # => [:make, :make, #<Class:Point>]

# Keywords, splats, blocks passed on, super.
class Pixel < Point
  def initialize(x, *rest, color: 0, &block)
    super(x)
    block&.call(*rest, color)
  end
end
seen = []
TracePoint.new(:call, :b_call, :c_call) { |tp| seen << [tp.event, tp.method_id] }.enable do
  Pixel.new(1, *[2, 3], color: 4) { |*v| v }
end
p seen[1..]
# => [[:c_call, :new], [:call, :initialize], [:call, :initialize], [:b_call, nil]]
