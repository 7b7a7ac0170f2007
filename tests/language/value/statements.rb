# SPDX-License-Identifier: MIT
# Every statement has a value: loops, conditions, definitions, assignments, empty bodies, handlers.
def v = yield
p v { while false do 1 end }, v { while true do break end }, v { while true do break 1 end }, v { while true do break 1, 2 end } # => nil
# => nil
# => 1
# => [1, 2]
p v { until true do 1 end }, v { until false do break :u end }, v { begin 5 end while false }, v { begin break_free = 1 end until true }
# => nil
# => :u
# => nil
# => nil
p v { for i in [1, 2] do i end }, v { for i in [1, 2] do break i * 5 end }, v { for i in [] do end }, v { loop { break } }, v { loop { break 3 } }
# => [1, 2]
# => 5
# => []
# => nil
# => 3
p v { if false then 1 end }, v { if true then end }, v { if nil then 1 else 2 end }, v { unless true then 1 end }, v { unless nil then 2 end }, v { 3 if 1 }, v { 3 unless 1 }
# => nil
# => nil
# => 2
# => nil
# => 2
# => 3
# => nil
p v { if (x = 5) > 3 then x end }, v { if false then 1 elsif nil then 2 else end }, v { true ? () : 1 }, v { (1; 2; 3) }, v { () } # => 5
# => nil
# => nil
# => 3
# => nil
p v { case 5 when 1 then 2 end }, v { case 5 when 5 then end }, v { case when false then 1 else 7 end }, v { case 1 when 1 then 8 end }, v { case 1; in Integer => n then n end }
# => nil
# => nil
# => 7
# => 8
# => 1
p v { begin end }, v { begin; 1; ensure; 2 end }, v { begin; raise "a"; rescue; 3; end }, v { begin; 1; rescue; 2; else; 3; ensure; 4; end }, v { begin; raise "a"; rescue; end }
# => nil
# => 1
# => 3
# => 3
# => nil
p v { def m1 = 1 }, v { def self.m2; end }, v { class Empty; end }, v { class Full; 5; end }, v { module Mod; self; end }, v { class << self; 6; end }, v { class Full; def x; end; end }
# => :m1
# => :m2
# => nil
# => 5
# => Mod
# => 6
# => :x
p v { alias m3 m1 }, v { undef m3 }, v { BEGIN_VALUE = 1 }, v { $g = 2 }, v { @i = 3 }, v { a = 4 }, v { a, b = 5, 6 }, v { a, b = 7 }, v { *a = 8 }, v { a = *9 }
# => nil
# => nil
# => 1
# => 2
# => 3
# => 4
# => [5, 6]
# => 7
# => 8
# => [9]
p v { h = {}; h[:k] = 1 }, v { h = { k: 1 }; h[:k] += 1 }, v { a = nil; a ||= 3 }, v { a = 1; a &&= nil }, v { a = [1]; a[0], b = 9, 8 }, v { s = Struct.new(:q).new; s.q = 4 }
# => 1
# => 2
# => 3
# => nil
# => [9, 8]
# => 4
p v { not true }, v { !nil }, v { 1 and nil }, v { nil or 2 }, v { nil && x }, v { false || nil }, v { 1 and 2 or 3 }, v { not (1 and nil) }
# => false
# => true
# => nil
# => 2
# => nil
# => nil
# => 2
# => true
p v { defined?(x) }, v { __method__ }, v { self }, v { nil }, v { 1..2 }, v { "a" "b" }, v { __LINE__.class }, v { -> { } }.class, v { :"a b" }, v { ?a }, v { %w[] }
# => nil
# => nil
# => main
# => nil
# => 1..2
# => "ab"
# => Integer
# => Proc
# => :"a b"
# => "a"
# => []
p v { 5.then { } }, v { [].each { } }, v { raise "x" rescue :mod }, v { Integer("x") rescue nil }, v { yield_nothing = 1 }, v { return_value = (next 4 if true) }
# => nil
# => []
# => :mod
# => nil
# => 1
# => 4
# Values of nested loops and jumps inside conditions and assignments.
x = while true do y = while true do break 1 end; break y + 1 end
p x # => 2
x = [1, 2, 3].each { |n| break [n, (m = n + 1 while false)] if n == 2 }
p x # => [2, nil]
x = if (while true do break false end) then 1 else (until true do end; :else) end
p x # => :else
x = begin
  i = 0
  while (i += 1) < 10
    next if i < 5
    break i if i > 6
  end
end
p x # => 7
n = 0
x = (n += 1 until n == 4)
p x, n # => nil
# => 4
x = case (n > 3 and n) when 4 then (n -= 1 while n > 0; n) end
p x # => 0
x = [(n += 1 if n == 0), (n += 1 unless n == 0), (n while n > 5), *(n if false), { k: (n if nil) }]
p x # => [1, 2, nil, {k: nil}]
x = y = z = w ||= 5
p [x, y, z, w] # => [5, 5, 5, 5]
x = (a, b = 1, 2; a + b)
p x, (a = b = 3) + a, [a = 1, a += 1, a], { k: a = 9, l: a }, "#{a = 4}#{a}", (a = 5 if a == 4) || a # => 3
# => 6
# => [1, 2, 2]
# => {k: 9, l: 9}
# => "44"
# => 5
p [*(a = [1, 2]), a.size], (p), (p 1), (p 1, 2), ((puts) || :puts_nil), [print].size # => 1
# => 1
# => 2
# =>
# => [1, 2, 2]
# => nil
# => 1
# => [1, 2]
# => :puts_nil
# => 1
r = [1, 2, 3, 4].map do |e|
  case e
  when 1 then next
  when 2 then next :two
  when 3
    e > 2 and (e + 10)
  else
    e unless e
  end
end
p r # => [nil, :two, 13, nil]
BEGIN { $begun = [:begin] }
BEGIN { $begun << :second }
p $begun # => [:begin, :second]
p((1 if true).then { |q| q }, (begin; 1; end + 1), (if true; 2; end + 3), [while true do break 4 end].first, -(case 1 when 1 then 5 end))
# => 1
# => 2
# => 5
# => 4
# => -5
