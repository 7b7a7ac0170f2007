# SPDX-License-Identifier: MIT
# :raise and :rescue, hooks that raise, $! in hooks.
def fails = Integer("x")
seen = []
trace = TracePoint.new(:raise, :rescue) do |tp|
  seen << [tp.event, tp.raised_exception.class, tp.method_id, $!]
end
trace.enable do
  begin
    fails
  rescue TypeError
    1
  rescue ArgumentError
    2
  end
  begin
    raise "again"
  rescue => e
    begin
      raise e
    rescue
      3
    end
  end
  nil.foo rescue 4
  begin
    begin
      raise IOError
    ensure
      5
    end
  rescue IOError
    6
  end
  loop { raise StopIteration }
end
puts seen.map(&:inspect)
# => [:raise, ArgumentError, :fails, nil]
# => [:rescue, ArgumentError, nil, nil]
# => [:raise, RuntimeError, nil, nil]
# => [:rescue, RuntimeError, nil, nil]
# => [:raise, RuntimeError, nil, nil]
# => [:rescue, RuntimeError, nil, nil]
# => [:raise, NoMethodError, nil, nil]
# => [:rescue, NoMethodError, nil, nil]
# => [:raise, IOError, nil, nil]
# => [:rescue, IOError, nil, nil]
# => [:raise, StopIteration, nil, nil]

# What a hook raises comes out of where the event is; the hook stays enabled.
def told = 1
def inside
  told
rescue => e
  "rescued #{e.message}"
ensure
  $ensured = true
end
%i[call return line c_call].each do |event|
  trace = TracePoint.new(event) { |tp| raise "in #{event}" if %i[told +].include?(tp.method_id) }
  result = trace.enable { event == :c_call ? (1 + 1 rescue "rescued #{$!.message}") : inside }
  puts "#{result} #{$ensured} #{trace.enabled?}"
end
# => rescued in call true false
# => rescued in return true false
# => rescued in line true false
# => rescued in c_call true false
def raises = raise(TypeError, "own")
trace = TracePoint.new(:raise) { raise KeyError, "hook's" }
trace.enable { raises } rescue p $!.class        # => KeyError
trace = TracePoint.new(:return) { |tp| raise KeyError if tp.method_id == :raises }
trace.enable { raises } rescue p $!.class        # => KeyError

# A hook may leave by throw; break and return out of it have nothing to leave.
trace = TracePoint.new(:call) { throw :out, 9 }
p catch(:out) { trace.enable { told } }          # => 9
p told                                           # => 1

# $! stays as it was.
trace = TracePoint.new(:line) { begin; raise "q"; rescue; end }
begin
  raise "kept"
rescue
  trace.enable do
    told
    puts $!.message                              # => kept
  end
end
