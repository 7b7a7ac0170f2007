# SPDX-License-Identifier: MIT
# Classes whose instances no program makes have no `new` at all, nor do classes below them.
[Integer, Float, Rational, Complex, Symbol, NilClass, TrueClass, FalseClass, Method, UnboundMethod,
 MatchData, Binding, Encoding, Data].each do |klass|
  puts "#{klass} responds" if klass.respond_to?(:new)
end
class Wrong < Rational
  def self.method_missing(name, *) = "missing #{name}"
end
puts Wrong.new(1, 2)
# => missing new
begin
  Rational.new(1, 2)
rescue NoMethodError => e
  puts e.message
end
# => undefined method 'new' for class Rational
begin
  Class.instance_method(:new).bind_call(Symbol)
rescue TypeError => e
  puts e.message
end
# => allocator undefined for Symbol
p Data.define(:a).new(a: 1)
# => #<data a=1>
