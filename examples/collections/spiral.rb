# Walk a grid in a spiral, by transposing and reversing.
def spiral(grid)
  walk = []
  until grid.empty?
    walk.concat(grid.first)
    grid = grid.drop(1).transpose.reverse
  end
  walk
end

grid = (1..12).each_slice(4).to_a
grid.each { |row| puts row.map { |n| n.to_s.rjust(3) }.join }
puts spiral(grid).join(" ")
puts spiral([[1]]).inspect, spiral([]).inspect
