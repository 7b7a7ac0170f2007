# Evaluate and simplify arithmetic trees.
def simplify(tree)
  case tree
  in [:+, 0, x] then simplify(x)
  in [:+, x, 0] then simplify(x)
  in [:*, 1, x] then simplify(x)
  in [:*, 0, _] then 0
  in [op, a, b]
    again = [op, simplify(a), simplify(b)]
    again == tree ? tree : simplify(again)
  else tree
  end
end

def value(tree, env)
  case tree
  in Integer then tree
  in Symbol then env.fetch(tree)
  in [:+, a, b] then value(a, env) + value(b, env)
  in [:*, a, b] then value(a, env) * value(b, env)
  in [:neg, a] then -value(a, env)
  end
end
tree = [:+, [:*, 2, :x], [:neg, 3]]
puts value(tree, { x: 5 })
begin
  value([:-, 1, 2], {})
rescue NoMatchingPatternError => e
  puts e.message
end
puts simplify([:+, [:*, 0, :y], [:*, 1, [:+, :x, 0]]]).inspect
