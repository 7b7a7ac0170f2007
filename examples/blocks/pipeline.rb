# Composing procs and methods.
double = ->(x) { x * 2 }
increment = proc { |x| x + 1 }
square = :abs2.to_proc
puts (double >> increment).call(5)
puts (double << increment).call(5)
puts (double >> increment >> square).call(1)
puts %w[1 2 3].map(&method(:Integer)).sum
add = ->(a, b, c) { a + b + c }
puts add.curry[1][2][3], add.curry.(1, 2).(3)
steps = [:strip, :downcase, :capitalize]
puts steps.inject("  hELLO  ") { |text, step| text.send(step) }
puts [3, 1, 2].sort.then { |list| list.first + list.last }
counter = Enumerator.produce(1) { |x| x * 3 }
puts counter.take(5).inspect
