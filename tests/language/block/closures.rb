# Captured variables: shared, kept after their frame ended, one set per activation.
def counter
  n = 0
  [-> { n += 1 }, -> { n }]
end
inc, get = counter
inc.call
inc.call
p get.call # => 2
other_inc, other_get = counter
other_inc.call
p [get.call, other_get.call] # => [2, 1]

procs = [1, 2, 3].map { |i| -> { i * 10 } }
p procs.map(&:call) # => [10, 20, 30]

def adder(n) = ->(x) { x + n }
p adder(3).call(4) # => 7

x = 1
change = proc { x = 2 }
change.call
p x # => 2

def nested
  a = 1
  outer = lambda do
    b = a + 1
    inner = lambda do
      a += 10
      [a, b]
    end
    inner.call
  end
  [outer.call, a]
end
p nested # => [[11, 2], 11]

fs = []
i = 0
while i < 3
  j = i
  fs << -> { j }
  i += 1
end
p fs.map(&:call) # => [2, 2, 2]

def yielder
  v = 1
  yield
  v
end
p yielder { v = 5 } # => 1

b = binding
y = 7
p b.local_variable_get(:y) # => 7
b.local_variable_set(:y, 8)
p y # => 8
p eval("x + y", b) # => 10
eval("zz = 3", b)
p b.local_variable_get(:zz) # => 3
p b.local_variables.include?(:zz) # => true

def block_to_proc(&blk) = blk
kept = block_to_proc { |q| q + x }
p kept.call(1) # => 3
p kept.lambda? # => false
