# A Float that takes the place of a part of an array is a value, not the bits of one.
a = []
a[1, 1] = 1e20
p a # => [nil, 1.0e+20]
a[0..1] = -4611686018427387904.0
p a # => [-4.611686018427388e+18]
b = [:x]
b[0, 0] = [1.5, 1e300]
p b # => [1.5, 1.0e+300, :x]
