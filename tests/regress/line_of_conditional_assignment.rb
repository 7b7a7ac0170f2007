# SPDX-License-Identifier: MIT
# What asks whether the target of ||= is set may raise: at its own line.
class << self
  def own = eval("nil\n@@missing ||= 1", TOPLEVEL_BINDING, "own.rb")
end
p(begin own; rescue RuntimeError => e; [e.message, e.backtrace.first[/\w+\.rb:\d+/]]; end)
# => ["class variable access from toplevel", "own.rb:2"]
