# Operators on locals and constants; equal constants share an entry of the table.
a = 7
b = a * 2 + 2
puts(-b % 3 <=> a, 2.5, "text", :text, 36893488147419103232)
