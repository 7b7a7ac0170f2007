# SPDX-License-Identifier: MIT
# `**nil` as the only parameter of a body that has no locals.
def m(**nil) = :method
p m, lambda { |**nil| :lambda }.call, ->(**nil) { :arrow }.(), proc { |**nil| :proc }.call
# => :method
# => :lambda
# => :arrow
# => :proc
p method(:m).parameters
# => [[:nokey]]
begin
  m(a: 1)
rescue ArgumentError => e
  puts e.message
end
# => no keywords accepted
