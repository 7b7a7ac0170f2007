# SPDX-License-Identifier: MIT
# self in evaluated text is the receiver of `eval`; locals and definitions are the caller's.
x = 1
p Kernel.eval("[self, x]"), 3.send(:eval, "[self, x += 1]"), x
# => [Kernel, 1]
# => [3, 2]
# => 2
p eval("self"), Kernel.eval("self", binding)
# => main
# => main
class Holder
  def initialize = @value = 7
  def define = Kernel.eval("def defined = 8")
end
p Holder.new.send(:eval, "@value")
# => 7
Holder.new.define
p Holder.new.defined
# => 8
