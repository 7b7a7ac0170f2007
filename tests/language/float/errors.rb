# SPDX-License-Identifier: MIT
# Errors of Float operations.
def error
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end
p(error { Float::NAN.to_i }) # => "FloatDomainError: NaN"
p(error { Float::INFINITY.round }) # => "FloatDomainError: Infinity"
p(error { -Float::INFINITY.floor }) # => "FloatDomainError: Infinity"
p(error { 1.0 + nil }) # => "TypeError: nil can't be coerced into Float"
p(error { 1.0 < "a" }) # => "ArgumentError: comparison of Float with String failed"
p(error { 1.0 % "a" }) # => "TypeError: String can't be coerced into Float"
p(error { 1.0.divmod(0) }) # => "ZeroDivisionError: divided by 0"
p(error { 1.0.div(0) }) # => "ZeroDivisionError: divided by 0"
p(error { Float("") }) # => "ArgumentError: invalid value for Float(): \"\""
p(error { Float("1e") }) # => "ArgumentError: invalid value for Float(): \"1e\""
p(error { Float("1.5x") }) # => "ArgumentError: invalid value for Float(): \"1.5x\""
p(error { Float(nil) }) # => "TypeError: can't convert nil into Float"
p(error { Float([]) }) # => "TypeError: can't convert Array into Float"
p(error { Float("1\0") }) # => "ArgumentError: string for Float contains null byte"
p(error { 1.5.round("1") }) # => "TypeError: no implicit conversion of String into Integer"
p(error { 1.5.round(half: :foo) }) # => "ArgumentError: invalid rounding mode: foo"
p(error { 1.5.round(nil) }) # => "TypeError: no implicit conversion from nil to integer"
p(error { Math.sqrt(-1) }) # => "Math::DomainError: Numerical argument is out of domain - sqrt"
p(error { Math.sqrt("4") }) # => "TypeError: can't convert String into Float"
p(error { Math.sqrt(nil) }) # => "TypeError: can't convert nil into Float"
p(error { Math.log(-1) }) # => "Math::DomainError: Numerical argument is out of domain - log"
p(error { Math.acos(2) }) # => "Math::DomainError: Numerical argument is out of domain - acos"
