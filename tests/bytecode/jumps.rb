# Conditions, loops, short-circuit forms: `>` marks where jumps lead.
x = 0
while x < 10
  x += 1
  next if x == 3
  break unless x || y
end
z = x > 5 ? :more : :less
z && w&.size
