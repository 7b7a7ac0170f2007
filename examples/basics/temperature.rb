# Methods with defaults and keyword arguments; formatted output.
def convert(degrees, from: :celsius, digits: 1)
  result = from == :celsius ? degrees * 9.0 / 5 + 32 : (degrees - 32) * 5.0 / 9
  result.round(digits)
end

[-40, 0, 20, 37.5, 100].each do |c|
  puts format("%6.1f C = %6.1f F", c, convert(c))
end
puts convert(212, from: :fahrenheit)
puts convert(98.6, from: :fahrenheit, digits: 2)
