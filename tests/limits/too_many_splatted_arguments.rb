# SPDX-License-Identifier: MIT
# tail_calls: true
# More arguments than the stack has room for: SystemStackError, in calls of every form. A fiber's
# stack is small.
BIG = Array.new(120_000, 1)
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
class Unknown
  def method_missing(name, *list) = list.size
  def respond_to_missing?(*) = true
end
def tail = plain(*BIG)
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
  try { Unknown.new.unknown(*BIG.first(60_000)) } # they go on the stack twice
  # => stack level too deep
  try { tail }
  # => stack level too deep
  try { eval "#{(["$global"] * 120_000).join(",")} = 1, 2" }
  # => stack level too deep
  try { [*BIG, 2].size }
  # => fine
end.resume
p $global
# => nil
p plain(*BIG)
# => 120000
