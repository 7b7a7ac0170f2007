# Patterns say what they test by name.
case value
in [Integer => first, *, 3] if first then first
in {name: String, **nil} then 2
in nil | false then 4
end
