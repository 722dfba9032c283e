#include "detect/path_files.hpp"

#include <algorithm>
#include <array>

#include "detect/bytes.hpp"

namespace gird::detect {
namespace {

struct File {
  std::string_view name;
  std::string_view folder;  ///< the name before it; empty for any
  Secrecy secrecy;
};

constexpr Secrecy known = Secrecy::known;
constexpr Secrecy secret = Secrecy::secret;

/// By name.
constexpr auto files = std::to_array<File>({
    {".ash_history", "", known},
    {".bash_history", "", known},
    {".bash_logout", "", known},
    {".bash_profile", "", known},
    {".bashrc", "", known},
    {".cshrc", "", known},
    {".dockercfg", "", secret},
    {".ds_store", "", known},
    {".env", "", known},
    {".env.local", "", known},
    {".env.production", "", known},
    {".git-credentials", "", secret},
    {".history", "", known},
    {".htaccess", "", secret},
    {".htdigest", "", secret},
    {".htpasswd", "", secret},
    {".ksh_history", "", known},
    {".lesshst", "", known},
    {".login", "", known},
    {".my.cnf", "", secret},
    {".mysql_history", "", known},
    {".nano_history", "", known},
    {".netrc", "", secret},
    {".npmrc", "", secret},
    {".pgpass", "", secret},
    {".php_history", "", known},
    {".profile", "", known},
    {".psql_history", "", known},
    {".pypirc", "", secret},
    {".python_history", "", known},
    {".rediscli_history", "", known},
    {".rhosts", "", known},
    {".sh_history", "", known},
    {".shosts", "", known},
    {".sqlite_history", "", known},
    {".user.ini", "", known},
    {".vault-token", "", secret},
    {".viminfo", "", known},
    {".xauthority", "", known},
    {".zsh_history", "", known},
    {".zshrc", "", known},
    {"000-default.conf", "", known},
    {"access.log", "", known},
    {"access.log.1", "", known},
    {"access_log", "", known},
    {"access_tokens.db", "gcloud", secret},
    {"accesstokens.json", ".azure", secret},
    {"administration.config", "", known},
    {"aliases", "etc", secret},
    {"anacrontab", "etc", known},
    {"apache.conf", "", known},
    {"apache2.conf", "", known},
    {"apache24.conf", "", known},
    {"appevent.evt", "config", secret},
    {"application_default_credentials.json", "gcloud", secret},
    {"applicationhost.config", "", known},
    {"appsettings.json", "", known},
    {"arp", "net", known},
    {"auth.log", "", known},
    {"authorized_keys", ".ssh", secret},
    {"authorized_keys2", ".ssh", secret},
    {"autoexec.bat", "", known},
    {"autounattend.xml", "", secret},
    {"auxv", "self", secret},
    {"azureprofile.json", ".azure", secret},
    {"bashrc", "etc", known},
    {"boot.ini", "", secret},
    {"bootmgr", "", known},
    {"btmp", "", known},
    {"ca.crt", "serviceaccount", secret},
    {"catalina.out", "", known},
    {"catalina.properties", "", known},
    {"cgroup", "self", secret},
    {"chrootusers", "etc", known},
    {"cmd.exe", "", known},
    {"cmdline", "proc", known},
    {"cmdline", "self", secret},
    {"config", ".aws", secret},
    {"config", ".git", secret},
    {"config", ".kube", secret},
    {"config", ".ssh", secret},
    {"config.gz", "proc", known},
    {"config.inc.php", "", known},
    {"config.json", ".docker", secret},
    {"configuration.php", "", known},
    {"consent.xml", "", known},
    {"core_pattern", "kernel", known},
    {"cpuinfo", "proc", known},
    {"credentials", ".aws", secret},
    {"credentials", ".git", secret},
    {"credentials.db", "gcloud", secret},
    {"credentials.xml", "", known},
    {"crontab", "etc", known},
    {"cwd", "self", secret},
    {"database.yml", "", known},
    {"debian_version", "etc", known},
    {"default", "config", secret},
    {"default", "repair", secret},
    {"default-ssl.conf", "", known},
    {"desktop.ini", "", known},
    {"dev", "net", known},
    {"devices", "proc", known},
    {"dirstate", ".hg", secret},
    {"diskstats", "proc", known},
    {"entries", ".svn", secret},
    {"environ", "etc", known},
    {"environ", "security", secret},
    {"environ", "self", secret},
    {"environment", "etc", known},
    {"error.log", "", known},
    {"error_log", "", known},
    {"exe", "self", secret},
    {"exim4.conf", "", known},
    {"exports", "etc", known},
    {"faillog", "", known},
    {"fd", "self", secret},
    {"fib_trie", "net", known},
    {"filesystems", "proc", known},
    {"fstab", "etc", known},
    {"ftp.passwd", "", secret},
    {"ftpchroot", "etc", known},
    {"ftpusers", "etc", known},
    {"global.asa", "", known},
    {"global.asax", "", known},
    {"group", "etc", secret},
    {"group", "security", secret},
    {"group-", "etc", secret},
    {"grub.conf", "etc", known},
    {"gshadow", "etc", secret},
    {"head", ".git", secret},
    {"head", "logs", known},
    {"hgrc", ".hg", secret},
    {"hiberfil.sys", "", secret},
    {"hostname", "etc", known},
    {"hostname", "kernel", known},
    {"hosts", "etc", known},
    {"hosts.allow", "etc", known},
    {"hosts.deny", "etc", known},
    {"hosts.equiv", "etc", secret},
    {"hosts.ics", "etc", secret},
    {"httpd-vhosts.conf", "", known},
    {"httpd.conf", "", known},
    {"httpd.conf", "etc", known},
    {"httpd.conf.default", "", known},
    {"httpd.conf.php", "", known},
    {"httpd.pid", "", known},
    {"httpd2.conf", "", known},
    {"hudson.util.secret", "", known},
    {"id_dsa", "", secret},
    {"id_dsa", ".ssh", secret},
    {"id_ecdsa", "", secret},
    {"id_ecdsa", ".ssh", secret},
    {"id_ed25519", "", secret},
    {"id_ed25519", ".ssh", secret},
    {"id_rsa", "", secret},
    {"id_rsa", ".ssh", secret},
    {"id_rsa.pub", ".ssh", secret},
    {"identity", ".ssh", secret},
    {"iis.log", "", known},
    {"iis6.log", "", known},
    {"index", ".git", secret},
    {"inetd.conf", "etc", known},
    {"inittab", "etc", known},
    {"interrupts", "proc", known},
    {"ioports", "proc", known},
    {"issue", "etc", known},
    {"issue.net", "etc", known},
    {"kallsyms", "proc", known},
    {"kcore", "proc", known},
    {"known_hosts", ".ssh", secret},
    {"krb5.conf", "etc", known},
    {"krb5.keytab", "etc", known},
    {"kubernetes.io", "secrets", secret},
    {"lastlog", "", known},
    {"lastlog", "security", secret},
    {"ld.so.conf", "etc", known},
    {"lighttpd.conf", "", known},
    {"lilo.conf", "etc", known},
    {"limits", "etc", known},
    {"limits", "security", secret},
    {"lmhosts", "etc", secret},
    {"loadavg", "proc", known},
    {"localsettings.php", "", known},
    {"login.defs", "etc", known},
    {"logrotate.conf", "etc", known},
    {"logs", ".git", secret},
    {"lsb-release", "etc", known},
    {"machine.config", "", known},
    {"maillog", "", known},
    {"main.cf", "", known},
    {"maps", "self", secret},
    {"master.cf", "", known},
    {"master.key", "", known},
    {"master.passwd", "", secret},
    {"master.passwd", "etc", secret},
    {"mem", "self", secret},
    {"meminfo", "proc", known},
    {"metabase.bin", "", known},
    {"metabase.xml", "", known},
    {"modules", "proc", known},
    {"modules.conf", "etc", known},
    {"mongod.conf", "etc", known},
    {"motd", "etc", known},
    {"mountinfo", "self", secret},
    {"mounts", "proc", known},
    {"mounts", "self", secret},
    {"msal_token_cache.json", ".azure", secret},
    {"msdos.sys", "", known},
    {"mtab", "etc", known},
    {"my.cnf", "", known},
    {"my.cnf", "etc", known},
    {"my.ini", "", known},
    {"mysql-slow.log", "", known},
    {"mysql.log", "", known},
    {"mysqld.log", "", known},
    {"named.conf", "", known},
    {"namespace", "serviceaccount", secret},
    {"net", "proc", known},
    {"net", "self", secret},
    {"networks", "etc", known},
    {"nginx.conf", "", known},
    {"nsswitch.conf", "etc", known},
    {"ntdetect.com", "", known},
    {"ntds.dit", "", secret},
    {"ntldr", "", known},
    {"ntuser.dat", "", secret},
    {"opasswd", "etc", secret},
    {"opasswd", "security", secret},
    {"os-release", "etc", known},
    {"osrelease", "kernel", known},
    {"pagefile.sys", "", secret},
    {"pam.conf", "etc", known},
    {"parameters.yml", "", known},
    {"partitions", "proc", known},
    {"passwd", "etc", secret},
    {"passwd", "security", secret},
    {"passwd-", "etc", secret},
    {"pg_hba.conf", "", known},
    {"php-fpm.conf", "", known},
    {"php.exe", "", known},
    {"php.ini", "", known},
    {"php.ini", "etc", known},
    {"php4.ini", "", known},
    {"php5.ini", "", known},
    {"ports.conf", "", known},
    {"postgresql.conf", "", known},
    {"powershell.exe", "", known},
    {"printcap", "etc", known},
    {"profile", "etc", known},
    {"proftpd.conf", "", known},
    {"proftpd.conf", "etc", known},
    {"proftpd.log", "", known},
    {"proftpd.passwd", "", secret},
    {"protocols", "etc", known},
    {"pure-ftpd.conf", "", known},
    {"pure-ftpd.conf", "etc", known},
    {"pure-ftpd.log", "", known},
    {"pure-ftpd.pdb", "", secret},
    {"pureftpd.conf", "", known},
    {"pureftpd.log", "", known},
    {"pureftpd.passwd", "", secret},
    {"pureftpd.pdb", "", secret},
    {"pureftpd.pdb", "etc", known},
    {"random", "kernel", known},
    {"randomize_va_space", "kernel", known},
    {"recentservers.xml", "", secret},
    {"redhat-release", "etc", known},
    {"redis.conf", "etc", known},
    {"regback", "config", secret},
    {"release", "etc", known},
    {"resolv.conf", "etc", known},
    {"rewrite.log", "", known},
    {"root", "self", secret},
    {"route", "net", known},
    {"rpc", "etc", known},
    {"rsyslog.conf", "etc", known},
    {"sa.dat", "", known},
    {"sam", "", secret},
    {"sam", "config", secret},
    {"sam", "regback", secret},
    {"sam", "repair", secret},
    {"sam.sav", "config", secret},
    {"sched", "self", secret},
    {"sched_debug", "proc", known},
    {"secevent.evt", "config", secret},
    {"secevent.evtx", "config", secret},
    {"secrets.yml", "", known},
    {"secure.log", "", known},
    {"security", "config", secret},
    {"security", "etc", secret},
    {"security", "regback", secret},
    {"security", "repair", secret},
    {"services", "etc", known},
    {"setupact.log", "", known},
    {"setupapi.log", "", known},
    {"setuplog.txt", "", known},
    {"shadow", "etc", secret},
    {"shadow-", "etc", secret},
    {"shells", "etc", known},
    {"sitemanager.xml", "", secret},
    {"smb.conf", "", known},
    {"snmpd.conf", "etc", known},
    {"software", "config", secret},
    {"software", "repair", secret},
    {"squid.conf", "", known},
    {"ssh_config", "", known},
    {"ssh_host_dsa_key", "", secret},
    {"ssh_host_ed25519_key", "", secret},
    {"ssh_host_rsa_key", "", secret},
    {"ssh_host_rsa_key", "etc", secret},
    {"sshd_config", "", known},
    {"ssl_access_log", "", known},
    {"ssl_error_log", "", known},
    {"stat", "proc", known},
    {"stat", "self", secret},
    {"status", "self", secret},
    {"subgid", "etc", secret},
    {"subuid", "etc", secret},
    {"sudoers", "etc", secret},
    {"suexec_log", "", known},
    {"swaps", "proc", known},
    {"sysctl.conf", "etc", known},
    {"sysevent.evt", "config", secret},
    {"syslog.conf", "etc", known},
    {"sysprep.inf", "", secret},
    {"sysprep.xml", "", secret},
    {"system", "config", secret},
    {"system", "regback", secret},
    {"system", "repair", secret},
    {"system.ini", "", secret},
    {"tcp", "net", known},
    {"tcp6", "net", known},
    {"token", "serviceaccount", secret},
    {"tomcat-users.xml", "", known},
    {"udp", "net", known},
    {"ultravnc.ini", "", secret},
    {"unattend.xml", "", secret},
    {"unattended.xml", "", secret},
    {"uptime", "proc", known},
    {"user", "etc", known},
    {"user", "security", secret},
    {"utmp", "", known},
    {"version", "kernel", known},
    {"version", "proc", known},
    {"version", "self", secret},
    {"vfstab", "etc", known},
    {"vhost.conf", "", known},
    {"vhosts.conf", "", known},
    {"vhosts.xml", "", known},
    {"vsftpd.conf", "", known},
    {"vsftpd.conf", "etc", known},
    {"vsftpd.log", "", known},
    {"wc.db", ".svn", secret},
    {"web.config", "", known},
    {"win.ini", "", secret},
    {"win32.ini", "", known},
    {"windowsupdate.log", "", known},
    {"wp-config.php", "", known},
    {"wtmp", "", known},
    {"xferlog", "", known},
    {"xinetd.conf", "etc", known},
});

/// Directories of which every file is one to ask for, by name.
constexpr auto folders = std::to_array<File>({
    {".aws", "", secret},       {".gnupg", "", secret},         {".kube", "", secret},
    {".ssh", "", secret},       {"1", "proc", secret},          {"config", "system32", known},
    {"cron", "spool", known},   {"cron.d", "etc", known},       {"crontabs", "cron", known},
    {"etc", "drivers", secret}, {"inetsrv", "system32", known}, {"init.d", "etc", known},
    {"log", "var", known},      {"mail", "var", known},         {"meta-inf", "", known},
    {"mysql", "lib", known},    {"net", "proc", known},         {"objects", ".git", known},
    {"passwd", "etc", secret},  {"repair", "windows", secret},  {"repair", "winnt", secret},
    {"secrets", "run", secret}, {"security", "etc", known},     {"self", "proc", secret},
    {"shadow", "etc", secret},  {"ssl", "etc", known},          {"sudoers.d", "etc", secret},
    {"sys", "proc", known},     {"tcp", "dev", known},          {"web-inf", "", known},
});
static_assert(std::ranges::is_sorted(folders, {}, &File::name));

static_assert(std::ranges::is_sorted(files, {}, &File::name));

constexpr auto roots = std::to_array<std::string_view>({
    "apache",      "apache2", "bin",     "boot", "dev",     "documents and settings",
    "etc",         "home",    "inetpub", "lib",  "lib64",   "media",
    "mnt",         "opt",     "private", "proc", "program", "program files",
    "programdata", "root",    "run",     "sbin", "srv",     "sys",
    "tmp",         "users",   "usr",     "var",  "volumes", "windows",
    "winnt",       "xampp",
});
static_assert(std::ranges::is_sorted(roots));

constexpr auto sources = std::to_array<std::string_view>({
    "adoc", "c",    "cc",    "cjs",  "cmake", "cpp", "cs",     "css",   "cts",   "d",
    "gif",  "go",   "gz",    "h",    "hh",    "hpp", "htm",    "html",  "ico",   "ipynb",
    "java", "jpeg", "jpg",   "js",   "json",  "jsx", "kt",     "less",  "lua",   "md",
    "mdx",  "mjs",  "mk",    "mts",  "pl",    "png", "po",     "proto", "py",    "rb",
    "rs",   "rst",  "scala", "scss", "sh",    "sql", "svelte", "svg",   "swift", "ts",
    "tsx",  "vue",  "webp",  "xml",  "yaml",  "yml",
});
static_assert(std::ranges::is_sorted(sources));

/// The last name, without its separator; the rest stays in `names`.
std::string_view take_last(std::string_view& names) {
  const std::size_t slash = names.rfind('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view last = part(names, slash + 1);
  names = part(names, 0, slash);
  return last;
}

/// The name that a server opens: what it cuts off, and what Windows and editors leave, is gone.
std::string_view opened(std::string_view name) {
  name = part(name, 0, name.find_first_of(";?#:%"));
  while (!name.empty() && std::string_view(".~-").contains(name.back())) name.remove_suffix(1);
  return name;
}

template <std::size_t Count>
Secrecy look_up(const std::array<File, Count>& table, std::string_view name,
                std::string_view folder) {
  Secrecy best = Secrecy::none;
  for (const File& file : std::ranges::equal_range(table, name, {}, &File::name)) {
    if (file.folder.empty() || file.folder == folder) best = std::max(best, file.secrecy);
  }
  return best;
}

Secrecy by_name(std::string_view names) {
  const std::string_view last = opened(take_last(names));
  return look_up(files, last, take_last(names));
}

/// First byte and length of a name, together: few names have those of a folder of the table.
constexpr std::size_t shape_of(std::string_view name) {
  return (static_cast<unsigned char>(name[0]) & 0x3FU) << 4U |
         std::min<std::size_t>(name.size(), 15);
}

consteval std::array<bool, 1024> folder_shapes() {
  std::array<bool, 1024> shapes{};
  for (const File& folder : folders) shapes.at(shape_of(folder.name)) = true;
  return shapes;
}

bool may_be_folder(std::string_view name) {
  static constexpr auto shapes = folder_shapes();
  return !name.empty() && shapes[shape_of(name)];
}

Secrecy by_folder(std::string_view names) {
  Secrecy best = Secrecy::none;
  std::string_view last = take_last(names);
  for (std::string_view folder = take_last(names); !last.empty(); folder = take_last(names)) {
    if (may_be_folder(last)) best = std::max(best, look_up(folders, last, folder));
    last = folder;
  }
  return best;
}

/// Without `C:` or `c|`.
std::string_view behind_drive(std::string_view names) {
  const bool drive = names.size() > 3 && letter(names[1]) && names[3] == '/' &&
                     (names[2] == ':' || names[2] == '|');
  return drive ? part(names, 3) : names;
}

}  // namespace

Secrecy secrecy_of(std::string_view names) { return std::max(by_name(names), by_folder(names)); }

bool at_system_root(std::string_view names) {
  names = behind_drive(names);
  if (names.size() < 3) return false;
  return std::ranges::binary_search(roots, part(names, 1, names.find('/', 1) - 1));
}

bool at_known_root(std::string_view names) {
  static constexpr auto known_roots =
      std::to_array<std::string_view>({"etc", "inetpub", "proc", "windows", "winnt"});
  names = behind_drive(names);
  return names.size() > 3 && listed(known_roots, part(names, 1, names.find('/', 1) - 1));
}

bool is_server_script(std::string_view names) {
  static constexpr auto extensions = std::to_array<std::string_view>(
      {"asa", "ashx", "asp", "aspx", "cfm", "cgi", "inc", "jsp", "php", "php3", "phtml"});
  static constexpr auto stems =
      std::to_array<std::string_view>({"config", "configuration", "credentials", "database", "db",
                                       "passwd", "password", "passwords", "secrets", "settings"});
  const std::string_view last = opened(take_last(names));
  const std::size_t dot = last.rfind('.');
  return dot != std::string_view::npos &&
         (listed(extensions, part(last, dot + 1)) || listed(stems, part(last, 0, dot)));
}

bool looks_like_source(std::string_view names) {
  const std::string_view last = opened(take_last(names));
  const std::size_t dot = last.rfind('.');
  return dot != std::string_view::npos && dot + 1 < last.size() &&
         std::ranges::binary_search(sources, part(last, dot + 1));
}

}  // namespace gird::detect
