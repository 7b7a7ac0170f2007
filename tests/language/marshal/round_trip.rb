# SPDX-License-Identifier: MIT
# Marshal.load(Marshal.dump(x)) gives an equal, separate object; the bytes are Ruby's.
Point = Struct.new(:x, :y)

class Node
  attr_accessor :name, :link

  def ==(other) = other.is_a?(Node) && name == other.name
end

class Packed
  attr_reader :n

  def initialize(n) = @n = n

  def marshal_dump = [@n]

  def marshal_load(data)
    @n = data[0]
  end
end

values = [nil, true, 1, -300, 2**31, -(2**70), 1.5, -0.0, 1e100, "text", :sym, [1, [2]], { a: "b" },
          1..3, "a".."z", /re+/i, Point.new(1, "p"), String, Kernel, 3r, 2i]
values.each { |v| puts "differs: #{v.inspect}" unless Marshal.load(Marshal.dump(v)) == v }
p Marshal.dump([1, :a, :a, "s"]) # => "\x04\b[\ti\x06:\x06a;\x00I\"\x06s\x06:\x06ET"
p Marshal.dump(1.25), Marshal.dump(70_000) # => "\x04\bf\t1.25"
# => "\x04\bi\x03p\x11\x01"
node = Node.new
node.name = "loop"
node.link = node
copy = Marshal.load(Marshal.dump(node))
p copy == node, copy.equal?(node), copy.link.equal?(copy) # => true
# => false
# => true
p Marshal.load(Marshal.dump(Packed.new(4))).n # => 4
p Marshal.load(Marshal.dump(RuntimeError.new("kept"))).message # => "kept"
p Marshal.load(Marshal.dump(["a", ["b"]]), freeze: true).frozen? # => true
begin
  Marshal.load("\x04\b[")
rescue ArgumentError => e
  puts e.message # => marshal data too short
end
Marshal.dump(proc { }) # raises TypeError: no _dump_data is defined for class Proc
