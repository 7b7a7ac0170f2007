# Buckets, tally and chunking.
values = [3, 7, 12, 15, 18, 21, 22, 25, 31, 38]
values.group_by { |v| v / 10 * 10 }.each do |start, list|
  puts "#{start.to_s.rjust(2)}-#{start + 9}: #{"#" * list.size}"
end
puts values.each_slice(4).map(&:sum).inspect
puts values.slice_when { |a, b| b - a > 4 }.to_a.inspect
puts values.chunk_while { |a, b| b - a < 4 }.map(&:size).inspect
puts values.each_with_object(Hash.new(0)) { |v, h| h[v.even?] += 1 }.values.inspect
