# SPDX-License-Identifier: MIT
# merge copies: what the copy has of the receiver, and what becomes of values.
def e; yield; rescue => x; "#{x.class}: #{x.message}"; end
h = {a: 1}.freeze
p h.merge({b: 2}), h.merge, h.merge({a: 2}) { |k, a, b| [k, a, b] }, e { h.merge(1) }, h.merge({b: 1}, {c: 2}, {b: 3}).to_a
# => {a: 1, b: 2}
# => {a: 1}
# => {a: [:a, 1, 2]}
# => "TypeError: no implicit conversion of Integer into Hash"
# => [[:a, 1], [:b, 3], [:c, 2]]
d = Hash.new { |hh, k| k * 2 }; p d.merge({a: 1})[3], Hash.new(5).merge({})[1]
# => 6
# => 5
i = {}; i.instance_variable_set(:@z, 1); p i.merge({}).instance_variable_get(:@z) # => 1
class HS < Hash; end
p HS.new.merge({a: 1}).class, {}.compare_by_identity.merge({}).compare_by_identity?
# => HS
# => true
p h.merge({b: 2}).frozen? # => false
