# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-log --dump=ir
# stderr: loop at line 37: compiled
# stderr: call.lookup
# stderr-count: 0 call.send
# A call that meets more classes than there are ways for looks them up, and calls what has machine
# code; attributes, C and methods that only C can call come with the others.
class Base
  attr_accessor :tag
  def initialize(tag) = @tag = tag
end
KINDS = (0...20).map do |k|
  Class.new(Base) do
    class_eval "def area(x) = tag * #{k} + x"
    class_eval "def optional(x, y = #{k}) = x + y"
    class_eval "def keyword(x, by: 1) = x * by + #{k}"
    class_eval "def rest(*list) = list.sum + #{k}"
    class_eval "def missing_one(x) = x" if k.even?
    define_method(:made) { |x| x + k }
    def method_missing(name, *args) = args[0] + 1
    def respond_to_missing?(*) = true
  end
end
LIST = KINDS.each_with_index.map { |c, i| c.new(i) } + [Struct.new(:tag) do
  def area(x) = x
  def optional(x) = x
  def keyword(x, by: 2) = by
  def rest(*) = 0
  def missing_one(x) = -x
  def made(x) = x
end.new(5)]

def run(n)
  total = 0
  i = 0
  while i < n
    o = LIST[i % 21]
    total += o.area(i) + o.optional(i) + o.keyword(i, by: 3) + o.rest(i, 2)
    total += o.missing_one(i) + o.made(i)
    o.tag = o.tag + 1
    total += o.tag if o.to_s.frozen? || o.hash.is_a?(Integer)
    i += 1
  end
  total
end
p run(2000) # => 16694052
