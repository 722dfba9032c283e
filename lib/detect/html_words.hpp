// What the words of HTML do: tags, attributes, event handlers.
#pragma once

#include <cstdint>
#include <string_view>

namespace gird::detect {

/// What a tag is able to do.
enum class Tag : std::uint8_t {
  plain,    ///< formatting, or unknown
  script,   ///< holds or loads a program
  frame,    ///< loads a document or plug-in
  style,    ///< holds a style sheet
  base,     ///< moves every relative address of the page
  meta,     ///< speaks for the server
  link,     ///< loads a style sheet or import
  drawing,  ///< opens SVG or MathML, where other rules of parsing hold
  animate,  ///< sets attributes of other elements
  use,      ///< draws an element of another document
  form,     ///< sends what is typed
  control,  ///< is typed into
  page,     ///< html, head, body
  binding,  ///< attaches data or behaviour by means that browsers dropped
  stray,    ///< known from attacks and from nothing else today
};

/// `name` is in small letters.
Tag tag_kind(std::string_view name);

/// Attributes that decide what a tag does, as bits.
enum : std::uint32_t {
  has_source = 1U << 0U,      ///< src, data, code, classid, movie, archive
  has_href = 1U << 1U,        ///< href, xlink:href
  has_action = 1U << 2U,      ///< action
  has_formaction = 1U << 3U,  ///< formaction, dirname
  has_equiv = 1U << 4U,       ///< http-equiv
  has_content = 1U << 5U,     ///< content
  has_charset = 1U << 6U,     ///< charset
  has_binding = 1U << 7U,     ///< datasrc, datafld, dataformatas, ev:event, implementation, ...
  has_target = 1U << 8U,      ///< attributename
  has_id = 1U << 9U,          ///< id
  has_xml = 1U << 10U,  ///< xmlns, xmlns:xlink, viewbox, width, height: a drawing that is shown
};

/// The bit of an attribute, 0 for one that decides nothing. `name` is in small letters.
std::uint32_t attribute_bit(std::string_view name);

/// Is it a handler of the standards (HTML, SVG, pointer, touch, animation, clipboard events) or of
/// an old browser? `name` is in small letters and starts with "on".
bool is_handler(std::string_view name);

/// Is what the element holds read as text, so that only its own end tag ends it?
bool is_raw_text(std::string_view name);

}  // namespace gird::detect
