# SPDX-License-Identifier: MIT
# pp: like p, with big collections broken into lines of at most 79 characters.
#
# A value that fits on the line is printed by inspect; otherwise its elements stand below each
# other, each indented behind the opening bracket.
class PP
  def self.pp(object, out = $stdout, width = 79)
    out << format(object, 0, width) << "\n"
    out
  end

  def self.singleline_pp(object, out = $stdout)
    out << object.inspect
    out
  end

  # Text of a value that begins at a column; tail: characters that follow it on its last line.
  def self.format(object, column, width, tail = 0)
    flat = object.inspect
    return flat if column + flat.size + tail <= width || flat.include?("\n")
    case object
    when Array then object.empty? ? flat : list("[", "]", object, column, width) { |item, at, rest| format(item, at, width, rest) }
    when Hash then object.empty? ? flat : list("{", "}", object.to_a, column, width) { |pair, at, rest| pair(pair, at, width, rest) }
    when Struct then struct(object, column, width)
    else object(object, flat, column, width)
    end
  end

  def self.list(open, close, items, column, width)
    lines = items.each_with_index.map do |item, index|
      yield(item, column + open.size, index == items.size - 1 ? close.size : 1)
    end
    open + lines.join(",\n" + " " * (column + open.size)) + close
  end

  def self.pair(pair, column, width, tail)
    key, value = pair
    label = key.is_a?(Symbol) ? { key => 0 }.inspect[1..-3].rstrip : "#{key.inspect} =>"
    flat = "#{label} #{value.inspect}"
    return flat if column + flat.size + tail <= width
    label + "\n" + " " * (column + 1) + format(value, column + 1, width, tail)
  end

  def self.struct(object, column, width)
    name = object.class.name
    fields = object.members.map do |member|
      "#{member}=" + format(object[member], column + 1 + member.size + 1, width, 1)
    end
    "#<struct #{name}\n" + fields.map { |field| " " * (column + 1) + field }.join(",\n") + ">"
  end

  def self.object(object, flat, column, width)
    names = object.instance_variables
    return flat if names.empty? || !flat.start_with?("#<")
    fields = names.map do |name|
      " " * (column + 1) + "#{name}=" + format(object.instance_variable_get(name), column + 2 + name.size, width, 1)
    end
    head = flat[/\A#<[^\s>]+/]
    "#{head}\n" + fields.join(",\n") + ">"
  end
end

module Kernel
  def pp(*objects)
    objects.each { |object| PP.pp(object) }
    objects.size <= 1 ? objects.first : objects
  end

  def pretty_inspect = PP.format(self, 0, 79) + "\n"

  module_function :pp
end
