# SPDX-License-Identifier: MIT
# return, break and next of procs and lambdas whose method or call has ended, or runs elsewhere.
def orphan = (yield; :fine) rescue [$!.class, $!.message, ($!.reason if $!.respond_to?(:reason))]
def returning = proc { return 1 }
def breaking = proc { break 2 }
def nexting = proc { next 3 }
def taken(&b) = b
def run(pr) = [:before, pr.call, :after]
p orphan { returning.call }, orphan { breaking.call }, nexting.call, orphan { run(returning) }, orphan { run(breaking) }, run(nexting)
# => [LocalJumpError, "unexpected return", :return]
# => [LocalJumpError, "break from proc-closure", :break]
# => 3
# => [LocalJumpError, "unexpected return", :return]
# => [LocalJumpError, "break from proc-closure", :break]
# => [:before, 3, :after]
p orphan { taken { break 4 }.call }, taken { next 5 }.call, orphan { [1].each(&breaking) }, orphan { [1, 2].map(&returning) }, [1, 2].map(&nexting)
# => [LocalJumpError, "break from proc-closure", :break]
# => 5
# => [LocalJumpError, "break from proc-closure", :break]
# => [LocalJumpError, "unexpected return", :return]
# => [3, 3]

# Inside the method that made it a proc returns from the method, however deep the call is.
def made_and_run
  pr = proc { return :from_proc }
  [1].each { [2].each { run(pr) } }
  :not_reached
ensure
  ($ensured ||= []) << :made
end
def via_lambda = (-> { [1].each { |x| return x + 10 }; :not_here }.call; :after_lambda)
def lambda_value = -> { [1].each { |x| return x + 10 }; :not_here }.call
def proc_in_lambda = -> { proc { return :inner }.call; :never }.call
def lambda_in_proc = (proc { -> { return :lambda_only }.call }.call; :went_on)
def break_in_lambda = -> { [1, 2].each { |x| break x * 100 }; break :lambda_break }.call
def kept_lambda = ->(x) { return [:kept, x] if x > 0; :zero }
p made_and_run, $ensured, via_lambda, lambda_value, proc_in_lambda, lambda_in_proc, break_in_lambda, kept_lambda.call(1), kept_lambda.call(0)
# => :from_proc
# => [:made]
# => :after_lambda
# => 11
# => :inner
# => :went_on
# => :lambda_break
# => [:kept, 1]
# => :zero
def recursive(n, pr = nil)
  pr ||= proc { return [:outermost, n] }
  return pr.call if n.zero?
  recursive(n - 1, pr)
  :unreached
end
p recursive(5) # => [:outermost, 5]
def each_level(n, &b) = n.zero? ? [proc { return [:level, n] }.call, :never] : [n, each_level(n - 1, &b)]
p each_level(2) # => [2, [1, [:level, 0]]]
def ends_middle
  pr = nil
  x = [1, 2, 3].each { |v| pr = proc { break v }; pr.call if v == 2 }
  x
end
p orphan { ends_middle } # => [LocalJumpError, "break from proc-closure", :break]

# break ends the call that the block was given to, not the one that runs it.
def outer_call = [:outer, inner_call { |x| yield x }]
def inner_call = [:inner, yield(1), yield(2)]
p outer_call { |x| break [:broke, x] if x == 2; x }, (inner_call { |x| break :direct }), [1, 2].each { |x| inner_call { |y| break } }, inner_call { inner_call { break :in } }
# => [:broke, 2]
# => :direct
# => [1, 2]
# => [:inner, :in, :in]
def passes(&b) = [:passes, inner_call(&b)]
p passes { |x| break x }, passes(&->(x) { break [:lambda, x] }), orphan { b = taken { |x| break x }; inner_call(&b) }, passes { |x| next x * 2 }
# => 1
# => [:passes, [:inner, [:lambda, 1], [:lambda, 2]]]
# => [LocalJumpError, "break from proc-closure", :break]
# => [:passes, [:inner, 2, 4]]
def breaks_self = [1, 2, 3].map { |x| x == 2 ? (break :self_broke) : x }
p breaks_self, (loop { loop { break }; break :both }), [[1, 2], [3]].each { |l| l.each { |x| break } }.size, 3.times { |i| 3.times { |j| break if j == i }; break i * 7 if i == 2 }
# => :self_broke
# => :both
# => 2
# => 14

# define_method, instance_exec, method objects, threads, fibers and enumerators.
class Holder
  define_method(:ret) { [1].each { return :from_block }; :never }
  define_method(:brk) { [1].each { break }; :after_break }
  define_method(:prc, &proc { |x| return [:as_lambda, x] if x; :nil })
  def ie(&b) = [instance_exec(&b), :kept]
end
h = Holder.new
def exec_return(h) = (h.ie { return :whole_method }; :never)
p h.ret, h.brk, h.prc(1), h.prc(nil), exec_return(h), (h.ie { break :broken }), h.ie { next :nexted } # => :from_block
# => :after_break
# => [:as_lambda, 1]
# => :nil
# => :whole_method
# => :broken
# => [:nexted, :kept]
def in_thread = (Thread.new { Thread.current.report_on_exception = false; return 1 }.join; :joined)
p orphan { in_thread }.first, orphan { Thread.new { Thread.current.report_on_exception = false; break 1 }.join }.first, Thread.new { next 7 }.value
# => LocalJumpError
# => LocalJumpError
# => 7
def in_fiber = (Fiber.new { return 1 }.resume; :after)
p orphan { in_fiber }.first, orphan { Fiber.new { break 1 }.resume }.first, Fiber.new { next 8 }.resume # => LocalJumpError
# => LocalJumpError
# => 8
def in_enumerator = Enumerator.new { |y| y << 1; y << 2 }.each { |x| return [:enum, x] if x == 2 }
p in_enumerator, Enumerator.new { |y| y << 1; y << 2 }.each { |x| break x * 5 }, (Enumerator.new { |y| 3.times { |i| y << i } }.lazy.map { |x| next 0 if x == 1; x }.to_a)
# => [:enum, 2]
# => 5
# => [0, 0, 2]
def via_method_object = [1, 2].each(&method(:returner))
def returner(x) = (return x * 2)
p via_method_object, [1, 2].map(&method(:returner)), %w[a].each_with_index { |s, i| break [s, i] }, { a: 1 }.each { |k, v| break k, v }, [3, 1].sort { |a, b| break :sorted }, [1].inject(0) { |a, x| next a + x }, "ab".gsub(/./) { |c| next c.upcase }, [1, 2].sum { |x| break :summed if x == 2; x }
# => [1, 2]
# => [2, 4]
# => ["a", 0]
# => [:a, 1]
# => :sorted
# => 1
# => "AB"
# => :summed
