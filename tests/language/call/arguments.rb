# Every kind of parameter, bound in one call.
def all(a, b = 2, *rest, c, k:, d: 4, **others, &block)
  [a, b, rest, c, k, d, others, block && block.call].inspect
end

puts all(1, 9, k: 3) # => [1, 2, [], 9, 3, 4, {}, nil]
puts all(1, 5, 9, k: 3) # => [1, 5, [], 9, 3, 4, {}, nil]
puts all(1, 5, 6, 7, 9, k: 3, d: 0) # => [1, 5, [6, 7], 9, 3, 0, {}, nil]
puts all(*[1, 2, 3], **{ k: 1 }) { :b } # => [1, 2, [], 3, 1, 4, {}, :b]

def optional(a, b = a + 1, c = b * 2) = [a, b, c].inspect
puts optional(1) # => [1, 2, 4]
puts optional(1, 5) # => [1, 5, 10]
puts optional(1, 5, 0) # => [1, 5, 0]

def forward(...) = all(...)
puts forward(1, 2, k: 3) # => [1, 2, [], 2, 3, 4, {}, nil]

def anonymous(*rest, **opts, &blk) = all(*rest, **opts, &blk)
puts anonymous(1, 2, k: 3) { 4 } # => [1, 2, [], 2, 3, 4, {}, 4]

def shorthand
  x = 1
  y = 2
  { x:, y: }
end
puts shorthand == { x: 1, y: 2 } # => true

def last_hash(h) = h.class
puts last_hash(a: 1) # => Hash
puts last_hash({ a: 1 }) # => Hash

def keyrest(**opts) = opts.size
puts keyrest # => 0
puts keyrest(**{}) # => 0
puts keyrest("a": 1, **{ b: 2 }) # => 2

def evaluation_order(*list) = list
log = []
evaluation_order((log << 1; 1), *(log << 2; []), (log << 3; 3))
p log # => [1, 2, 3]
