# Ways to loop.
3.times { |i| print i, " " }
puts
1.step(10, 3) { |i| print i, " " }
puts
10.downto(7) { |i| print i, " " }
puts
%w[a b c].each_with_index { |x, i| print x, i, " " }
puts
i = 0
until i >= 3
  i += 1
  next if i == 2
  print i, " "
end
puts
for x, y in { a: 1, b: 2 } do print x, y, " " end
puts
begin
  i -= 1
end while i > 0
puts i
puts (1..3).flat_map { |n| [n] * n }.inspect
puts ("a".."e").each_slice(2).map(&:join).inspect
puts [1, 2, 3].cycle.take(7).inspect
puts (1..4).each_cons(2).to_a.inspect, 1.upto(4).inject(:*), ("az".."bc").to_a.inspect
