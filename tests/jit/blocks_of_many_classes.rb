# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=30 --jit-optimize=1000000000 --jit-exit-threshold=20 --jit-log
# stderr: loop (core) at line 39 for line 16: compiled
# stderr: line 22: CALL_WITH_BLOCK is not compiled
# stderr-count: 0 line 16: CALL_WITH_BLOCK is not compiled
# A call with a literal block has a way for each class of receivers, sixteen at most.
(1..20).each do |k|
  eval <<~RUBY
    class Part#{k}; def initialize(v) = @v = v; def each_value; yield @v; yield @v + #{k}; end; end
  RUBY
end
def parts(kinds) = Array.new(kinds * 5) { |i| Object.const_get("Part#{i % kinds + 1}").new(i) }

def twelve(parts)
  sum = 0
  parts.each { |part| part.each_value { |v| sum += v } }
  sum
end

def twenty(parts)
  sum = 0
  parts.each { |part| part.each_value { |v| sum += v } }
  sum
end
list, more, sums = parts(12), parts(20), nil
60.times { sums = [twelve(list), twenty(more)] }
p sums # => [3930, 10950]
