# SPDX-License-Identifier: MIT
# Backtraces of what is raised in, or by calling, methods and blocks by every form of call: the
# line of each, and no more of them than there are in the program.
def one(x) = raise("one")

def fr
  yield
rescue => e
  lines = e.backtrace.take_while { |line| !line.include?("'Object#fr'") }
  puts lines.map { |line| line[/:\d+:in .*/] }.join(" ")
end

fr { method(:one).call }
fr { method(:one).call(1, 2) }
fr { 1.method(:+).call(nil) }
fr { [1].method(:map).call { |x| one(1) } }
fr { 3.times { begin; method(:one).call(1); rescue; end; one(2) } }
fr { begin; method(:one).call(1); rescue; end; [1].each { one(3) } }
class A; define_method(:d) { |x| raise "d" }; def method_missing(n, *a) = n == :zip ? raise("mm") : super; end
fr { A.new.method(:d).call(1) }
fr { A.new.d }
fr { A.new.zip }
fr { A.new.zap }
fr { A.new.send(:zap) }
fr { A.new.public_send(:initialize) }
fr { A.new.send(:d, 1) }
fr { A.new.send("d", 1) }
fr { A.new.send }
fr { A.new.send(1) }
fr { one(*[1]) }
fr { one(*[1, 2]) }
fr { one(1, k: 1) }
fr { -> (a, b = 1) { raise "l" }.(1) }
fr { -> (a, b = 1) { raise "l" }.() }
fr { proc { |a, b = 1| raise "l" }.(1) }
def y2 = yield(1)
fr { y2 { |a, b = raise("x")| 1 } }
fr { y2 { |a, (b, c), *d, k: 1| one(1) } }
fr { y2(&:nope) }
fr { y2(&method(:one)) }
class B < A; def d(x) = super; def e = super; def g(*a) = super(*a) ; end
fr { B.new.d(1) }
fr { B.new.e }
fr { B.new.g(1) }
class P; def initialize(a:, b: raise("init")) = 1; end
fr { P.new(a: 1) }
fr { P.new }
2.times { fr { P.new(a: 1) } }
2.times { fr { P.new(b: 1) } }
fr { P.new(1) }
def fw(...) = one(...)
fr { fw(1) }
fr { fw(1, 2) }
fr { fw(1, k: 2) }
