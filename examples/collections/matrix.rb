# Arrays of arrays: transpose, product, printing.
def multiply(a, b)
  columns = b.transpose
  a.map { |row| columns.map { |column| row.zip(columns && column).sum { |x, y| x * y } } }
end

a = [[1, 2], [3, 4], [5, 6]]
b = [[7, 8, 9], [10, 11, 12]]
multiply(a, b).each { |row| puts row.map { |x| x.to_s.rjust(4) }.join }
identity = Array.new(3) { |i| Array.new(3) { |j| i == j ? 1 : 0 } }
puts multiply(identity, a) == a
puts a.flatten.each_slice(3).to_a.inspect
puts a.inject(:+).minmax.inspect
