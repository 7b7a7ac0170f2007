# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-log
# stderr: method at line 18: compiled
# stderr: method at line 63: compiled
# stderr: method at line 71: compiled
# stderr: method at line 1: compiled
# Blocks that only C calls come to machine code, those of define_method and Procs of many literals
# as well. They see the locals around as always, in Envs on the stack and in the heap; next, break,
# return, redo, what they raise and what they call behave as in the interpreter.
A = (0...300).map { |i| i * 7919 % 307 }
def sorted(list, sign)
  calls = 0
  r = list.sort do |a, b|
    calls += 1
    sign * (a <=> b)
  end
  defaults = Hash.new do |h, k|
    h[k] = k.odd? ? k + sign : k
  end
  [r.first(3), calls > 1000, (0...200).sum { |k| defaults[k] }, defaults.size]
end
3.times { sorted(A, 1) }
p sorted(A, 1) # => [[0, 1, 2], true, 20000, 200]
p sorted(A, -1) # => [[306, 305, 304], true, 19800, 200]

def breaks(list, at)
  n = 0
  r = list.sort { |a, b| (n += 1) == at ? (break [:broken, n]) : a - b }
  r.first(2)
end
p breaks(A, 0), breaks(A, 500) # => [0, 1]
# => [:broken, 500]
def returns(list, at)
  n = 0
  list.max { |a, b| (n += 1) == at ? (return [:returned, n]) : a <=> b }
end
p returns(A, 0), returns(A, 222) # => 306
# => [:returned, 222]
def raises(list, at)
  n = 0
  list.min do |a, b|
    n += 1
    raise ArgumentError, "at #{n}" if n == at
    next 0 if n > 1_000_000
    a <=> b
  end
rescue ArgumentError => e
  [e.message, e.backtrace.first(3).map { |line| line[/\d+:in.*/] }]
end
p raises(A, 0) # => 0
p raises(A, 250) # => ["at 250", ["43:in 'block in Object#raises'", "41:in 'Array#min'", "41:in 'Object#raises'"]]
def again(list)
  n = 0
  list.sort_by { |a| n += 1; redo if n == 100; -a }.first + n
end
p again(A) # => 607

# ---- define_method
class Made
  attr_reader :factor
  def initialize(factor) = @factor = factor
  4.times do |k|
    define_method("times#{k}") { |x, y = 1| x * @factor + k * y }
    define_method("early#{k}") do |x|
      return -1 if x < 10
      [1, 2, 3].each { |v| return v if v > k }
      yielded = ->(z) { z + k }
      yielded.call(x)
    end
  end
  define_method(:<=>) { |other| @factor <=> other.factor }
  define_method(:to_s) { "made #{@factor}" }
  def to_str = to_s
end
made = (0...60).map { |i| Made.new(i * 17 % 61) }
p made.sort.first(3).map(&:factor) # => [0, 1, 2]
4.times { made.sort }
p made.min_by(2, &:factor).size # => 2
p made.join("").size # => 410
def run(list, n)
  total = i = 0
  while i < n
    o = list[i % 60]
    total += o.send("times#{i % 4}", i) + o.times2(i, 3) + o.public_send("early#{i % 4}", i)
    i += 1
  end
  total
end
p run(made, 600) # => 10768619
begin
  made[0].times1
rescue ArgumentError => e
  p e.message # => "wrong number of arguments (given 0, expected 1..2)"
end

# ---- Procs of many literals
def adders(n)
  (0...n).map do |k|
    eval k.even? ? "proc { |x, y| n += 1 if x == 0; x + (y || k) }" : "lambda { |x, z = k| x * z }"
  end
end
def apply(procs, n)
  total = i = 0
  while i < n
    total += procs[i % procs.size].call(i)
    i += 1
  end
  total
end
KEPT = adders(14) + [proc { |x| next 5 if x > 30; self.then { x } }, :succ.to_proc, 7.method(:+).to_proc]
p apply(KEPT, 4000) # => 27275071
p (0...90).sum { |i| [[i, 2]].map(&KEPT[i % 7 * 2])[0].to_s.size } # => 172
p instance_exec(3, &KEPT[14]) # => 3
e = proc { |a, (b, c), *d, k: 1| [a, b, c, d, k] }
p (0...3).map { |i| [[i, [i, 2]], [i]].map(&e) }.last # => [[2, 2, 2, [], 1], [2, nil, nil, [], 1]]
