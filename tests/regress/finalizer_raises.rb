# A finalizer that raises is reported; the others still run and the exit code stays 0.
# stderr: Exception in finalizer
# exit: 0
ObjectSpace.define_finalizer("x".dup, proc { raise "f" })
ObjectSpace.define_finalizer("y".dup, proc { puts "second" })
puts "end" # => end
# => second
