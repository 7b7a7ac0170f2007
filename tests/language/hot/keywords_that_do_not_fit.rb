# SPDX-License-Identifier: MIT
# Calls of every form whose keywords no parameter takes, or that lack some.
def a(k:) = k
def b(x, k: 1) = x + k
def y1 = yield(1, z: 2)
def y2 = yield(k: 2)
class A; def initialize(k:) = @k = k; end
class B; def m(k:) = k; end
class C < B; def m(j: 1) = super(j: j); end
M = Object.new.method(:a)
c = C.new
tries = [
 -> { a(z: 1) }, -> { b(1, z: 2) }, -> { b(1, **{z: 3}) }, -> { y1 { |x, k: 3| x } }, -> { y2 { |k:, j:| k } },
 -> { A.new(z: 1) }, -> { A.new(k: 1, z: 1) }, -> { c.m(j: 2) }, -> { M.call(z: 1) }, -> { M.(k: 1, z: 2) }, -> { ->(k:) { k }.call(z: 1) },
 -> { ->(k:) { k }.call }, -> { b(1, k: 1, "z" => 2) }, -> { a }, -> {c.public_send(:m, z: 1)}, -> { y1 { |*x, k:| x } }
]
tries.each_with_index do |t, i|
  n = 0
  60.times do
    begin
      t.call
    rescue ArgumentError
      n += 1
    end
  end
  print i, ":", n, " "
end
n = 0
60.times { begin; a(z: 1); rescue ArgumentError; n += 1; end }
60.times { begin; b(1, z: 1); rescue ArgumentError; n += 1; end }
60.times { begin; y1 { |x, k: 3| x }; rescue ArgumentError; n += 1; end }
60.times { begin; A.new(z: 1); rescue ArgumentError; n += 1; end }
60.times { begin; c.m(j: 1); rescue ArgumentError; n += 1; end }
60.times { begin; M.call(z: 1); rescue ArgumentError; n += 1; end }
60.times { begin; y2 { |k:, j:| k }; rescue ArgumentError; n += 1; end }
p n
