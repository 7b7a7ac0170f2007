# SPDX-License-Identifier: MIT
# zip of what is no Array asks its argument for an enumerator by the program's own to_enum.
class Convertible
  def initialize(source) = @source = source
  def respond_to_missing?(name, all = false) = @source.respond_to?(name, all)
  def to_enum(name)
    puts "to_enum(:#{name})"
    @source.to_enum(name)
  end
end
p (1..3).each_entry.zip(Convertible.new(4..6))
# => to_enum(:each)
# => [[1, 4], [2, 5], [3, 6]]
