# SPDX-License-Identifier: MIT
# Shellwords: splitting and quoting as a Bourne shell does.
module Shellwords
  module_function

  def shellsplit(line)
    words = []
    field = +""
    open = false
    pattern = /\G\s*(?:([^\0\s\\'"]+)|'([^\0']*)'|"((?:[^\0"\\]|\\[^\0])*)"|(\\[^\0]?)|(\S))(\s|\z)?/m
    line.scan(pattern) do |word, single, double, escape, garbage, separator|
      raise ArgumentError, "Unmatched quote: #{line}" if garbage
      field << (word || single || (double && double.gsub(/\\([$`"\\\n])/, '\\1')) || escape.gsub(/\\(.)/, '\\1'))
      open = true
      next unless separator
      words << field
      field = +""
      open = false
    end
    words << field if open
    words
  end

  def shellescape(text)
    text = text.to_s
    return "''".dup if text.empty?
    text.gsub(/[^A-Za-z0-9_\-.,:+\/@\n]/, '\\\\\0').gsub("\n", "'\n'")
  end

  def shelljoin(words) = words.map { |word| shellescape(word) }.join(" ")

  class << self
    alias split shellsplit
    alias escape shellescape
    alias join shelljoin
  end
  alias shellwords shellsplit
  module_function :shellwords
end

class String
  def shellsplit = Shellwords.shellsplit(self)

  def shellescape = Shellwords.shellescape(self)
end

class Array
  def shelljoin = Shellwords.shelljoin(self)
end
