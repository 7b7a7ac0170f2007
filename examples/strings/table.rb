# Align columns of a table.
rows = [["Name", "Qty", "Price"], ["Apple", 3, 1.25], ["Banana", 12, 0.5], ["Cherry", 150, 0.1]]
widths = rows.transpose.map { |column| column.map { |cell| cell.to_s.length }.max }
rows.each_with_index do |row, i|
  cells = row.zip(widths).map do |cell, width|
    cell.is_a?(Numeric) ? cell.to_s.rjust(width) : cell.ljust(width)
  end
  puts cells.join(" | ")
  puts widths.map { |width| "-" * width }.join("-+-") if i.zero?
end
