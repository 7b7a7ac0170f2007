# SPDX-License-Identifier: MIT
# Flip-flops, redo, retry counts, catch/throw nesting, loops with odd conditions, BEGIN, __END__.
def range_of(list, from, to) = list.select { |x| true if (x == from)..(x == to) }
def range3(list, from, to) = list.select { |x| true if (x == from)...(x == to) }
p range_of([1, 2, 3, 4, 2, 5], 2, 4), range3([1, 2, 3, 2, 4], 2, 2), range_of([1, 2, 3], 2, 2), range_of([5, 6], 1, 2), range_of([2], 2, 9)
# => [2, 3, 4, 2, 5]
# => [2, 3, 2]
# => [2]
# => []
# => [2]
p 2.times.map { |r| (1..4).map { |x| (x == 2)..(x == 3) ? :in : :out } } # => [[:out, :in, :in, :out], [:out, :in, :in, :out]]
state = ->(x) { (x == 1)..(x == 2) ? 1 : 0 }
p [1, 5, 2, 5, 1].map(&state), (1..6).map { |x| ((x % 2 == 0)..(x % 3 == 0)) ? x : nil }, (1..3).map { |x| if !((x == 2)..(x == 2)) then x end }
# => [1, 1, 1, 0, 1]
# => [nil, 2, 3, 4, 5, 6]
# => [1, nil, 3]
def two_flips(x) = [((x == 1)..(x == 3)) ? 1 : 0, ((x == 2)..(x == 4)) ? 1 : 0]
p (1..5).map { |x| two_flips(x) } # => [[1, 0], [0, 1], [0, 0], [0, 0], [0, 0]]

# retry and redo repeat the right thing the right number of times.
tries = Hash.new(0)
begin
  begin
    tries[:inner] += 1
    raise TypeError if tries[:inner] % 3 != 0
    raise ArgumentError if tries[:outer] < 2
  rescue TypeError
    retry
  end
rescue ArgumentError
  tries[:outer] += 1
  retry
ensure
  tries[:ensure] += 1
end
p tries # => {inner: 9, outer: 2, ensure: 1}
def flaky(n)
  @n = (@n || 0) + 1
  raise "fail #{@n}" if @n < n
  @n
rescue
  retry
else
  [:else, @n]
ensure
  @n = nil
end
p flaky(4), @n # => [:else, 4]
# => nil
seen = []
[1, 2, 3].each_with_index { |x, i| seen << [x, i]; redo if seen.size == 2 || seen.size == 4 }
p seen # => [[1, 0], [2, 1], [2, 1], [3, 2], [3, 2]]
i = 0
runs = 0
while (i += 1) < 4
  runs += 1
  redo if runs == 2
end
p i, runs # => 4
# => 4
out = []
for q in 1..3
  out << q
  redo if out.size == 2
  next if q == 2
  out << :end
end
p out # => [1, :end, 2, 3, :end]
p [1, 2].map { |x| begin; raise "x" if (@r = (@r || 0) + 1) < 3; [x, @r]; rescue; retry; end } # => [[1, 3], [2, 4]]

# throw finds the innermost catch of its tag, through everything between.
p catch(:a) { catch(:b) { catch(:a) { throw :a, 1 } + throw(:b, 5) } }, catch { |t| catch { |u| throw t, :outer } }, catch(:x) { 10 }, catch(:x) { throw :x }, catch(:x) { throw :x, nil }
# => 5
# => :outer
# => 10
# => nil
# => nil
p (begin; throw :none, 1; rescue UncaughtThrowError => e; [e.tag, e.value, e.message]; end), catch(:t) { [1, 2].each { |x| [3].map { -> { throw :t, x }.call } } }
# => [:none, 1, "uncaught throw :none"]
# => 1
log = []
p catch(:t) { begin; begin; throw :t, :thrown; ensure; log << 1; end; rescue Exception; log << :never; ensure; log << 2; end }, log
# => :thrown
# => [1, 2]
p catch(:t) { begin; throw :t, 1; ensure; (catch(:t) { throw :t, 2 }); end }, catch(:t) { begin; raise "x"; rescue; throw :t, $!.message; end }
# => 1
# => "x"
def thrower(n) = n.zero? ? throw(:deep, :bottom) : [n].each { |x| thrower(x - 1) }
p catch(:deep) { thrower(20); :never }, catch("str".to_sym) { throw :str, 1 }, (catch("s") { throw "s" } rescue $!.class) # => :bottom
# => 1
# => UncaughtThrowError
p Fiber.new { catch(:f) { Fiber.yield 1; throw :f, 2 } }.then { |f| [f.resume, f.resume] }, (catch(:o) { Fiber.new { throw :o }.resume } rescue $!.class)
# => [1, 2]
# => UncaughtThrowError

# Conditions with assignments, ranges, regexps, and, or, not; loops with modifiers on blocks.
if (m = /(\d+)/.match("a12")) && (n = m[1].to_i) > 5 then p [m[0], n] end # => ["12", 12]
p (x = 5 if false).inspect, x, (y = 1 unless y), y, (true and not false), (nil or false), (1 if not nil), (not(1 == 2) and :ok) # => "nil"
# => nil
# => 1
# => 1
# => true
# => false
# => 1
# => :ok
i = 10
begin i -= 1 end while i > 5
p i, (begin; i += 1; end until i > 7), i # => 5
# => nil
# => 8
i = 0
i += 1 until i >= 3 and i.odd?
p i, (i += 1 while i < 6 unless i > 5), i # => 3
# => nil
# => 6
nested = (0..2).map { |a| r = []; b = 0; r << b while (b += 1) <= a; r }
p nested, (1..Float::INFINITY).lazy.map { |v| v * 2 }.find { |v| v > 5 }, [[1, [2, 3]], [4, [5, 6]]].each_with_object([]) { |(a, (b, c)), o| o << a + b + c }
# => [[], [1], [1, 2]]
# => 6
# => [6, 15]
p loop { break }, (loop do raise StopIteration, "done" end), [3].each { |v| break }, (1..3).each { |v| next }, 5.times { |v| break v if v == 3 }, 2.times { }
# => nil
# => nil
# => nil
# => 1..3
# => 3
# => 2
p __LINE__.class, DATA.read, __FILE__ == $0 # => Integer
# => "text after\nthe program\n"
# => true
__END__
text after
the program
