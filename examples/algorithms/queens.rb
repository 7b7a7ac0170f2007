# Eight queens by backtracking.
def queens(size, row = 0, columns = [], &block)
  return block.call(columns) if row == size
  size.times do |column|
    free = columns.each_with_index.all? { |c, r| c != column && (c - column).abs != row - r }
    queens(size, row + 1, columns + [column], &block) if free
  end
end

count = 0
first = nil
queens(6) { |solution| count += 1; first ||= solution }
puts count
first.each { |c| puts (0...6).map { |i| i == c ? "Q" : "." }.join(" ") }
