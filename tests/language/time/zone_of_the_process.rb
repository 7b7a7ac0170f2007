# Local times follow TZ as soon as it is changed.
hours = ["America/New_York", "Asia/Tokyo", "UTC"].map do |zone|
  ENV["TZ"] = zone
  [Time.at(0).hour, Time.local(2000, 1, 1).utc.hour]
end
p hours # => [[19, 5], [9, 15], [0, 0]]
ENV["TZ"] = "Asia/Tokyo"
p Time.at(0).hour # => 9
ENV.delete("TZ")
p Time.at(0).hour == Time.at(0).localtime.hour # => true
ENV.replace(ENV.to_h.merge("TZ" => "Asia/Tokyo"))
p Time.at(0).hour # => 9
