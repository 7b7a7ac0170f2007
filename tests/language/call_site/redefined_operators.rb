# SPDX-License-Identifier: MIT
# Operators and hot methods of built-in classes: redefined, each site sees it; put back, it is gone.
SITES = {
  "Integer#+" => -> { 1 + 2 }, "Integer#-" => -> { 7 - 2 }, "Integer#*" => -> { 3 * 4 }, "Integer#/" => -> { 9 / 2 },
  "Integer#%" => -> { 9 % 4 }, "Integer#**" => -> { 2**5 }, "Integer#<" => -> { 1 < 2 }, "Integer#<=" => -> { 2 <= 1 },
  "Integer#>" => -> { 2 > 1 }, "Integer#>=" => -> { 1 >= 2 }, "Integer#==" => -> { 1 == 1 }, "Integer#&" => -> { 6 & 3 },
  "Integer#|" => -> { 6 | 3 }, "Integer#^" => -> { 6 ^ 3 }, "Integer#<<" => -> { 1 << 4 }, "Integer#>>" => -> { 16 >> 2 },
  "Integer#[]" => -> { 5[0] }, "Integer#-@" => -> { x = 5; -x }, "Integer#~" => -> { x = 5; ~x }, "Integer#<=>" => -> { 1 <=> 2 },
  "Integer#succ" => -> { 1.succ }, "Integer#times" => -> { 2.times { } }, "Integer#zero?" => -> { 0.zero? },
  "Float#+" => -> { 1.5 + 2.5 }, "Float#*" => -> { 1.5 * 2.0 }, "Float#<" => -> { 1.5 < 2.5 }, "Float#==" => -> { 1.5 == 1.5 },
  "Float#-@" => -> { x = 1.5; -x }, "Float#/" => -> { 3.0 / 2.0 }, "Float#-" => -> { 3.0 - 0.5 }, "Float#>" => -> { 1.5 > 2.0 },
  "String#+" => -> { "a" + "b" }, "String#==" => -> { "a" == "a" }, "String#<<" => -> { +"a" << "b" },
  "String#*" => -> { "a" * 2 }, "String#%" => -> { "%d" % 1 }, "String#[]" => -> { "abc"[1] }, "String#=~" => -> { "abc" =~ /b/ },
  "String#length" => -> { "ab".length }, "String#size" => -> { "ab".size }, "String#empty?" => -> { "".empty? },
  "String#<" => -> { "a" < "b" }, "String#freeze" => -> { "lit".freeze }, "String#===" => -> { "a" === "a" },
  "String#-@" => -> { -"lit" }, "String#+@" => -> { +"lit" }, "Array#[]" => -> { [1, 2][1] },
  "Array#[]=" => -> { a = [1]; a[0] = 5; a.first }, "Array#<<" => -> { [1] << 2 }, "Array#+" => -> { [1] + [2] },
  "Array#==" => -> { [1] == [1] }, "Array#length" => -> { [1, 2].length }, "Array#size" => -> { [1].size },
  "Array#empty?" => -> { [].empty? }, "Array#each" => -> { [1].each { } }, "Array#map" => -> { [1].map { |x| x } },
  "Array#first" => -> { [4].first }, "Array#min" => -> { [3, 1].min }, "Array#max" => -> { [3, 1].max },
  "Array#hash" => -> { [1].hash == [1].hash }, "Array#include?" => -> { [1, 2].include?(2) },
  "Array#pack" => -> { [65].pack("C") }, "Array#-" => -> { [1, 2] - [2] }, "Array#&" => -> { [1, 2] & [2] },
  "Hash#[]" => -> { { a: 1 }[:a] }, "Hash#[]=" => -> { h = {}; h[:a] = 1; h.size }, "Hash#length" => -> { { a: 1 }.length },
  "Hash#empty?" => -> { {}.empty? }, "Hash#==" => -> { {} == {} }, "Hash#each" => -> { { a: 1 }.each { } },
  "Hash#key?" => -> { { a: 1 }.key?(:a) }, "Symbol#==" => -> { :a == :a }, "Symbol#to_proc" => -> { [1].map(&:to_s) rescue $!.class },
  "Symbol#===" => -> { :a === :a }, "Symbol#to_s" => -> { :a.to_s }, "NilClass#nil?" => -> { nil.nil? },
  "NilClass#==" => -> { nil == nil }, "NilClass#to_s" => -> { nil.to_s }, "NilClass#to_a" => -> { nil.to_a },
  "Range#each" => -> { (1..2).each { } }, "Range#===" => -> { (1..2) === 1 }, "Range#size" => -> { (1..3).size },
  "Regexp#=~" => -> { /b/ =~ "abc" }, "Regexp#===" => -> { /b/ === "abc" }, "Proc#[]" => -> { proc { 1 }[] },
  "BasicObject#!" => -> { !Object.new }, "BasicObject#!=" => -> { 1 != 2 }, "BasicObject#==" => -> { o = Object.new; o == o },
  "Kernel#nil?" => -> { 1.nil? }, "Kernel#===" => -> { Object.new === 1 }, "Kernel#!~" => -> { "a" !~ /b/ },
  "Kernel#block_given?" => -> { block_given? }, "Kernel#raise" => -> { raise "x" rescue :rescued }, "Kernel#loop" => -> { loop { break 5 } },
  "Kernel#is_a?" => -> { 1.is_a?(Integer) }, "Kernel#class" => -> { 1.class }, "Kernel#dup" => -> { "a".dup },
  "Kernel#frozen?" => -> { 1.frozen? }, "Kernel#catch" => -> { catch { 1 } },
  "Module#===" => -> { Integer === 1 }, "Kernel#Integer" => -> { Integer("1") }, "BasicObject#equal?" => -> { 1.equal?(1) },
  "BasicObject#instance_eval" => -> { instance_eval { 1 } }, "Kernel#eval" => -> { eval("3") },
}.freeze

# Run the site until it is warm, with the method redefined to answer :mine, and with the old one.
def changing(name)
  owner = Object.const_get(name[/\A\w+/])
  method = name[/#(.*)/, 1].to_sym
  visible = owner.private_method_defined?(method) ? :private : :public
  before = [yield, yield, yield].uniq
  owner.alias_method(:original_method, method)
  owner.class_eval("def #{method}(*); :mine; end; #{visible} :#{method}")
  changed = [yield, yield]
  owner.alias_method(method, :original_method)
  owner.remove_method(:original_method)
  owner.send(visible, method)
  after = [yield, yield].uniq
  [before, changed.uniq, after == before]
end
SITES.each do |name, site|
  p [name, *changing(name) { site.call }] # => ["Integer#+", [3], [:mine], true]
  # => ["Integer#-", [5], [:mine], true]
  # => ["Integer#*", [12], [:mine], true]
  # => ["Integer#/", [4], [:mine], true]
  # => ["Integer#%", [1], [:mine], true]
  # => ["Integer#**", [32], [:mine], true]
  # => ["Integer#<", [true], [:mine], true]
  # => ["Integer#<=", [false], [:mine], true]
  # => ["Integer#>", [true], [:mine], true]
  # => ["Integer#>=", [false], [:mine], true]
  # => ["Integer#==", [true], [:mine], true]
  # => ["Integer#&", [2], [:mine], true]
  # => ["Integer#|", [7], [:mine], true]
  # => ["Integer#^", [5], [:mine], true]
  # => ["Integer#<<", [16], [:mine], true]
  # => ["Integer#>>", [4], [:mine], true]
  # => ["Integer#[]", [1], [:mine], true]
  # => ["Integer#-@", [-5], [:mine], true]
  # => ["Integer#~", [-6], [:mine], true]
  # => ["Integer#<=>", [-1], [:mine], true]
  # => ["Integer#succ", [2], [:mine], true]
  # => ["Integer#times", [2], [:mine], true]
  # => ["Integer#zero?", [true], [:mine], true]
  # => ["Float#+", [4.0], [:mine], true]
  # => ["Float#*", [3.0], [:mine], true]
  # => ["Float#<", [true], [:mine], true]
  # => ["Float#==", [true], [:mine], true]
  # => ["Float#-@", [-1.5], [:mine], true]
  # => ["Float#/", [1.5], [:mine], true]
  # => ["Float#-", [2.5], [:mine], true]
  # => ["Float#>", [false], [:mine], true]
  # => ["String#+", ["ab"], [:mine], true]
  # => ["String#==", [true], [:mine], true]
  # => ["String#<<", ["ab"], [:mine], true]
  # => ["String#*", ["aa"], [:mine], true]
  # => ["String#%", ["1"], [:mine], true]
  # => ["String#[]", ["b"], [:mine], true]
  # => ["String#=~", [1], [:mine], true]
  # => ["String#length", [2], [:mine], true]
  # => ["String#size", [2], [:mine], true]
  # => ["String#empty?", [true], [:mine], true]
  # => ["String#<", [true], [:mine], true]
  # => ["String#freeze", ["lit"], [:mine], true]
  # => ["String#===", [true], [:mine], true]
  # => ["String#-@", ["lit"], [:mine], true]
  # => ["String#+@", ["lit"], [:mine], true]
  # => ["Array#[]", [2], [:mine], true]
  # => ["Array#[]=", [5], [1], true]
  # => ["Array#<<", [[1, 2]], [:mine], true]
  # => ["Array#+", [[1, 2]], [:mine], true]
  # => ["Array#==", [true], [:mine], true]
  # => ["Array#length", [2], [:mine], true]
  # => ["Array#size", [1], [:mine], true]
  # => ["Array#empty?", [true], [:mine], true]
  # => ["Array#each", [[1]], [:mine], true]
  # => ["Array#map", [[1]], [:mine], true]
  # => ["Array#first", [4], [:mine], true]
  # => ["Array#min", [1], [:mine], true]
  # => ["Array#max", [3], [:mine], true]
  # => ["Array#hash", [true], [true], true]
  # => ["Array#include?", [true], [:mine], true]
  # => ["Array#pack", ["A"], [:mine], true]
  # => ["Array#-", [[1]], [:mine], true]
  # => ["Array#&", [[2]], [:mine], true]
  # => ["Hash#[]", [1], [:mine], true]
  # => ["Hash#[]=", [1], [0], true]
  # => ["Hash#length", [1], [:mine], true]
  # => ["Hash#empty?", [true], [:mine], true]
  # => ["Hash#==", [true], [:mine], true]
  # => ["Hash#each", [{a: 1}], [:mine], true]
  # => ["Hash#key?", [true], [:mine], true]
  # => ["Symbol#==", [true], [:mine], true]
  # => ["Symbol#to_proc", [["1"]], [TypeError], true]
  # => ["Symbol#===", [true], [:mine], true]
  # => ["Symbol#to_s", ["a"], [:mine], true]
  # => ["NilClass#nil?", [true], [:mine], true]
  # => ["NilClass#==", [true], [:mine], true]
  # => ["NilClass#to_s", [""], [:mine], true]
  # => ["NilClass#to_a", [[]], [:mine], true]
  # => ["Range#each", [1..2], [:mine], true]
  # => ["Range#===", [true], [:mine], true]
  # => ["Range#size", [3], [:mine], true]
  # => ["Regexp#=~", [1], [:mine], true]
  # => ["Regexp#===", [true], [:mine], true]
  # => ["Proc#[]", [1], [:mine], true]
  # => ["BasicObject#!", [false], [:mine], true]
  # => ["BasicObject#!=", [true], [:mine], true]
  # => ["BasicObject#==", [true], [:mine], true]
  # => ["Kernel#nil?", [false], [:mine], true]
  # => ["Kernel#===", [false], [:mine], true]
  # => ["Kernel#!~", [true], [:mine], true]
  # => ["Kernel#block_given?", [false], [:mine], true]
  # => ["Kernel#raise", [:rescued], [:mine], true]
  # => ["Kernel#loop", [5], [:mine], true]
  # => ["Kernel#is_a?", [true], [:mine], true]
  # => ["Kernel#class", [Integer], [:mine], true]
  # => ["Kernel#dup", ["a"], [:mine], true]
  # => ["Kernel#frozen?", [true], [:mine], true]
  # => ["Kernel#catch", [1], [:mine], true]
  # => ["Module#===", [true], [:mine], true]
  # => ["Kernel#Integer", [1], [:mine], true]
  # => ["BasicObject#equal?", [true], [:mine], true]
  # => ["BasicObject#instance_eval", [1], [:mine], true]
  # => ["Kernel#eval", [3], [:mine], true]
end
