//! The calls to the system that are watched: their numbers, what they are about, and whether they
//! change something.

use libc::c_long;

/// Where the arguments of a call say what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The file of the descriptor that is the first argument.
    Descriptor,
    /// A path.
    Path,
    /// A path from the folder whose descriptor is the first argument.
    PathAt,
    /// Another program, which it starts or awaits.
    Program,
}

/// A kind of call.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    pub name: &'static str,
    pub number: c_long,
    pub about: About,
    /// Whether it can change what is on the disk, or which locks are held. An editor saves while it
    /// is awaited.
    pub changes: bool,
}

const fn kind(name: &'static str, number: c_long, about: About, changes: bool) -> Kind {
    Kind { name, number, about, changes }
}

/// The calls of every Linux.
const COMMON: &[Kind] = &[
    kind("openat", libc::SYS_openat, About::PathAt, true),
    kind("write", libc::SYS_write, About::Descriptor, true),
    kind("writev", libc::SYS_writev, About::Descriptor, true),
    kind("pwrite64", libc::SYS_pwrite64, About::Descriptor, true),
    kind("fsync", libc::SYS_fsync, About::Descriptor, true),
    kind("fdatasync", libc::SYS_fdatasync, About::Descriptor, true),
    kind("ftruncate", libc::SYS_ftruncate, About::Descriptor, true),
    kind("fallocate", libc::SYS_fallocate, About::Descriptor, true),
    kind("copy_file_range", libc::SYS_copy_file_range, About::Descriptor, true),
    kind("sendfile", libc::SYS_sendfile, About::Descriptor, true),
    kind("unlinkat", libc::SYS_unlinkat, About::PathAt, true),
    kind("renameat2", libc::SYS_renameat2, About::PathAt, true),
    kind("linkat", libc::SYS_linkat, About::PathAt, true),
    kind("symlinkat", libc::SYS_symlinkat, About::Path, true),
    kind("mkdirat", libc::SYS_mkdirat, About::PathAt, true),
    kind("fchmod", libc::SYS_fchmod, About::Descriptor, true),
    kind("fchmodat", libc::SYS_fchmodat, About::PathAt, true),
    kind("fchown", libc::SYS_fchown, About::Descriptor, true),
    kind("utimensat", libc::SYS_utimensat, About::PathAt, true),
    kind("flock", libc::SYS_flock, About::Descriptor, true),
    kind("close", libc::SYS_close, About::Descriptor, true),
    kind("clone3", libc::SYS_clone3, About::Program, true),
    kind("clone", libc::SYS_clone, About::Program, true),
    kind("wait4", libc::SYS_wait4, About::Program, true),
    kind("read", libc::SYS_read, About::Descriptor, false),
    kind("pread64", libc::SYS_pread64, About::Descriptor, false),
    kind("fstat", libc::SYS_fstat, About::Descriptor, false),
    kind("newfstatat", libc::SYS_newfstatat, About::PathAt, false),
    kind("statx", libc::SYS_statx, About::PathAt, false),
    kind("lseek", libc::SYS_lseek, About::Descriptor, false),
    kind("faccessat", libc::SYS_faccessat, About::PathAt, false),
    kind("faccessat2", libc::SYS_faccessat2, About::PathAt, false),
    kind("readlinkat", libc::SYS_readlinkat, About::PathAt, false),
    kind("getdents64", libc::SYS_getdents64, About::Descriptor, false),
    kind("ioctl", libc::SYS_ioctl, About::Descriptor, false),
    kind("fcntl", libc::SYS_fcntl, About::Descriptor, false),
];

/// The older calls, which only some systems have.
#[cfg(target_arch = "x86_64")]
const OLDER: &[Kind] = &[
    kind("open", libc::SYS_open, About::Path, true),
    kind("unlink", libc::SYS_unlink, About::Path, true),
    kind("rename", libc::SYS_rename, About::Path, true),
    kind("renameat", libc::SYS_renameat, About::PathAt, true),
    kind("link", libc::SYS_link, About::Path, true),
    kind("symlink", libc::SYS_symlink, About::Path, true),
    kind("mkdir", libc::SYS_mkdir, About::Path, true),
    kind("rmdir", libc::SYS_rmdir, About::Path, true),
    kind("chmod", libc::SYS_chmod, About::Path, true),
    kind("vfork", libc::SYS_vfork, About::Program, true),
    kind("stat", libc::SYS_stat, About::Path, false),
    kind("lstat", libc::SYS_lstat, About::Path, false),
    kind("access", libc::SYS_access, About::Path, false),
    kind("readlink", libc::SYS_readlink, About::Path, false),
];
#[cfg(not(target_arch = "x86_64"))]
const OLDER: &[Kind] = &[];

/// All kinds of calls that are watched.
pub fn all() -> impl Iterator<Item = &'static Kind> {
    COMMON.iter().chain(OLDER)
}

/// The kind of this name.
pub fn named(name: &str) -> &'static Kind {
    all().find(|kind| kind.name == name).expect("a name of the table")
}

/// The kind with this number.
pub fn numbered(number: c_long) -> Option<&'static Kind> {
    all().find(|kind| kind.number == number)
}
