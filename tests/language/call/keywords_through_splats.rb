# Keywords through splats: flagged hashes, empty double splats, and forwarding of everything.
class Flagged
  ruby2_keywords def keep(*args) = args
  def pass(...) = target(...)
  def target(*a, k: 0, **o) = [a, k, o]
  ruby2_keywords def delegate(*args, &block) = target(*args, &block)
end
f = Flagged.new
kept = f.keep(1, k: 2)
p kept, Hash.ruby2_keywords_hash?(kept.last), f.target(*kept), f.delegate(1, k: 5, z: 6)
# => [1, {k: 2}]
# => true
# => [[1], 2, {}]
# => [[1], 5, {z: 6}]
p f.keep(1, { k: 2 }).last, Hash.ruby2_keywords_hash?(f.keep(1, { k: 2 }).last), f.keep, f.keep(3)
# => {k: 2}
# => false
# => []
# => [3]
plain = Hash.ruby2_keywords_hash({ k: 9 })
p f.target(*[plain]), f.target(*[1, plain]), f.target(plain)
# => [[], 9, {}]
# => [[1], 9, {}]
# => [[{k: 9}], 0, {}]
none = {}
p f.target(**none), f.target(1, **none), f.keep(**none), f.target(*[1], **none), [1].push(*[2], **none)
# => [[], 0, {}]
# => [[1], 0, {}]
# => []
# => [[1], 0, {}]
# => [1, 2]
callable = proc { |*a, **o| [a, o] }
p callable.call(**none), callable.call(1, **none), callable.(k: 1), callable.call(*[1], **none)
# => [[], {}]
# => [[1], {}]
# => [[], {k: 1}]
# => [[1], {}]
l = ->(a) { a }
p l.call(1, **none), l.(*[1], **none)
# => 1
# => 1
begin
  l.call(1, k: 2)
rescue ArgumentError => e
  puts e.message # => wrong number of arguments (given 2, expected 1)
end
p f.pass(1, k: 2, z: 3), f.pass, f.method(:pass).parameters, f.method(:keep).parameters
# => [[1], 2, {z: 3}]
# => [[], 0, {}]
# => [[:rest, :*], [:keyrest, :**], [:block, :&]]
# => [[:rest, :args]]
def takes_block(*a, &b) = [a, b&.call]
def gives(...) = takes_block(0, ...)
p gives(1) { 2 }, gives
# => [[0, 1], 2]
# => [[0], nil]
def yielder(**o) = yield(1, **o)
p yielder { |*a, **k| [a, k] }, yielder(z: 1) { |*a, **k| [a, k] }
# => [[1], {}]
# => [[1], {z: 1}]
class Sub < Flagged
  def target(*, **) = super
  def pass(...) = super
  def keep(*args) = super(*args, **{})
end
p Sub.new.target(1, k: 2), Sub.new.pass(3, k: 4), Sub.new.keep(5), Sub.new.delegate(6, k: 7)
# => [[1], 2, {}]
# => [[3], 4, {}]
# => [5]
# => [[6], 7, {}]
o = Object.new
def o.method_missing(name, *args, **opts) = [name, args, opts]
def o.respond_to_missing?(*) = true
p o.any(*[1], **none), o.any(k: 1), o.any(*[1, 2], k: 2), o.send(:other, *[3], **none)
# => [:any, [1], {}]
# => [:any, [], {k: 1}]
# => [:any, [1, 2], {k: 2}]
# => [:other, [3], {}]
def many(a, b = 2, *c, d, e:, f: 6, **g) = [a, b, c, d, e, f, g]
p many(1, 4, e: 5), many(*[1, 2, 3, 4], **{ e: 5, h: 8 }), many(*[1, 4], e: 5, **none)
# => [1, 2, [], 4, 5, 6, {}]
# => [1, 2, [3], 4, 5, 6, {h: 8}]
# => [1, 2, [], 4, 5, 6, {}]
many(1, 2) rescue p $!.message # => "missing keyword: :e"
