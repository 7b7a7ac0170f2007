# SPDX-License-Identifier: MIT
# Text of eval inside a method may define classes and constants; its visibility words end with it.
class Maker
  def make = eval("class Made; X = 1; end; Made::X")
end
p Maker.new.make # => 1
class Scoped
  eval "private"

  def still_public = 1
  private
  class_eval "def public_by_text = 2"
  eval "def private_by_text = 3"
end
p Scoped.public_instance_methods(false).sort # => [:public_by_text, :still_public]
p Scoped.private_instance_methods(false) # => [:private_by_text]
