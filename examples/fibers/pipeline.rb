# Producer, filter and consumer as fibers.
producer = Fiber.new do
  (1..10).each { |n| Fiber.yield n }
  nil
end
filter = Fiber.new do
  while (n = producer.resume)
    Fiber.yield n * n if n.odd?
  end
  nil
end
sum = 0
while (n = filter.resume)
  puts n
  sum += n
end
puts "sum #{sum}"
