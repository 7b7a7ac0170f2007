# The operator that raises stands in the backtrace, whatever the zero is.
[[0, 0.0], [5, -0.0], [1.5, 0.0], [1, 0]].each do |a, b|
  a % b
rescue ZeroDivisionError => e
  puts e.backtrace.first[/'.*'/]
end
# => 'Integer#%'
# => 'Integer#%'
# => 'Float#%'
# => 'Integer#%'
