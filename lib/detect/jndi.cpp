#include "detect/jndi.hpp"

#include <algorithm>
#include <array>

#include "detect/bytes.hpp"

namespace gird::detect {
namespace {

/// One `${`: where its resolved content starts, and where it stands in the text.
struct Lookup {
  std::size_t content = 0;
  std::size_t begin = 0;
  bool has_default = false;  ///< `:-` was seen: the content is what follows
  bool nested = false;
};

/// Resolves lookups as it reads; keeps the resolved content of those that are open.
class Resolver {
 public:
  Resolver(std::string_view text, Signs& signs) : text_(text), signs_(signs) {}

  void run() {
    for (at_ = text_.find("${"); at_ < text_.size(); ++at_) step();
  }

 private:
  void step() {
    const char c = text_[at_];
    if (c == '{' && ends_with('$')) {
      open();
    } else if (c == '}') {
      close();
    } else if (depth_ > 0 || c == '$') {
      put(c);
    } else {
      size_ = 0;
    }
  }

  bool ends_with(char c) const { return size_ > 0 && held_.at(size_ - 1) == c; }

  std::string_view content() const {
    const std::size_t from = depth_ == 0 ? 0 : lookups_.at(depth_ - 1).content;
    return std::string_view(held_.data(), size_).substr(from);
  }

  void open() {
    --size_;
    if (depth_ == lookups_.size()) return;
    if (depth_ > 0) lookups_.at(depth_ - 1).nested = true;
    lookups_.at(depth_++) = {.content = size_, .begin = at_ == 0 ? 0 : at_ - 1};
  }

  void put(char c) {
    // The Turkish dotless i, which upper-cases to I.
    if (c == '\xB1' && ends_with('\xC4')) {
      --size_;
      c = 'i';
    }
    if (depth_ > 0 && c == '-' && ends_with(':') && !lookups_.at(depth_ - 1).has_default) {
      lookups_.at(depth_ - 1).has_default = true;
      size_ = lookups_.at(depth_ - 1).content;
      return;
    }
    // Full, the last byte goes on changing: a `:-` that makes room again is still seen.
    if (size_ < held_.size()) ++size_;
    held_.at(size_ - 1) = lower(c);
    if (c == ':') check();
  }

  void check() {
    if (depth_ > 0 && content().starts_with("jndi:")) {
      signs_.add("jndi/lookup", {lookups_.at(depth_ - 1).begin, at_ + 1});
    }
  }

  void close() {
    if (depth_ == 0) {
      size_ = 0;
      return;
    }
    const Lookup lookup = lookups_.at(depth_ - 1);
    const std::string_view value = value_of(lookup);
    note(lookup);
    std::ranges::copy(value, held_.begin() + static_cast<std::ptrdiff_t>(lookup.content));
    size_ = lookup.content + value.size();
    --depth_;
    check();
  }

  std::string_view value_of(const Lookup& lookup) const {
    const std::string_view name = content();
    if (lookup.has_default) return name;
    if (name.starts_with("lower:") || name.starts_with("upper:")) return part(name, 6);
    if (name.starts_with("date:'") && name.size() > 7) return part(name, 6, name.size() - 7);
    return {};
  }

  void note(const Lookup& lookup) {
    static constexpr auto leaks = std::to_array<std::string_view>(
        {"bundle:", "ctx:", "docker:", "env:", "hostname",
         "java:", "k8s:", "log4j:", "main:", "map:", "sd:", "spring:", "sys:", "web:"});
    const std::string_view name = content();
    const Span where{lookup.begin, at_ + 1};
    const bool changes = lookup.has_default || !value_of(lookup).empty();
    if (depth_ > 1 && changes) signs_.add("jndi/nested", where);
    if (std::ranges::any_of(leaks, [&](std::string_view leak) { return name.starts_with(leak); })) {
      signs_.add("jndi/leak", where);
    }
  }

  std::string_view text_;
  Signs& signs_;
  std::size_t at_ = 0;
  std::array<char, 256> held_{};
  std::size_t size_ = 0;
  std::array<Lookup, 24> lookups_{};
  std::size_t depth_ = 0;
};

/// `jndi:ldap://` without the braces, as a filter may have left it.
void url_signs(std::string_view text, Signs& signs) {
  static constexpr auto services = std::to_array<std::string_view>(
      {"corba:", "dns:", "http:", "iiop:", "ldap:", "ldaps:", "nds:", "nis:", "rmi:"});
  constexpr std::size_t none = std::string_view::npos;
  for (std::size_t at = text.find(':'); at != none; at = text.find(':', at + 1)) {
    if (at < 4 || !holds(text, at - 4, "jndi")) continue;
    const auto here = [&](std::string_view service) { return holds(text, at + 1, service); };
    if (std::ranges::any_of(services, here)) signs.add("jndi/url", {at - 4, at + 6});
  }
}

}  // namespace

void jndi_signs(std::string_view text, Signs& signs) {
  if (text.contains("${")) Resolver(text, signs).run();
  if (text.contains(':')) url_signs(text, signs);
}

}  // namespace gird::detect
