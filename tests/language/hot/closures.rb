# SPDX-License-Identifier: MIT
# Blocks, procs and bindings that take the locals of hot loops, and jumps out of them.
def m
  acc = []
  i = 0
  while i < 20
    x = i * 2
    acc << proc { x += 1 } if i % 7 == 3
    i += 1
  end
  acc.map(&:call)
end
3.times { p m }
def b
  x = 0
  20.times do |i|
    x += i
    if i == 13
      bd = binding
      bd.local_variable_set(:x, 1000)
    end
  end
  x
end
p b
def e
  y = 0
  r = 0
  30.times { |i| y += 1; eval("y = 100; r = i") if i == 11 }
  [y, r]
end
p e
def pass(&blk) = blk
def q
  ps = []
  z = 0
  20.times { |i| z += 1; ps << pass { z += i } if i > 15 }
  ps.each(&:call)
  z
end
p q
def yielder
  i = 0
  while i < 10
    yield i
    i += 1
  end
  :done
end
def brk
  yielder { |i| break i * 10 if i == 7 }
end
5.times { p brk }
def ret
  yielder { |i| return i if i == 8 }
  :no
end
5.times { p ret }
def nx
  r = []
  yielder { |i| next if i.odd?; r << i }
  r
end
5.times { p nx }
def nested
  r = []
  yielder { |i| yielder { |j| break if j > i; r << i * j } }
  r.sum
end
5.times { p nested }
def lam
  l = ->(x) { return x * 2 if x > 5; x }
  (0..10).map { |i| l.(i) }
end
4.times { p lam }
# A block that was kept changes a variable of a loop by a call that only C makes.
def kept
  got = 0
  changer = proc { got += 1 }
  n = 0
  while got < 50 && n < 1000
    [3].each(&changer)
    n += 1
  end
  [got, n]
end
p kept
def kept_in_the_loop
  got = 0
  changer = nil
  n = 0
  while got < 50 && n < 1000
    changer = proc { got += 1 } if n == 100
    [3].each(&changer) if changer
    n += 1
  end
  [got, n]
end
p kept_in_the_loop
