# SPDX-License-Identifier: MIT
# "text".freeze gives one object, and so does to_proc of a Symbol.
def text = "text".freeze

p text.equal?(text), text.equal?("text".freeze) # => true
# => true
p text.frozen?                                  # => true
p :a.to_proc.equal?(:a.to_proc)                 # => true
def block(&b) = b
p block(&:upcase).equal?(:upcase.to_proc)       # => true
p block(&:upcase).call("x")                     # => "X"

# A place with refinements has Procs of its own.
module Loud
  refine(String) { def upcase = "loud" }
end
module Inside
  using Loud
  p %w[x].map(&:upcase) # => ["loud"]
end
p %w[x].map(&:upcase)   # => ["X"]

class String
  alias plain_freeze freeze
  def freeze = plain_freeze + "!"
end
p "text".freeze # => "text!"
