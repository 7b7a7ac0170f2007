# SPDX-License-Identifier: MIT
# `when`, `in` and `rescue` call a private `===`.
class Secret
  def initialize(value) = @value = value

  private def ===(other) = other == @value
end

def which(value)
  case value
  when Secret.new(1) then :one
  when *[Secret.new(2), Secret.new(3)] then :more
  else :none
  end
end

p (1..4).map { |i| which(i) } # => [:one, :more, :more, :none]

module Worded
  class << self
    private def ===(error) = error.message == "worded"
  end
end

begin
  raise "worded"
rescue Worded
  p :rescued # => :rescued
end
p((5 in Secret)) # => false
found = case 7
        in ^(Secret.new(7)) then :pinned
        end
p found # => :pinned
begin
  Secret.new(1) === 1
rescue NoMethodError => error
  puts error.message # => private method '===' called for an instance of Secret
end
