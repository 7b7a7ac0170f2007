# SPDX-License-Identifier: MIT
# Builds a table as text from many short pieces: appending, interpolation, joining, padding,
# formatting and prefixing. Bound by the library's strings.
require_relative "../harness"

# Write a number with a comma before each group of three digits, digit by digit from its end.
def grouped(number)
  result = ""
  digits = number.to_s
  digits.each_char.with_index do |digit, i|
    left = digits.size - i
    result += digit
    result += "," if left > 1 && left % 3 == 1
  end
  result
end

# One line: name, grouped number, hexadecimal number, a fraction, a bar, and a list.
def line(number)
  name = "item" + number.to_s
  hexadecimal = number.to_s(16).rjust(6, "0")
  bar = "#" * (number % 8)
  list = [number, name.size, bar.size].join(";")
  "#{name.ljust(12)}|#{grouped(number * number)}|#{hexadecimal}|" +
    format("%.3f", number * 0.125) + "|#{bar}|[#{list}]"
end

def table(lines)
  text = +""
  lines.times { |number| text << line(number) << "\n" }
  text
end

# Read a line back and compare each field with the number that it stands for.
def right_line?(line, number)
  name, grouped, hexadecimal, fraction, bar, list = line.split("|")
  name.size >= 12 && name.strip == "item#{number}" &&
    grouped.delete(",").to_i == number * number &&
    grouped.split(",").drop(1).all? { |group| group.size == 3 } &&
    hexadecimal.size == 6 && hexadecimal.hex == number &&
    fraction.to_f * 8 == number &&
    bar.count("#") == number % 8 &&
    list == "[#{number};#{name.strip.size};#{number % 8}]"
end

def right?(lines, text)
  rows = text.split("\n")
  rows.size == lines && rows.each_with_index.all? { |row, number| right_line?(row, number) }
end

benchmark(20000, ->(lines) { table(lines) }, ->(lines, text) { right?(lines, text) })
