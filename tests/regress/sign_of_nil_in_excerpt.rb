# stderr: ^
# The excerpt marks the sign of a unary call that failed.
puts "before" # => before
-nil # raises NoMethodError: undefined method '-@' for nil
