# Every kind of parameter in the head of a listing.
def required(a, (b, c), d) = a
def optional(a, b = a, *c, d) = b
def keywords(a:, b: a, **c) = c
def refusing(a, **nil) = a
def forwarding(a, ...) = other(a, ...)
def anonymous(*, **, &) = other(*, **, &)
def block(&b) = b
each { |a, (b, *c), d = 1; e| e }
->(a, b = 2) { defined?(a) }
each { _1 + _2 }
each { it }
