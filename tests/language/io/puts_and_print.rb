# What puts, print and p write.
puts "a", "b\n"
# => a
# => b
puts [1, [nil, [:x]]]
# => 1
# =>
# => x
puts # =>
print "x", 1, "\n" # => x1
p # nothing
p 1, "two" # => 1
# => "two"
a = [1]
a << a
puts a
# => 1
# => [...]
$stdout << "y" << 2 << "\n" # => y2
printf("%03d|%s\n", 7, :s) # => 007|s
$stdout.write("w", 1, "\n") # => w1
putc "hello"
putc 10 # => h
