# SPDX-License-Identifier: MIT
# super in a refinement goes on in the class's ancestors; what is active inside `refine`.
class Base
  def who = "base"
end
class Leaf < Base; end
module Extra
  def imported = "imported"
end
module Ref
  refine Leaf do
    import_methods Extra
    def who = "refined, " + super
    def nothing = super
  end
end
using Ref
p Leaf.new.who, Leaf.new.imported
# => "refined, base"
# => "imported"
begin
  Leaf.new.nothing
rescue NoMethodError => e
  puts e.message
end
# => super: no superclass method 'nothing' for an instance of Leaf
module Inner
  refine String do
    p Module.used_refinements.map(&:to_s)
  end
end
# => ["#<refinement:String@Inner>", "#<refinement:Leaf@Ref>"]
