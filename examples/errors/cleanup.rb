# ensure runs on every way out; its own return would win.
def trace(way)
  yield
  case way
  when :return then return "returned"
  when :raise then raise "boom"
  when :throw then throw :out, "thrown"
  end
  "fell through"
ensure
  puts "ensure after #{way}"
end

puts trace(:normal) {}
puts trace(:return) {}
puts((trace(:raise) {} rescue "rescued #{$!.message}"))
puts catch(:out) { trace(:throw) {} }
puts [1, 2].each { |x| trace(:break) { break "broke at #{x}" } }
