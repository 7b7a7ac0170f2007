# SPDX-License-Identifier: MIT
# What searches a Hash by a block and leaves it.
H = { a: 1, b: 2, c: 3 }
def loops(n)
  t = 0
  i = 0
  while i < n
    t += 1 if H.any? { |k, v| v > i % 4 }
    t += 2 if H.all? { |k, v| v > i % 4 - 1 }
    t += 4 if H.any?([:b, 2])
    t += 8 if H.all?(Array)
    t += H.find { |k, v| v > i % 4 }&.last.to_i * 100
    t += H.detect(-> { [:none, 7] }) { |k, v| v == i % 9 }[1]
    t += H.find { |pair| pair.size == 2 }[1]
    i += 1
  end
  t
end
p loops(60)
def leaving(n)
  out = []
  i = 0
  while i < n
    out << H.any? { |k, v| break :broke if v == i % 5; false }
    out << H.find { |k, v| next true if v == i % 3; false }
    i += 1
  end
  out.tally.to_a
end
p leaving(30)
def returns(k) = H.all? { |_, v| return v if v == k; true } && :all
p (0..20).map { |k| returns(k % 5) }.tally.to_a
def raising(n)
  h = H.dup
  n.times { |i| h.any? { |k, v| raise "x" if i % 4 == 3 } rescue 0 }
  h[:d] = 4
  h.find { |k, v| h.delete(:d) if v == 4; v == 4 }
end
p raising(30)
h = { a: 1 }
begin
  h.any? { h[:b] = 2 }
rescue => e
  p e.class
end
h[:z] = 1
p h, {}.all? { false }, {}.any? { true }, {}.find { true }, H.any?, {}.any?, H.all? { nil }, H.any? { nil }
