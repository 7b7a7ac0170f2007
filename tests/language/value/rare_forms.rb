# Rarely written forms, each with what it means and what it refuses.
def try
  yield
rescue NameError, TypeError, ArgumentError, NoMatchingPatternError, FrozenError, LocalJumpError => e
  puts "#{e.class}: #{e.message}"























end

# $_ and $~ belong to the method; a condition that is a regexp literal asks $_
$_ = "a line"
puts "matches" if /l.ne/
puts "does not" unless /other/
p $~ && $~[0], (/(i)/ ? $1 : 0)


"key=value" =~ /=/
saved = $~
"nothing" =~ /zzz/
p $~
$~ = saved
p $~.pre_match, $`, $'



try { $~ = 5 }
$~ = nil
p $~, $&


$_ = nil
p((/x/ ? 1 : 2), $_)



# targets: splats inside lists, attributes, elements and constants of what is computed
holder = Struct.new(:a, :b).new
box = [0, 0, 0]
*holder.a, box[1] = 1, 2, 3
p holder.a, box


(holder.b, *), box[*[2]] = [4, 5], 6
p holder.b, box


for *many in [[1, 2], [3]] do p many end


for first, *more in [[1, 2, 3]] do p first, more end


*, last = 1, 2, 3
(*, inner), = [[7, 8], 9]
p last, inner


module Space; end
Space::VALUE = 1
Space::OTHER ||= 2
Space::OTHER ||= 3
p Space::VALUE, Space::OTHER


try { nil::VALUE }
try { 5::VALUE = 1 }
try { 5::VALUE ||= 1 }
class Counted
  def count = @@count ||= 10
  def more = @@count += 1
  def set? = defined?(@@count)
end
p Counted.new.set?, Counted.new.count, Counted.new.more, Counted.new.count, Counted.new.set?





box[*[0], *[]] += 5
box[*[1]] ||= 7
p box
h = Hash.new(0)
h[:x] += 1
h[:y] ||= 2
p h, [*1..3, *nil, *[4]], [*"a"]



list = *nil
one = *5
p list, one, [*{ k: 1 }]



begin
  raise "x"
rescue => box[0]
  p box[0].message
end
begin
  raise "y"
rescue *[ArgumentError, RuntimeError] => holder.a
  p holder.a.message
end
try { begin; raise "z"; rescue "not a class"; end }

# patterns whose values answer wrongly, and what the errors say
class Odd
  def deconstruct = 5
  def deconstruct_keys(_) = 6
end
try { case Odd.new; in [1] then 1; end }
try { case Odd.new; in { a: 1 } then 1; end }
try { Odd.new => [*] }
try { Odd.new => { a: } }
p(case { a: 1 }; in {} then :empty; in { a: 1, **nil } then :exact; end)
p(case {}; in {} then :empty; end)
try { case { a: 1 }; in {} then 1; end }
p(case 5; in Integer | Float => n then n; end, case 5; in ..3 then 1; in 4.. then 2; end)


p(case [1, [2]]; in [Integer => a, [b]] if a < b then [a, b]; end)
p(case 7; in ^(3 + 4) then :seven; end, (1 in String), ({ k: 1 } in { k: Integer }))




# classes that cannot be made
module NotAClass; end
try { class NotAClass; end }
try { module Counted; end }
try { class Counted < Struct; end }
try { Class.new(Class) }
try { class Made < 5; end }
try { Class.new(5.singleton_class) }
try { Class.new(Counted.singleton_class) }
try { class Under < Class; end }
try { class << 5; end }

# jumps without a place to go to
Thread.report_on_exception = false
try { proc { return 1 }.then { |x| Thread.new(&x).value } }
def makes = proc { break 1 }
try { makes.call }
p [1, 2].each { |x| break x * 10 }, [1, 2].each { |x| next x }


p proc { next 5; 6 }.call, lambda { return 7 }.call, lambda { break 8 }.call



i = 0
res = while true do i += 1; break i, :done if i > 2 end
p res, (i += 1 while i < 10), i



