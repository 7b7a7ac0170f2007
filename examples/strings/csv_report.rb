# Totals by column from comma-separated text.
require "stringio"
data = StringIO.new(<<~CSV)
  month,rent,food
  jan,700,210.5
  feb,700,180
  mar,720,199.25
CSV

header, *rows = data.each_line(chomp: true).map { |line| line.split(",") }
totals = header.drop(1).each_with_index.to_h { |name, i| [name, rows.sum { |row| row[i + 1].to_f }] }
totals.each { |name, sum| puts format("%-5s %8.2f", name, sum) }
dearest = rows.max_by { |row| row.drop(1).sum(&:to_f) }
puts "dearest: #{dearest.first}"
