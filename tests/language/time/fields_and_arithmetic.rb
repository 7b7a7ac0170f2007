# Fields, arithmetic, zones, text.
t = Time.utc(2024, 2, 29, 12, 34, 56.5)
p t # => 2024-02-29 12:34:56.5 UTC
p t + 86400 # => 2024-03-01 12:34:56.5 UTC
p t - Time.utc(2024, 1, 1) # => 5142896.5
p t.to_r # => (3418420193/2)
p t.round, t.floor, t.yday, t.wday
# => 2024-02-29 12:34:57 UTC
# => 2024-02-29 12:34:56 UTC
# => 60
# => 4
puts t.strftime("%Y-%m-%d %H:%M:%S.%L %z %A %j %-d %e %^a %10Y %s %G-W%V %%")
# => 2024-02-29 12:34:56.500 +0000 Thursday 060 29 29 THU 0000002024 1709210096 2024-W09 %
p Time.new(2020, 1, 2, 3, 4, 5, "+09:00") # => 2020-01-02 03:04:05 +0900
p Time.new("2021-12-25 00:00:00 +05:30") # => 2021-12-25 00:00:00 +0530
p Time.at(0, 1500, :millisecond).utc # => 1970-01-01 00:00:01.5 UTC
p Time.at(0, in: "-03:00") # => 1969-12-31 21:00:00 -0300
p t.deconstruct_keys([:year, :month]) # => {year: 2024, month: 2}
p Time.utc(1969, 12, 31) < t # => true
p Time.utc(2000, "jan", 1).xmlschema # => "2000-01-01T00:00:00Z"
Time.utc(2000, 13) # raises ArgumentError: mon out of range
