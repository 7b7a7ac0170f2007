# SPDX-License-Identifier: MIT
# new of Structs with values and names, and dig through Arrays, Hashes and Structs.
def e; yield; rescue => x; "#{x.class}: #{x.message}"; end
S3 = Struct.new(:a, :b)
p S3.new(1, 2), S3.new(1), S3.new, e { S3.new(1, 2, 3) }, S3.new(a: 1), S3.new({a: 1}), S3.new(1, b: 2), S3.new(*[], **{})
# => #<struct S3 a=1, b=2>
# => #<struct S3 a=1, b=nil>
# => #<struct S3 a=nil, b=nil>
# => "ArgumentError: struct size differs"
# => #<struct S3 a=1, b=nil>
# => #<struct S3 a={a: 1}, b=nil>
# => #<struct S3 a=1, b={b: 2}>
# => #<struct S3 a=nil, b=nil>
K3 = Struct.new(:a, :b, keyword_init: true); p K3.new(a: 1), e { K3.new(1) }, e { K3.new(c: 1) }, K3.new
# => #<struct K3 a=1, b=nil>
# => "ArgumentError: wrong number of arguments (given 1, expected 0)"
# => "ArgumentError: unknown keywords: c"
# => #<struct K3 a=nil, b=nil>
N3 = Struct.new(:a, keyword_init: false); p N3.new(a: 1) # => #<struct N3 a={a: 1}>
class Sub < S3; def initialize(x) = super(x, x * 2); end
p Sub.new(3) # => #<struct Sub a=3, b=6>
p [[1, [2, {a: 3}]]].dig(0, 1, 1, :a), {a: [1, {b: 2}]}.dig(:a, 1, :b), e { {a: 1}.dig(:a, :b) }, {a: nil}.dig(:a, :b), [1].dig(5), e { [1].dig("x") }, e { [1].dig }, {a: S3.new(1, 2)}.dig(:a, :b)
# => 3
# => 2
# => "TypeError: Integer does not have #dig method"
# => nil
# => nil
# => "TypeError: no implicit conversion of String into Integer"
# => "ArgumentError: wrong number of arguments (given 0, expected 1+)"
# => 2
