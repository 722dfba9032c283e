// The start of the statically linked program, without asking the processor what it is.
//
// glibc's own start in a static program executes CPUID 68 times, to choose among variants of its
// string functions and to size the caches. On hardware that takes 5 us in all. In a virtual machine
// every CPUID leaves the guest, 7 us each where this was measured: 470 us of the 590 us that an
// empty static program takes to start and end, and more than everything else gird does. So this
// file stands in for glibc's libc-start.o and does what it does, in its order, but for that. The
// functions that would have been chosen by processor are then the ones that every x86-64 has.
//
// It names glibc's internals, and so is only used with the version that it was written against
// (2.36, Debian 12); with any other, on other processors and in dynamic programs the file is empty
// and the start is glibc's.
// Source: glibc 2.36, csu/libc-start.c, sysdeps/x86/cacheinfo.h.
#include <features.h>

#if defined(__x86_64__) && __GLIBC__ == 2 && __GLIBC_MINOR__ == 36

// The names are glibc's, and addresses come as numbers.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming,performance-no-int-to-ptr)

#include <elf.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// Before the program has relocated itself nothing may go through its table of addresses.
#pragma GCC visibility push(hidden)

using Auxiliary = Elf64_auxv_t;
using Initializer = void (*)(int, char**, char**);

extern "C" {

// What libc-start.o defines besides: how glibc copies and fills large blocks. Its own values for a
// processor that it knows nothing of.
long __x86_data_cache_size_half = 16L << 10;
long __x86_data_cache_size = 32L << 10;
long __x86_shared_cache_size_half = 512L << 10;
long __x86_shared_cache_size = 1024L << 10;
long __x86_shared_non_temporal_threshold = 768L << 10;
long __x86_rep_movsb_threshold = 2048;
long __x86_rep_stosb_threshold = 2048;
long __x86_rep_movsb_stop_threshold = 768L << 10;
int __x86_string_control = 0;

extern char** __environ;
extern void* __libc_stack_end;
extern int __libc_enable_secure;
extern void* _dl_random;

void _dl_aux_init(Auxiliary* vector);
void __tunables_init(char** environment);
void _dl_relocate_static_pie();
void __libc_setup_tls();
void __libc_early_init(bool initial);
void __libc_init_first(int argc, char** argv, char** environment);
void __libc_check_standard_fds();
void* _dl_debug_initialize(Elf64_Addr base, long name_space);
int __cxa_atexit(void (*function)(void*), void* argument, void* object);

extern const Elf64_Rela __rela_iplt_start[] __attribute__((weak));
extern const Elf64_Rela __rela_iplt_end[] __attribute__((weak));
extern Initializer __preinit_array_start[];
extern Initializer __preinit_array_end[];
extern Initializer __init_array_start[];
extern Initializer __init_array_end[];
extern void (*__fini_array_start[])();
extern void (*__fini_array_end[])();
void _init();
void _fini();

}  // extern "C"

namespace {

/// Functions whose address is chosen by a function; a position-independent program has none left
/// here, as it relocates them itself.
[[gnu::always_inline]] inline void choose_functions() {
  for (const Elf64_Rela* each = __rela_iplt_start; each < __rela_iplt_end; ++each) {
    auto* const place = reinterpret_cast<Elf64_Addr*>(each->r_offset);
    *place = reinterpret_cast<Elf64_Addr (*)()>(each->r_addend)();
  }
}

/// The stack protector's canary, whose lowest byte is zero to end a string, and the guard of stored
/// jump addresses: the sixteen random bytes that the kernel gives, where the compiler and glibc
/// look for them.
[[gnu::always_inline]] inline void set_guards() {
  const auto* const random = static_cast<const std::uint64_t*>(_dl_random);
  const std::uint64_t canary = random[0] & ~std::uint64_t{0xff};
  asm volatile("mov %0, %%fs:0x28" : : "r"(canary));
  asm volatile("mov %0, %%fs:0x30" : : "r"(random[1]));
}

void construct(int argc, char** argv) {
  for (Initializer* each = __preinit_array_start; each < __preinit_array_end; ++each) {
    (*each)(argc, argv, __environ);
  }
  _init();
  for (Initializer* each = __init_array_start; each < __init_array_end; ++each) {
    (*each)(argc, argv, __environ);
  }
}

void destroy(void*) {
  for (auto* each = __fini_array_end; each > __fini_array_start;) (*--each)();
  _fini();
}

}  // namespace

/// Called by the entry point, crt1's _start. The canary changes on the way, so this function has
/// none itself.
extern "C" [[noreturn, gnu::no_stack_protector, gnu::visibility("default")]] int __libc_start_main(
    int (*main)(int, char**, char**), int argc, char** argv, void (*)(), void (*)(),
    void (*at_exit)(), void* stack_end) {
  __environ = argv + argc + 1;
  __libc_stack_end = stack_end;
  char** end = __environ;
  while (*end != nullptr) ++end;
  _dl_aux_init(reinterpret_cast<Auxiliary*>(end + 1));
  __tunables_init(__environ);
  _dl_relocate_static_pie();
  choose_functions();
  __libc_setup_tls();
  set_guards();
  if (at_exit != nullptr)
    __cxa_atexit(reinterpret_cast<void (*)(void*)>(at_exit), nullptr, nullptr);
  __libc_early_init(true);
  __libc_init_first(argc, argv, __environ);
  __cxa_atexit(destroy, nullptr, nullptr);
  if (__libc_enable_secure != 0) __libc_check_standard_fds();
  construct(argc, argv);
  _dl_debug_initialize(0, 0);
  std::exit(main(argc, argv, __environ));
}

#pragma GCC visibility pop

// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming,performance-no-int-to-ptr)

#endif
