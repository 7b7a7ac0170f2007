# catch and throw leave nested loops with a value.
def find(grid, wanted)
  catch(:found) do
    grid.each_with_index do |row, y|
      row.each_with_index { |cell, x| throw :found, [x, y] if cell == wanted }
    end
    nil
  end
end
grid = [[1, 2, 3], [4, 5, 6]]
puts find(grid, 5).inspect, find(grid, 9).inspect
result = catch do |tag|
  10.times { |i| throw tag, i * 2 if i == 4 }
end
puts result
begin
  throw :nobody
rescue UncaughtThrowError => e
  puts e.message
end
