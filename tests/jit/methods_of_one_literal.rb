# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=30 --jit-log --dump=ir
# stderr: loop at line 21: compiled
# stderr-count: 0 is not compiled
# stderr-count: 0 call.send
# stderr-count: 0 call.guest
# stderr-count: 0 call.lookup
# Methods that define_method has made of one literal, and that one call meets in turn, are each built
# in place.
class Machine
  %i[a bb ccc].each_with_index do |name, index|
    define_method("on_#{name}") { |x| @state = x * 10 + index + name.size }
  end
  attr_reader :state
  def initialize = @state = 0
end

def run(machine, events, rounds)
  sum = i = 0
  while i < rounds
    machine.send(events[i % 3], i)
    sum += machine.state
    i += 1
  end
  sum
end
machine = Machine.new
p run(machine, %i[on_a on_bb on_ccc], 600) # => 1798800
# One of them is another method from now on.
class Machine
  define_method(:on_bb) { |x| @state = -x }
end
p run(machine, %i[on_a on_bb on_ccc], 600) # => 1139300
