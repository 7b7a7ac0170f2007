# What is written in C, called by public_send, Method#call and bind_call: values, errors, and the
# line of the caller in backtraces.
class Pair
  attr_accessor :left

  def inspect = raise("no text")
end

def trace
  yield
rescue StandardError => e
  [e.class, e.message, e.backtrace.map { |line| line[/'(.*)'/, 1] }.take_while { |name| name[0] != "b" }.last]
end

pair = Pair.new
3.times do |i|
  p pair.public_send(:left=, i), pair.public_send(:left), pair.method(:left).call, pair.method(:left=).call(i + 1), pair.left
end # => 0
# => 0
# => 0
# => 1
# => 1
# => 1
# => 1
# => 1
# => 2
# => 2
# => 2
# => 2
# => 2
# => 3
# => 3
p [3].method(:fetch).call(0), [3].public_send(:fetch, 0), Array.instance_method(:fetch).bind_call([4], 0) # => 3
# => 3
# => 4
p trace { [3].public_send(:fetch, 9) } # => [IndexError, "index 9 outside of array bounds: -1...1", "Kernel#public_send"]
p trace { [3].method(:fetch).call(9) } # => [IndexError, "index 9 outside of array bounds: -1...1", "Method#call"]
p trace { Array.instance_method(:fetch).bind_call([4], 9) } # => [IndexError, "index 9 outside of array bounds: -1...1", "UnboundMethod#bind_call"]
p trace { "a".public_send(:length, 1) } # => [ArgumentError, "wrong number of arguments (given 1, expected 0)", "Kernel#public_send"]
p trace { "a".method(:length).call(1) } # => [ArgumentError, "wrong number of arguments (given 1, expected 0)", "Method#call"]
p trace { pair.public_send(:left, 1) } # => [ArgumentError, "wrong number of arguments (given 1, expected 0)", "Kernel#public_send"]
p trace { [pair].public_send(:inspect) } # => [RuntimeError, "no text", "Kernel#public_send"]
p trace { [pair].method(:inspect).call } # => [RuntimeError, "no text", "Method#call"]
p trace { "a".public_send(:puts) }.first # => NoMethodError
p 1.public_send(:then).class, [[1, 2]].public_send(:to_h, **{}) # => Enumerator
# => {1 => 2}
x = 7
p public_send(:binding).local_variable_get(:x) rescue p $!.class # => NoMethodError
p method(:binding).call.local_variable_get(:x) # => 7
calls = []
TracePoint.new(:c_call) { |point| calls << point.method_id }.enable { 5.public_send(:abs); 5.method(:abs).call }
p calls # => [:public_send, :abs, :method, :call, :abs]
