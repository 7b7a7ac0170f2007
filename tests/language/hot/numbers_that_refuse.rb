# SPDX-License-Identifier: MIT
# Numbers of several kinds, with operands in machine code that C does not take: a zero, a shift to
# the right, a negative exponent, what is no operator.
def quotients(list)
  big = 2**70
  sum = i = 0
  while i < list.size
    sum += big / list[i]
    i += 1
  end
  sum
rescue ZeroDivisionError => e
  [e.message, i]
end
mixed = Array.new(100) { |k| k.even? ? k + 1 : 2**66 + k }
3.times { quotients(mixed) }
p quotients(mixed) # => 3468312369663838732641
p quotients(mixed + [0, 3]) # => ["divided by 0", 100]

def shifts(list)
  big = 2**70
  sum = i = 0
  while i < list.size
    sum += big << list[i]
    i += 1
  end
  sum
end
small = Array.new(100) { |k| k & 7 }
3.times { shifts(small) }
p shifts(small) # => 3630319233706039758028800
p shifts(small + [-3, 1, 200]) # => 1897137590064188545819787018382342682267975428761855001226105884376548780277760000

def powers(list)
  sum = i = 0
  while i < list.size
    sum += 2 ** list[i]
    i += 1
  end
  sum
end
3.times { powers(small) }
p powers(small) # => 3075
p powers(small + [-1, 3, 100]) # => (2535301200456458802993406416919/2)

class Money
  attr_reader :n

  def initialize(n) = @n = n
  def coerce(other) = [Money.new(other), self]
  def +(other) = Money.new(n + other.n)
end
def sums(list)
  big = 2**70
  sum = i = 0
  while i < list.size
    one = big + list[i]
    sum += one.is_a?(Money) ? one.n : one
    i += 1
  end
  sum
end
3.times { sums(mixed) }
p sums(mixed) # => 121748510886483040670600
p sums(mixed + [Money.new(3)]) # => 122929102507200451974027

def folded(list, operator)
  sum = i = 0
  while i < 60
    sum += list.inject(operator)
    i += 1
  end
  sum
end
p folded(1..9, :+) # => 2700
p folded(1..9, :gcd) # => 60
p folded([2**66, 3, 4].each, :+) # => 4427218577690292388260
p folded([2**66, 3, 4].each, :gcd) # => 60
p folded([2**66, 1.5, 4].each, :*) # => 2.6563311466141754e+22
