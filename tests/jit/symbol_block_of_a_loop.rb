# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: loop (core) at line
# stderr-count: 0 call.send
# stderr-count: 0 is not compiled
# A loop of the library whose block is a Symbol that its caller passed is built with the sends in
# place, one region for each Symbol.
class Item
  attr_reader :runs

  def initialize = @runs = 0
  def run = @runs += 1
  def rest = @runs -= 1
end

items = Array.new(1000) { Item.new }
items.each(&:run)
items.each(&:rest)
items.each(&:run)
items.each(&:run)
p items.map(&:runs).sum # => 2000
