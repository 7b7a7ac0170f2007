# SPDX-License-Identifier: MIT
# File.join takes Arrays apart, but asks no other object for one.
class Part
  def to_ary = [1, 2]
  def to_str = "part"
end
p File.join("a", Part.new) # => "a/part"
p File.join("a", ["b", Part.new]) # => "a/b/part"
