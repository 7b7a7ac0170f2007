# SPDX-License-Identifier: MIT
# instance_exec and instance_eval with blocks that are no code: symbols, methods.
p "ab".instance_eval(&:upcase)
# => "AB"
p "ab".instance_exec("x", &"cd".method(:+))
# => "cdx"
begin
  3.instance_exec(4, &:+)
rescue ArgumentError => e
  puts e.message
end
# => wrong number of arguments (given 0, expected 1)
class Callables
  define_method(:up, &:upcase)
  define_method(:joined, &"q".method(:+))
end
p Callables.instance_method(:up).parameters, Callables.instance_method(:up).arity
# => [[:req], [:rest]]
# => -2
p Callables.new.joined("z")
# => "qz"

class Hidden
  private def secret(*list) = list
end
begin
  Hidden.new.secret(*[1])
rescue NoMethodError => e
  puts e.message
end
# => private method 'secret' called for an instance of Hidden
