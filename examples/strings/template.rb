# A tiny template language by gsub with a block.
def render(template, values)
  template.gsub(/\{\{\s*(\w+)(?:\|(\w+))?\s*\}\}/) do
    value = values.fetch($1.to_sym) { "<#{$1}?>" }.to_s
    $2 ? value.send($2) : value
  end
end

puts render("Dear {{name|upcase}}, you owe {{ amount }} to {{who}}.", name: "Ann", amount: 12)
