# SPDX-License-Identifier: MIT
# :b_call, :b_return, :class, :end: blocks, lambdas, bodies of define_method, class bodies; break,
# next and exceptions out of them.
def trace(*events, &block)
  seen = []
  TracePoint.new(*events) do |tp|
    told = [tp.event]
    told << tp.return_value if tp.event.end_with?("return") && Integer === tp.return_value
    seen << told.join(" ")
  end.enable(&block)
  puts seen[1..].join(", ") # without the block of `enable`
end

ENDS = %i[b_call b_return call return]
def each_twice
  yield 1
  yield 2
end
trace(*ENDS) { each_twice { |x| x + 1 } }
# => call, b_call, b_return 2, b_call, b_return 3, return 3, b_return 3
trace(*ENDS) { each_twice { |x| break x * 7 } }  # => call, b_call, b_return 7, return, b_return 7
trace(*ENDS) { each_twice { |x| next x * 7 } }
# => call, b_call, b_return 7, b_call, b_return 14, return 14, b_return 14
trace(*ENDS) { -> { return 5 }.call }            # => b_call, b_return 5, b_return 5
trace(*ENDS) { [1, 2].map { |x| x }.size }
# => b_call, b_return 1, b_call, b_return 2, b_return 2
trace(*ENDS) { [1].each { [2].each { |x| x } } } # => b_call, b_call, b_return 2, b_return, b_return
trace(*ENDS) { each_twice { raise "no" } rescue 0 }
# => call, b_call, b_return, return, b_return 0
trace(*ENDS) { catch(:out) { each_twice { throw :out, 4 } } }
# => b_call, call, b_call, b_return, return, b_return, b_return 4

class Made
  define_method(:made) { |x = 3| x }
  define_method(:stops) { return 8 }
end
trace(*ENDS) { Made.new.made }                   # => call, b_call, b_return 3, return 3, b_return 3
trace(*ENDS) { Made.new.stops }                  # => call, b_call, b_return 8, return 8, b_return 8
trace(*ENDS) { Made.new.instance_eval { 6 } }    # => b_call, b_return 6, b_return 6
trace(*ENDS) { for i in [1, 2] do i end }
# => b_call, b_return 1, b_call, b_return 2, b_return

trace(:class, :end, :b_call) do
  class Made; end
  module Inside; class Made; end; end
  class << self; end
  Class.new { 1 }
end
# => class, end, class, class, end, end, class, end, b_call

# Lines of the events.
first = __LINE__ + 2
lines = []
TracePoint.new(:call, :return, :b_call, :b_return, :class, :end) do |tp|
  lines << [tp.event, tp.lineno - first]
end.enable do
  class Lines            # 5
    def call(x)          # 6
      return 1 if x == 1
      [x].each do |v|    # 8
        v
      end                # 10
    end
  end                    # 12
  Lines.new.call(1)
  Lines.new.call(2)
end
p lines
# => [[:b_call, 2], [:class, 3], [:end, 10], [:call, 4], [:return, 5], [:call, 4], [:b_call, 6], [:b_return, 8], [:return, 9], [:b_return, 13]]
