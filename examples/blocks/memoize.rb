# A hash as a memo, closures as counters.
fib = Hash.new { |h, n| h[n] = n < 2 ? n : h[n - 1] + h[n - 2] }
puts fib[90], fib.size

def counter(step = 1)
  n = 0
  { up: -> { n += step }, down: -> { n -= step }, now: -> { n } }
end
c = counter(5)
3.times { c[:up].call }
c[:down].()
puts c[:now][]

def memoize(f)
  cache = {}
  ->(x) { cache.key?(x) ? "cached #{cache[x]}" : cache[x] = f.(x) }
end
slow = memoize(->(x) { x * x })
puts slow.(4), slow.(4), slow.(5)
