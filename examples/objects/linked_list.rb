# A linked list that is Enumerable.
class LinkedList
  include Enumerable
  Node = Struct.new(:value, :next)

  def initialize(*values)
    @head = @tail = nil
    values.each { |v| self << v }
  end

  def <<(value)
    node = Node.new(value)
    @tail ? @tail.next = node : @head = node
    @tail = node
    self
  end

  def each
    return to_enum unless block_given?
    node = @head
    while node
      yield node.value
      node = node.next
    end
  end

  def reverse
    list = LinkedList.new
    to_a.reverse_each { |v| list << v }
    list
  end
end

list = LinkedList.new(3, 1, 2) << 5
puts list.to_a.inspect, list.sort.inspect, list.reverse.to_a.inspect
puts list.map { |x| x + 1 }.inspect, list.include?(5), list.min, list.each_slice(2).to_a.inspect
puts list.each.next
puts list.reduce(:+), list.each_with_index.map { |v, i| v * i }.inspect
