# Methods that yield, each_with_index, to_enum, external iteration.
def pairs(list)
  return enum_for(:pairs, list) { list.size * (list.size - 1) / 2 } unless block_given?
  list.each_with_index { |a, i| list.drop(i + 1).each { |b| yield a, b } }
end

pairs(%w[a b c]) { |a, b| puts a + b }
e = pairs([1, 2, 3])
puts e.size, e.to_a.inspect, e.next.inspect, e.next.inspect
begin
  3.times { e.next }
rescue StopIteration
  puts "done"
end
puts e.with_index(1).map { |(a, b), i| (a + b) * i }.inspect
