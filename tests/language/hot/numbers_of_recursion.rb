# SPDX-License-Identifier: MIT
# Methods that call themselves with numbers, and get numbers from themselves: whatever else comes on
# the way, what they are called with, give or raise, is what it is.

def halves(x, depth)
  return x if depth == 0
  halves(x * 0.5, depth - 1) + halves(x * 0.25 + 1.5, depth - 1)
end
200.times { halves(1.5, 4) }
p halves(1.5, 4)    # => 19.294921875
p halves(3, 4)      # => 19.76953125
p halves(0.0, 3)    # => 9.09375
p halves(-0.0, 0)   # => -0.0
p halves(1e300, 2)  # => 5.625000000000001e+299
p halves(0.0 / 0.0, 3).nan? # => true
p halves(1e308 * 10, 2)     # => Infinity
p (begin; halves("a", 1); rescue => e; e.class; end) # => TypeError

# Numbers grow beyond 63 bits, at any depth.
def power(base, n) = n == 0 ? 1 : base * power(base, n - 1)
200.times { power(3, 10) }
p power(3, 10)      # => 59049
p power(3, 50)      # => 717897987691852588770249
p power(2.0, 10)    # => 1024.0
p power(1 << 62, 2) # => 21267647932558653966460912964485513216
p power(2, 61)      # => 2305843009213693952
p power(2, 62)      # => 4611686018427387904

# What it gives is something else now and then.
def search(n, last) = n > 40 ? nil : n == last ? n * 1.0 : search(n + 1, last)
200.times { search(1, 30) }
p search(1, 30)     # => 30.0
p search(1, 50)     # => nil
p search(1, 3.0)    # => 3.0

def count(n) = n == 0 ? 0 : 1 + count(n - 1)
def odd_one(n) = n == 7 ? "seven" : n == 0 ? 0 : (v = odd_one(n - 1); v.is_a?(String) ? v : v + 1)
200.times { count(20); odd_one(5) }
p count(20), odd_one(5), odd_one(9) # => 20
# => 5
# => "seven"

# A NaN that its maker chose is given as it is, also one that no processor makes.
def nan(n, x) = n == 0 ? x : nan(n - 1, x)
200.times { nan(3, 1.5) }
[0x7ff8000000000000, 0xfff8000000000000, 0x7ff8000000000001, 0x7ff0dead00000000].each do |bits|
  given = nan(3, [bits].pack("Q").unpack1("D"))
  p [given].pack("D").unpack1("Q").to_s(16)
end
# => "7ff8000000000000"
# => "fff8000000000000"
# => "7ff8000000000001"
# => "7ff0dead00000000"

# Exceptions pass through it, or end in it.
def deep(n, x)
  raise ArgumentError, "at #{x}" if n == 0
  deep(n - 1, x + 0.5) + 1.0
end

def kept(n, x)
  return x if n == 0
  begin
    n == 3 ? kept(n - 1, nil + 1) : kept(n - 1, x + 0.5)
  rescue NoMethodError
    kept(n - 1, -x)
  end
end

def ensured(n, x)
  return x if n == 0
  ensured(n - 1, x * 2.0)
ensure
  $ensured += 1
end
$ensured = 0
100.times do
  begin
    deep(5, 1.0)
  rescue ArgumentError => e
    $message = e.message
  end
  kept(5, 1.0)
  ensured(3, 1.0)
end
p $message, kept(5, 1.0), ensured(3, 1.0), $ensured # => "at 3.5"
# => -1.0
# => 8.0
# => 404
p catch(:out) { 60.times { |i| halves(i > 50 ? throw(:out, i) : 1.0, 2) } } # => 51

# Lines and names of frames are there.
def traced(n, x)
  return caller(0, 3).map { |line| line[/\d+:in .*/][/\d+/].to_i - __LINE__ } if n == 0 && x > 8.0
  return x if n == 0
  traced(n - 1, x + 1.0)
end
100.times { traced(3, 1.0) }
p traced(3, 1.0)    # => 4.0
p traced(8, 1.0)    # => [0, 2, 2]

# Arguments: many, missing, by keyword, with a block.
def many(a, b, c, d, e, f, g, h, i)
  return a + b + c + d + e + f + g + h + i if a < 1.0
  many(a - 1.0, c, b, e, d, g, f, i, h)
end
100.times { many(3.5, 1, 2.0, 3, 4.0, 5, 6.0, 7, 8.0) }
p many(3.5, 1, 2.0, 3, 4.0, 5, 6.0, 7, 8.0) # => 36.5
p many(3.5, 1.0, 2, 3.0, 4, 5.0, 6, 7.0, 8) # => 36.5

# More than are passed as numbers, with a number as the result.
def more(n, a, b, c, d, e, f, g, h, i)
  return a + h if n == 0
  more(n - 1, a, b, c, d, e, f, g, h, i + 1) + 1
end
300.times { more(9, 1, 2, 3, 4, 5, 6, 7, 8, 9) }
p more(9, 1, 2, 3, 4, 5, 6, 7, 8, 9), more(9, 0.5, 2, nil, 4, 5, 6, 7, 8, 1 << 62) # => 18
# => 17.5

def missing(x, n = 3) = n == 0 ? x : missing(x * 1.5, n - 1)
def named(x:, n: 3) = n == 0 ? x : named(n: n - 1, x: x * 1.5)
def given(x, n, &block) = n == 0 ? yield(x) : given(x + 0.25, n - 1, &block)
100.times { missing(2.0); named(x: 2.0); given(1.0, 3) { |x| x * 2 } }
p missing(2.0), missing(2.0, 1), missing(2, 1) # => 6.75
# => 3.0
# => 3.0
p named(x: 2.0), named(x: 2, n: 1), given(1.0, 3) { |x| x * 2 }, given(1, 2) { |x| x.to_s } # => 6.75
# => 3.0
# => 3.5
# => "1.5"

# What is redefined while activations are under way holds for the next call of each.
def changing(n, x)
  return x if n == 0
  eval("def changing(n, x) = -1.0") if n == 4 && x > 100.0
  y = changing(n - 1, x + 1.0)
  z = changing(n - 1, x + 2.0)
  y + z + x
end
100.times { changing(3, 1.0) }
p changing(3, 1.0)  # => 66.0
p changing(6, 98.5) # => 294.5
p changing(3, 1.0)  # => -1.0

# There is an end to how deep it goes.
def endless(n, x) = x < 0.0 ? x : endless(n + 1, x * 1.0) + 1.0
100.times { endless(1, -1.0) }
p (begin; endless(1, 1.0); rescue SystemStackError => e; e.class; end) # => SystemStackError
p endless(1, -1.0)  # => -1.0
