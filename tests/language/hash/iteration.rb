# Blocks over the entries; what may change meanwhile.
def err
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

h = { a: 1, b: 2, c: 3 }
seen = []
h.each { |k, v| seen << k << v }
h.each { |pair| seen << pair }
h.each_pair { |k, v| seen << v }
h.each_key { |k| seen << k }
h.each_value { |v| seen << v }
p seen # => [:a, 1, :b, 2, :c, 3, [:a, 1], [:b, 2], [:c, 3], 1, 2, 3, :a, :b, :c, 1, 2, 3]
p h.map { |k, v| [v, k] } # => [[1, :a], [2, :b], [3, :c]]
p h.select { |k, v| v > 1 } # => {b: 2, c: 3}
p h.filter_map { |k, v| k if v > 1 } # => [:b, :c]
p h.reject { |k, v| v > 1 } # => {a: 1}
p h.min_by { |k, v| -v } # => [:c, 3]
p h.sort_by { |k, v| -v } # => [[:c, 3], [:b, 2], [:a, 1]]
p h.sum { |k, v| v } # => 6
p h.find { |k, v| v == 2 } # => [:b, 2]
p h.any? { |k, v| v > 2 } # => true
p h.all? { |k, v| v > 0 } # => true
p h.count { |k, v| v.odd? } # => 2
p h.partition { |k, v| v > 1 } # => [[[:b, 2], [:c, 3]], [[:a, 1]]]
p h.group_by { |k, v| v.odd? } # => {true => [[:a, 1], [:c, 3]], false => [[:b, 2]]}
p h.each_with_index.to_a # => [[[:a, 1], 0], [[:b, 2], 1], [[:c, 3], 2]]
p h.each_with_object([]) { |(k, v), memo| memo << k << v } # => [:a, 1, :b, 2, :c, 3]
p h.inject { |a, b| a + b } # => [:a, 1, :b, 2, :c, 3]
p h.reduce(0) { |s, (k, v)| s + v } # => 6
p h.to_h { |k, v| [v, k] } # => {1 => :a, 2 => :b, 3 => :c}
p h.transform_values { |v| v * 10 } # => {a: 10, b: 20, c: 30}
p h.transform_keys(&:to_s) # => {"a" => 1, "b" => 2, "c" => 3}
p h.transform_keys({ a: :x }) { |k| k.to_s } # => {x: 1, "b" => 2, "c" => 3}
p h.transform_keys({ a: :x, c: :y }) # => {x: 1, b: 2, y: 3}
p h.merge({ b: 20, d: 4 }) { |k, old, new| old + new } # => {a: 1, b: 22, c: 3, d: 4}
p h.merge({ x: 1 }, { y: 2 }) # => {a: 1, b: 2, c: 3, x: 1, y: 2}
p h.merge # => {a: 1, b: 2, c: 3}
p h.flat_map { |k, v| [k] * v } # => [:a, :b, :b, :c, :c, :c]
p h.zip([1, 2, 3]).first # => [[:a, 1], 1]
p h.each_slice(2).to_a # => [[[:a, 1], [:b, 2]], [[:c, 3]]]
p h.flatten # => [:a, 1, :b, 2, :c, 3]
p h.max_by { |k, v| v } # => [:c, 3]
p h.sort { |x, y| y <=> x } # => [[:c, 3], [:b, 2], [:a, 1]]
p h.each_entry.to_a # => [[:a, 1], [:b, 2], [:c, 3]]
p h.to_a.transpose # => [[:a, :b, :c], [1, 2, 3]]
p err { h.each { |k, v| h[:new] = 1 } } # => "RuntimeError: can't add a new key into hash during iteration"
h.each { |k, v| h[k] = v + 1 }
p h # => {a: 2, b: 3, c: 4}
h.each { |k, v| h.delete(k) if v == 3 }
p h # => {a: 2, c: 4}
p err { h.each { h.rehash } } # => "RuntimeError: rehash during iteration"
h.delete_if { |k, v| v == 2 }
p h # => {c: 4}
p h.select! { |k, v| v > 0 } # => nil
p h.reject! { |k, v| v > 100 } # => nil
p h.keep_if { |k, v| v > 3 } # => {c: 4}
h.update(z: 26) { raise }
p h # => {c: 4, z: 26}
h.transform_values!(&:to_s)
p h # => {c: "4", z: "26"}
h.transform_keys!(&:to_s)
p h # => {"c" => "4", "z" => "26"}
p h.each.next # => ["c", "4"]
p h.each_with_index.map { |(k, v), i| [k, v, i] } # => [["c", "4", 0], ["z", "26", 1]]
p [h.sum { |k, v| v.to_i }, h.find_all { |k, v| v == "4" }, h.none?] # => [30, [["c", "4"]], false]
