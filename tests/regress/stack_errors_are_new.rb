# SPDX-License-Identifier: MIT
# Each SystemStackError is an object of its own, with the backtrace and the cause of its place.
def endless = endless
def other(list) = list.each { other(list) }

def error
  yield
rescue SystemStackError => e
  e
end

first = error { endless }
second = error { other([1]) }
p first.equal?(second) # => false
p first.backtrace.first[/[a-z]+'$/], second.backtrace.grep(/endless/) # => "endless'"
# => []
p first.backtrace.last == second.backtrace.last # => false
p first.cause, second.cause # => nil
# => nil
third = begin
  raise "before"
rescue RuntimeError
  error { endless }
end
p third.cause.message, first.cause # => "before"
# => nil
first.set_backtrace(["changed"])
p error { endless }.backtrace.size > 1000 # => true
