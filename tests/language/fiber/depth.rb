# A fiber may call some hundred methods deep.
def deep(n) = n == 0 ? 0 : 1 + deep(n - 1)

p Fiber.new { deep(700) }.resume # => 700
p Fiber.new { Fiber.new { Fiber.yield deep(700) }.resume }.resume # => 700

def endless = 1 + endless
result = Fiber.new do
  endless
rescue SystemStackError => e
  e.message
end
p result.resume # => "stack level too deep"
