# Find patterns, pins, guards, alternatives and one-line matches.
log = [:ok, :ok, [:fail, "disk", 3], :ok, [:fail, "net", 1]]
case log
in [*, [:fail, String => what, Integer => n], *rest]
  puts "first failure: #{what} #{n}, then #{rest.size} more"
end
limit = 2
log.each do |entry|
  case entry
  in [:fail, _, n] if n > limit then puts "serious"
  in [:fail, what, _] unless what == "disk" then puts "minor #{what}"
  in :ok | :fine then next
  else puts "other"
  end
end
config = { db: { host: "h", port: 1 }, mode: nil }
config => { db: { host:, port: } }
puts host, port
matched = (config in { mode: nil })
puts matched
if config in { db: { port: Integer => pt } }
  puts pt
end
result = { status: :ok, items: [1, 2, 3] }
case result
in { status: :ok, items: [first, *, last], **rest }
  puts first, last, rest.empty?
end
