# Flags of calls, places of constants, variants of ranges and defined?.
def m(a, b = a, (c, d), k: 1) = yield(*a, k: k)
m(1, *list, key: 2, &blk)
X = ::Y::Z
[1..x, x..., /a#{x}/im, defined?(@v), defined?(puts)]
