# SPDX-License-Identifier: MIT
# Calls with keywords that never end, in every form: SystemStackError.
def try
  yield
rescue SystemStackError => e
  puts e.message
end
def plain(k: 0) = plain(k: k + 1)
def passing(k: 0, &block) = passing(k: k + 1, &block)
def with_block(k: 0) = with_block(k: k + 1) { k }
def yields(&block) = yield(k: 1)
class Base
  def up(k: 0, &block) = up_again(k: k, &block)
  def alone(k: 0) = alone_again(k: k)
end
class Leaf < Base
  def up(k: 0, &block) = super(k: k + 1, &block)
  def up_again(k: 0, &block) = up(k: k, &block)
  def alone(k: 0) = super(k: k + 1)
  def alone_again(k: 0) = alone(k: k)
end
class Makes
  def initialize(k: 0) = Makes.new(k: k + 1)
end
again = proc { |k: 0| again.call(k: k + 1) }
block = ->(k:) { yields(&block) }
try { plain(k: 1) } # => stack level too deep
try { passing(k: 1) {} } # => stack level too deep
try { with_block(k: 1) } # => stack level too deep
try { yields(&block) } # => stack level too deep
try { Leaf.new.up(k: 1) {} } # => stack level too deep
try { Leaf.new.alone(k: 1) } # => stack level too deep
try { Makes.new(k: 1) } # => stack level too deep
try { again.call(k: 1) } # => stack level too deep
