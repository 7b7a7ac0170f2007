# SPDX-License-Identifier: MIT
# puts reaches a $stdout that has nothing but write, also through its own puts and super.
class Sink
  attr_reader :text
  def initialize = @text = +""
  def write(*parts) = parts.each { |s| @text << s.to_s }
end
class Shouting < Sink
  def puts(*lines) = super(*lines.map(&:upcase))
end
sink = Sink.new
shout = Shouting.new
saved = $stdout
$stdout = sink
puts "a", ["b", [nil]]
puts
$stdout = shout
puts "c"
print "d"
$stdout = saved
p sink.text, shout.text # => "a\nb\n\n\n"
# => "C\nd"
