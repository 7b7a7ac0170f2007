# SPDX-License-Identifier: MIT
# Hooks and threads, fibers; set_trace_func.
def told = 1
main = Thread.current
threads = []
trace = TracePoint.new(:call) { threads |= [Thread.current == main] }
trace.enable
told
Thread.new { told }.join
trace.disable
p threads                     # => [true, false]
threads = []
trace.enable { told; Thread.new { told }.join }
p threads                     # => [true]
threads = []
trace.enable(target_thread: nil) { told; Thread.new { told }.join }
p threads                     # => [true, false]
threads = []
other = Thread.new { Thread.stop; told }
Thread.pass until other.stop?
trace.enable(target_thread: other) { told; other.wakeup; other.join }
p threads                     # => [false]

events = []
trace = TracePoint.new(:thread_begin, :thread_end, :fiber_switch) { |tp| events << tp.event }
trace.enable(target_thread: nil) { Thread.new { told }.join }
p events                      # => [:thread_begin, :thread_end]
events = []
trace.enable { Fiber.new { Fiber.yield; told }.resume }
p events                      # => [:fiber_switch, :fiber_switch]

# A hook that waits lets other threads run, whose events are told.
order = []
trace = TracePoint.new(:call) do |tp|
  order << [Thread.current == main, :begins]
  Thread.pass
  order << [Thread.current == main, :ends]
end
trace.enable
thread = Thread.new { told }
told
thread.join
trace.disable
p order.sort_by(&:to_s).map(&:last)  # => [:begins, :ends, :begins, :ends]

# Enabled by one thread in the middle of another's loop.
seen = 0
counter = TracePoint.new(:call) { seen += 1 }
stop = false
thread = Thread.new { told until stop }
Thread.pass
counter.enable
Thread.pass until seen > 3
counter.disable
stop = true
thread.join
p seen > 3                    # => true

# set_trace_func: six values.
class Shown
  def show
    a = 1
    a.to_s
  end
end
seen = []
set_trace_func proc { |event, file, line, id, binding, klass|
  seen << [event, File.basename(file), line - 66, id, klass, binding.class]
}
Shown.new.show
set_trace_func(nil)
puts seen.map(&:inspect)
# => ["c-return", "threads.rb", 1, :set_trace_func, Kernel, Binding]
# => ["line", "threads.rb", 4, nil, nil, Binding]
# => ["c-call", "threads.rb", 4, :new, Class, Binding]
# => ["c-call", "threads.rb", 4, :initialize, BasicObject, Binding]
# => ["c-return", "threads.rb", 4, :initialize, BasicObject, Binding]
# => ["c-return", "threads.rb", 4, :new, Class, Binding]
# => ["call", "threads.rb", -5, :show, Shown, Binding]
# => ["line", "threads.rb", -4, :show, Shown, Binding]
# => ["line", "threads.rb", -3, :show, Shown, Binding]
# => ["c-call", "threads.rb", -3, :to_s, Integer, Binding]
# => ["c-return", "threads.rb", -3, :to_s, Integer, Binding]
# => ["return", "threads.rb", -2, :show, Shown, Binding]
# => ["line", "threads.rb", 5, nil, nil, Binding]
# => ["c-call", "threads.rb", 5, :set_trace_func, Kernel, Binding]
p Shown.new.show, seen.size   # => "1"
# => 14
first, second = [], []
thread = Thread.new { Thread.stop; told }
Thread.pass until thread.stop?
thread.set_trace_func(proc { |event,| first << event })
thread.add_trace_func(proc { |event,| second << event })
told
thread.wakeup
thread.join
p first == second, first.include?("call")  # => true
# => true
begin
  set_trace_func(1)
rescue TypeError => e
  puts e.message              # => trace_func needs to be Proc
end
