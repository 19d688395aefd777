//! Cases, shared among a few threads, each of which has a folder of its own.

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::home::make_folder;

/// Where the runs take place, and how many at a time.
#[derive(Debug)]
pub struct Pool {
    scratch: PathBuf,
    jobs: usize,
}

impl Pool {
    /// With a new folder on a memory file system, if there is one.
    pub fn new(jobs: usize) -> Self {
        let memory = Path::new("/dev/shm");
        let above = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let scratch = above.join(format!("dwell-endurance-{}", std::process::id()));
        make_folder(&scratch);
        Self { scratch, jobs }
    }

    /// A folder for what all cases of a part need. It is not emptied.
    pub fn folder(&self, name: &str) -> PathBuf {
        let folder = self.scratch.join(name);
        make_folder(&folder);
        folder
    }

    /// Runs each case with the folder of its thread. Returns what was found wrong, in no order.
    pub fn each<T: Sync>(
        &self,
        cases: &[T],
        run: impl Fn(&T, &Path) -> Vec<String> + Sync,
    ) -> Vec<String> {
        let next = AtomicUsize::new(0);
        let found = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for job in 0..self.jobs {
                let folder = self.folder(&format!("job-{job}"));
                let (next, found, run) = (&next, &found, &run);
                scope.spawn(move || {
                    while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                        // What panics on what is left has found a fault too.
                        let ran = panic::catch_unwind(AssertUnwindSafe(|| run(case, &folder)));
                        let wrong = ran.unwrap_or_else(|what| vec![said_by(&*what)]);
                        found.lock().expect("no thread panics").extend(wrong);
                    }
                });
            }
        });
        found.into_inner().expect("no thread panics")
    }
}

/// What a panic said.
fn said_by(what: &(dyn std::any::Any + Send)) -> String {
    let text = what.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| what.downcast_ref::<&str>().copied());
    format!("a panic in the check: {}", text.unwrap_or("of an unknown kind"))
}

impl Drop for Pool {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.scratch);
    }
}
