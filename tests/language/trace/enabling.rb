# SPDX-License-Identifier: MIT
# TracePoint.new, trace, enable, disable, enabled?, allow_reentry, inspect, and their errors.
def told = 1
count = 0
trace = TracePoint.new(:call) { count += 1 }
p trace.enabled?, trace.enable, trace.enabled?, trace.enable     # => false
# => false
# => true
# => true
told
p trace.disable { told; trace.enabled? }, trace.enabled?         # => false
# => true
told
p trace.disable, trace.disable, count                            # => true
# => false
# => 2
p trace.enable { told; 5 }, trace.enabled?, count                # => 5
# => false
# => 3
begin
  trace.enable { raise "out" }
rescue => e
  p e.message, trace.enabled?                                    # => "out"
end
# => false
other = TracePoint.trace("call") { count += 10 }
p other.enabled?                                                 # => true
told
other.disable
p count                                                          # => 13

# While a hook runs nothing is told, unless it says so.
seen = []
trace = TracePoint.new(:call) do |tp|
  seen << tp.method_id
  told if tp.method_id != :told
end
def first = 2
trace.enable { first }
p seen                                                           # => [:first]
seen.clear
trace = TracePoint.new(:call) do |tp|
  seen << tp.method_id
  TracePoint.allow_reentry { told } if tp.method_id != :told
end
trace.enable { first }
p seen                                                           # => [:first, :told]

# A hook may disable itself, enable others, and be disabled by another one.
seen = []
once = TracePoint.new(:call) { seen << 1; once.disable }
once.enable
told
told
p seen                                                           # => [1]
nested = TracePoint.new(:call) { seen << 2 }
starts = TracePoint.new(:call) { nested.enable; starts.disable }
starts.enable
told
told
nested.disable
p seen                                                           # => [1, 2]

# Events by name; all of them without one.
all = []
TracePoint.new { |tp| all |= [tp.event] }.enable { told; [1].each { |x| x } }
p all                # => [:b_call, :line, :call, :return, :c_call, :b_return, :c_return]
all = []
TracePoint.new(:a_call, :a_return) { |tp| all |= [tp.event] }.enable { told; [1].each { |x| x } }
p all                # => [:b_call, :call, :return, :c_call, :b_return, :c_return]

def error
  yield
rescue => e
  puts "#{e.class}: #{e.message}"
end
error { TracePoint.new(:call) }              # => ArgumentError: must be called with a block
error { TracePoint.new(:nothing) { } }       # => ArgumentError: unknown event: nothing
error { TracePoint.new(1) { } }              # => TypeError: wrong argument type Integer (expected symbol)
error { trace.lineno }                       # => RuntimeError: access from outside
error { trace.self }                         # => RuntimeError: access from outside
error { TracePoint.allow_reentry { } }       # => RuntimeError: No need to allow reentrance.
error { TracePoint.allocate }                # => TypeError: allocator undefined for TracePoint
error { TracePoint.new(:call) { |tp| tp.return_value }.enable { told } }
# => RuntimeError: not supported by this event
error { TracePoint.new(:return) { |tp| tp.raised_exception }.enable { told } }
# => RuntimeError: not supported by this event
error { TracePoint.new(:line) { |tp| tp.parameters }.enable { told } }
# => RuntimeError: not supported by this event
error { trace.enable(target_line: 3) { } }   # => ArgumentError: only target_line is specified
error { trace.enable(target: 3) { } }        # => ArgumentError: specified target is not supported
error { trace.enable(target: proc { }, target_line: 3) { } }
# => ArgumentError: target_line is specified, but line event is not specified
error { trace.enable(target: proc { }) { } } # => ArgumentError: can not enable any hooks
error { trace.enable { trace.enable(target: method(:told)) { } } }
# => ArgumentError: can't nest-enable a targeting TracePoint
error { trace.enable(target: method(:told)) { trace.enable { } } }
# => ArgumentError: can't nest-enable a targeting TracePoint
error { trace.enable(target: method(:told)) { trace.disable { } } }
# => ArgumentError: can't disable a targeting TracePoint in a block
error { trace.enable { trace.enable { } } }  # => ArgumentError: can not override target_thread filter
p trace, trace.enabled?                      # => #<TracePoint:disabled>
# => false
trace.enable { p trace }                     # => #<TracePoint:enabled>
