# SPDX-License-Identifier: MIT
# return and break out of what a fiber, a thread or an enumerator runs for somebody else: they are
# refused where they stand, and can be rescued there.
Thread.report_on_exception = false

def told
  yield
rescue LocalJumpError => e
  [e.message, e.backtrace.first[/\d+/].to_i]
end

def thread_returns = Thread.new { return 5 }.join
def fiber_returns = Fiber.new { return 5 }.resume
def enumerator_returns = Enumerator.new { |y| y << 1; return 5 }.then { |e| e.next; e.next }
def in_fiber(&block) = Fiber.new { block.call }.resume
def each_breaks = [1].each { in_fiber { break } }
def block_returns = in_fiber { return 4 }
def rescued_there = in_fiber { begin; return 4; rescue LocalJumpError; :there; end }

p told { thread_returns } # => ["unexpected return", 12]
p told { fiber_returns } # => ["unexpected return", 13]
p told { enumerator_returns } # => ["unexpected return", 14]
p told { each_breaks } # => ["break from proc-closure", 16]
p told { block_returns } # => ["unexpected return", 17]
p rescued_there # => :there
p told { Thread.new { return }.join } # => ["unexpected return", 26]
p in_fiber { next 3 } # => 3
p Thread.new { [1, 2].each { |x| break x } }.value # => 1
p Fiber.new { -> { return 7 }.call }.resume # => 7
p((1..40).map { told { fiber_returns } }.uniq) # => [["unexpected return", 13]]
