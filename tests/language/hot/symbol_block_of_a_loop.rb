# SPDX-License-Identifier: MIT
# `each` is hot with blocks that are Symbols: other receivers, other Symbols, methods that are
# replaced, removed or private, and what raises.
class Item
  attr_reader :runs

  def initialize = @runs = 0
  def run = @runs += 1
  def twice = @runs += 2
end

class Odd < Item
  def run = @runs += 10
end

items = Array.new(200) { Item.new }
total = -> { items.sum(&:runs) }
5.times { items.each(&:run) }
p total.() # => 1000
5.times { items.each(&:twice) }
p total.() # => 3000
items[100] = Odd.new
items.each(&:run)
p total.() # => 3194

class Item
  def run
    @runs += 100
    return unless @runs == 116 && equal?($last)

    Item.class_eval { def run = @runs -= 1 }
  end
end
$last = items[50]
items.each(&:run)
p items[49].runs, items[50].runs, items[51].runs, items[100].runs # => 116
# => 116
# => 15
# => 20

class Item
  private :run
end
begin
  items.each(&:run)
rescue NoMethodError => error
  p error.message # => "private method 'run' called for an instance of Item"
end

class Item
  def run = raise("stops at #{@runs}")
end
Item.send(:public, :run)
begin
  items.each(&:run)
rescue => error
  p error.message # => "stops at 116"
  p error.backtrace.map { |line| line[/in '.*'/] }
  # => ["in 'Item#run'", "in 'Array#each'", "in '<main>'"]
end
items << 3
begin
  items.each(&:twice)
rescue NoMethodError => error
  p error.message # => "undefined method 'twice' for an instance of Integer"
end
