# Mean, median, deviation, and formatting.
data = [23, 7, 42, 15, 8, 16, 4]
mean = data.sum.fdiv(data.size)
sorted = data.sort
median = sorted[data.size / 2]
variance = data.sum { |x| (x - mean)**2 } / data.size
printf("mean %.3f median %d deviation %.3f\n", mean, median, Math.sqrt(variance))
puts data.minmax.inspect, data.sum, data.each_cons(2).map { |a, b| (b - a).abs }.max
puts format("%08.3f|%+d|%x|%o|%b|%e|%-6s|%6s|%%", 3.14159, 5, 255, 8, 5, 12345.678, "ab", "cd")
puts 1234567.89.round(1).to_s.reverse.scan(/\d{1,3}/).size
puts 1234567.to_s.gsub(/(\d)(?=(\d{3})+$)/, '\1,')
