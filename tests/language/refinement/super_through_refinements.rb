# `super` finds methods of the classes above through the refinements that are active around it.
class Up
  def m = "up"
  def n(a, k: 0) = "up #{a} #{k}"
end
class Mid < Up; end
module Plain
  def self.make = Class.new(Mid) { def m = "plain " + super }
end
module Wider
  refine Up do
    def m = "refined " + super
    def n(a, k: 1) = "refined " + super(a + 1, k: k)
    def only = "only"
  end
end
using Wider
class Down < Mid
  def m = "down " + super
  def n(a, k: 2) = "down " + super
  def only = "down " + super()
  def block = [1].map { super() rescue $!.class }
end
3.times { Down.new.m }
p Down.new.m, Down.new.n(1), Down.new.n(1, k: 5), Down.new.only, Down.new.block # => "down refined up"
# => "down refined up 2 2"
# => "down refined up 2 5"
# => "down only"
# => [NoMethodError]
# A class between them that has its own method is found first; other texts see none of it.
class Mid
  def m = "mid"
end
p Down.new.m, Plain.make.new.m # => "down mid"
# => "plain mid"
class Mid
  remove_method :m
end
p Down.new.m, Plain.make.new.m # => "down refined up"
# => "plain up"
