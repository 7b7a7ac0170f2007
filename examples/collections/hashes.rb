# Everyday hash work.
ages = { "ann" => 30, "bob" => 25 }
ages["cid"] = 35
ages.delete("bob")
puts ages.map { |name, age| "#{name}:#{age}" }.join(" ")
puts ages.key(35), ages.fetch("zed", 0), ages.dig("ann"), ages.any? { |_, a| a > 34 }
puts ages.sort_by { |_, a| -a }.first.inspect, ages.min_by { |_, a| a }.first
puts ages.transform_values { |a| a + 1 }.values.inspect, ages.invert.keys.inspect
merged = ages.merge("ann" => 1, "dee" => 2) { |_, old, new| old + new }
puts merged.values.inspect, merged.select { |_, a| a > 30 }.keys.inspect, merged.reject { |k, _| k == "dee" }.size
nested = Hash.new { |h, k| h[k] = Hash.new(0) }
[[:a, :x], [:a, :y], [:b, :x], [:a, :x]].each { |p, q| nested[p][q] += 1 }
puts nested[:a][:x], nested.size, nested.dig(:b, :x)
puts ages.to_a.flatten.inspect, Hash[[[1, 2]]].key?(1), ages.each_with_index.map { |(k, _), i| "#{i}#{k}" }.inspect
ages.each_pair { |k, v| ages[k] = v * 2 }
puts ages.values.sum, ages.count { |_, v| v.even? }, ages.find { |_, v| v > 60 }.inspect, ages.group_by { |_, v| v > 65 }.keys.inspect
