# SPDX-License-Identifier: MIT
# Jumps out of the middle of a half-evaluated expression leave nothing behind.
def f(*args, **opts) = [args, opts]

# next, break, redo in the middle of arguments, in while loops and in blocks.
out = []
i = 0
while i < 6
  i += 1
  out << f(i, (next if i.odd?), [i, *[i, (break if i == 6)]])
end
p out # => [[[2, nil, [2, 2, nil]], {}], [[4, nil, [4, 4, nil]], {}]]
p [1, 2, 3].map { |x| f(1, (next :skipped if x == 2), x) } # => [[[1, nil, 1], {}], :skipped, [[1, nil, 3], {}]]
p [1, 2, 3].each { |x| f(1, [2, { k: (break [:left, x] if x == 2) }], "#{x}#{break :never if x == 9}") } # => [:left, 2]
p (while true do f(1, 2, [3, *[4, 5], (break :value if true)], 6) end) # => :value
p (until false do [1, [2, [3, [4, (break 5 if true)]]]] end) # => 5
n = 0
r = [10, 20].map do |x|
  n += 1
  f(x, (redo if n == 2), n)
end
p r # => [[[10, nil, 1], {}], [[20, nil, 3], {}]]
i = 0
sum = 0
sum += (i += 1; next if i == 3; i) while i < 5
p sum # => 12
i = 0
text = +""
text << "#{i}#{i += 1; next if i.even?; i}|" until i >= 6
p text # => "01|23|45|"
i = 0
begin
  i += 1
  [i, (next if i < 3), i]
end while i < 5
p i # => 5

# return from the middle of arguments, through blocks, loops and ensure.
def early(x)
  f(1, *[2, 3], k: [x, (return [:early, x] if x > 1)])
end
p early(1), early(2) # => [[1, 2, 3], {k: [1, nil]}]
# => [:early, 2]
def from_block
  [1, 2].each { |x| f(x, [x, "#{return x if x == 2}"]) }
  :not_reached
end
p from_block # => 2
def from_hash = { a: 1, b: { c: (return :from_hash if true) } }
p from_hash # => :from_hash
def from_condition = (return 1 if (return 2 if true)) || 3
p from_condition # => 2
def from_operator(x) = 1 + (x || (return :no if true)) * 2
p from_operator(3), from_operator(nil) # => 7
# => :no
def from_index(a) = a[(return :indexed if true)] = f(1)
p from_index([]) # => :indexed
def from_assignment
  x = [1, (return x.inspect if true), 2]
end
p from_assignment # => "nil"
def from_multiple
  a, b = 1, (return [a, b] if true)
end
p from_multiple # => [nil, nil]
def from_op_assign(x)
  x += (return x if true)
end
p from_op_assign(8) # => 8
def from_interpolation = "a#{1}b#{return :text if true}c"
p from_interpolation # => :text
def from_case
  case f(1, (return :subject if true))
  when 1 then 2
  end
end
p from_case # => :subject
def from_when(x)
  case x
  when 1, (return :when if true) then :one
  end
end
p from_when(1), from_when(2) # => :one
# => :when

# raise and throw from the middle, rescued in the same frame, many times over.
def risky(x) = x.odd? ? raise("odd #{x}") : x
total = 0
200.times do |j|
  total += f(1, 2, [3, { a: (risky(j) rescue -1) }], 4)[0][2][1][:a]
end
p total # => 9800
count = 0
200.times do |j|
  begin
    f(1, 2, *[3, 4], "#{j}#{risky(j)}", k: [5, 6])
  rescue RuntimeError
    count += 1
  end
end
p count # => 100
p f(1, begin # => [[1, [:rescued, [[3], {}]], 5], {}]
  f(2, raise("in argument"))
rescue
  [:rescued, f(3)]
ensure
  f(4)
end, 5)
p f(1, catch(:done) { f(2, [3, (throw :done, :thrown)]) }, 4) # => [[1, :thrown, 4], {}]
p [1, begin; [2, (raise "x")]; rescue; 3; end, 4] # => [1, 3, 4]
p 1 + begin # => 21
  2 + raise("x")
rescue
  10
end * 2
x = [0, 0]
x[begin; raise "i"; rescue; 1; end] += begin; 1 + raise("v"); rescue; 5; end
p x # => [0, 5]
p({ a: (raise "x" rescue 1), b: [(raise "y" rescue 2)], **(raise "z" rescue { c: 3 }) }) # => {a: 1, b: [2], c: 3}
p "#{raise "a" rescue 1}-#{begin; "#{raise "b"}"; rescue; 2; end}" # => "1-2"

# Expressions that are loops, conditions or definitions stand inside others.
p f((while false do end), (if false then 1 end), (def inner = 1), (class Inner; 7; end), (module Deep; end))
# => [[nil, nil, :inner, 7, nil], {}]
p f(1, while true do break f(2, while true do break 3 end) end, 4) # => [[1, [[2, 3], {}], 4], {}]
p [(case 1 when 2 then 3 end), (begin; end), (), (unless true then 1 end)] # => [nil, nil, nil, nil]
p f(*(1..3).each { |v| break [v, v] if v == 2 }, 9) # => [[2, 2, 9], {}]
p [3, 1, 2].sort { |a, b| f(a, (next b <=> a if a != 9)) } # => [3, 2, 1]
i = 0
found = loop { i += 1; f(i, (next if i < 4), (break [:loop, i] if true)) }
p found # => [:loop, 4]
nested = (1..3).map { |a| (1..3).map { |b| f(a, (next 0 if b == 2), (break [:cut, a] if a == 2), b)[0].compact.sum } }
p nested # => [[2, 0, 4], [:cut, 2], [4, 0, 6]]
