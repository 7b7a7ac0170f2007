# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-exit-threshold=20 --jit-optimize=1000000000 --jit-log --jit-stats
# stderr: loop at line 13: is often left at line 13: recorded from there on
# stderr-count: 0 is not compiled
# stderr-count: 0 cannot be compiled
# stderr-count: 4 left          1 times
# Operators of Integers that are often too large for machine code, or divisions by 0 that are rescued
# in the region, are made by C, and the loops stay in their code until they end; a result that is
# masked has no check and calls nothing.
def products(n)
  i = sum = 0
  while i < n
    product = (i + 5) * 4_000_000_000_000_000_000
    sum ^= product >> 60
    i += 1
  end
  sum
end
p products(1000) # => 38

def shifts(n)
  i = sum = 0
  while i < n
    sum += (i << 70).bit_length
    i += 1
  end
  sum
end
p shifts(1000) # => 78907

def quotient(a, b)
  a / b
rescue ZeroDivisionError => e
  $error = e
  -5
end

def quotients(n)
  i = sum = 0
  while i < n
    sum += quotient(i, i % 3) + (i % 0 rescue 7)
    i += 1
  end
  puts $error.message, $error.backtrace.map { |line| line[/:\d+:.*/] }
  sum
end
p quotients(1000)
# => divided by 0
# => :32:in 'Integer#/'
# => :32:in 'Object#quotient'
# => :41:in 'Object#quotients'
# => :47:in '<main>'
# => 254664

def masked(n)
  i = 0
  h = 7
  while i < n
    h = (h * 6364136223846793005 + 1442695040888963407) & 0x3fffffffffffffff
    i += 1
  end
  h
end
p masked(1000) # => 2919327948043412079
