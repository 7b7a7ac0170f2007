# Conditions and ranges.
1.upto(15) do |n|
  word = ""
  word << "Fizz" if n % 3 == 0
  word << "Buzz" if n % 5 == 0
  puts word.empty? ? n : word
end
