//! Runs a program whose calls to the system wait for an answer: go on, fail, or die here.
//!
//! The kernel hands each call of the chosen kinds to this process (`seccomp_unotify(2)`), before it
//! is made. All other calls run undisturbed, so a run costs hardly more than an ordinary one. No
//! privileges are needed, and no other program.

use std::ffi::c_void;
use std::fs::File;
use std::io;
use std::mem;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use crate::calls::{self, About, Kind};

/// What happens at a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The call is made.
    Go,
    /// The call is not made, and fails with this number.
    Fail(i32),
    /// The program is killed, and the call is not made.
    Kill,
}

/// A call that waits for its answer.
pub struct Waiting {
    pub kind: &'static Kind,
    pub arguments: [u64; 6],
    pub process: i32,
}

/// How a program ended.
pub struct End {
    pub status: ExitStatus,
    /// It did not end by itself in time, and was killed.
    pub hung: bool,
}

/// Runs the program until it and all that it started have ended. Only calls of its own process wait
/// for `answer`; those of programs that it starts are made.
pub fn run(
    command: &mut Command,
    kinds: &[&'static Kind],
    patience: Duration,
    mut answer: impl FnMut(&Waiting) -> Answer,
) -> io::Result<End> {
    let (mut child, listener) = start(command, kinds)?;
    let process = i32::try_from(child.id()).expect("a process id");
    let began = Instant::now();
    let mut hung = false;
    let mut status = None;
    loop {
        let left = patience.saturating_sub(began.elapsed());
        if left.is_zero() && !hung {
            hung = true;
            child.kill()?;
        }
        // The end of a program is no event of the listener while programs that it started run.
        let step = Duration::from_millis(if status.is_some() { 1000 } else { 200 });
        let events = poll(&listener, step.min(left.max(Duration::from_millis(1))))?;
        if events & libc::POLLIN != 0 {
            let Some((id, waiting)) = receive(&listener, process)? else { continue };
            match waiting.map_or(Answer::Go, |waiting| answer(&waiting)) {
                Answer::Go => respond(&listener, id, None),
                Answer::Fail(number) => respond(&listener, id, Some(number)),
                Answer::Kill => child.kill()?,
            }
        } else if events & libc::POLLHUP != 0 {
            break;
        } else if status.is_none() {
            status = child.try_wait()?;
        }
        if hung && status.is_some() {
            break;
        }
    }
    let status = match status {
        Some(status) => status,
        None => child.wait()?,
    };
    Ok(End { status, hung })
}

impl Waiting {
    /// The path that the call is about: absolute, or with the name of a stream.
    pub fn path(&self) -> Option<PathBuf> {
        match self.kind.about {
            About::Program => None,
            About::Descriptor => self.path_of_descriptor(self.arguments[0]),
            About::Path => self.path_from(None, self.arguments[0]),
            About::PathAt => self.path_from(Some(self.arguments[0]), self.arguments[1]),
        }
    }

    /// The second path of a call that has two.
    pub fn second_path(&self) -> Option<PathBuf> {
        match self.kind.about {
            About::Path => self.path_from(None, self.arguments[1]),
            _ => self.path_from(Some(self.arguments[2]), self.arguments[3]),
        }
    }

    /// What the descriptor is open for.
    pub fn path_of_descriptor(&self, descriptor: u64) -> Option<PathBuf> {
        let descriptor = low_half(descriptor);
        std::fs::read_link(format!("/proc/{}/fd/{descriptor}", self.process)).ok()
    }

    fn path_from(&self, folder: Option<u64>, address: u64) -> Option<PathBuf> {
        let path = PathBuf::from(self.text(address)?);
        if path.is_absolute() {
            return Some(path);
        }
        let start = match folder {
            Some(folder) if low_half(folder) != libc::AT_FDCWD => {
                self.path_of_descriptor(folder)?
            }
            _ => std::fs::read_link(format!("/proc/{}/cwd", self.process)).ok()?,
        };
        if path.as_os_str().is_empty() { Some(start) } else { Some(start.join(path)) }
    }

    /// The text that ends with a zero, at an address of the program.
    fn text(&self, address: u64) -> Option<String> {
        let mut text = Vec::new();
        // A page that is not there may follow.
        while text.len() < 4096 {
            let at = address + text.len() as u64;
            let most = usize::try_from(4096 - at % 4096).expect("small");
            let bytes = self.bytes(at, most.min(256))?;
            match bytes.iter().position(|byte| *byte == 0) {
                Some(end) => {
                    text.extend_from_slice(&bytes[..end]);
                    return Some(String::from_utf8_lossy(&text).into_owned());
                }
                None => text.extend_from_slice(&bytes),
            }
        }
        None
    }

    /// These bytes of the program's memory.
    pub fn bytes(&self, address: u64, length: usize) -> Option<Vec<u8>> {
        let mut bytes = vec![0u8; length];
        let local = libc::iovec { iov_base: bytes.as_mut_ptr().cast::<c_void>(), iov_len: length };
        let remote = libc::iovec {
            iov_base: usize::try_from(address).ok()? as *mut c_void,
            iov_len: length,
        };
        // SAFETY: `local` names `length` bytes that are ours; the kernel checks `remote`.
        let read = unsafe { libc::process_vm_readv(self.process, &local, 1, &remote, 1, 0) };
        (usize::try_from(read) == Ok(length)).then_some(bytes)
    }
}

/// A descriptor is an `int`, whatever the upper half of the register has.
#[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "it is an int")]
fn low_half(register: u64) -> i32 {
    register as u32 as i32
}

/// Starts the program with a filter that hands its calls of these kinds to the listener.
fn start(command: &mut Command, kinds: &[&'static Kind]) -> io::Result<(Child, OwnedFd)> {
    let filter = filter(kinds);
    let (ours, theirs) = pair()?;
    let theirs_number = theirs.as_raw_fd();
    let install = move || install(&filter, theirs_number);
    // SAFETY: `install` makes four calls to the system and allocates nothing.
    unsafe { command.pre_exec(install) };
    let child = command.spawn()?;
    drop(theirs);
    let listener = receive_descriptor(&ours)?;
    Ok((child, listener))
}

/// The program of the filter: these calls are handed over, all others are made.
fn filter(kinds: &[&'static Kind]) -> Vec<libc::sock_filter> {
    let ins = |code: u32, jt, jf, k| libc::sock_filter {
        code: u16::try_from(code).expect("short"),
        jt,
        jf,
        k,
    };
    let ret = libc::BPF_RET | libc::BPF_K;
    let mut program = vec![ins(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, 0, 0, 0)];
    for kind in kinds {
        let number = u32::try_from(kind.number).expect("a small number");
        program.push(ins(libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K, 0, 1, number));
        program.push(ins(ret, 0, 0, libc::SECCOMP_RET_USER_NOTIF));
    }
    program.push(ins(ret, 0, 0, libc::SECCOMP_RET_ALLOW));
    program
}

fn pair() -> io::Result<(OwnedFd, OwnedFd)> {
    let mut ends = [0; 2];
    let kind = libc::SOCK_STREAM | libc::SOCK_CLOEXEC;
    // SAFETY: `ends` has room for two descriptors, which nobody else owns.
    unsafe {
        check(libc::socketpair(libc::AF_UNIX, kind, 0, ends.as_mut_ptr()))?;
        Ok((OwnedFd::from_raw_fd(ends[0]), OwnedFd::from_raw_fd(ends[1])))
    }
}

/// Runs between `fork` and `exec`.
fn install(filter: &[libc::sock_filter], to: RawFd) -> io::Result<()> {
    let program = libc::sock_fprog {
        len: u16::try_from(filter.len()).expect("short"),
        filter: filter.as_ptr().cast_mut(),
    };
    // SAFETY: `program` names `filter`, which the kernel copies.
    let listener = unsafe {
        check(libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))?;
        libc::syscall(
            libc::SYS_seccomp,
            libc::SECCOMP_SET_MODE_FILTER,
            libc::SECCOMP_FILTER_FLAG_NEW_LISTENER,
            &raw const program,
        )
    };
    let listener = check(i32::try_from(listener).expect("a descriptor"))?;
    send_descriptor(to, listener)?;
    // The program itself must not hold it.
    // SAFETY: nobody else uses it.
    unsafe { libc::syscall(libc::SYS_close_range, listener, listener, 0) };
    Ok(())
}

/// Room for a control message with one descriptor.
#[repr(C, align(8))]
struct Control([u8; 32]);

fn message(byte: &mut u8, part: &mut libc::iovec, control: &mut Control) -> libc::msghdr {
    *part = libc::iovec { iov_base: std::ptr::from_mut(byte).cast(), iov_len: 1 };
    // SAFETY: a message of zeros is an empty one.
    let mut message: libc::msghdr = unsafe { mem::zeroed() };
    message.msg_iov = part;
    message.msg_iovlen = 1;
    message.msg_control = std::ptr::from_mut(control).cast();
    // SAFETY: only computes.
    message.msg_controllen = unsafe { libc::CMSG_SPACE(4) } as _;
    message
}

fn send_descriptor(to: RawFd, descriptor: RawFd) -> io::Result<()> {
    let (mut byte, mut control) = (0, Control([0; 32]));
    let mut part = libc::iovec { iov_base: std::ptr::null_mut(), iov_len: 0 };
    let message = message(&mut byte, &mut part, &mut control);
    // SAFETY: the control message has room for one descriptor.
    unsafe {
        let head = libc::CMSG_FIRSTHDR(&raw const message);
        (*head).cmsg_level = libc::SOL_SOCKET;
        (*head).cmsg_type = libc::SCM_RIGHTS;
        (*head).cmsg_len = libc::CMSG_LEN(4) as _;
        libc::CMSG_DATA(head).cast::<RawFd>().write_unaligned(descriptor);
        if libc::sendmsg(to, &raw const message, 0) != 1 {
            return Err(io::Error::last_os_error());
        }
    }
    Ok(())
}

fn receive_descriptor(from: &OwnedFd) -> io::Result<OwnedFd> {
    let (mut byte, mut control) = (0, Control([0; 32]));
    let mut part = libc::iovec { iov_base: std::ptr::null_mut(), iov_len: 0 };
    let mut message = message(&mut byte, &mut part, &mut control);
    // SAFETY: the message names memory that is ours; the descriptor is a new one.
    unsafe {
        let got = libc::recvmsg(from.as_raw_fd(), &raw mut message, libc::MSG_CMSG_CLOEXEC);
        let head = libc::CMSG_FIRSTHDR(&raw const message);
        if got != 1 || head.is_null() {
            return Err(io::Error::other("the program did not send its listener"));
        }
        Ok(OwnedFd::from_raw_fd(libc::CMSG_DATA(head).cast::<RawFd>().read_unaligned()))
    }
}

fn poll(listener: &OwnedFd, wait: Duration) -> io::Result<libc::c_short> {
    let mut asked = libc::pollfd { fd: listener.as_raw_fd(), events: libc::POLLIN, revents: 0 };
    let wait = i32::try_from(wait.as_millis()).unwrap_or(i32::MAX);
    // SAFETY: `asked` is one entry.
    check(unsafe { libc::poll(&raw mut asked, 1, wait) })?;
    Ok(asked.revents)
}

/// The next call, and its id. `None` if its process died meanwhile; without a call if it is of
/// another process.
fn receive(listener: &OwnedFd, process: i32) -> io::Result<Option<(u64, Option<Waiting>)>> {
    // SAFETY: a notification of zeros is what the kernel asks for.
    let mut told: libc::seccomp_notif = unsafe { mem::zeroed() };
    // SAFETY: `told` has the size that the kernel writes.
    let done = unsafe {
        libc::ioctl(listener.as_raw_fd(), libc::SECCOMP_IOCTL_NOTIF_RECV as _, &raw mut told)
    };
    if let Err(error) = check(done) {
        return match error.raw_os_error() {
            Some(libc::ENOENT | libc::EINTR) => Ok(None),
            _ => Err(error),
        };
    }
    // A thread of the program has a number of its own.
    let of_program = i32::try_from(told.pid) == Ok(process)
        || Path::new(&format!("/proc/{process}/task/{}", told.pid)).exists();
    let kind = calls::numbered(told.data.nr.into()).filter(|_| of_program);
    let waiting = kind.map(|kind| Waiting { kind, arguments: told.data.args, process });
    Ok(Some((told.id, waiting)))
}

/// Answers a call. Its process may have died meanwhile.
fn respond(listener: &OwnedFd, id: u64, failure: Option<i32>) {
    #[expect(clippy::cast_possible_truncation, reason = "the flag is 1")]
    let go_on = libc::SECCOMP_USER_NOTIF_FLAG_CONTINUE as u32;
    let mut response = libc::seccomp_notif_resp {
        id,
        val: 0,
        error: failure.map_or(0, |number| -number),
        flags: if failure.is_none() { go_on } else { 0 },
    };
    // SAFETY: `response` is what the kernel reads.
    unsafe {
        libc::ioctl(listener.as_raw_fd(), libc::SECCOMP_IOCTL_NOTIF_SEND as _, &raw mut response)
    };
}

fn check(result: i32) -> io::Result<i32> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

/// A pipe that holds these bytes and is then at its end.
pub fn piped(bytes: &[u8]) -> io::Result<File> {
    let (read, mut write) = io::pipe()?;
    assert!(bytes.len() <= 4096, "a pipe takes this without a reader");
    io::Write::write_all(&mut write, bytes)?;
    Ok(File::from(OwnedFd::from(read)))
}
