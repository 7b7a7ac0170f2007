# Optional, splat, keyword and block parameters.
def report(title, *items, sep: ", ", **options, &format)
  format ||= :to_s.to_proc
  line = "#{title}: #{items.map(&format).join(sep)}"
  line += " #{options.keys}" unless options.empty?
  line
end
puts report("none")
puts report("some", 1, 2, 3)
puts report("sep", 1, 2, sep: "-")
puts report("block", 1, 2) { |x| "<#{x}>" }
list = [4, 5]
opts = { sep: "/", bold: true }
puts report("splat", *list, **opts)
first, (second, *rest), last = 1, [2, 3, 4], 5
puts first, second, rest.inspect, last
a = b = 3
a += b -= 1
puts a, b
head, *tail = "x y z".split
puts head, tail.inspect
