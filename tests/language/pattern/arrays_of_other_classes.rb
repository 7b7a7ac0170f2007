# SPDX-License-Identifier: MIT
# Arrays and Hashes are themselves what patterns look at, unless the program has other methods for
# that: in a subclass, in a singleton class, or later, in Array and Hash.
class Nines < Array
  def deconstruct = [9] * length
end

class Named < Hash
  def deconstruct_keys(keys) = {name: :"named #{fetch(:name)}"}
end

def first_of(list)
  case list
  in [] then :none
  in [first, *] then first
  end
end

def name_of(hash)
  case hash
  in {name:} then name
  else :nameless
  end
end

def rounds(list, hash)
  found = []
  50.times { found << [first_of(list), name_of(hash)] }
  found.uniq
end

p rounds([1, 2], {name: :a}) # => [[1, :a]]
p rounds(Nines[1, 2], Named[:name, :b]) # => [[9, :"named b"]]
single = [1, 2]
def single.deconstruct = [3]
p rounds(single, {}) # => [[3, :nameless]]
p rounds([1, 2], {name: :a}) # => [[1, :a]]
p rounds([[], [4]].last, Class.new(Hash)[:name, 5]) # => [[4, 5]]

class Array
  def deconstruct = [:all]
end

class Hash
  def deconstruct_keys(_) = {name: :everyone}
end

p rounds([1, 2], {}) # => [[:all, :everyone]]
case [1, 2]
in [x] then p x # => :all
end

class Array
  undef_method :deconstruct
end

p((first_of([1]) rescue $!.class)) # => NoMatchingPatternError
