# tail_calls: true
# Calls in tail position that pass everything on, and those that cannot be jumps.
def target(*a, **o, &b) = [a, o, b&.call]
def forward(...) = target(...)
def forward_more(x, ...) = target(x, 0, ...)
def conditional(n, ...) = n.zero? ? target(...) : conditional(n - 1, ...)
p forward(1, k: 2) { 3 }, forward, forward_more(1, 2), conditional(2000, 7, z: 8) { 9 }
# => [[1], {k: 2}, 3]
# => [[], {}, nil]
# => [[1, 0, 2], {}, nil]
# => [[7], {z: 8}, 9]
none = {}
list = [1, **none]
p list, [1, **none, **{ a: 2 }], [*list, **none], [**none], [**{ b: 3 }], [*[], *list, **none, **none]
# => [1]
# => [1, {a: 2}]
# => [1]
# => []
# => [{b: 3}]
# => [1]
def keywords(...) = [*[0], **Hash.new]
p keywords(1) # => [0]
