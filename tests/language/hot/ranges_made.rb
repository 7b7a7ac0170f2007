# SPDX-License-Identifier: MIT
# Ranges that hot loops make and spread.
def texts(n)
  t = 0
  i = 0
  a = "a"
  while i < n
    r = a..(i.even? ? "e" : "g")
    t += r.to_a.size + (r === "f" ? 100 : 0)
    t += ("x"..).begin.size
    t += (..i).end + (1.5..i).first(1).size rescue t += 3
    t += (1.5...4).include?(i * 0.1) ? 1 : 0
    i += 1
  end
  t
end
p texts(40)
def spread(n)
  out = []
  i = 0
  while i < n
    out << [*1..3, i, *i..i + 2, *(1...1), *(3..1)]
    f, *g = *0...i
    out << [f, g.size]
    i += 1
  end
  [out.size, out.last, out[2], out.flatten.compact.sum]
end
p spread(40)
def wrong(n)
  out = []
  i = 0
  l = ["z", "q", 3]
  while i < n
    begin
      out << ("a"..l[i % 20 / 9]).size.class
    rescue => e
      out << [e.class, e.message, e.backtrace.size]
    end
    begin
      out << [*(1..(i == 15 ? 1.5 : 2))].size << [*("a".."c")].size
      out << [*(i == 17 ? (1..) : 1..1)].size if i != 17
    rescue => e
      out << [e.class, e.message]
    end
    i += 1
  end
  out.tally.to_a
end
wrong(40).each { |x| p x }
def redefined(n)
  out = []
  i = 0
  while i < n
    out << [*1..i % 3].size
    Range.class_eval { alias_method :old_to_a, :to_a; def to_a = [:own] * 7 } if i == 20
    i += 1
  end
  out.tally.to_a
ensure
  Range.class_eval { alias_method :to_a, :old_to_a }
end
p redefined(30)
