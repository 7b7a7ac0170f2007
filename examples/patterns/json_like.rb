# Destructure nested data with case/in.
events = [
  { type: "login", user: { name: "ann", roles: %w[admin dev] } },
  { type: "login", user: { name: "bob", roles: [] } },
  { type: "move", from: [1, 2], to: [3, 4] },
  { type: "error", code: 404 },
  { type: "error", code: 500, detail: "disk" },
  "noise"
]
events.each do |event|
  text = case event
         in { type: "login", user: { name:, roles: [first, *] } } then "#{name} logs in as #{first}"
         in { type: "login", user: { name: } } then "#{name} logs in"
         in { type: "move", from: [x1, y1], to: [x2, y2] } then "moves by #{[x2 - x1, y2 - y1]}"
         in { type: "error", code: 400..499 => code } then "client error #{code}"
         in { type: "error", detail: String => detail } then "error: #{detail}"
         else "unknown #{event.inspect}"
         end
  puts text
end
