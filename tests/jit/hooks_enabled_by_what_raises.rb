# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-log
# stderr: method at line 13: compiled
# stderr: method at line 24: compiled
# Activations of machine code that end by an exception, of a callee that has enabled a hook, tell
# their :return.
def bottom(on)
  $trace.enable if on
  raise ArgumentError, "bottom" if on
  0
end
def deep(n, on)
  return bottom(on) if n == 0
  1 + deep(n - 1, on)
end
def over(on)
  deep(2, on) + 1
end

class Made
  def initialize(n, on)
    @n = deeper(n, on)
  end
  def deeper(n, on) = n == 0 ? over(on) : deeper(n - 1, on)
end
def make(n, on)
  Made.new(n, on)
end

def try(on)
  yield
rescue ArgumentError => error
  $trace.disable
  error.message
end

$seen = []
$trace = TracePoint.new(:return) do |tp|
  $seen << [tp.method_id, tp.return_value] unless %i[try enable].include?(tp.method_id)
end
60.times { over(false); make(2, false) }
p try(true) { over(true) }  # => "bottom"
p $seen  # => [[:bottom, nil], [:deep, nil], [:deep, nil], [:deep, nil], [:over, nil]]
$seen.clear
p try(true) { make(1, true) }  # => "bottom"
p $seen.map(&:first)  # => [:bottom, :deep, :deep, :deep, :over, :deeper, :deeper, :initialize, :make]
p over(false)  # => 3
