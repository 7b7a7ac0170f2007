# A thread may call as deep as the main program, however many have done so before.
def deep(n) = n == 0 ? 0 : 1 + deep(n - 1)
def each_deep(n) = n == 0 ? 0 : [1].each { |x| return x + each_deep(n - 1) }

p Thread.new { deep(5000) }.value # => 5000
p Thread.new { each_deep(1500) }.value # => 1500
p 20.times.map { Thread.new { deep(1000) } }.sum(&:value) # => 20000
p 20.times.sum { Thread.new { deep(1000) }.value } # => 20000

def endless = 1 + endless
result = Thread.new do
  endless
rescue SystemStackError => e
  e.message
end
p result.value # => "stack level too deep"
p Thread.new { deep(1000) }.value # => 1000
