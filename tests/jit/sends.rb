# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: loop at line 25: compiled
# stderr-count: 0 call.send
# stderr-count: 0 call.guest
# send, __send__ and public_send of a constant name: of methods, private ones, attributes, with
# keywords, blocks and a splat, and from method_missing.
class Target
  attr_accessor :size

  def initialize = @size = 1
  def add(a, b: 0) = a + b + @size
  def each_twice = yield(@size) + yield(2)
  private def hidden(a) = a + @size
  def relay(name, *list) = send(name, *list)
  def method_missing(name, *list) = name == :plus ? __send__(:hidden, *list) : super
  def respond_to_missing?(name, all = false) = name == :plus || super
end

def sum(n)
  target = Target.new
  total = 0
  i = 0
  while i < n
    total += target.send(:add, i) + target.public_send(:add, 1, b: i) + target.__send__(:hidden, i)
    target.send(:size=, i)
    total += target.public_send(:size) + target.send(:each_twice) { |a| a + 1 }
    total += target.relay(:add, i) + target.plus(i)
    i += 1
  end
  total
end
p sum(1000) # => 5996006
