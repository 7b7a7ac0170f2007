# SPDX-License-Identifier: MIT
# Procs that hot loops make by proc, lambda and Proc.new.
def simple(n)
  t = 0
  i = 0
  while i < n
    pr = proc { |x, y| x + y.to_i }
    t += pr.call(i) + pr.(i, 1) + pr[[i, 2]]
    l = lambda { |x| x + t % 3 }
    t += l.call(i)
    q = Proc.new { |x = 5| x }
    t += q.call + q.yield(i)
    t += 100 if l.lambda? && !pr.lambda? && pr.arity == 2 && q.class == Proc
    i += 1
  end
  t
end
p simple(60)
def leaving(n)
  out = []
  i = 0
  while i < n
    l = lambda { |x| return x + 1 if x.odd?; x }
    m = lambda { |x| break x * 2 if x > 10; next 0 if x == 4; x }
    out << l.call(i) << m.call(i)
    i += 1
  end
  out
end
p leaving(40).sum
def proc_returns(k)
  pr = proc { |x| return x if x == k; x }
  i = 0
  while i < 20
    pr.call(i)
    i += 1
  end
  :end
end
def calls(n) = n.times.map { |i| proc_returns(i % 25) }.tally
p calls(60).to_a.size
def kept(n)
  list = []
  i = 0
  while i < n
    j = i
    list << proc { j += 1 } << lambda { j * 2 } << Proc.new { [i, j] }
    i += 1
  end
  list.map(&:call).flatten.sum
end
p kept(50)
def wrong(n)
  out = []
  i = 0
  while i < n
    l = lambda { |x| x }
    pr = proc { |x| raise "no #{x}" if x == 25; x }
    begin
      i % 7 == 6 ? l.call : l.call(i)
      pr.call(i)
    rescue => e
      out << e.message
      puts e.backtrace.map { |b| b[/\d+:in.*/] } if i == 25 || i == 13
    end
    i += 1
  end
  out
end
p wrong(30)
begin
  proc
rescue ArgumentError => e
  p e.message
end
class Sub < Proc
  attr_reader :a
  def initialize(a = 0) = @a = a
end
def subs(n)
  t = 0
  i = 0
  while i < n
    s = Sub.new(i) { |x| x * 2 }
    t += s.call(3) + s.a
    t += 1 if s.class == Sub
    b = proc { 1 }
    t += 1 if Proc.new(&b).equal?(b) && proc(&b).equal?(b)
    i += 1
  end
  t
end
p subs(40)
def redefined(n)
  out = []
  i = 0
  while i < n
    out << proc { 1 }.call << lambda { 2 }.call << Proc.new { 3 }.call
    if i == 20
      Kernel.module_eval { alias_method :old_proc, :proc; def proc = -> { :own } }
    elsif i == 30
      Proc.class_eval { def initialize = $inits = $inits.to_i + 1 }
    elsif i == 35
      Kernel.module_eval { alias_method :old_lambda, :lambda; def lambda = -> { :own2 } }
    end
    i += 1
  end
  [out.tally.to_a, $inits]
ensure
  Kernel.module_eval { alias_method :proc, :old_proc; alias_method :lambda, :old_lambda }
  Proc.class_eval { remove_method :initialize }
end
p redefined(40)
def passes(&b)
  i = 0
  t = 0
  while i < 30
    x = lambda { |y| y + i }
    t += [1, 2].map(&x).sum
    t += proc(&b).call(i)
    i += 1
  end
  t
end
p passes { |z| z * 2 }
p method(:proc).arity, method(:lambda).arity
