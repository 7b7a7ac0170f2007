# while, until, for, loop, flip-flop, case.
i = 0
i += 1 while i < 5
p i # => 5
i -= 1 until i.zero?
p i # => 0
begin
  i += 1
end while i < 0
p i # => 1
r = while true do break 7 end
p r # => 7
r = while false do end
p r # => nil
for a, b in [[1, 2], [3, 4]] do last = a + b end
p [a, b, last] # => [3, 4, 7]
p (1..10).select { |x| true if (x == 3)..(x == 5) } # => [3, 4, 5]
p (1..10).select { |x| true if (x == 3)...(x == 3) } # => [3, 4, 5, 6, 7, 8, 9, 10]
e = [1, 2].each
n = 0
r = loop { n += e.next }
p [r, n] # => [[1, 2], 3]
p 5.times.map { |x| x * x } # => [0, 1, 4, 9, 16]
p 1.step(10, 4).to_a # => [1, 5, 9]
p 10.downto(7).to_a # => [10, 9, 8, 7]

def kind(x)
  case x
  when Integer, Float then :number
  when /^a/ then :a_word
  when nil then :nothing
  when ->(v) { v.respond_to?(:each) } then :list
  when *[:x, :y] then :xy
  else :other
  end
end
p [1, 2.0, "ab", nil, [1], :y, :z].map { |v| kind(v) } # => [:number, :number, :a_word, :nothing, :list, :xy, :other]
r = case
    when i > 100 then :big
    when i == 1 then :one
    end
p r # => :one
p [1, 2, 3, 4].each_with_object([]) { |v, acc| next if v.odd?; acc << v } # => [2, 4]
out = []
[1, 2, 3].each do |v|
  [4, 5].each do |w|
    next if w == 4
    break if v == 2
    out << [v, w]
  end
end
p out # => [[1, 5], [3, 5]]
