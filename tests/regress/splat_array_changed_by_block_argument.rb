# SPDX-License-Identifier: MIT
# What a call passes by `*list` is settled before the value of `&block` is evaluated.
class Base
  def take(*list, &block) = [list, block&.call]
end

class Derived < Base
  def take(*list) = super(*list, &(list << :late; nil))
end

made = [1, -> { :ran }]
p Base.new.take(*made, &made.pop).first.size # => 2
made = [1, 2]
p Base.new.take(*made, &(made.clear; :size.to_proc.curry(1) && nil)) # => [[1, 2], nil]
p Derived.new.take(1) # => [[1], nil]
passed = -> { :passed }
list = [3]
p Base.new.take(*list, &passed) # => [[3], :passed]
p list # => [3]
