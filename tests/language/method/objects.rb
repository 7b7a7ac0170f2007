# SPDX-License-Identifier: MIT
# Method and UnboundMethod: asking, binding, calling, composing.
class Adder
  def initialize(n) = @n = n

  def add(x, y = 0, *rest, k:, o: 1, **opts, &blk) = @n + x + y

  def one(x) = @n + x
  alias uno one
end

m = Adder.new(10).method(:one)
p m.call(5), m.(1), m[2], m === 3 # => 15
# => 11
# => 12
# => 13
p m.arity, m.name, m.owner, m.receiver.class # => 1
# => :one
# => Adder
# => Adder
p Adder.instance_method(:add).parameters # => [[:req, :x], [:opt, :y], [:rest, :rest], [:keyreq, :k], [:key, :o], [:keyrest, :opts], [:block, :blk]]
p Adder.instance_method(:add).arity # => -3
u = m.unbind
p u.class, u.bind(Adder.new(1)).call(1), u.bind_call(Adder.new(2), 2) # => UnboundMethod
# => 2
# => 4
p [1, 2].map(&m) # => [11, 12]
p (m >> ->(x) { x * 2 }).call(1), (m << ->(x) { x * 2 }).call(1) # => 22
# => 12
p m == m.receiver.method(:one), m == m.receiver.method(:uno) # => true
# => true
p m.receiver.method(:uno).original_name # => :one
p 5.method(:+).to_proc.call(3), 5.method(:+).unbind.inspect # => 8
# => "#<UnboundMethod: Integer#+(_)>"
p m.curry[4] # => 14
begin
  u.bind(3)
rescue TypeError => e
  puts e.message # => bind argument must be an instance of Adder
end
class Answering
  def respond_to_missing?(name, all) = name == :magic

  def method_missing(name, *args) = [name, args]
end
p Answering.new.method(:magic).call(1) # => [:magic, [1]]
# Required keywords are named before the others.
def keywords(a, *rest, b, k: 1, l:, m: 2, n:, **others, &block) = nil
p method(:keywords).parameters # => [[:req, :a], [:rest, :rest], [:req, :b], [:keyreq, :l], [:keyreq, :n], [:key, :k], [:key, :m], [:keyrest, :others], [:block, :block]]
m.receiver.method(:none) # raises NameError: undefined method 'none' for an instance of Adder
