# SPDX-License-Identifier: MIT
# OpenStruct: an object whose attributes come into being when they are set.
class OpenStruct
  def initialize(hash = nil)
    @table = {}
    hash&.each_pair { |name, value| self[name] = value }
  end

  def initialize_copy(other)
    super
    @table = @table.dup
  end

  def marshal_dump = @table

  def marshal_load(table)
    @table = table
  end

  def [](name) = @table[name.to_sym]

  def []=(name, value)
    raise FrozenError.new("can't modify frozen #{self.class}: #{inspect}", receiver: self) if frozen?
    @table[name.to_sym] = value
  end

  def to_h(&block) = block ? @table.to_h(&block) : @table.dup

  def each_pair
    return to_enum(:each_pair) { @table.size } unless block_given?
    @table.each_pair { |pair| yield pair }
    self
  end

  def dig(name, *rest)
    value = self[name]
    value.nil? || rest.empty? ? value : value.dig(*rest)
  end

  def delete_field(name)
    @table.delete(name.to_sym) do
      return yield if block_given?
      raise NameError.new("no field '#{name}' in #{inspect}", name.to_sym)
    end
  end

  def respond_to_missing?(name, include_private = false)
    @table.key?(name.to_s.chomp("=").to_sym) || super
  end

  def method_missing(name, *args)
    text = name.to_s
    if text.end_with?("=")
      raise ArgumentError, "wrong number of arguments (given #{args.size}, expected 1)" if args.size != 1
      self[text.chomp("=")] = args[0]
    elsif args.empty?
      @table[name]
    else
      super
    end
  end

  def ==(other) = other.is_a?(OpenStruct) && to_h == other.to_h

  def eql?(other) = other.is_a?(OpenStruct) && to_h.eql?(other.to_h)

  def hash = @table.hash

  def inspect
    fields = @table.map { |name, value| " #{name}=#{value.equal?(self) ? "#<#{self.class} ...>" : value.inspect}" }
    "#<#{self.class}#{fields.join(",")}>"
  end

  alias to_s inspect

  def freeze
    @table.freeze
    super
  end
end
