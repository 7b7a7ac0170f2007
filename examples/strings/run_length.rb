# Run-length encoding there and back.
def pack(text) = text.gsub(/(.)\1*/) { |run| "#{run.length}#{run[0]}" }
def unpack(code) = code.gsub(/(\d+)(.)/) { $2 * $1.to_i }

["aaabccd", "zzzzzzzzzzzz", "abc"].each do |text|
  code = pack(text)
  puts "#{text} -> #{code} -> #{unpack(code)}"
end
