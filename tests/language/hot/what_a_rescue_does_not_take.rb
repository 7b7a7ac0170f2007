# SPDX-License-Identifier: MIT
# Hot loops whose rescue clause takes exceptions of what they call: a throw, a return of a block and
# the end of a thread pass it by, other exceptions too, and `$!` is what it was.
def leap(n, i)
  return Integer("x") if i.odd?
  return throw(:up, [:thrown, i]) if i == n
  n < 0 ? leap(n + 1, i) : 1
end

def inner(n)
  i = taken = 0
  while true
    begin
      leap(n, i)
    rescue ArgumentError
      taken += 1
    end
    i += 1
  end
ensure
  $taken = taken
end
p catch(:up) { inner(500) }, $taken # => [:thrown, 500]
# => 250

def each_leap(n)
  i = 0
  while i < 10_000
    begin
      yield i
      Float(i.odd? ? "y" : "2")
    rescue ArgumentError
      i += 1
    end
    i += 1
  end
end

def search(n)
  each_leap(n) { |i| return [i, $!] if i >= n }
end
p search(900) # => [901, nil]

def other(n)
  i = 0
  while i < n
    begin
      i == n - 1 ? [].fetch(3) : Integer(i % 3 == 0 ? "q" : "1")
    rescue ArgumentError
      nil
    end
    i += 1
  end
rescue IndexError => e
  [i, e.class, e.cause]
end
p other(700) # => [699, IndexError, nil]

ended = []
thread = Thread.new do
  i = 0
  begin
    while true
      begin
        Integer(i.odd? ? "x" : "1")
        Thread.pass if i > 600
        Thread.current.kill if i == 800
      rescue ArgumentError
        nil
      end
      i += 1
    end
  ensure
    ended << i
  end
end
p thread.join.value, ended # => nil
# => [800]

def nested(n)
  i = 0
  seen = []
  while i < n
    begin
      begin
        Integer("a")
      rescue ArgumentError => a
        begin
          Float("b")
        rescue ArgumentError => b
          seen = [$!.equal?(b), b.cause.equal?(a)]
        end
        seen << $!.equal?(a)
      end
    ensure
      seen << $!
    end
    i += 1
  end
  seen
end
p nested(600) # => [true, true, true, nil]

def retried(n)
  i = total = 0
  while i < n
    tries = 0
    begin
      tries += 1
      total += Integer(tries < 3 ? "no" : "4")
    rescue ArgumentError
      retry
    else
      total += 1
    end
    i += 1
  end
  total
end
p retried(400) # => 2000
