# SPDX-License-Identifier: MIT
# `break`, `return` and `next` out of blocks, again and again in loops that become hot.
$log = 0

def first_above(list, least)
  list.each { |x| return x if x > least }
  nil
end

def pair(list, sum)
  list.each_with_index do |a, i|
    list.each { |b| return [a, b, i] if a + b == sum }
  end
  :none
end

def inner_break(list)
  count = 0
  list.each do |a|
    list.each do |b|
      break if b > a
      count += 1
    end
  end
  count
end

def through_ensure(list, stop)
  list.each do |x|
    begin
      return x * 2 if x == stop
    ensure
      $log += 1
    end
  end
ensure
  $log += 100
end

def broken_by_ensure(list, stop)
  list.each do |x|
    begin
      break x if x == stop
    ensure
      $log += 1
    end
  end
end

class Guarded
  def each
    yield 1
    yield 2
  ensure
    $log += 10
  end
end

def guarded(stop)
  Guarded.new.each { |x| return x if x == stop }
  0
end

class Made
  attr_reader :found
  def initialize(list)
    list.each { |x| @found = x; return if x > 2 }
    @found = 0
  end
end

def counted(n)
  i = 0
  loop do
    i += 1
    next if i < n
    break i if i >= n
  end
end

def stopped(n)
  i = 0
  loop do
    i += 1
    raise StopIteration, "at #{i}" if i == n
  end
  i
end

def blocks(n)
  [1, 2, 3].map { |x| next 0 if x == n; x * 10 }.sum
end

def while_in_block(list)
  list.each do |x|
    i = 0
    while true
      i += x
      break if i > 5
    end
    return i if i == 6 && x == 2
  end
end

list = [1, 2, 3, 4]
total = 0
i = 0
while i < 400
  k = i % 6
  total += first_above(list, k) || 50
  found = pair(list, k)
  total += found == :none ? 1000 : found.sum
  total += inner_break(list) * 7
  got = through_ensure(list, k)
  total += got.is_a?(Array) ? 3 : got
  got = broken_by_ensure(list, k)
  total += got.is_a?(Array) ? 5 : got
  total += guarded(k) + Made.new(k > 3 ? [1] : list).found
  total += counted(k) + stopped(k + 1) + blocks(k) + while_in_block(list)
  i += 1
end
p total, $log # => 199105
# => 46396
