# SPDX-License-Identifier: MIT
# What an event can be asked: self, path, lineno, binding, parameters, values; inspect; targets.
class Asked
  def call(a, b = 2, *c, d:, &e)
    inner = a + b
    inner
  end
  def self.make(x) = new
end
asked = Asked.new
seen = {}
trace = TracePoint.new(:call, :return, :c_call, :b_call, :class, :line) do |tp|
  seen[tp.event] = [tp.self.class, tp.lineno, File.basename(tp.path), tp.inspect.sub(/ [^ ]*asking/, " asking")]
  seen[:parameters] = tp.parameters if tp.event == :call
  seen[:block] = tp.parameters if tp.event == :b_call
  seen[:leaf] = [tp.parameters, tp.binding] if tp.event == :c_call
  seen[:locals] = tp.binding.local_variables.first(6) if tp.event == :return
  seen[:inner] = tp.binding.local_variable_get(:inner) if tp.event == :return
  seen[:value] = tp.return_value if tp.event == :return
  seen[:changed] = tp.binding.local_variable_set(:inner, 40) if tp.event == :line && tp.lineno == 6
end
trace.enable
asked.call(1, d: 3)
[1].each { |x, (y, z), *w| x }
class Asked; end
[1, 2].first(1)
trace.disable
p seen[:call]        # => [Asked, 4, "asking.rb", "#<TracePoint:call 'call' asking.rb:4>"]
p seen[:return]      # => [Asked, 7, "asking.rb", "#<TracePoint:return 'call' asking.rb:7>"]
p seen[:b_call]      # => [Object, 24, "asking.rb", "#<TracePoint:b_call asking.rb:24>"]
p seen[:class]       # => [Class, 25, "asking.rb", "#<TracePoint:class asking.rb:25>"]
p seen[:c_call]      # => [Array, 26, "asking.rb", "#<TracePoint:c_call 'first' asking.rb:26>"]
p seen[:parameters]  # => [[:req, :a], [:opt, :b], [:rest, :c], [:keyreq, :d], [:block, :e]]
p seen[:block]       # => [[:opt, :x], [:opt], [:rest, :w]]
p seen[:leaf][1]     # => nil
p seen[:locals]      # => [:a, :b, :c, :d, :e, :inner]
p seen[:inner], seen[:value]   # => 40
# => 40

# Only one body is looked at, with the blocks in it; only one of its lines.
def body(n)
  a = n
  [1].each do |x|
    helper
  end
  a
end
def helper
  3
end
lines = []
trace = TracePoint.new(:line, :call, :b_call) { |tp| lines << [tp.event, tp.lineno - 41] }
trace.enable(target: method(:body)) { body(1); helper }
p lines              # => [[:call, 0], [:line, 1], [:line, 2], [:b_call, 2], [:line, 3], [:line, 5]]
lines.clear
trace.enable(target: method(:body), target_line: 44) { body(1); helper }
p lines              # => [[:line, 3]]
block = proc { |v|
  v + 1
}
lines.clear
trace.enable(target: block) { block.call(2); proc { }.call }
p lines.map(&:first) # => [:b_call, :line]
begin
  trace.enable(target: block, target_line: 43) { }
rescue ArgumentError => e
  puts e.message     # => can not enable any hooks
end

# Text that is evaluated.
scripts = []
TracePoint.new(:script_compiled) { |tp| scripts << tp.eval_script }.enable { eval "1 + 1" }
p scripts            # => ["1 + 1"]
