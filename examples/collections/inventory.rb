# Hashes with defaults, grouping, sums.
Item = Struct.new(:name, :kind, :price, :stock)
items = [
  Item.new("pen", :office, 1.5, 100), Item.new("desk", :furniture, 150, 4),
  Item.new("chair", :furniture, 80, 10), Item.new("paper", :office, 4.25, 60)
]
by_kind = items.group_by(&:kind)
by_kind.each do |kind, list|
  worth = list.sum { |item| item.price * item.stock }
  puts "#{kind}: #{list.map(&:name).join(", ")} worth #{worth}"
end
stock = Hash.new(0)
items.each { |item| stock[item.kind] += item.stock }
puts stock.max_by { |_, n| n }.inspect
puts items.partition { |item| item.price > 50 }.map { |part| part.map(&:name) }.inspect
cheapest, *, dearest = items.sort_by(&:price)
puts "#{cheapest.name} .. #{dearest.name}"
