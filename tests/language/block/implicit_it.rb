# SPDX-License-Identifier: MIT
# `it`, numbered parameters, and anonymous arguments that are passed on.
p [1, 2, 3].map { it * 2 } # => [2, 4, 6]
p [[1, 2], [3, 4]].map { it.sum }, [[1, 2]].map { it }, [[1, 2]].map { _1 }, [[1, 2]].each { p it }
# => [1, 2]
# => [3, 7]
# => [[1, 2]]
# => [[1, 2]]
# => [[1, 2]]
p [3].each_with_index.map { it }, { a: 1 }.map { it }, 5.then { it + it }, -> { it }.call(4), proc { it }.call(1, 2), proc { it }.call
# => [3]
# => [[:a, 1]]
# => 10
# => 4
# => 1
# => nil
p -> { it }.arity, proc { it }.arity, -> { it }.parameters, proc { it }.parameters, -> { _1 + _2 }.parameters
# => 1
# => 1
# => [[:req]]
# => [[:opt]]
# => [[:req, :_1], [:req, :_2]]
p (-> { it }.call rescue $!.message), [[1, [2, 3]]].map { it[1].map { it + 1 } }, [1].map { [it, [5].map { it + 1 }] }
# => "wrong number of arguments (given 0, expected 1)"
# => [[3, 4]]
# => [[1, [6]]]
it = 5
p it, [1].map { it }, [1].map { |x| it + x } # => 5
# => [5]
# => [6]
def it_method = [9].map { it }.first
p it_method # => 9
def it_assigned = [9].map { it = 3; it }.first
p it_assigned # => 3
p [1, 2].each_slice(2).map { _1 + _2 }, [1, 2].each_with_object([]) { _2 << _1 }, [[1, 2, 3]].map { _3 }, [[1, [2]]].map { _2 } # => [3]
# => [1, 2]
# => [3]
# => [[2]]

def rest(*) = target(*)
def keys(**) = target(**)
def block(&) = target(&)
def all(*, **, &) = target(0, *, k: 0, **, &)
def dots(...) = target(...)
def leading(a, ...) = target([a], ...)
def target(*args, **opts, &b) = [args, opts, b&.call]
p rest(1, 2), keys(a: 1), block { :b }, all(1, k: 2, j: 3) { :c }, dots(1, k: 2) { :d }, leading(1, 2, k: 3)
# => [[1, 2], {}, nil]
# => [[], {a: 1}, nil]
# => [[], {}, :b]
# => [[0, 1], {k: 2, j: 3}, :c]
# => [[1], {k: 2}, :d]
# => [[[1], 2], {k: 3}, nil]
def in_literals(*, **) = [[0, *], { z: 1, ** }]
p in_literals(1, 2, a: 3), in_literals # => [[0, 1, 2], {z: 1, a: 3}]
# => [[0], {z: 1}]
p proc { |a, b = 1, *c| }.parameters(lambda: true), ->(a) { }.parameters(lambda: false)
# => [[:req, :a], [:opt, :b], [:rest, :c]]
# => [[:opt, :a]]

# Jumps in the guards of patterns leave the operand stack in order.
p [1, 2, 3].map { |v| [0, (case v; in 2 if (next :guard if true) then 0; in _ then v end), 1] } # => [[0, 1, 1], :guard, [0, 3, 1]]
def guard_return(v)
  [1, *case v
       in Integer if (return :returned if v == 1) then 0
       in n then [n]
       end]
end
p guard_return(1), guard_return(2) # => :returned
# => [1, 2]
p [4, 5].each { |v| [v, (case v; in Integer unless (break [:broke, v] if v == 5) then v end)] } # => [:broke, 5]
