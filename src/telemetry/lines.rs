//! Log lines come in from the request path, which must not wait for whoever reads them, and go out to stderr in batches
//! from a thread of their own. When the reader is stuck, lines are dropped and counted, and reviews are still answered.

use std::io::{self, Write};
use std::mem::take;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tracing_subscriber::fmt::MakeWriter;

/// Lines wait at most this long before they are written together.
const DELAY: Duration = Duration::from_millis(20);

/// What may wait, in bytes: more than a second of the busiest log.
const WAITING: usize = 1024 * 1024;

/// Where the log puts its lines.
#[derive(Clone)]
pub(super) struct Lines(Arc<Shared>);

#[derive(Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    bytes: Vec<u8>,
    dropped: u64,
    ended: bool,
}

/// Writes the waiting lines until dropped; then it writes the last ones.
pub struct LineWriter {
    lines: Lines,
    thread: Option<JoinHandle<()>>,
}

impl LineWriter {
    pub(super) fn start(out: impl Write + Send + 'static) -> io::Result<(Lines, Self)> {
        let lines = Lines(Arc::default());
        let shared = Arc::clone(&lines.0);
        let thread = thread::Builder::new().name("log".into()).spawn(move || shared.write_to(out))?;
        Ok((lines.clone(), Self { lines, thread: Some(thread) }))
    }
}

impl Drop for LineWriter {
    fn drop(&mut self) {
        self.lines.0.lock().ended = true;
        self.lines.0.changed.notify_one();
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write_to(&self, mut out: impl Write) {
        loop {
            let is_idle = |waiting: &mut Waiting| waiting.bytes.is_empty() && !waiting.ended;
            drop(self.changed.wait_while(self.lock(), is_idle));
            // The first line wakes this thread, those that follow it within the delay do not.
            let is_open = |waiting: &mut Waiting| !waiting.ended;
            drop(self.changed.wait_timeout_while(self.lock(), DELAY, is_open));
            let Waiting { bytes, dropped, ended } = {
                let mut waiting = self.lock();
                Waiting {
                    bytes: take(&mut waiting.bytes),
                    dropped: take(&mut waiting.dropped),
                    ended: waiting.ended,
                }
            };
            // Nobody is left to be told when stderr is closed.
            let _ = out.write_all(&bytes);
            if dropped > 0 {
                tracing::warn!(dropped, "log lines were dropped: whoever reads stderr is too slow");
            }
            if ended && dropped == 0 {
                return;
            }
        }
    }
}

/// Adds one line.
impl Write for &Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut waiting = self.0.lock();
        if waiting.bytes.len() + line.len() > WAITING {
            waiting.dropped += 1;
            return Ok(line.len());
        }
        let wakes = waiting.bytes.is_empty();
        waiting.bytes.extend_from_slice(line);
        drop(waiting);
        if wakes {
            self.0.changed.notify_one();
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = &'a Lines;

    fn make_writer(&'a self) -> Self::Writer {
        self
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;

    /// A reader that takes each batch only when allowed to.
    struct Slow {
        allowed: Receiver<()>,
        taken: Sender<Vec<u8>>,
    }

    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let _ = self.allowed.recv();
            let _ = self.taken.send(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn lines_are_written_whole_and_in_order_and_the_last_ones_at_the_end() {
        let (allow, allowed) = channel();
        let (taken, batches) = channel();
        let (lines, writer) = LineWriter::start(Slow { allowed, taken }).expect("a thread");
        drop(allow);
        let mut expected = String::new();
        for number in 0..1000 {
            let line = format!("line {number}\n");
            expected.push_str(&line);
            (&lines).write_all(line.as_bytes()).expect("never fails");
        }
        drop(writer);
        let written: Vec<u8> = batches.iter().flatten().collect();
        assert_eq!(String::from_utf8(written).expect("UTF-8"), expected);
    }

    #[test]
    fn a_stuck_reader_stops_nobody_and_costs_bounded_memory() {
        let (allow, allowed) = channel();
        let (taken, batches) = channel();
        let (lines, writer) = LineWriter::start(Slow { allowed, taken }).expect("a thread");
        let line = [b'x'; 1024];
        for _ in 0..5000 {
            (&lines).write_all(&line).expect("never fails");
        }
        let (waiting, dropped) = {
            let waiting = lines.0.lock();
            (waiting.bytes.len(), waiting.dropped)
        };
        assert!(waiting <= WAITING && dropped > 0, "{waiting} bytes wait, {dropped} lines dropped");
        drop(allow);
        drop(writer);
        let written: usize = batches.iter().map(|batch| batch.len()).sum();
        assert!(written <= 2 * WAITING && written.is_multiple_of(line.len()), "{written} bytes");
    }
}
