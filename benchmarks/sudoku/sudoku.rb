# SPDX-License-Identifier: MIT
# Hard Sudoku puzzles by backtracking at the cell with the fewest candidates: loops over arrays of
# small integers, and bit operations on sets of digits.
require_relative "../harness"

# Puzzles with one solution, and how many cells the search has to fill for each, counted by all
# translations of this program alike.
PUZZLES = [
  ["67......2.1...58....93.......3....1......42..19.7......6.....57..79.........3.6.8", 6679],
  ["....938....31.745....5......1.3.9.78...76............94..9.5.........29..25.36...", 6778],
  ["..............952.3..87....7...........9.52....4....6.25.73.....1.5....8..31..9..", 6839],
  ["8..26....46..1.83.................4..3...1.791.4.9.6..2..1.9.......82....4.....6.", 7719],
  ["4..8....2...4...9..95....3....1...69..3......56..4.......71.3.8.....67.......8.2.", 7849],
  ["158....7.3...7....4.....6.3.....6.......1.7...37...2.8..........9.3.24..7.....38.", 8843],
  ["......9.7...9..65.4...85...3..75........2.1...2.....9...5.........5...83..2.91...", 8896],
  ["4...5.2..2.3..8...97.........7.........382..4.....45..7.......3.5..4.........612.", 9258]
].freeze

# The set of all nine digits: bit d stands for the digit d + 1.
ALL = 0x1ff
# The number of digits in each set, and the digit of each set that has one.
SET_SIZES = (0..ALL).map { |set| set.digits(2).sum }.freeze
DIGITS = Array.new(ALL + 1) { |set| set.bit_length }.freeze
# Where each cell lies.
ROWS = Array.new(81) { |cell| cell / 9 }.freeze
COLUMNS = Array.new(81) { |cell| cell % 9 }.freeze
BOXES = Array.new(81) { |cell| cell / 27 * 3 + cell % 9 / 3 }.freeze

class Sudoku
  # The 81 digits, row by row; 0 where none is known.
  attr_reader :cells
  # How many cells the search has filled, those included that it emptied again.
  attr_reader :steps

  def initialize(text)
    @cells = Array.new(81, 0)
    # The digits that each row, column and box has.
    @rows = Array.new(9, 0)
    @columns = Array.new(9, 0)
    @boxes = Array.new(9, 0)
    @steps = 0
    text.each_char.with_index { |char, cell| fill(cell, 1 << (char.to_i - 1)) if char != "." }
  end

  # Fill the empty cells; tell whether that is possible.
  def solve
    cell = most_constrained
    return true unless cell

    choices = candidates(cell)
    while choices != 0
      digit = choices & -choices
      choices ^= digit
      @steps += 1
      fill(cell, digit)
      return true if solve

      empty(cell, digit)
    end
    false
  end

  private

  # Find the empty cell with the fewest candidates.
  def most_constrained
    best = nil
    fewest = 10
    cell = 0
    while cell < 81
      if @cells[cell] == 0
        count = SET_SIZES[candidates(cell)]
        if count < fewest
          best = cell
          fewest = count
        end
      end
      cell += 1
    end
    best
  end

  def candidates(cell)
    ALL & ~(@rows[ROWS[cell]] | @columns[COLUMNS[cell]] | @boxes[BOXES[cell]])
  end

  def fill(cell, digit)
    @cells[cell] = DIGITS[digit]
    toggle(cell, digit)
  end

  def empty(cell, digit)
    @cells[cell] = 0
    toggle(cell, digit)
  end

  def toggle(cell, digit)
    @rows[ROWS[cell]] ^= digit
    @columns[COLUMNS[cell]] ^= digit
    @boxes[BOXES[cell]] ^= digit
  end
end

def puzzle(number)
  PUZZLES[number % PUZZLES.size]
end

# Solve so many puzzles, beginning again when the list ends.
def solve(count)
  Array.new(count) do |number|
    sudoku = Sudoku.new(puzzle(number)[0])
    sudoku.solve
    sudoku
  end
end

# Tell whether every row, column and box has all digits, and the given ones are where they were.
def solved?(cells, text)
  complete = [ROWS, COLUMNS, BOXES].all? do |group_of|
    cells.each_index.group_by { |cell| group_of[cell] }.values.all? do |group|
      group.map { |cell| cells[cell] }.sort == (1..9).to_a
    end
  end
  complete && cells.zip(text.chars).all? { |digit, char| char == "." || char.to_i == digit }
end

def right?(solutions)
  solutions.each_with_index.all? do |sudoku, number|
    text, steps = puzzle(number)
    sudoku.steps == steps && solved?(sudoku.cells, text)
  end
end

benchmark(8, ->(count) { solve(count) }, ->(_, solutions) { right?(solutions) })
