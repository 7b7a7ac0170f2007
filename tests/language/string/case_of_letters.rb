# Case of letters beyond ASCII: mappings of one character to several, in every encoding of Unicode.
p "straße ŉ ﬃ ǆ".upcase, "STRASSE Ǆ İ".downcase, "ǆ ΑΣ".capitalize, "ÄöSSß".swapcase # => "STRASSE ʼN FFI Ǆ"
# => "strasse ǆ i̇"
# => "ǅ ασ"
# => "äÖssSS"
p ("ŉΐ" * 50).upcase == "ŉΐ".upcase * 50, ("aﬃ" * 40).upcase, ("ÀÉ" * 30).downcase # => true
# => "AFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFIAFFI"
# => "àéàéàéàéàéàéàéàéàéàéàéàéàéàéàéàéàéàéàéàéàéàéàéàéàéàéàéàéàéàé"
p "日本語 привет".upcase, "\u{10428}\u{1E922}z".upcase, "ßA".downcase(:fold), "iI".upcase(:turkic), "Iİ".downcase(:turkic) # => "日本語 ПРИВЕТ"
# => "𐐀𞤀Z"
# => "ssa"
# => "İI"
# => "ıi"
p "aß".encode("UTF-16LE").upcase.encode("UTF-8"), "Àa".encode("UTF-32BE").swapcase.encode("UTF-8") # => "ASS"
# => "àA"
p ["é", "É", "日", "1"].map { |text| text.upcase!.inspect } # => ["\"É\"", "nil", "nil", "nil"]
p begin
  "é\xFF".upcase
rescue ArgumentError => e
  e.message
end # => "input string invalid"
