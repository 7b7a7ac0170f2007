# The smallest program, and interpolation.
name = ARGV.first || "world"
puts "Hello, #{name}!"
puts "One plus two is #{1 + 2}."
