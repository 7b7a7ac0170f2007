# Implicit conversions ask method_missing too, where nothing says whether the object responds; an
# object that says it responds to anything, but has neither method nor method_missing, has none.
class Proxy
  def initialize(target) = @target = target
  def method_missing(name, ...) = @target.respond_to?(name) ? @target.public_send(name, ...) : super
end
list = Proxy.new([1, 2])
p [*list, 3], [0] + list                        # => [1, 2, 3]
# => [0, 1, 2]
a, b = list
p a, b                                          # => 1
# => 2
p [*Proxy.new(5)].size                          # => 1
x = *Proxy.new(1..3)
p x                                             # => [1, 2, 3]

class Claims
  def respond_to_missing?(*) = true
end
claims = Claims.new
def keys(**all) = all
p [*claims].size, [claims].flatten.size         # => 1
# => 1
a, b = claims
p a.class, b                                    # => Claims
# => nil
p proc { |c, d| d }.call(claims)                # => nil
def error
  yield
rescue TypeError, ArgumentError => e
  puts "#{e.class}: #{e.message}"
end
error { "a" + claims }                          # => TypeError: no implicit conversion of Claims into String
error { [1] + claims }                          # => TypeError: no implicit conversion of Claims into Array
error { keys(**claims) }                        # => TypeError: no implicit conversion of Claims into Hash
error { [1, 2][claims] }                        # => TypeError: no implicit conversion of Claims into Integer
error { 1 + claims }                            # => TypeError: Claims can't be coerced into Integer
error { raise claims }                          # => TypeError: exception class/object expected
error { 1..claims }                             # => ArgumentError: bad value for range
