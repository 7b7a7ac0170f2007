# SPDX-License-Identifier: MIT
# Exceptions that are raised and rescued in a hot loop, or in what it calls: values, $!, causes,
# backtraces, and what a program changes meanwhile.
class Other < StandardError; end
class Own < StandardError
  def initialize(x) = super("own #{@x = x}")
  attr_reader :x
end

def fail_with(x) = raise(x.even? ? Other : IndexError, "no #{x}")
def fail_always = raise(Other, "always")
def own(x) = raise(Own.new(x))

def retrying(x)
  attempts = 0
  begin
    attempts += 1
    raise ArgumentError, "again" if attempts < 3
    x + attempts
  rescue ArgumentError
    retry
  end
end

def out_of_block(list)
  last = 0
  list.each do |x|
    raise IndexError if x == 3
    last = x
  end
rescue IndexError
  last
end

def clauses(x)
  begin
    fail_with(x)
  rescue Other
    -1
  end
rescue IndexError => e
  e.message.length + ($!.equal?(e) ? 1000 : 0) + (e.cause ? 7 : 0)
end

def causes
  begin
    raise Other, "a"
  rescue => a
    begin
      raise IndexError, "b"
    rescue IndexError => b
      return 1 if b.cause.equal?(a) && $!.equal?(b)
    end
    0
  end
end

def jumps(n)
  seen = []
  n.times do |i|
    begin
      fail_always if i % 3 == 0
      seen << i
    rescue Other
      next if i < n - 2
      break
    ensure
      seen << -1 if i == n - 1
    end
  end
  i = 0
  while true
    begin
      i += 1
      raise Other if i > 5
    rescue Other
      break
    end
  end
  [seen.length, seen.last, i, $!]
end

def else_and_ensure(x)
  log = 0
  begin
    raise Other if x == 0
    log += 1
  rescue Other
    log += 10
  else
    log += 100
  ensure
    log += 1000
  end
  log
end

total = 0
300.times do |i|
  total += retrying(i) + out_of_block([1, 2, 3, 4]) + clauses(i) + causes + else_and_ensure(i & 1)
  begin
    own(i)
  rescue Own => e
    total += e.x
  end
  total += 1_000_000 if $!
end
p total, jumps(200), jumps(4)               # => 558845
# => [132, 197, 6, nil]
# => [3, -1, 6, nil]

# What is kept is exact.
def keep(n)
  kept = []
  i = 0
  while i < n
    begin
      i.even? ? fail_always : raise(IndexError, "#{i}")
    rescue Other, IndexError => e
      kept << e
    end
    i += 1
  end
  kept
end
kept = keep(200)
p kept.map { |e| [e.class, e.message, e.cause, e.backtrace.map { |l| l[/\d+:.*/] }] }.last(2)
# => [[Other, "always", nil, ["11:in 'Object#fail_always'", "118:in 'Object#keep'", "126:in '<main>'"]], [IndexError, "199", nil, ["118:in 'Object#keep'", "126:in '<main>'"]]]
p kept.uniq(&:object_id).length, kept[8].full_message(highlight: false).lines.length # => 200
# => 3

# An object; what is no exception; without arguments.
def raise_what(what)
  raise what
rescue => e
  [e.class, e.message]
end
error = Other.new("one")
what = nil
200.times { what = raise_what(error) }
p what, raise_what("text"), raise_what(3)
# => [Other, "one"]
# => [RuntimeError, "text"]
# => [TypeError, "exception class/object expected"]
def again
  begin
    raise Other, "first"
  rescue Other
    raise
  end
rescue => e
  [e.message, e.cause]
end
200.times { what = again }
p what                                      # => ["first", nil]

# Meanwhile: classes that match, make exceptions, or raise otherwise.
def matched
  raise Other, "plain"
rescue IndexError
  1
rescue Other => e
  e.message
end
200.times { what = matched }
p what                                      # => "plain"
def IndexError.===(e) = e.is_a?(Other) || super
p matched                                   # => 1
class << IndexError; remove_method :===; end
p matched                                   # => "plain"
class Other
  def self.exception(*) = new("made")
end
p matched                                   # => "made"
class << Other; remove_method :exception; end
class Other
  def initialize(text) = super("#{text}!")
end
p matched                                   # => "plain!"
class Other; remove_method :initialize; end
p matched                                   # => "plain"
class Object
  def raise(klass, text = nil) = super(klass, "mine")
end
p matched                                   # => "mine"
class Object; remove_method :raise; end
p matched                                   # => "plain"
