# tail_calls: true
# Calls in tail position need no frame: recursion far deeper than the limit of frames.
def count(n, acc)
  return acc if n == 0
  count(n - 1, acc + 1)
end
puts count(100_000, 0) # => 100000

def even(n) = n == 0 ? true : odd(n - 1)
def odd(n) = n == 0 ? false : even(n - 1)
puts even(50_001) # => false

def choose(n)
  case n
  when 0 then :done
  else n > 0 && choose(n - 1)
  end
end
puts choose(50_000) # => done
