# SPDX-License-Identifier: MIT
# Errors of Integer operations.
def error
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end
p(error { 1 / 0 }) # => "ZeroDivisionError: divided by 0"
p(error { 1 % 0 }) # => "ZeroDivisionError: divided by 0"
p(error { 1.divmod(0) }) # => "ZeroDivisionError: divided by 0"
p(error { 1 + nil }) # => "TypeError: nil can't be coerced into Integer"
p(error { 1 + "2" }) # => "TypeError: String can't be coerced into Integer"
p(error { 1 < nil }) # => "ArgumentError: comparison of Integer with nil failed"
p(error { 1 < "2" }) # => "ArgumentError: comparison of Integer with String failed"
p(error { 1 & 1.5 }) # => "TypeError: 1.5 can't be coerced into Integer"
p(error { 1 << "1" }) # => "TypeError: no implicit conversion of String into Integer"
p(error { 0**-1 }) # => "ZeroDivisionError: divided by 0"
p(error { 1.to_s(1) }) # => "ArgumentError: invalid radix 1"
p(error { 1.to_s(37) }) # => "ArgumentError: invalid radix 37"
p(error { 256.chr }) # => "RangeError: 256 out of char range"
p(error { -1.chr }) # => "RangeError: -1 out of char range"
p(error { 1.digits(1) }) # => "ArgumentError: invalid radix 1"
p(error { 1.digits(-1) }) # => "ArgumentError: negative radix"
p(error { -1.digits }) # => "Math::DomainError: out of domain"
p(error { Integer.sqrt(-1) }) # => "Math::DomainError: Numerical argument is out of domain - \"isqrt\""
p(error { Integer("abc") }) # => "ArgumentError: invalid value for Integer(): \"abc\""
p(error { Integer("08") }) # => "ArgumentError: invalid value for Integer(): \"08\""
p(error { Integer("") }) # => "ArgumentError: invalid value for Integer(): \"\""
p(error { Integer(nil) }) # => "TypeError: can't convert nil into Integer"
p(error { Integer([]) }) # => "TypeError: can't convert Array into Integer"
p(error { Integer(10, 2) }) # => "ArgumentError: base specified for non string value"
p(error { Integer("1", 1) }) # => "ArgumentError: invalid radix 1"
p(error { 1.gcd(1.5) }) # => "TypeError: not an integer"
p(error { 2.pow(1.5, 3) }) # => "TypeError: Integer#pow() 2nd argument not allowed unless a 1st argument is integer"
p(error { 1.upto("a") { } }) # => "ArgumentError: comparison of Integer with String failed"
p(error { 1.step(10, 0) { } }) # => "ArgumentError: step can't be 0"
p(error { 1.round(half: :foo) }) # => 1
p(error { 1.coerce(nil) }) # => "TypeError: can't convert nil into Float"
p(error { 1.coerce("x") }) # => "ArgumentError: invalid value for Float(): \"x\""
