# Reading and writing elements and parts.
def err
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

a = [10, 20, 30, 40, 50]
p [a[0], a[-1], a[9], a[-9]] # => [10, 50, nil, nil]
p [a[1, 2], a[1..], a[..1], a[1...-1], a[-2..], a[5, 1], a[6, 1], a[2, -1]] # => [[20, 30], [20, 30, 40, 50], [10, 20], [20, 30, 40], [40, 50], [], nil, nil]
p [a.first, a.first(2), a.last, a.last(2), a.take(2), a.drop(3)] # => [10, [10, 20], 50, [40, 50], [10, 20], [40, 50]]
p a.values_at(0, 2, -1, 9, 1..2, 4..6) # => [10, 30, 50, nil, 20, 30, 50, nil, nil]
p a[(0..).step(2)] # => [10, 30, 50]
p a.fetch(1) # => 20
p err { a.fetch(9) } # => "IndexError: index 9 outside of array bounds: -5...5"
p a.fetch(9, :none) # => :none
p a.fetch(9) { |i| i * 2 } # => 18
p a.dig(0) # => 10
p [[1, [2, 3]]].dig(0, 1, 0) # => 2
p err { [1].dig(0, 1) } # => "TypeError: Integer does not have #dig method"
b = a.dup
b[7] = 80
p b # => [10, 20, 30, 40, 50, nil, nil, 80]
b[1..2] = [:x]
p b # => [10, :x, 40, 50, nil, nil, 80]
b[0, 2] = []
p b # => [40, 50, nil, nil, 80]
b[10..11] = 1
p b # => [40, 50, nil, nil, 80, nil, nil, nil, nil, nil, 1]
p err { b[-20] = 1 } # => "IndexError: index -20 too small for array; minimum: -11"
p err { b[-20, 1] = 1 } # => "IndexError: index -20 too small for array; minimum: -11"
p err { b[-20..1] = 1 } # => "RangeError: -20..1 out of range"
p err { b[0, -1] = 1 } # => "IndexError: negative length (-1)"
p err { a[nil] } # => "TypeError: no implicit conversion from nil to integer"
p err { a["0"] } # => "TypeError: no implicit conversion of String into Integer"
p a[1.9] # => 20
c = [1, 2, 3, 4, 5, 6]
p [c.slice!(1), c.slice!(1, 2), c.slice!(9), c] # => [2, [3, 4], nil, [1, 5, 6]]
p [c.delete_at(0), c.delete_at(9), c.delete(6), c.delete(99), c.delete(99) { :no }, c] # => [1, nil, 6, nil, :no, [5]]
p [c.insert(1, :a, :b), c.insert(-2, :z), c.insert(7, :end)] # => [[5, :a, :z, :b, nil, nil, nil, :end], [5, :a, :z, :b, nil, nil, nil, :end], [5, :a, :z, :b, nil, nil, nil, :end]]
p err { c.insert(-20, 1) } # => "IndexError: index -20 too small for array; minimum: -9"
p [c.clear, c.empty?] # => [[], true]
p err { [].first(-1) } # => "ArgumentError: negative array size"
p err { [].take(-1) } # => "ArgumentError: attempt to take negative size"
p err { [1, 2].first("x") } # => "TypeError: no implicit conversion of String into Integer"
