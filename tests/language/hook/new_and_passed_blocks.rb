# SPDX-License-Identifier: MIT
# What is told of `new` when its initialize enables the hook, and of calls with a passed block.
class Made
  def initialize(trace)
    @trace = trace
    trace.enable
  end
end
events = []
trace = TracePoint.new(:c_return) { |t| events << [t.method_id, t.return_value.class] }
Made.new(trace)
trace.disable
p events # => [[:new, Made]]

def takes(x) = yield(x)
passed = proc { |x| x + 1 }
calls = []
trace = TracePoint.new(:call, :c_call) { |t| calls << t.method_id }
trace.enable
takes(1, &passed)
[1, 2].map(&passed)
takes(2, &:succ)
trace.disable
p calls - [:disable] # => [:takes, :+, :map, :+, :+, :takes, :succ]
