# SPDX-License-Identifier: MIT
# Copies of Hashes with and without holes, small and large: they are found in and change alone.
h = {}
20.times { |i| h[i] = i.to_s }
h.delete(3); h.delete(0); h.delete(19)
d = h.dup
p d.to_a, d[7], d[3], d.size, d.first
# => [[1, "1"], [2, "2"], [4, "4"], [5, "5"], [6, "6"], [7, "7"], [8, "8"], [9, "9"], [10, "10"], [11, "11"], [12, "12"], [13, "13"], [14, "14"], [15, "15"], [16, "16"], [17, "17"], [18, "18"]]
# => "7"
# => nil
# => 17
# => [1, "1"]
d[3] = :x; d[100] = 1; p d.keys, h.size
# => [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 3, 100]
# => 17
300.times { |i| h["k#{i}"] = i }
e = h.merge({"k5" => :new, zz: 1})
p e.size, e["k5"], e["k299"], e[:zz], h["k5"], e.delete("k7"), e["k7"], h["k7"], e.count
# => 318
# => :new
# => 299
# => 1
# => 5
# => 7
# => nil
# => 7
# => 317
i = {a: 1}.compare_by_identity; i["x"] = 1; i["x"] = 2; p i.dup.size, i.merge({}).size
# => 3
# => 3
q = {a: 1, b: 2, c: 3, d: 4}; q.shift; r = q.dup; r[:e] = 5; r[:f] = 6; p r, q
# => {b: 2, c: 3, d: 4, e: 5, f: 6}
# => {b: 2, c: 3, d: 4}
s = {}; p s.dup, s.merge({a: 1}), {a: 1}.replace({}), {a: 1, b: 2}.replace({c: 3})
# => {}
# => {a: 1}
# => {}
# => {c: 3}
