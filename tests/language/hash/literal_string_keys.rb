# SPDX-License-Identifier: MIT
# A literal String as key of a literal Hash is frozen and the one that equal ones share.
h = {"a" => 1}
k = h.keys[0]
p k.frozen?, k.equal?({"a" => 2}.keys[0]), k.equal?("a".freeze), k
# => true
# => true
# => true
# => "a"
def f(*a, **k) = [a, k]
p f("a" => 1)[1].keys[0].frozen? # => true
p [{"a" => (b = 1)}, b] # => [{"a" => 1}, 1]
p [["x" => 1]][0] # => [{"x" => 1}]
