# SPDX-License-Identifier: MIT
# Operators are methods: every one defined by a class, with coerce, index, call, conversions and fallbacks.
class Op
  attr_reader :v
  def initialize(v) = @v = v
  %i[+ - * / % ** & | ^ << >> < <= > >= == === =~ <=> !~ !=].each { |o| define_method(o) { |x| [o, v, x.is_a?(Op) ? x.v : x] } }
  %i[+@ -@ ~ !].each { |o| define_method(o) { [o, v] } }
  def [](*i, **k, &b) = [:[], v, i, k, b&.call]
  def []=(*i, x)
    @v = [i, x]
  end

  def call(*a, &b) = [:call, a, b&.call]
  def `(s) = "ran #{s}"
  def shell = `date`
  def to_s = "op #{v}"
  def coerce(n) = [Op.new("c#{n}"), self]
  def succ = Op.new(v + 1)
end
a = Op.new(1)
b = Op.new(2)
p a + b, a - 1, a * nil, a / b, a % 2, a**3, a & b, a | b, a ^ b, a << 4, a >> 5, a < b, a <= b, a > b, a >= b # => [:+, 1, 2]
# => [:-, 1, 1]
# => [:*, 1, nil]
# => [:/, 1, 2]
# => [:%, 1, 2]
# => [:**, 1, 3]
# => [:&, 1, 2]
# => [:|, 1, 2]
# => [:^, 1, 2]
# => [:<<, 1, 4]
# => [:>>, 1, 5]
# => [:<, 1, 2]
# => [:<=, 1, 2]
# => [:>, 1, 2]
# => [:>=, 1, 2]
p a == b, a === b, a =~ /x/, a <=> b, a !~ b, a != b, +a, -a, ~a, !a, (not a), a.+(5), a.send(:-, 6), a&.*(7) # => [:==, 1, 2]
# => [:===, 1, 2]
# => [:=~, 1, /x/]
# => [:<=>, 1, 2]
# => [:!~, 1, 2]
# => [:!=, 1, 2]
# => [:+@, 1]
# => [:-@, 1]
# => [:~, 1]
# => [:!, 1]
# => [:!, 1]
# => [:+, 1, 5]
# => [:-, 1, 6]
# => [:*, 1, 7]
p a[1], a[], a[1, 2], a[*[3, 4], 5], a.call(1) { :b }, a.(2), a.shell, a[1..], a.[](9) { :blk } # => [:[], 1, [1], {}, nil]
# => [:[], 1, [], {}, nil]
# => [:[], 1, [1, 2], {}, nil]
# => [:[], 1, [3, 4, 5], {}, nil]
# => [:call, [1], :b]
# => [:call, [2], nil]
# => "ran date"
# => [:[], 1, [1..], {}, nil]
# => [:[], 1, [9], {}, :blk]
p (a[1, 2] = 3), a.v, (a[] = 4), a.v, (a.[]=(5, 6)), a.v # => 3
# => [[1, 2], 3]
# => 4
# => [[], 4]
# => [[5], 6]
# => [[5], 6]
a = Op.new(1)
x = a
x += 2
p x # => [:+, 1, 2]
x = a
x <<= 3
y = a
y **= 2
z = a
z |= 1
p x, y, z # => [:<<, 1, 3]
# => [:**, 1, 2]
# => [:|, 1, 1]
p 1 + b, 2.5 * b, 2**b, (5 - b), (3r / b), (2**70 + b), 1 < b, (1 <=> b), 4.divmod(7), (1 & b rescue $!.class), (1 == b) # => [:+, "c1", 2]
# => [:*, "c2.5", 2]
# => [:**, "c2", 2]
# => [:-, "c5", 2]
# => [:/, "c3/1", 2]
# => [:+, "c1180591620717411303424", 2]
# => [:<, "c1", 2]
# => [:<=>, "c1", 2]
# => [0, 4]
# => [:&, "c1", 2]
# => true
p (case b when a then :a_said_yes end), (if !a then :array_is_true end), [a].include?(5), [[a, b]].map { |q, r| q + r }, [b].sum(a), [b, 3].inject(a) { |s, q| q }
# => :a_said_yes
# => :array_is_true
# => true
# => [[:+, 1, 2]]
# => [:+, 1, 2]
# => 3

# Precedence and chains send to what they should.
class Num
  attr_reader :s
  def initialize(s) = @s = s
  %i[+ - * / ** <=> << & |].each { |o| define_method(o) { |x| Num.new("(#{s}#{o}#{x.s})") } }
  %i[-@ ~].each { |o| define_method(o) { Num.new("(#{o[0]}#{s})") } }
  def ==(x) = Num.new("(#{s}==#{x.s})")
  def inspect = s
  def method_missing(n, x = nil) = Num.new("#{s}.#{n}#{"(#{x.s})" if x}")
  def respond_to_missing?(*) = false
end
q, r, s, t = %w[q r s t].map { |n| Num.new(n) }
p q + r * s, (q + r) * s, q - r - s, q**r**s, -q**r, (-q)**r, ~q + r, q << r + s, q & r | s, q == r + s, q + r.foo * s, q.foo(r + s) + t, -q.foo, q * -r
# => (q+(r*s))
# => ((q+r)*s)
# => ((q-r)-s)
# => (q**(r**s))
# => (-(q**r))
# => ((-q)**r)
# => ((~q)+r)
# => (q<<(r+s))
# => ((q&r)|s)
# => (q==(r+s))
# => (q+(r.foo*s))
# => (q.foo((r+s))+t)
# => (-q.foo)
# => (q*(-r))
p [q + r, q -r, q *r, q / s, q.a.b.c, q.a(r.b(s))] # => [(q+r), (q-r), (q*r), (q/s), q.a.b.c, q.a(r.b(s))]
