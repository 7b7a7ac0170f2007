# The order of ancestors for include and prepend, early and late.
module M1; end
module M2; include M1; end
module M3; end
module P; end

class A; include M1; end
class B < A; include M1; include M2; end
p B.ancestors.take(4) # => [B, M2, A, M1]

class D; include M1, M3; prepend P; end
class E < D; prepend P; end
p E.ancestors.take(6) # => [P, E, P, D, M1, M3]

module M3; include M2; end
p D.ancestors.take(6) # => [P, D, M1, M3, M2, M1]

module Q1; end
module Q2; prepend Q1; end
class H; include Q2; end
module Q3; end
module Q2; prepend Q3; end
p H.ancestors.take(4) # => [H, Q3, Q1, Q2]

class J; prepend M1; prepend M1; include M1; end
p J.ancestors.take(2) # => [M1, J]

begin
  module M1; include M2; end
rescue ArgumentError => e
  puts e.message # => cyclic include detected
end

module Loud
  def speak = super + "!"
end

class Dog
  prepend Loud
  def speak = "wau"
end
p Dog.new.speak # => "wau!"
p Dog.instance_method(:speak).owner # => Loud
