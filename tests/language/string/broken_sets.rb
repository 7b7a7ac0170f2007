# tr, delete, squeeze and count are of whole characters: they refuse broken text, in the string or in a set.
def e; yield; rescue => x; "#{x.class}: #{x.message}"; end
s = "a\xffb"
u = "é\xffa"
p e { s.tr("a", "b") }, e { u.tr("a", "b") }, e { u.tr("é", "e") }, e { "abc".tr("a\xff", "b") }, e { "abc".tr("a", "\xff") }, e { "éabc".tr("a\xff", "b") }, e { s.tr("\xff", "x") }, e { u.delete("a") }, e { u.delete("é") }, e { s.delete("a") }, e { "abc".delete("\xff") }, e { u.squeeze }, e { u.squeeze("é") }, e { u.count("a") }, e { u.count("é") }, e { s.count("\xff") }, e { s.tr_s("a", "b") }, e { s.tr("", "b") }, e { "".tr("\xff", "b") }, e { s.b.tr("\xff".b, "x") }, e { s.tr("a-z", "*") }, e { s.tr("^a", "*") }, e { u.tr("^a", "*") }, e { "é".tr("a-\xff", "*") }, e { s.tr!("q", "b") }, e { s.squeeze("a") }, e { s.delete("^a") }, e { "é\xff".delete("^é") }
