# SPDX-License-Identifier: MIT
# Symbols are ordered as their names, until a program says otherwise.
list = %i[b a ab aa é z aa]
p list.sort, list.min, list.max, list.sort { |x, y| y <=> x }.first
# => [:a, :aa, :aa, :ab, :b, :z, :é]
# => :a
# => :é
# => :é
binary = "\xe9".b.to_sym
latin = "\xe9".dup.force_encoding("ISO-8859-1").to_sym
p (binary <=> latin), [latin, binary].sort.first.encoding, [binary, latin].sort.first.encoding
# => -1
# => #<Encoding:BINARY (ASCII-8BIT)>
# => #<Encoding:BINARY (ASCII-8BIT)>
class Symbol
  def <=>(other) = other.to_s <=> to_s
end
p list.sort # => [:é, :z, :b, :ab, :aa, :aa, :a]
