# An array as a queue, a stack and a ring.
queue = []
queue.push(:a, :b, :c)
puts queue.shift
puts queue.inspect
stack = queue.dup
stack.push(:d)
puts stack.pop, stack.pop
puts queue.inspect
ring = [1, 2, 3, 4]
3.times { puts ring.rotate!.inspect }
puts ring.each_cons(2).map { |a, b| b - a }.inspect
