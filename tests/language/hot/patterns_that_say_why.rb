# SPDX-License-Identifier: MIT
# Patterns that fail for a reason that the message tells: values, lengths, guards.
def one(v)
  case v
  in Integer => x if x > 30 then x
  end
rescue NoMatchingPatternError => e
  e.message
end
def two(v)
  v => [Integer => a, String]
  a
rescue NoMatchingPatternError => e
  e.message
end
r = nil
60.times { |i| r = one(i) }
p r, one(3)
60.times { |i| r = two([i, i.odd? ? "x" : 5]) }
p r, two([3, 4])
60.times { |i| r = begin; i => 30.. ; 1; rescue NoMatchingPatternError => e; e.message; end }
p r
def g(i)
  case i
  in Integer if i > 30 then 1
  end
end
r = 0
200.times { |i| r += begin; g(i); rescue NoMatchingPatternError => e; e.message.size; end }
p r
200.times { |i| r += (g(i & 31) rescue 2) }
p r
200.times { |i| r += case i; in Integer | Float if i.even? then 1; end rescue 5 }
p r
i = 0
while i < 200
  begin
    case i
    in Integer unless i == 150 then r += 1
    end
  rescue NoMatchingPatternError => e
    r += e.message.size
  end
  i += 1
end
p r
