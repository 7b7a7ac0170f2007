# Refinements are seen only where they are used.
module Loud
  refine String do
    def shout = upcase + "!"
    def length = super * 10
  end

  refine Integer do
    def minutes = self * 60
  end
end

class Before
  def try = "x".respond_to?(:shout)
end

using Loud
puts "hi".shout, "abc".length, 5.minutes
puts Before.new.try
puts %w[a b].map(&:shout).inspect
