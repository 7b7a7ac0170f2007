# Caesar's cipher with tr and with arithmetic.
def shift(text, by)
  text.gsub(/[a-z]/i) do |c|
    base = c =~ /[a-z]/ ? "a".ord : "A".ord
    ((c.ord - base + by) % 26 + base).chr
  end
end

secret = shift("Hello, World!", 3)
puts secret
puts shift(secret, -3)
puts "Hello".tr("A-Za-z", "N-ZA-Mn-za-m")
