# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-optimize=1000000000 --jit-log --jit-stats
# stderr: loop at line 79: compiled
# stderr-count: 2 is not compiled
# stderr-count: 1 left          1 times
# What C leaves and methods raise that are called, not built in place, is rescued in the region, and
# so is a raise of a text: the loop is left once, at its end. Blocks, $!, causes and backtraces are
# what they are in the interpreter. (`deep` alone has nothing that rescues what it raises.)
class Refused < StandardError; end

def number(text)
  Integer(text)
rescue ArgumentError => e
  e.message.size
end

def deep(n)
  raise Refused, "deep" if n == 0
  deep(n - 1) + 1
end

def count(list)
  good = bad = 0
  list.each do |text|
    begin
      good += Float(text)
    rescue ArgumentError
      bad += 1
    end
  end
  good * 100 + bad
end

def twice(text)
  tries = 0
  begin
    tries += 1
    Integer(text, 10)
  rescue ArgumentError
    text = "7"
    retry if tries < 2
  end
end

def causes
  Integer("first")
rescue ArgumentError
  begin
    "x".fetch
  rescue NoMethodError => e
    [e, $!]
  end
end

def text(i)
  raise "odd #{i}" if i.odd?
  raise "even"
rescue => e
  e.message.size
end

def missing(hash)
  hash.fetch(:none)
rescue KeyError => e
  e.key.size
end

def again(error)
  raise error
rescue Refused => e
  e.equal?(error) ? 1 : 0
end

def sum(n)
  list = %w[1.5 x 2 y]
  hash, known, last, seen = {a: 1}, Refused.new("known"), nil, nil
  i = total = 0
  while i < n
    total += number(i.odd? ? "12" : "x") + count(list) + twice("z") + text(i) + missing(hash)
    total += (deep(3) rescue 50) + (Integer("q") rescue 5) + (i.none rescue 2) + again(known)
    last, seen = causes
    total += 100 if $!
    i += 1
  end
  p last.equal?(seen), last.class, last.cause.message, $!
  puts last.backtrace.map { |line| line[/:\d+:.*/] }
  total
end
p sum(1000)
# => true
# => NoMethodError
# => "invalid value for Integer(): \"first\""
# => nil
# => :49:in 'Object#causes'
# => :81:in 'Object#sum'
# => :89:in '<main>'
# => 448445.0
