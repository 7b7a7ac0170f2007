# SPDX-License-Identifier: MIT
# `raise Class, message` makes the exception by initialize, of which the library's keeps the message;
# a program's own is asked, wherever it comes from and whenever.
class Plain < StandardError; end
class Own < StandardError
  def initialize(text = "none")
    super("own #{text}")
    @text = text
  end
end
module Loud
  def initialize(text = nil) = super("#{text}!")
end
class Prepended < StandardError
  prepend Loud
end

def messages
  [Plain, Own, Prepended].flat_map do |klass|
    [[klass], [klass, "x"], [klass, nil]].map do |args|
      raise(*args)
    rescue => e
      [e.class, e.message, e.cause, e.instance_variables]
    end
  end
end

def short(klass)
  raise klass, "x"
rescue => e
  e.message
end

messages.each { |m| p m }
# => [Plain, "Plain", nil, []]
# => [Plain, "x", nil, []]
# => [Plain, "Plain", nil, []]
# => [Own, "own none", nil, [:@text]]
# => [Own, "own x", nil, [:@text]]
# => [Own, "own ", nil, [:@text]]
# => [Prepended, "!", nil, []]
# => [Prepended, "x!", nil, []]
# => [Prepended, "!", nil, []]
300.times { short(Plain) }
p short(Plain), short(Own), short(Prepended)
# => "x"
# => "own x"
# => "x!"
class StandardError
  def initialize(text = nil) = super("later #{text}")
end
p short(Plain), short(Own), short(Prepended), messages[1][1]
# => "later x"
# => "later own x"
# => "later x!"
# => "later x"

# However deep, each has all of its backtrace, and each its own cause.
def deep(n)
  return deep(n - 1) if n > 0
  begin
    raise Plain, "first"
  rescue Plain
    raise Own
  end
end
[10, 45, 46, 47, 48, 49, 50, 200].each do |n|
  deep(n)
rescue => e
  p [n, e.backtrace.length - n, e.cause.backtrace.length - n, e.backtrace.uniq.length, e.cause.cause]
end
# => [10, 4, 4, 5, nil]
# => [45, 4, 4, 5, nil]
# => [46, 4, 4, 5, nil]
# => [47, 4, 4, 5, nil]
# => [48, 4, 4, 5, nil]
# => [49, 4, 4, 5, nil]
# => [50, 4, 4, 5, nil]
# => [200, 4, 4, 5, nil]
