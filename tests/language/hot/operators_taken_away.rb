# An operator that a program undefines, removes, hides or replaces by a method of another class is
# no longer done in place, in hot code as elsewhere; put back, it is what it was.
def answer
  yield
rescue NoMethodError
  :none
end
def hot(times = 60) = times.times.map { |i| answer { yield i } }.last

USES = {
  [Integer, :+] => ->(i) { i + 1 },
  [Integer, :-@] => ->(i) { -i },
  [Integer, :!] => ->(i) { !i },
  [Integer, :<] => ->(i) { i < 100 ? 1 : 2 },
  [Float, :*] => ->(i) { 0.5 * i },
  [Float, :!] => ->(i) { x = i + 0.5; !x },
  [String, :==] => ->(i) { "a" == "a" && i },
  [String, :===] => ->(i) { case "a" when "a" then i end },
  [Symbol, :==] => ->(i) { (i < 70 ? :a : :b) == :a },
  [NilClass, :!] => ->(i) { !(i < 0 ? i : nil) },
  [TrueClass, :!] => ->(i) { !(i < 70) },
  [Array, :[]] => ->(i) { [1, i][1] },
  [Array, :[]=] => ->(i) { (list = [0]; list[0] = i; list) },
  [Array, :<<] => ->(i) { [i] << 1 },
  [Hash, :[]] => ->(i) { { 1 => i }[1] },
  [Integer, :*] => ->(_) { 2 * 3 },
  [Integer, :to_s] => ->(_) { "a#{1}" },
}
AS_BORN = [60, -59, false, 1, 29.5, false, 59, 59, true, true, false, 59, [59], [59, 1], 59, 6, "a1"]
def all = USES.values.map { |use| hot(&use) }
p all == AS_BORN                                # => true

# What is left of each while it is undefined.
USES.each do |(klass, name), use|
  born = hot(&use)
  klass.class_eval { alias_method :kept, name }
  klass.send(:undef_method, name)
  without = hot(&use)
  klass.class_eval { alias_method name, :kept }
  back = hot(&use) == born
  klass.send(:remove_method, :kept)
  puts "#{klass}##{name} #{without} #{back}"
end
# => Integer#+ none true
# => Integer#-@ none true
# => Integer#! none true
# => Integer#< none true
# => Float#* none true
# => Float#! none true
# => String#== none true
# => String#=== none true
# => Symbol#== none true
# => NilClass#! none true
# => TrueClass#! none true
# => Array#[] none true
# => Array#[]= none true
# => Array#<< none true
# => Hash#[] none true
# => Integer#* none true
# => Integer#to_s none true
p all == AS_BORN                                # => true

# A private one is called on self only.
class Integer; private :+; end
p answer { 1 + 2 }, 1.send(:+, 2)               # => :none
# => 3
class Integer; public :+; end
p answer { 1 + 2 }                              # => 3

# Where one is removed, that of an ancestor counts.
class Float; remove_method :<; end
p answer { 1.5 < 2.5 }, (Float::NAN < 1.5 rescue $!.class) # => true
# => ArgumentError
class Integer; define_method(:==, BasicObject.instance_method(:==)); end
p 1 == 1, 1 == 1.0, 2**70 == 2**70              # => true
# => false
# => false
class Module; remove_method :===; end
p [3, Integer].map { |x| case x when Integer then 1 else 2 end } # => [2, 1]
