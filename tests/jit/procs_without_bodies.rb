# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=50 --jit-calls=1 --jit-log --jit-stats
# stderr: for line 12: compiled
# stderr: for line 18: compiled
# stderr: for line 24: compiled
# stderr: for line 32: compiled
# stderr-count: 0 is not compiled
# stderr-count: 0 guard.obj
# Where Procs of literals come together with those of Symbols and of methods that C has, the former
# are built in place and the others are called: no guard expects one of the former.
def mixed(procs, sum = 0)
  600.times { |i| sum += procs[i % procs.size].call(i) }
  sum
end
p mixed([->(x) { x * 2 }, :succ.to_proc, 5.method(:+).to_proc]) # => 240600

def symbols(procs, sum = 0)
  600.times { |i| sum += procs[i % 2].(i) }
  sum
end
p symbols([:succ.to_proc, :pred.to_proc]) # => 179700

def methods(list, sum = 0)
  600.times { |i| sum += list[i % 2].call(i) }
  sum
end
def twice(x) = x * 2
p methods([method(:twice), 5.method(:+)]) # => 270900

# The Proc that is not of a literal raises, and may be rescued.
def raises(procs, sum = 0)
  600.times do |i|
    sum += begin
      procs[i % 2].call(i)
    rescue NoMethodError
      1
    end
  end
  sum
end
p raises([->(x) { x }, :nothing.to_proc]) # => 90000
