# SPDX-License-Identifier: MIT
# String(), Array(), Hash() and their errors.
p String(12), String(nil), Array(nil), Array([1]), Array(1..3), Array({ a: 1 }) # => "12"
# => ""
# => []
# => [1]
# => [1, 2, 3]
# => [[:a, 1]]
p Hash(nil), Hash([]), Hash({ b: 2 }) # => {}
# => {}
# => {b: 2}
class Odd
  def to_s = 1

  def to_ary = 2
end
begin
  String(Odd.new)
rescue TypeError => e
  puts e.message # => can't convert Odd into String (Odd#to_s gives Integer)
end
begin
  Array(Odd.new)
rescue TypeError => e
  puts e.message # => can't convert Odd into Array (Odd#to_ary gives Integer)
end
Hash(5) # raises TypeError: can't convert Integer into Hash
