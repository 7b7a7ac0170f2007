# Machine code that leaves between the ways of a call whose splat was taken apart, or whose name is
# sent, leaves with the arguments as they were written.
class Account
  def initialize = @sum = 0
  def deposit(amount, note = 5) = @sum += amount + note
  def withdraw(amount, note = 3) = @sum -= amount + note
  def audit(amount, *rest) = @sum * 2 + amount + rest.size
  def keyed(amount, note: "none") = @sum += amount + note.size
end

first = ->(amount, note = nil) { amount + (note || 1) }
second = ->(amount, *rest) { amount * 2 + rest.size }
third = ->(*all) { all.sum }
account = Account.new
deposit = account.method(:deposit)
withdraw = account.method(:withdraw)
audit = account.method(:audit)
keyed = account.method(:keyed)

# Procs, or Methods, of which a third one comes late.
def call_each(handlers, args)
  sum = 0
  handlers.each { |handler| sum += handler.call(*args) }
  sum
end
p call_each([first, second] * 45 + [third] * 10, [20, 30]) # => 4595
p call_each([deposit, withdraw] * 45 + [audit] * 10, [9]) # => 6570

# Keywords that are not known when it is built.
def call_with(handlers, args, opts)
  sum = 0
  100.times { |i| sum += handlers[i & 1].call(*args, **opts) }
  sum
end
keyed_proc = ->(amount, note: "") { amount * 2 + note.size }
p call_with([keyed, keyed_proc], [4], {}) # => 15100
p call_with([keyed, keyed_proc], [4], { note: "ab" }) # => 32650

# A name that is sent to them.
def send_each(handlers, name, args)
  sum = 0
  handlers.each { |handler| sum += handler.send(name, *args) }
  sum
end
p send_each([first, second] * 45 + [third] * 10, :call, [5]) # => 770
p send_each([deposit, withdraw] * 45 + [audit] * 10, :call, [7]) # => 93360
