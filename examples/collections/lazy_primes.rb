# Endless ranges and lazy enumerators.
def prime?(n) = n > 1 && (2..Integer.sqrt(n)).none? { |d| (n % d).zero? }

puts (1..).lazy.select { |n| prime?(n) }.map { |n| n * n }.first(6).inspect
puts (1..Float::INFINITY).lazy.map { |x| x * 2 }.reject { |x| x % 3 == 0 }.take_while { |x| x < 20 }.to_a.inspect
squares = Enumerator.new do |y|
  n = 0
  loop { y << (n += 1)**2 }
end
puts squares.lazy.select(&:even?).first(3).inspect
puts squares.next, squares.next, squares.peek
puts squares.each_with_index.first(2).inspect
