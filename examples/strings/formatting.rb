# Center, justify, escape, inspect.
puts "title".center(20, "*")
puts "%-10s|%5.1f|%03d" % ["left", 2.25, 7]
puts "tab\tquote\"".inspect, 'single #{x}'.inspect, "é\u0001\e".inspect
puts "snake_case_word".split("_").map(&:capitalize).join, "CamelCaseWord".gsub(/(?<!^)([A-Z])/, '_\1').downcase
puts "a-b_c d".tr("-_", "  ").squeeze, "hello"[1..3], "hello"[-3..], "hello"[1], "hello"[10].inspect
puts "line one\nline two".each_line.map(&:chomp).inspect, "abc".succ, "az".next, "Zz".succ
puts "abcabc".index("c"), "abcabc".rindex("c"), "abcabc".sub("b", "X"), "abc".include?("bc")
puts "%s and %p" % ["str", "str"], "ab" * 3, "a".ord, 98.chr, "abc".sum, "abc" <=> "abd"
