# SPDX-License-Identifier: MIT
# Patterns of a case that are lambdas, Ranges, lists and objects of the program, in hot loops.
EVEN = ->(x) { x.even? }
BIG = proc { |x| x > 20 }
NAMES = ("a".."h")
ODDS = [1, 3, 5].freeze
MIXED = [Integer, "x", /^z/, nil, 2..3, EVEN]
WORDS = %w[abc xyz]
class Own
  def initialize(x) = @x = x
  def ===(v) = v == @x && :yes
end
class Hidden
  private def ===(v) = v == 7
end
OWN = Own.new(9)
def each_kind(n)
  t = Hash.new(0)
  i = 0
  hidden = Hidden.new
  while i < n
    case i % 30
    when hidden then t[:hidden] += 1
    when OWN then t[:own] += 1
    when BIG then t[:big] += 1
    when EVEN then t[:even] += 1
    when *ODDS, 11 then t[:odds] += 1
    when 1.0..13.5 then t[:float] += 1
    else t[:else] += 1
    end
    i += 1
  end
  t.to_a
end
p each_kind(70)
def texts(n)
  t = 0
  i = 0
  list = ["b", "zz", "abc", "xyz", "h", "é"]
  while i < n
    case list[i % 6]
    when *WORDS then t += 1
    when NAMES then t += 10
    when "y".."zzz" then t += 100
    else t += 1000
    end
    i += 1
  end
  t
end
p texts(60)
def mixed(n)
  out = []
  vs = [1, "x", "zoo", nil, 2.5, 4, :s, [1], 3.0]
  i = 0
  while i < n
    v = vs[i % 9]
    out << case v
           when *[], *MIXED[1..4] then [:some, v, $~ && $~[0]]
           when Integer then :int
           else v.class
           end
    i += 1
  end
  out.uniq
end
p mixed(40)
def subjectless(n)
  t = 0
  i = 0
  while i < n
    case
    when *[i % 5 == 0, nil], i % 7 == 0 then t += 1
    when i > 30 then t += 10
    end
    i += 1
  end
  t
end
p subjectless(50)
def raising(n)
  out = []
  bad = Class.new { def ===(v) = v == 17 ? raise("no #{v}") : false }.new
  i = 0
  while i < n
    begin
      case i
      when bad then out << :bad
      when ->(x) { Integer("q") if x == 25; x == 3 } then out << 3
      end
    rescue => e
      out << e.message
      puts e.backtrace.map { |l| l[/\d+:in.*/] }
    end
    i += 1
  end
  out
end
p raising(30)
def redefined(n)
  out = []
  l = ->(x) { x < 5 }
  i = 0
  while i < n
    case i % 10
    when l then out << :lambda
    when OWN then out << :own
    when NAMES then out << :names
    when *ODDS then out << :odds
    else out << :else
    end
    if i == 20
      Own.class_eval { def ===(v) = v == 6 }
    elsif i == 30
      Proc.class_eval { alias_method :old_eqq, :===; def ===(v) = false }
    elsif i == 40
      Range.class_eval { alias_method :old_eqq, :===; def ===(v) = v == 7 }
    elsif i == 50
      Integer.class_eval { alias_method :old_eqq, :===; def ===(v) = true }
    end
    i += 1
  end
  out.tally.to_a
ensure
  [Proc, Range, Integer].each { |k| k.class_eval { alias_method :===, :old_eqq } }
end
p redefined(60)
def changing_list(n)
  list = [1, 2]
  t = 0
  i = 0
  while i < n
    case i % 6
    when *list then t += 1
    else t += 10
    end
    list << i % 6 if i == 20
    list.clear if i == 30
    list << "a" << 3 if i == 40
    i += 1
  end
  t
end
p changing_list(60)
def patterns(n)
  t = 0
  i = 0
  while i < n
    case [i % 4, "k#{i % 3}"]
    in [EVEN, /k(1)/] then t += $1.to_i
    in [0 | 3, String] then t += 10
    in [Integer => x, "k0".."k1"] then t += x * 100
    else t += 5000
    end
    i += 1
  end
  t
end
p patterns(60)
def non_constant(n)
  t = 0
  n.times do |i|
    re = i.even? ? /a(.)/ : /b(.)/
    case "xaybz"
    when re then t += $1.ord
    end
  end
  t
end
p non_constant(40)
