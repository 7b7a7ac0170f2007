# Leaves that call each other (inspect, ==, <=>, hash) on deep data in a fiber end in
# SystemStackError, not in a crash: a fiber's C stack is small.
def nested(depth)
  list = []
  depth.times { list = [list] }
  list
end

def attempt(name)
  yield
  puts "#{name}: ends"
rescue SystemStackError
  puts "#{name}: too deep"
end

left = nested(20_000)
right = nested(20_000)
Fiber.new do
  attempt(:inspect) { left.inspect } # => inspect: too deep
  attempt(:to_s) { left.to_s } # => to_s: too deep
  attempt(:equal) { left == right } # => equal: too deep
  attempt(:compare) { left <=> right } # => compare: too deep
  attempt(:eql) { left.eql?(right) } # => eql: too deep
  attempt(:hash) { left.hash } # => hash: too deep
  attempt(:shallow) { [[[1]]].inspect } # => shallow: ends
end.resume
