# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr-count: 0 is not compiled
# stderr-count: 0 cannot be compiled
# stderr-count: 0 by the protocol
# stderr: call.lookup
# A Method is called by a table where its arguments are not known, or it is one of C; its frame has
# the line of what called it.
class Account
  def initialize = @sum = 0
  def deposit(amount, note: "none", **more) = @sum += amount + note.size + more.size
  def lines(*, **) = caller(0)[0, 3].map { |line| line[/'.*'/] }
end

def emit(handlers, n, args, options)
  sum = 0
  n.times { |i| sum += handlers[i % handlers.size].call(*args, **options) }
  sum
end

account = Account.new
both = [account.method(:deposit), ->(amount, note: "", **) { amount + note.size }]
p emit(both, 400, [3], {}) # => 141300
p emit(both, 300, [3], { note: "ab", other: 1 }) # => 278700

def of_c(methods, list)
  sum = 0
  300.times { |i| sum += methods[i % 2].call(list[i % 3]) }
  sum
end
p of_c([5.method(:+), 7.method(:*)], [1, 2, 3]) # => 3150

def lines(methods, objects, n, args, options)
  seen = []
  n.times do |i|
    seen << methods[i % 2].call(*args, **options)
    seen << objects[i % 2].public_send([:lines, :size][i % 2], *args, **options)
  end
  seen.uniq
end
p lines([account.method(:lines), 3.method(:size)], [account, 4], 300, [], {})
# => [["'Account#lines'", "'Method#call'", "'block in Object#lines'"], ["'Account#lines'", "'Kernel#public_send'", "'block in Object#lines'"], 8]
