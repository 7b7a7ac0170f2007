# SPDX-License-Identifier: MIT
# `super` looks behind the class of the def. Where that is no ancestor, since a module has an alias
# of Object's method and a BasicObject the module, there is nothing behind.
class Object
  def guest = super
end
module Lends
  alias_method :lent, :guest
end
class Above < BasicObject
  def guest = 7
end
class Below < Above
  include ::Lends
end
begin
  p Below.new.lent
rescue NoMethodError => e
  puts e.message # => super: no superclass method 'guest' for an instance of Below
end
