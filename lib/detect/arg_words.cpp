#include "detect/arg_words.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "detect/bytes.hpp"

namespace gird::detect::arg {
namespace {

struct Option {
  std::string_view name;
  Effect effect = Effect::none;
};

// Sorted by name, which the search relies on.
constexpr std::array options = {
    Option{"agentpath", Effect::loads},
    Option{"append-output", Effect::writes},
    Option{"askpass", Effect::runs},
    Option{"auth-cmd", Effect::runs},
    Option{"backup-dir", Effect::writes},
    Option{"body-file", Effect::writes},
    Option{"browser-subprocess-path", Effect::runs},
    Option{"cc-cmd", Effect::runs},
    Option{"checkpoint", Effect::writes},
    Option{"checkpoint-action", Effect::runs},
    Option{"checkpoint-exec", Effect::writes},
    Option{"command", Effect::runs},
    Option{"compress-program", Effect::runs},
    Option{"conf-path", Effect::loads},
    Option{"config", Effect::loads},
    Option{"config-file", Effect::loads},
    Option{"connect-to", Effect::writes},
    Option{"cookie-jar", Effect::writes},
    Option{"create-dirs", Effect::writes},
    Option{"daemon-exec", Effect::runs},
    Option{"defaults-extra-file", Effect::loads},
    Option{"defaults-file", Effect::loads},
    Option{"diff-cmd", Effect::runs},
    Option{"diff-program", Effect::runs},
    Option{"diff3-cmd", Effect::runs},
    Option{"directory-prefix", Effect::writes},
    Option{"disable-extensions-except", Effect::loads},
    Option{"dump-header", Effect::writes},
    Option{"edit-command", Effect::runs},
    Option{"editor", Effect::runs},
    Option{"editor-cmd", Effect::runs},
    Option{"env-file", Effect::loads},
    Option{"etag-save", Effect::writes},
    Option{"eval", Effect::runs},
    Option{"exclude-from", Effect::writes},
    Option{"exec", Effect::runs},
    Option{"exec-batch", Effect::runs},
    Option{"exec-cmd", Effect::runs},
    Option{"exec-path", Effect::runs},
    Option{"experimental-loader", Effect::loads},
    Option{"extcmd", Effect::runs},
    Option{"extension", Effect::loads},
    Option{"extension-dir", Effect::loads},
    Option{"file-write", Effect::writes},
    Option{"files-from", Effect::writes},
    Option{"files0-from", Effect::writes},
    Option{"filter", Effect::runs},
    Option{"from-file", Effect::writes},
    Option{"git-dir", Effect::loads},
    Option{"gitdir", Effect::loads},
    Option{"gpg-program", Effect::runs},
    Option{"gpu-launcher", Effect::runs},
    Option{"hook", Effect::runs},
    Option{"hsts", Effect::writes},
    Option{"html-extension", Effect::writes},
    Option{"import-module", Effect::loads},
    Option{"include", Effect::loads},
    Option{"index-filename", Effect::writes},
    Option{"inf-before-exec", Effect::runs},
    Option{"info-script", Effect::runs},
    Option{"init-command", Effect::runs},
    Option{"init-file", Effect::runs},
    Option{"initfile", Effect::loads},
    Option{"input-file", Effect::writes},
    Option{"inspect", Effect::loads},
    Option{"inspect-brk", Effect::loads},
    Option{"interpreter", Effect::runs},
    Option{"javaagent", Effect::loads},
    Option{"libcurl", Effect::writes},
    Option{"load", Effect::loads},
    Option{"load-cookies-exec", Effect::runs},
    Option{"load-extension", Effect::loads},
    Option{"load-module", Effect::loads},
    Option{"load-plugin", Effect::loads},
    Option{"loader", Effect::loads},
    Option{"log", Effect::writes},
    Option{"log-file", Effect::writes},
    Option{"logfile", Effect::writes},
    Option{"login-path", Effect::runs},
    Option{"mail-cmd", Effect::runs},
    Option{"merge-cmd", Effect::runs},
    Option{"module-path", Effect::loads},
    Option{"netrc-file", Effect::writes},
    Option{"new-volume-script", Effect::runs},
    Option{"on-bt-download-complete", Effect::runs},
    Option{"on-download-complete", Effect::runs},
    Option{"on-download-stop", Effect::runs},
    Option{"on-exit", Effect::runs},
    Option{"open-files-in-pager", Effect::runs},
    Option{"options-file", Effect::loads},
    Option{"output", Effect::writes},
    Option{"output-dir", Effect::writes},
    Option{"output-directory", Effect::writes},
    Option{"output-document", Effect::writes},
    Option{"output-file", Effect::writes},
    Option{"pager", Effect::runs},
    Option{"plugin", Effect::loads},
    Option{"plugin-dir", Effect::loads},
    Option{"plugin-path", Effect::loads},
    Option{"post-file", Effect::runs},
    Option{"post-script", Effect::runs},
    Option{"ppapi-plugin-launcher", Effect::runs},
    Option{"pre-script", Effect::runs},
    Option{"preload", Effect::loads},
    Option{"preprocessor", Effect::runs},
    Option{"project-file", Effect::loads},
    Option{"proxy", Effect::writes},
    Option{"proxy-cmd", Effect::runs},
    Option{"proxy-command", Effect::runs},
    Option{"rcfile", Effect::runs},
    Option{"receive-pack", Effect::runs},
    Option{"reference", Effect::loads},
    Option{"renderer-cmd-prefix", Effect::runs},
    Option{"require", Effect::loads},
    Option{"resolve", Effect::writes},
    Option{"rmt-command", Effect::runs},
    Option{"rsh", Effect::runs},
    Option{"rsh-command", Effect::runs},
    Option{"rsync-path", Effect::runs},
    Option{"run", Effect::runs},
    Option{"run-cmd", Effect::runs},
    Option{"save-cookies", Effect::writes},
    Option{"script", Effect::runs},
    Option{"sendmail-cmd", Effect::runs},
    Option{"separate-git-dir", Effect::loads},
    Option{"server-command", Effect::runs},
    Option{"settings", Effect::loads},
    Option{"sftp-server", Effect::runs},
    Option{"shell", Effect::runs},
    Option{"shell-command", Effect::runs},
    Option{"show-program", Effect::runs},
    Option{"smtp-server", Effect::runs},
    Option{"socks5", Effect::writes},
    Option{"ssh-command", Effect::runs},
    Option{"stderr", Effect::writes},
    Option{"target-directory", Effect::writes},
    Option{"temp-dir", Effect::writes},
    Option{"template", Effect::loads},
    Option{"textconv", Effect::runs},
    Option{"to-cmd", Effect::runs},
    Option{"to-command", Effect::runs},
    Option{"trace", Effect::writes},
    Option{"trace-ascii", Effect::writes},
    Option{"unix-socket", Effect::writes},
    Option{"unzip-command", Effect::runs},
    Option{"upload-archive", Effect::runs},
    Option{"upload-file", Effect::writes},
    Option{"upload-pack", Effect::runs},
    Option{"use-askpass", Effect::runs},
    Option{"use-compress-program", Effect::runs},
    Option{"use-config", Effect::writes},
    Option{"use-gl-launcher", Effect::runs},
    Option{"utility-cmd-prefix", Effect::runs},
    Option{"work-tree", Effect::loads},
    Option{"write-out", Effect::writes},
};
static_assert(std::ranges::is_sorted(options, {}, &Option::name));

bool is_any(std::string_view word, std::span<const std::string_view> names) {
  return std::ranges::any_of(names,
                             [&](std::string_view name) { return equals_folded(word, name); });
}

}  // namespace

Effect effect_of(std::string_view option) {
  const auto* const found = std::ranges::lower_bound(options, option, {}, &Option::name);
  return found != options.end() && found->name == option ? found->effect : Effect::none;
}

bool is_short_runner(std::string_view name) {
  static constexpr std::array<std::string_view, 9> names = {"e", "exec", "execdir", "ok", "okdir",
                                                            "x", "tt",   "c",       "s"};
  return std::ranges::find(names, name) != names.end();
}

bool is_ssh_option(std::string_view name) {
  static constexpr std::array<std::string_view, 12> names = {
      "proxycommand",       "localcommand",        "permitlocalcommand", "knownhostscommand",
      "pkcs11provider",     "securitykeyprovider", "xauthlocation",      "remotecommand",
      "userknownhostsfile", "identityagent",       "controlpath",        "include"};
  return is_any(name, names);
}

bool is_git_key(std::string_view name) {
  static constexpr std::array<std::string_view, 16> names = {
      "core.pager",        "core.sshcommand",    "core.editor",     "core.fsmonitor",
      "core.hookspath",    "core.gitproxy",      "core.askpass",    "diff.external",
      "credential.helper", "gpg.program",        "sequence.editor", "uploadpack.packobjectshook",
      "protocol.allow",    "protocol.ext.allow", "gpg.ssh.program", "sendemail.sendmailcmd"};
  static constexpr std::array<std::string_view, 4> prefixes = {"alias.", "pager.", "filter.",
                                                               "include."};
  return is_any(name, names) || std::ranges::any_of(prefixes, [&](std::string_view prefix) {
           return starts_folded(name, prefix);
         });
}

}  // namespace gird::detect::arg
