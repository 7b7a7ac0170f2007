# Hooks that classes call as they change.
class Tracker
  LOG = []
  def self.inherited(sub)
    super
    LOG << [:inherited, sub.name]
  end

  def self.method_added(name)
    super
    LOG << [:added, name]
  end

  def self.singleton_method_added(name)
    LOG << [:singleton, name] unless %i[inherited method_added singleton_method_added].include?(name)
  end

  def work; end
  def self.build; end
end

class Child < Tracker
  def play; end
  remove_method :play
end
module Plugin
  def self.included(base) = Tracker::LOG << [:included, base]
  def self.extended(base) = Tracker::LOG << [:extended, base.class]
end
class Child
  include Plugin
end
Object.new.extend(Plugin)
Tracker::LOG.each { |entry| puts entry.inspect }
