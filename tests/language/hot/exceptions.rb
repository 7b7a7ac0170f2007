# SPDX-License-Identifier: MIT
# Exceptions, ensure, retry, throw and recursion in hot loops; backtraces are exact.
class Err < StandardError; end
def thrower(i)
  raise Err, "at #{i}" if i % 9 == 8
  i
end
def middle(i) = thrower(i) + 1
def loop1
  n = 0
  log = []
  30.times do |i|
    begin
      n += middle(i)
    rescue Err => e
      log << e.message << e.backtrace.size << e.backtrace.first(5).map { |l| l[/:\d+:in .*/] }
    ensure
      n += 100
    end
  end
  [n, log]
end
p loop1
def retries
  c = 0
  r = []
  10.times do |i|
    begin
      c += 1
      raise "x" if c % 3 != 0
      r << c
    rescue
      retry
    end
  end
  r
end
p retries
def ens
  i = 0
  o = []
  while i < 20
    i += 1
    begin
      next if i.even?
      break if i > 15
      o << i
    ensure
      o << -i
    end
  end
  o
end
p ens
def deep(n) = n == 0 ? raise("deep") : deep(n - 1) + 1
20.times do |i|
  begin
    deep(i)
  rescue => e
    puts e.backtrace.map { |l| l[/:\d+:in .*/] }.join(" ") if i % 5 == 0
  end
end
def zero
  i = 0
  r = []
  while i < 20
    begin
      r << 100 / (i - 10)
    rescue ZeroDivisionError => e
      r << e.message
    end
    i += 1
  end
  r
end
p zero

def rec(n) = n == 0 ? 0 : 1 + rec(n - 1)
30.times { |i| rec(i * 30) }
p rec(500)
def nomethod
  r = []
  [1, 2.0, "s", nil, :sym, [1]].cycle(3) { |x| r << (x.foo rescue $!.message[0, 30]) }
  r
end
p nomethod
c = catch(:t) { 20.times { |i| 20.times { |j| throw :t, [i, j] if i * j > 100 } } }
p c
