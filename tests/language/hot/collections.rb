# SPDX-License-Identifier: MIT
# Arrays that change their elements' kind, hashes, strings and matches in hot loops.
a = [1, 2, 3]
20.times { |i| a << (i == 10 ? 1.5 : i == 15 ? "s" : i) }
p a
b = Array.new(30, 0)
30.times { |i| b[i] = i == 20 ? 2.5 : i }
30.times { |i| b[i] = i == 25 ? :s : b[i] }
p b
c = [0.0] * 10
20.times { |i| c[i] = i }
p c
d = (0...20).to_a
s = 0
d.each { |x| d.pop if x == 5; s += x }
p s, d.size
e = [1, 2, 3].freeze
l = []
20.times { |i| begin; e[0] = i; rescue => x; l << x.class; end }
p l.tally
f = [1, 2, 3, 4]
t = 0
20.times { |i| t += f[-1 - i % 4]; t += f[i] || 100 }
p t
def mt(words)
  r = []
  words.each { |w| r << ($1 if w =~ /(\d+)/); r << $~&.pre_match }
  r << $~ .inspect
end
p mt(%w[a1 b c22 d e3 f g44 h] * 3)
def mt2(words)
  i = 0
  while i < words.size
    puts $1 if words[i].match?(/z/) || words[i] =~ /x(.)/
    i += 1
  end
  $1
end
p mt2(%w[x1 b xq d e3 z g44 xh] * 2)
def sub_m(w) = (w =~ /(.)$/; $1)
r = []
20.times { |i| "outer#{i}" =~ /(\d+)/; sub_m("zz"); r << $1 }
p r
h = Hash.new(0)
40.times { |i| h[i % 7] += i; h["k#{i % 3}"] += 1 }
p h
str = +""
20.times { |i| str << "a#{i}" << (i.even? ? "x" : :y.to_s) }
p str
z = [[1, 2], [3, 4], [5, 6]] * 5
q = 0
z.each { |x, y| q += x * y }
z.each { |(x, y), w| q += x + (w || 1) }
p q
p z.each_with_index.map { |(x, y), i| x + y + i }.sum
p [3, 1, 2].cycle.first(20).each_slice(3).map(&:max), (1..20).each_cons(2).sum { |x, y| y - x }
p [1, 2, 3, 4] .zip([4, 5, 6, 7]).map { |x, y| x * y }.sum
m = (0..5).map { |i| (0..5).map { |j| i * j } }
p m.transpose.map(&:sum), m.map { |row| row.each_with_index.sum { |v, k| v * k } }
