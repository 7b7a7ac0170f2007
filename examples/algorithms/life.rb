# Conway's game of life: a glider.
live = [[1, 0], [2, 1], [0, 2], [1, 2], [2, 2]].to_h { |cell| [cell, true] }
around = [-1, 0, 1].product([-1, 0, 1]) - [[0, 0]]
4.times do |step|
  puts "step #{step}"
  5.times { |y| puts 5.times.map { |x| live[[x, y]] ? "#" : "." }.join }
  counts = Hash.new(0)
  live.each_key { |x, y| around.each { |dx, dy| counts[[x + dx, y + dy]] += 1 } }
  live = counts.select { |cell, n| n == 3 || (n == 2 && live[cell]) }.transform_values { true }
end
