# SPDX-License-Identifier: MIT
# What coerce gives, and how it fails.
def error
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end
class BadPair
  def coerce(other) = :no
end
class Upper
  def coerce(other) = ["<#{other}>", "!"]
end
p(1.coerce(2)) # => [2, 1]
p(1.coerce(2.5)) # => [2.5, 1.0]
p(1.5.coerce(2)) # => [2.0, 1.5]
p(1.coerce("2.5")) # => [2.5, 1.0]
p(1r.coerce(2)) # => [(2/1), (1/1)]
p(Complex(1, 2).coerce(3)) # => [(3+0i), (1+2i)]
p(1 + Upper.new) # => "<1>!"
p(error { 1 + BadPair.new }) # => "TypeError: coerce must return [x, y]"
p(error { 1 * :a }) # => "TypeError: :a can't be coerced into Integer"
p(error { 1 - true }) # => "TypeError: true can't be coerced into Integer"
p(error { 1.0 * nil }) # => "TypeError: nil can't be coerced into Float"
p(error { 1r + nil }) # => "TypeError: nil can't be coerced into Rational"
p(error { Complex(1, 2) + nil }) # => "TypeError: nil can't be coerced into Complex"
p(error { 1 <= nil }) # => "ArgumentError: comparison of Integer with nil failed"
p(error { 1 > Object }) # => "ArgumentError: comparison of Integer with Class failed"
p((1 <=> nil)) # => nil
p(1 == Object.new) # => false
p((1.0 <=> "a")) # => nil
