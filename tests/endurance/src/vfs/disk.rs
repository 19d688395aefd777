//! A disk under SQLite that fails: a VFS that hands everything to the usual one, and fails the call
//! that the plan of its folder names. It is registered as the one that is used where none is named.

use std::collections::HashMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Once, OnceLock};

use rusqlite::ffi::{
    self, SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_IOERR_ACCESS, SQLITE_IOERR_DELETE,
    SQLITE_IOERR_FSTAT, SQLITE_IOERR_FSYNC, SQLITE_IOERR_LOCK, SQLITE_IOERR_READ,
    SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE, SQLITE_OK, sqlite3_file, sqlite3_int64,
    sqlite3_io_methods, sqlite3_vfs,
};

/// How a call fails. SQLite is never told from a write or a sync that somebody else has the file:
/// no disk says that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The disk reports an error.
    Error,
    /// There is no room: only writes fail.
    Full,
    /// A write is made by half, and then the disk reports an error: only writes fail.
    Torn,
}

/// Which call fails, and how.
#[derive(Debug)]
pub struct Plan {
    failure: Failure,
    /// The number of the call, counted from 1 among those that can fail so.
    at: usize,
    /// Whether all later ones fail too.
    stays: bool,
    made: AtomicUsize,
    is_over: AtomicBool,
}

impl Plan {
    pub fn new(failure: Failure, at: usize, stays: bool) -> Self {
        let (made, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
        Self { failure, at, stays, made, is_over }
    }

    /// The number of the calls that could have failed.
    pub fn made(&self) -> usize {
        self.made.load(Ordering::Relaxed)
    }

    pub fn has_failed(&self) -> bool {
        self.made() >= self.at
    }

    /// From now on nothing fails.
    pub fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }

    fn fails(&self, is_write: bool) -> bool {
        let can_fail = is_write || self.failure == Failure::Error;
        if !can_fail || self.is_over.load(Ordering::Relaxed) {
            return false;
        }
        let number = self.made.fetch_add(1, Ordering::Relaxed) + 1;
        number == self.at || (self.stays && number > self.at)
    }
}

/// The plans, each for the files of one folder.
fn plans() -> &'static Mutex<HashMap<PathBuf, Arc<Plan>>> {
    static PLANS: OnceLock<Mutex<HashMap<PathBuf, Arc<Plan>>>> = OnceLock::new();
    PLANS.get_or_init(Mutex::default)
}

/// From now on the files in this folder fail by this plan.
pub fn set_plan(folder: &Path, plan: Arc<Plan>) {
    register();
    plans().lock().expect("never panics").insert(folder.to_owned(), plan);
}

/// The plan for a file of this name.
fn plan_of(name: *const c_char) -> Option<Arc<Plan>> {
    if name.is_null() {
        return None;
    }
    // SAFETY: SQLite hands over a text that ends with a zero.
    let name = unsafe { CStr::from_ptr(name) };
    let folder = Path::new(name.to_str().ok()?).parent()?;
    plans().lock().expect("never panics").get(folder).cloned()
}

/// The usual VFS, behind this one.
static USUAL: OnceLock<Pointer> = OnceLock::new();

/// SQLite never moves or frees a VFS that is registered.
struct Pointer(*mut sqlite3_vfs);
// SAFETY: SQLite itself uses it from all threads.
unsafe impl Send for Pointer {}
// SAFETY: as above.
unsafe impl Sync for Pointer {}

fn usual() -> *mut sqlite3_vfs {
    USUAL.get().expect("registered").0
}

/// A file of this VFS. The file of the usual one stands right behind it.
#[repr(C)]
struct File {
    base: sqlite3_file,
    plan: Option<Arc<Plan>>,
}

/// The file of the usual VFS.
unsafe fn inner(file: *mut sqlite3_file) -> *mut sqlite3_file {
    // SAFETY: `szOsFile` has room for both.
    unsafe { file.cast::<File>().add(1).cast() }
}

/// The methods of the usual VFS.
unsafe fn methods(file: *mut sqlite3_file) -> &'static sqlite3_io_methods {
    // SAFETY: the file is open, so its methods are set, and they live for ever.
    unsafe { &*(*inner(file)).pMethods }
}

/// Whether a call on the file fails now, and how.
unsafe fn failure(file: *mut sqlite3_file, is_write: bool) -> Option<Failure> {
    // SAFETY: the file is one of this VFS.
    let plan = unsafe { (*file.cast::<File>()).plan.as_ref() }?;
    plan.fails(is_write).then_some(plan.failure)
}

/// Makes this VFS the one that is used where none is named.
fn register() {
    static DONE: Once = Once::new();
    DONE.call_once(|| {
        // SAFETY: the usual VFS is there, and what is registered lives for ever.
        unsafe {
            let found = ffi::sqlite3_vfs_find(std::ptr::null());
            assert!(USUAL.set(Pointer(found)).is_ok());
            let mut ours: sqlite3_vfs = std::ptr::read(found);
            ours.szOsFile += c_int::try_from(mem::size_of::<File>()).expect("small");
            ours.zName = c"failing".as_ptr();
            ours.pNext = std::ptr::null_mut();
            ours.xOpen = Some(open);
            ours.xDelete = Some(delete);
            ours.xAccess = Some(access);
            let ours = Box::leak(Box::new(ours));
            assert_eq!(ffi::sqlite3_vfs_register(ours, 1), SQLITE_OK);
        }
    });
}

static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    // No memory of the file is mapped, and none shared: a journal has no write-ahead log.
    iVersion: 1,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: None,
    xShmLock: None,
    xShmBarrier: None,
    xShmUnmap: None,
    xFetch: None,
    xUnfetch: None,
};

/// A method that all VFSs have.
const HAS: &str = "every VFS has it";

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    let plan = plan_of(name);
    // SAFETY: SQLite hands over memory of `szOsFile` bytes.
    unsafe {
        (*file).pMethods = std::ptr::null();
        if plan.as_ref().is_some_and(|plan| plan.fails(false)) {
            return SQLITE_CANTOPEN;
        }
        (*inner(file)).pMethods = std::ptr::null();
        let code = (*usual()).xOpen.expect(HAS)(usual(), name, inner(file), flags, out);
        if !(*inner(file)).pMethods.is_null() {
            let base = sqlite3_file { pMethods: &raw const METHODS };
            file.cast::<File>().write(File { base, plan });
        }
        code
    }
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    if plan_of(name).is_some_and(|plan| plan.fails(false)) {
        return SQLITE_IOERR_DELETE;
    }
    // SAFETY: hands on what SQLite hands over.
    unsafe { (*usual()).xDelete.expect(HAS)(usual(), name, sync) }
}

unsafe extern "C" fn access(
    _: *mut sqlite3_vfs,
    name: *const c_char,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    if plan_of(name).is_some_and(|plan| plan.fails(false)) {
        return SQLITE_IOERR_ACCESS;
    }
    // SAFETY: hands on what SQLite hands over.
    unsafe { (*usual()).xAccess.expect(HAS)(usual(), name, flags, out) }
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: the file is open, and not used after this.
    unsafe {
        let code = methods(file).xClose.expect(HAS)(inner(file));
        drop((*file.cast::<File>()).plan.take());
        code
    }
}

unsafe extern "C" fn read(
    file: *mut sqlite3_file,
    to: *mut c_void,
    length: c_int,
    at: sqlite3_int64,
) -> c_int {
    // SAFETY: hands on what SQLite hands over.
    unsafe {
        match failure(file, false) {
            Some(_) => SQLITE_IOERR_READ,
            None => methods(file).xRead.expect(HAS)(inner(file), to, length, at),
        }
    }
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    from: *const c_void,
    length: c_int,
    at: sqlite3_int64,
) -> c_int {
    // SAFETY: hands on what SQLite hands over.
    unsafe {
        let write = methods(file).xWrite.expect(HAS);
        match failure(file, true) {
            None => write(inner(file), from, length, at),
            Some(Failure::Error) => SQLITE_IOERR_WRITE,
            Some(Failure::Full) => SQLITE_FULL,
            Some(Failure::Torn) => {
                write(inner(file), from, length / 2, at);
                SQLITE_IOERR_WRITE
            }
        }
    }
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, size: sqlite3_int64) -> c_int {
    // SAFETY: hands on what SQLite hands over.
    unsafe {
        match failure(file, false) {
            Some(_) => SQLITE_IOERR_TRUNCATE,
            None => methods(file).xTruncate.expect(HAS)(inner(file), size),
        }
    }
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: hands on what SQLite hands over.
    unsafe {
        match failure(file, false) {
            Some(_) => SQLITE_IOERR_FSYNC,
            None => methods(file).xSync.expect(HAS)(inner(file), flags),
        }
    }
}

unsafe extern "C" fn file_size(file: *mut sqlite3_file, size: *mut sqlite3_int64) -> c_int {
    // SAFETY: hands on what SQLite hands over.
    unsafe {
        match failure(file, false) {
            Some(_) => SQLITE_IOERR_FSTAT,
            None => methods(file).xFileSize.expect(HAS)(inner(file), size),
        }
    }
}

unsafe extern "C" fn lock(file: *mut sqlite3_file, level: c_int) -> c_int {
    // SAFETY: hands on what SQLite hands over.
    unsafe {
        match failure(file, false) {
            Some(_) => SQLITE_IOERR_LOCK,
            None => methods(file).xLock.expect(HAS)(inner(file), level),
        }
    }
}

unsafe extern "C" fn unlock(file: *mut sqlite3_file, level: c_int) -> c_int {
    // SAFETY: hands on what SQLite hands over.
    unsafe { methods(file).xUnlock.expect(HAS)(inner(file), level) }
}

unsafe extern "C" fn check_reserved_lock(file: *mut sqlite3_file, out: *mut c_int) -> c_int {
    // SAFETY: hands on what SQLite hands over.
    unsafe { methods(file).xCheckReservedLock.expect(HAS)(inner(file), out) }
}

unsafe extern "C" fn file_control(file: *mut sqlite3_file, op: c_int, arg: *mut c_void) -> c_int {
    // SAFETY: hands on what SQLite hands over.
    unsafe { methods(file).xFileControl.expect(HAS)(inner(file), op, arg) }
}

unsafe extern "C" fn sector_size(file: *mut sqlite3_file) -> c_int {
    // SAFETY: hands on what SQLite hands over.
    unsafe { methods(file).xSectorSize.expect(HAS)(inner(file)) }
}

unsafe extern "C" fn device_characteristics(file: *mut sqlite3_file) -> c_int {
    // SAFETY: hands on what SQLite hands over.
    unsafe { methods(file).xDeviceCharacteristics.expect(HAS)(inner(file)) }
}
