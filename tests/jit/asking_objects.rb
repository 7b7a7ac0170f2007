# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: loop at line 24: compiled
# stderr-count: 0 call.send
# stderr-count: 0 call.guest
# stderr-count: 0 call.leaf
# What an object of a known shape answers about itself is known when the code is built.
class Thing
  attr_reader :size

  def initialize = @size = 1
  def hidden = 0
  private :hidden
end

def sum(n)
  thing = Thing.new
  other = Thing.new
  fixed = Thing.new.freeze
  nothing = nil
  total = 0
  i = 0
  while i < n
    total += 1 if thing.respond_to?(:size) && !thing.respond_to?(:hidden) && !i.respond_to?(:size=)
    total += 1 if thing.is_a?(Thing) && i.kind_of?(Integer) && !i.is_a?(String)
    total += 1 if thing.class == Thing && i.class == Integer && thing != other && !(thing != thing)
    total += 1 if fixed.frozen? && !thing.frozen? && !thing.nil? && nothing.nil?
    thing.instance_variable_set(:@size, i)
    total += thing.instance_variable_get(:@size) + thing.size
    i += 1
  end
  total
end
p sum(1000) # => 1003000
