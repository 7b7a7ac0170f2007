# A Float that is no size: RangeError in Ruby's words, not the FloatDomainError of to_i.
def failure
  yield.inspect
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

nan = 0.0 / 0
puts failure { [] * nan } # => RangeError: float NaN out of range of integer
puts failure { Array.new(1 / 0.0) } # => RangeError: float Inf out of range of integer
puts failure { [1].first(-1 / 0.0) } # => RangeError: float -Inf out of range of integer
puts failure { "abc"[1e20] } # => RangeError: float 1e+20 out of range of integer
puts failure { nan.to_i } # => FloatDomainError: NaN
