# What divides by a Rational or Complex 0 stands in the backtrace, as what divides by an Integer 0
# does, however often the place ran before.
def lines(error) = error.backtrace.first(2).map { |line| line[/in '(.*)'/, 1] }

def divide(a, b)
  a / b
rescue ZeroDivisionError => error
  lines(error)
end

def modulo(a, b)
  a % b
rescue ZeroDivisionError => error
  lines(error)
end

20.times { divide(6, 2r) + modulo(6, 4r) }
p divide(6, 0r)            # => ["Integer#/", "Object#divide"]
p divide(6, Complex(0, 0)) # => ["Integer#/", "Object#divide"]
p divide(1 << 80, 0r)      # => ["Integer#/", "Object#divide"]
p divide(6, 0)             # => ["Integer#/", "Object#divide"]
p modulo(6, 0r)            # => ["Integer#%", "Object#modulo"]
p modulo(1.5, 0r)          # => ["Float#%", "Object#modulo"]
p modulo(6, 0)             # => ["Integer#%", "Object#modulo"]
