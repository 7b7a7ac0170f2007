# SPDX-License-Identifier: MIT
# Allocation inside hooks, comparisons and conversions that native code calls while it holds objects.
class Item
  attr_reader :key
  def initialize(key) = @key = "key #{key}"
  def <=>(other) = (GC.start if rand_turn; key.dup <=> other.key.dup)
  def ==(other) = other.is_a?(Item) && key.dup == other.key.dup
  alias eql? ==
  def hash = (Array.new(5) { |i| "h#{i}" }; key.dup.hash)
  def to_s = (GC.start if rand_turn; "<#{key}>")
  def coerce(n) = [n.to_s.size, key.dup.size]
  def to_str = +"str " << key
  def to_ary = ["ary".dup, key.dup]
  def to_proc = ->(x) { "#{x}#{key}" }
  def ===(other) = (GC.start if rand_turn; other.to_s == to_s)
  def each = 3.times { |i| GC.start if rand_turn; yield "#{key} #{i}" }
  include Comparable
  include Enumerable
  @turn = 0
  class << self; attr_accessor :turn; end
  def rand_turn = ((Item.turn += 1) % 37).zero?
end
items = Array.new(60) { |i| Item.new((i * 37) % 60) }
sorted = items.sort
p sorted.first.key, sorted.last.key, items.min.key, items.max.key, items.minmax.map(&:key) # => "key 0"
# => "key 9"
# => "key 0"
# => "key 9"
# => ["key 0", "key 9"]
p items.sort_by { |i| i.to_s + "x" }.first(2).map(&:key), items.uniq.size, (items | items.first(3)).size, (items - items.first(3)).size
# => ["key 0", "key 10"]
# => 60
# => 60
# => 57
table = {}
300.times { |i| table[Item.new(i % 60)] = "value #{i}" }
p table.size, table[Item.new(7)], table.values.sum(&:size), table.delete(Item.new(8)), table.key?(Item.new(8)) # => 60
# => "value 247"
# => 540
# => "value 248"
# => false
p items.group_by { |i| i.key[-1] }.transform_values(&:size).sort.first(2), items.partition { |i| i > items[0] }.map(&:size)
# => [["0", 6], ["1", 6]]
# => [59, 1]
p items.first(3).join("-"), "#{items[0]}#{items[1]}" + items[2], 5 + items[3], [[1, items[4]]].flatten.size, [items[5]].map { |a, b| b }
# => "str key 0-str key 37-str key 14"
# => "<key 0><key 37>str key 14"
# => 7
# => 3
# => ["key 5"]
p %w[a b].map(&items[6]), (case "<key 5>" when Item.new(4), Item.new(5) then :found end), Item.new(1).map(&:size), Item.new(2).sort_by { |x| -x.size }.size
# => ["akey 42", "bkey 42"]
# => :found
# => [7, 7, 7]
# => 3
p Item.new(3).each_slice(2).to_a, Item.new(3).inject { |a, b| a + b }, Item.new(3).zip(Item.new(4)).size, Item.new(5).lazy.map { |x| x * 2 }.first(1)
# => [["key 3 0", "key 3 1"], ["key 3 2"]]
# => "key 3 0key 3 1key 3 2"
# => 3
# => ["key 5 0key 5 0"]
p items.clamp(items[0], items[0]) rescue p $!.class # => NoMethodError
p items[0].clamp(items[4], items[3]).key, items[0].between?(items[4], items[3]) # => "key 28"
# => false

# Strings, arrays and hashes that grow while other things are allocated.
text = +""
2_000.times { |i| text << "piece #{i}" << [i].inspect; GC.start if i % 500 == 0 }
p text.size, text.sum % 1000, text.scan(/\d+/).size, text.gsub(/piece (\d+)/) { GC.start if $1 == "777"; $1.to_i.even? ? "" : $& }.size
# => 29780
# => 752
# => 4000
# => 20335
nested = 200.times.inject([]) { |inner, i| GC.start if i == 100; [inner, "level #{i}"] }
p nested.flatten.size, nested.to_s.size, Marshal.load(Marshal.dump(nested)) == nested, nested.hash == nested.dup.hash # => 200
# => 2892
# => true
# => true
cyclic = []
50.times { |i| cyclic << { name: "n#{i}", ref: cyclic } }
GC.start
p cyclic[49][:ref][49][:name], cyclic.first.inspect.include?("[...]") # => "n49"
# => true
p (1..50).inject { |a, b| GC.start if b == 25; a * b }, (2**300).to_s.size, 3.7.rationalize(Rational(1, 100)), "%s-%p" % [items[0], "x" * 2]
# => 30414093201713378043612608166064768844377641568960512000000000000
# => 91
# => (37/10)
# => "<key 0>-\"xx\""
lists = Array.new(50) { |i| Array.new(i) { |j| "#{i}.#{j}" } }
GC.start
p lists.sum { |l| l.sum(&:size) }, lists.transpose.size rescue p $!.class # => IndexError
ring = Struct.new(:value, :next)
head = last = ring.new("0", nil)
500.times { |i| last = last.next = ring.new("#{i + 1}", nil); GC.start if i == 250 }
count = 0
(count += head.value.to_i; head = head.next) while head
p count # => 125250
produced = Queue.new
worker = Thread.new { 50.times { |i| produced << "job #{i}"; GC.start if i % 20 == 0 }; produced << nil }
jobs = []
while (job = produced.pop) do jobs << job end
worker.join
p jobs.size, jobs.last, jobs.sum(&:size) # => 50
# => "job 49"
# => 290
obj = Object.new
100.times { |i| obj.define_singleton_method("m#{i}") { "m#{i}" * 2 }; obj.singleton_class.send(:remove_method, "m#{i - 1}") if i > 0 }
GC.start
p obj.singleton_methods, obj.m99 # => [:m99]
# => "m99m99"
100.times { |i| eval("def generated_#{i}(a = 'd#{i}', *r, k: \"k#{i}\") = [a, r, k].to_s") }
GC.start
p 100.times.sum { |i| send("generated_#{i}", *("x" * i)).size } # => 6440
p ObjectSpace.each_object(Class).first.is_a?(Class), ObjectSpace.each_object(Item.singleton_class).to_a, GC.count.is_a?(Integer), GC.start
# => true
# => [Item]
# => true
# => nil
p GC.disable, GC.enable, GC.enable, GC.stress # => false
# => true
# => false
# => false
