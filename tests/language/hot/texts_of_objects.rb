# SPDX-License-Identifier: MIT
# "#{v}" of all kinds of values, and the order of Strings, in hot loops.
class P
  def initialize(x) = @x = x
  attr_accessor :x
  def to_s = "P#{@x}"
end
class Q; def to_s = 12; end
class R2 < P; private def to_s = "r#{@x}"; end
class S3; def to_s = raise("bad #{self.class}"); end
FROZEN = "fr".freeze
def one(n)
  t = 0
  o = P.new(3)
  i = 0
  while i < n
    o.x = i
    t += "<#{o}>".size
    t += "#{FROZEN}-#{[i]}-#{{i => 1}}-#{1.5}-#{2**70}".size
    i += 1
  end
  t
end
p one(50)
def many(n)
  all = [P.new(1), Q.new, R2.new(7), "s", FROZEN, :sym, nil, 12, 1.25, [1, "a"], Object, 2**80, 1..3]
  out = []
  n.times { |i| out << "#{all[i % all.size]}|".sub(/0x\h+/, "") }
  out.uniq
end
p many(100)
def bad(n)
  out = []
  o = [P.new(2), S3.new]
  i = 0
  while i < n
    begin
      out << "x#{o[i % 9 / 8]}".size
    rescue => e
      out << e.message
      puts e.backtrace.map { |l| l[/\d+:in.*/] } if i == 26
    end
    i += 1
  end
  out.tally
end
p bad(40)
def redef(n)
  o = P.new(5)
  out = []
  i = 0
  while i < n
    out << "#{o}"
    if i == 20
      P.class_eval { def to_s = "new" }
    elsif i == 30
      P.class_eval { remove_method :to_s }
    elsif i == 35
      def o.to_s = "own"
    end
    i += 1
  end
  out.map { |x| x.sub(/0x\h+/, "") }.tally
end
p redef(45)
def cmp(n)
  l = %w[a b abc zz é].push(FROZEN)
  t = 0
  i = 0
  while i < n
    a = l[i % 6]; b = l[i * 5 % 6]
    t += 1 if a < b
    t += 2 if a <= b
    t += 4 if a > b
    t += 8 if a >= b
    t += (a <=> b) * 16
    t += 32 if a.between?("aa", "z")
    t += 64 if a == b
    t += a.clamp("b", "c").size if i < 40
    if i == 40
      String.class_eval { alias_method :oc, :<=>; def <=>(o) = 1 }
    elsif i == 50
      String.class_eval { def <(o) = true }
    end
    i += 1
  end
  t
ensure
  String.class_eval { remove_method :<; alias_method :<=>, :oc }
end
p cmp(60)
def mixed(n)
  i = 0
  r = []
  while i < n
    begin
      r << ("a" < (i == n - 2 ? 3 : "b"))
    rescue ArgumentError => e
      r << e.message
    end
    i += 1
  end
  r.tally
end
p mixed(30)
