# Symbol#to_proc reached by super makes the Proc itself; it does not ask the symbol for one again.
class Symbol
  prepend(Module.new { def to_proc = $asked ? super : :asked })
end
p :upcase.to_proc                               # => :asked
$asked = true
p ["a"].map(&:upcase), :upcase.to_proc.call("b") # => ["A"]
# => "B"
