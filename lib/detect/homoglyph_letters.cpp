#include "detect/homoglyph_letters.hpp"

#include <algorithm>
#include <array>

namespace gird::detect {
namespace {

/// Letters of other alphabets, by their numbers, and the letters and digits of ASCII that they look
/// like, in the same order. Of UTS 39's confusables.txt: those of one character that look like one.
constexpr std::u16string_view letters =
    u"\u037f\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5"
    u"\u03a7\u03b1\u03b3\u03b9\u03bd\u03bf\u03c1\u03c3\u03c5\u03dc\u03e8\u03f3\u03fa\u0405"
    u"\u0406\u0408\u0410\u0412\u0415\u0417\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423"
    u"\u0425\u042c\u0430\u0431\u0433\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458"
    u"\u0461\u0474\u0475\u04ae\u04af\u04bb\u04bd\u04c0\u04cf\u04e0\u0501\u050c\u051b\u051c"
    u"\u051d\u054d\u054f\u0555\u0561\u0563\u0566\u0570\u0578\u057c\u057d\u0581\u0584\u0585"
    u"\u13a0\u13a1\u13a2\u13a5\u13a9\u13aa\u13ab\u13ac\u13b3\u13b7\u13bb\u13bd\u13c0\u13c2"
    u"\u13c3\u13ce\u13cf\u13d2\u13d4\u13d5\u13d9\u13da\u13de\u13df\u13e2\u13e6\u13e7\u13ee"
    u"\u13f3\u13f4\u142f\u144c\u146d\u146f\u148d\u14aa\u14bf\u1541\u157c\u157d\u1587\u15af"
    u"\u15b4\u15c5\u15de\u15ea\u15f0\u15f7\u1d26\u2c85\u2c8e\u2c92\u2c94\u2c98\u2c9a\u2c9e"
    u"\u2c9f\u2ca2\u2ca3\u2ca4\u2ca5\u2ca6\u2ca8\u2cac\u2cca\u2ccc\u2cd0\u2cd2\u2d38\u2d39"
    u"\u2d4f\u2d54\u2d55\u2d5d\ua4d0\ua4d1\ua4d2\ua4d3\ua4d4\ua4d6\ua4d7\ua4d9\ua4da\ua4dc"
    u"\ua4dd\ua4df\ua4e0\ua4e1\ua4e2\ua4e3\ua4e6\ua4e7\ua4ea\ua4eb\ua4ec\ua4ee\ua4f0\ua4f2"
    u"\ua4f3\ua4f4\ua644\ua647\uab75\uab81\uab83\uab93\uaba9\uabaa\uabaf";
constexpr std::string_view looks =
    "JABEZHlKMNOPTYXayivopouF2jMSlJABE3KMHOPCTYXba6reopcyxsijwVvYyheli3dGqW"
    "wUSOwqqhnnugfoDRTiYAJEWMHYGhZ4bRWSVSLCPKd6GBVUPdJL2xHxRbFADDMBrrHlKMNO"
    "oPpCcTYX93L6VElOQXBPdDTGKJCZFMNLSRVHWXYAElOU2iirwzvsc";
static_assert(letters.size() == looks.size());

/// What is signed with, paid with and typed into fields: names that are worth an imitation.
constexpr std::array<std::string_view, 65> words = {
    "access",    "account", "admin",     "alert",    "alice",    "amazon",  "apple",   "auth",
    "bank",      "billing", "binance",   "cisco",    "click",    "client",  "cloud",   "code",
    "config",    "cookie",  "copy",      "debug",    "delete",   "discord", "dropbox", "ebay",
    "email",     "error",   "exec",      "facebook", "github",   "gitlab",  "google",  "guest",
    "hello",     "icloud",  "instagram", "key",      "linkedin", "local",   "login",   "mail",
    "microsoft", "netflix", "office",    "oracle",   "password", "pay",     "paypal",  "python",
    "root",      "safe",    "script",    "secure",   "select",   "service", "session", "shop",
    "skype",     "spotify", "steam",     "support",  "system",   "token",   "twitter", "user",
    "verify"};

}  // namespace

char looks_like(char32_t point) {
  const auto* at = std::ranges::lower_bound(letters, point);
  if (at == letters.end() || *at != point) return '\0';
  return looks[static_cast<std::size_t>(at - letters.begin())];
}

/// Letters that look like each other in ASCII count as one.
bool is_imitated(std::string_view word) {
  const auto fold = [](char c) {
    switch (c) {
      case 'l':
      case '1': return 'i';
      case '0': return 'o';
      default: return c;
    }
  };
  return std::ranges::any_of(words, [&](std::string_view known) {
    return std::ranges::equal(known, word, {}, fold, fold);
  });
}

}  // namespace gird::detect
