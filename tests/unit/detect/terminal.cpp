#include "detect/terminal.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "detect/terminal_sequence.hpp"
#include "unit/detect/seen.hpp"

using namespace gird::detect;

namespace {

std::string seen(std::string_view text) { return seen_by(terminal_signs, text); }

struct Case {
  std::string_view text;
  std::string_view signs;
};
std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.signs; }

const std::array cases = std::to_array<Case>({
    {"a \x1b[31mred\x1b[0m", "sgr"},
    {"\x1b[38;5;8mgrey\x1b[48;2;8;8;8mx", "sgr"},
    {"\x1b[8mhidden\x1b[0m", "conceal sgr"},
    {"\x1b[38;5;1;8mhidden", "conceal"},
    {"\x1b[2A\x1b[2K\x1b[1;1H", "cursor erase"},
    {"\x1b"
     "7\x1b"
     "8\x1bM",
     "cursor"},
    {"\x1b#8", "erase"},
    {"\x1b[1000000000b", "erase"},
    {"\x1b[?1049h\x1b[?25l\x1b[?2004h", "mode"},
    {"\x1b"
     "c",
     "reset"},
    {"\x1b[!p", "reset"},
    {"\x1b[13;66r", "cursor"},
    {"\x1b[c\x1b[6n\x1b[>q", "report csi"},
    {"\x1b[21t", "report"},
    {"\x1b[8;1;1t", "window"},
    {"\x1b[?1$p", "report"},
    {"\x1bZ", "report"},
    {"\x05", "report"},
    {"x\x1b[201~; id\n", "paste"},
    {"\x1b]0;title\x07", "title"},
    {"\x1b]2;title\x1b\\", "title"},
    {"\x1b]2;title without an end", "title"},
    {"\x1b]52;c;cm0gLXJmIH4=\x07", "clipboard"},
    {"\x1b]1337;File=name=eA==:eA==\x07", "file"},
    {"\x1b]1337;SetMark\x07", "osc"},
    {"\x1b]11;?\x07", "report"},
    {"\x1b]9;note\x1b\\\x1b]777;notify;a;b\x07", "osc"},
    {"\x1bP0;1|17/6469736b\x1b\\", "dcs"},
    {"\x1bP$q\"p\x1b\\", "report"},
    {"\x1b_Ga=T;eA==\x1b\\", "unshown"},
    {"\x1b^hidden\x1b\\x\x1bXhidden", "unshown"},
    {"\x1b(0lqqk", "charset"},
    {"a\x0e"
     "b\x0f",
     "charset control"},
    {"rm -rf\b\b\b\b\b\bls", "backspace"},
    {"rm -rf / \rls", "overwrite"},
    {"\x07", "bell"},
    {"\x1b=", "escape"},
    // C1, in UTF-8 and as bytes.
    {"\xc2\x9b"
     "8A\xc2\x9b"
     "2K",
     "cursor erase"},
    {"\x9b"
     "8A\x9b"
     "2K",
     "cursor erase"},
    {"\x9d"
     "0;x\x9c",
     "title"},
    {"\x90"
     "q;\x9c",
     "dcs"},
    {"\xc2\x9d"
     "52;c;eA==\xc2\x9c",
     "clipboard"},
    {"\xc2\x84", "c1"},
    // A string that is cancelled ends there.
    {"\x1b]0;x\x18\x1b[2J", "title erase"},
    {"\x1b]0;x\x1b[2J", "title erase"},
    // Control characters inside of a string are a part of it.
    {"\x1b]8;;https://a.example/\x1b\\https://b.example\x1b]8;;\x1b\\", "link link-elsewhere"},
    {"\x1b]8;;https://a.example\x1b\\www.a.example\x1b]8;;\x1b\\", "link"},
    {"\x1b]8;;https://a.example@b.example/\x07https://a.example/\x1b]8;;\x07",
     "link link-elsewhere"},
    {"\x1b]8;;https://a.example/notes.txt\x07notes.txt\x1b]8;;\x07", "link"},
    {"\x1b]8;;ssh://-oProxyCommand=id/x\x07x", "link-scheme"},
    // What is none.
    {"", ""},
    {"plain text, [31m, ^[[0m and \\x1b[2J", ""},
    {"line\r\nline\n\ttab\f\v", ""},
    {"\xc3\x9b\xd0\x9b\xe2\x80\x9d caf\xc3\xa9", ""},
    {"\x93quoted\x94 \x96 in Windows-1252", "c1"},
    {"m\x9e\x9f"
     "e",
     ""},
    {"broken \x1b", ""},
    {"broken \x1b[12", ""},
    {"broken \x1b[12\n", ""},
});

}  // namespace

BOOST_AUTO_TEST_SUITE(terminal)

BOOST_DATA_TEST_CASE(control_functions_are_named, cases, one) {
  BOOST_TEST(seen(one.text) == one.signs);
}

BOOST_AUTO_TEST_CASE(a_sequence_has_its_parts) {
  const Sequence csi = sequence_at("x\x1b[?1;2$py", 1);
  BOOST_TEST((csi.kind == Sequence::Kind::csi));
  BOOST_TEST(csi.parameters == "?1;2");
  BOOST_TEST(csi.between == "$");
  BOOST_TEST(csi.final == 'p');
  BOOST_TEST((csi.where == Span{1, 9}));
  const Sequence osc = sequence_at("\x1b]0;a\xc2\x80\x1b\\b", 0);
  BOOST_TEST(osc.text == "0;a\xc2\x80");
  BOOST_TEST((osc.where == Span{0, 9}));
}

BOOST_AUTO_TEST_CASE(a_sign_is_where_its_sequence_is) {
  BOOST_TEST(first_in(terminal_signs, "ok \x1b[2J.") == "\x1b[2J");
}

BOOST_AUTO_TEST_CASE(time_is_linear) {
  for (const std::string_view token :
       {"\x1b", "\x1b[", "\x1b[1;", "\x1b]", "\x1b]8;;x\x1b\\", "\x1bP", "\x1b_x", "\x9b",
        "\xc2\x9d", "\x1b]0;\x07", "\b", "\r", "\n", "\x1b[1;1;1;1m", "\xff", "a"}) {
    BOOST_TEST_CONTEXT(token) { BOOST_TEST(growth_of(terminal_signs, token) < 3); }
  }
}

BOOST_AUTO_TEST_SUITE_END()
