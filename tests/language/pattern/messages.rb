# Why a single pattern does not fit.
def why
  yield
rescue NoMatchingPatternError => e
  "#{e.class}: #{e.message}"
end
puts why { 1 => String } # => NoMatchingPatternError: 1: String === 1 does not return true
puts why { [1, 2] => [a] } # => NoMatchingPatternError: [1, 2]: [1, 2] length mismatch (given 2, expected 1)
puts why { [1] => [a, b, *c] } # => NoMatchingPatternError: [1]: [1] length mismatch (given 1, expected 2+)
puts why { 5 => [a] } # => NoMatchingPatternError: 5: 5 does not respond to #deconstruct
puts why { 5 => {a:} } # => NoMatchingPatternError: 5: 5 does not respond to #deconstruct_keys
puts why { [1, 2] => [*, 3, *] } # => NoMatchingPatternError: [1, 2]: [1, 2] does not match to find pattern
puts why { [] => [*, 3, *] } # => NoMatchingPatternError: []: [] length mismatch (given 0, expected 1+)
puts why { case 5; in Integer if false; end } # => NoMatchingPatternError: 5: guard clause does not return true
puts why { case 5; in 6; in 7; end } # => NoMatchingPatternError: 5
puts why { { b: 1, c: 2 } => { b:, **nil } } # => NoMatchingPatternError: {b: 1, c: 2}: rest of {c: 2} is not empty
