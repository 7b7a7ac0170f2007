# SPDX-License-Identifier: MIT
# More arguments than the stack has room for: SystemStackError, in calls of every form. A fiber's
# stack is small.
BIG = Array.new(60_000, 1)
def try
  yield
  puts "fine"
rescue SystemStackError => e
  puts e.message
end
def plain(*list) = list.size
def yields = yield(*BIG)
class Base
  def over(*list) = list.size
end
class Leaf < Base
  def over(*) = super(*BIG)
  def method_missing(name, *list) = list.size
  def respond_to_missing?(*) = true
end
Fiber.new do
  try { plain(*BIG) }
  # => stack level too deep
  try { plain(1, *BIG, 2) }
  # => stack level too deep
  try { yields { |*list| list.size } }
  # => stack level too deep
  try { Leaf.new.over }
  # => stack level too deep
  try { Leaf.new.unknown(*BIG) }
  # => stack level too deep
  try { [*BIG, 2].size }
  # => fine
end.resume
p plain(*BIG)
# => 60000
