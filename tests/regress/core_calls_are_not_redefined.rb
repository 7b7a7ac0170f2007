# SPDX-License-Identifier: MIT
# What a program makes of methods of Array, Hash and String changes nothing but calls of these
# methods: the library does not call them by name. Each line may call what it names, and each.
NAMES = {
  Array => %i[empty? map select find first last concat values_at sort sort_by reverse each [] +
              each_with_index each_slice inject reduce min max minmax pop push shift join any? all?
              flatten index include? partition group_by to_h uniq fetch size dup length delete],
  Hash => %i[empty? key? length values keys to_a each_pair each_key count update default= <=
             keep_if delete_if fetch compare_by_identity? size map dup []= clear],
  String => %i[bytesize getbyte byteslice length empty? ascii_only? ord << <=> upto to_sym upcase
               [] size dup to_s],
}
LINES = <<~LINES.lines(chomp: true).reject(&:empty?)
  $list.zip([1], 1..3)
  $list.product([1, 2])
  $list.combination(2).next
  $list.permutation { |x| x }
  $list.repeated_permutation(2) { |x| x }
  $list.sum { |x| x }
  $list.minmax_by { |x| -x }
  $list.minmax
  $list.sort! { |a, b| a <=> b }
  $list.sort_by! { |x| x }
  $list.max(2)
  $list.min(2) { |a, b| a <=> b }
  $list.fill(0, 3)
  $list.uniq! { |x| x }
  $list.bsearch { |x| x >= 1 }
  $list.flat_map { |x| [x] }
  $list.fetch_values(0, 1)
  $list.each_cons(2).next
  $list.chunk_while { |a, b| a < b }.next
  $list.lazy.flat_map { |x| [x] }.lazy
  $list.shuffle
  $list.sample(2)
  $all.zip([1], $all)
  $all.min_by(2) { |x| x }
  $all.minmax
  $all.max(2)
  $all.sort { |a, b| a <=> b }
  $all.sum
  $all.each_slice(2) { |x| x }
  $all.uniq { |x| x }
  $all.each_cons(2) { |x| x }
  $hash.min_by { |_, v| -v }
  $hash.partition { |_, v| v > 1 }
  $hash.sort
  $hash.sum { |_, v| v }
  $hash.merge({c: 1}, {a: 2}) { |_, a, b| a + b }
  $hash.transform_keys! { |k| k }
  $hash.flatten(2)
  $hash.fetch_values(:a)
  $hash < {a: 1, b: 2, c: 3}
  $hash >= {a: 1}
  $hash.select! { |_, v| v > 0 }
  $hash.reject! { |_, v| v < 0 }
  Hash.new(1)
  $text.gsub(/l/) { "r" }
  $text.gsub(/l/, "l" => "x")
  $text.each_line { |x| x }
  $text.each_grapheme_cluster { |x| x }
  $text.each_byte { |x| x }
  $text.split("l") { |x| x }
  $texts.each { |x| x }
  $texts.include?("b")
  :abc.upcase
  :abc[0]
  Point.new(1, 2).values_at(0)
  Point.new(1, 2) == Point.new(1, 2)
  Point.new(1, 2).select { |x| x }
  Struct.new(:a, :b)
  Struct.new(:a, keyword_init: true).new(a: 1)
  ->(a, b) { a }.curry.call(1).call(2)
  Regexp.union("a", "b")
  /(?<c>c)/.match("abc").named_captures
  Enumerator::Chain.new([1], [2]).next
  Mutex.new.synchronize { 1 }
  (raise "x" rescue $!.message)
  List.new([2, 1]).sort!
  List.new([2, 1]).min(1)
  List.new([2, 1]).product([1])
LINES

class List < Array
  def sort = $called << :sort
  def empty? = $called << :empty?
end

class All
  include Enumerable

  def each
    yield 3
    yield 1
    yield 2
  end
end
Point = Struct.new(:x, :y)

$list = [3, 1, 2]
$hash = {a: 1, b: 2}
$text = "hello"
$all = All.new
$texts = "a".."c"
blocks = LINES.map { |line| [line, line.scan(/[a-z_]+[?!]?/).map(&:to_sym), eval("-> { #{line} }")] }

$called = []
NAMES.each do |klass, names|
  names.each do |name|
    klass.alias_method "old_#{name}", name
    klass.class_eval <<~CODE, __FILE__, __LINE__ + 1
      def #{name}(*list, &block)
        $called.old_push(:#{name == :[] ? "index" : name == :[]= ? "store" : name}) if $on
        __send__(:"old_#{name}", *list, &block)
      end
    CODE
  end
end

3.times do
  blocks.old_each do |line, named, block|
    $called = []
    $on = true
    block.call
    $on = false
    wrong = $called - named - %i[each]
    puts "#{line}: #{wrong}" unless wrong.old_empty?
  end
end
puts "done" # => done
