# SPDX-License-Identifier: MIT
# Methods and blocks that C calls, or that are made of blocks, at the end of the stack: machine code
# that finds no room lets the interpreter go on to the last frame.
class Deep
  define_method(:down) { |n| n.zero? ? 0 : 1 + down(n - 1) }
end
def memo = Hash.new { |hash, n| hash[n] = n.zero? ? 0 : hash[n - 1] + 1 }
def fits?
  yield
  true
rescue SystemStackError
  false
end
deep = Deep.new
400.times { |i| deep.down(i % 7) + memo[i % 7] }
def most = (1..20_000).bsearch { |n| !fits? { yield n } }
p most { |n| deep.down(n) }, most { |n| memo[n] } # => 11994
# => 11994
