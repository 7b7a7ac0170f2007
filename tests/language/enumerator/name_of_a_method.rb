# What an Enumerator calls is named by a Symbol or a String; anything else is refused at once.
p [1, 2].to_enum("each").next, [1, 2].enum_for("map").inspect # => 1
# => "#<Enumerator: [1, 2]:map>"
p [3].lazy.to_enum("each_slice", 2).to_a        # => [[3]]
[64, nil, [:each]].each do |name|
  [[1], [1].lazy].each do |list|
    list.to_enum(name)
  rescue TypeError => e
    puts e.message.sub(" nor a string", "")
  end
end
# => 64 is not a symbol
# => 64 is not a symbol
# => nil is not a symbol
# => nil is not a symbol
# => [:each] is not a symbol
# => [:each] is not a symbol
