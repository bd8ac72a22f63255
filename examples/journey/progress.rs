//! Shows on a terminal that something takes its time. Elsewhere it shows nothing.

use std::io::Read;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Texts from this length on, in bytes, may take more than a moment.
const LONG: u64 = 500_000;

/// Runs `work` behind a sign that it goes on, if its text is long.
pub(super) fn working<T>(length: usize, doing: &'static str, work: impl FnOnce() -> T) -> T {
    if (length as u64) < LONG {
        return work();
    }
    let sign = ProgressBar::new_spinner().with_message(doing);
    sign.enable_steady_tick(Duration::from_millis(200));
    let done = work();
    sign.finish_and_clear();
    done
}

/// Lets `work` read, behind a bar that fills if the input is long. Its length in bytes may be unknown.
pub(super) fn reading<T>(
    input: impl Read,
    length: Option<u64>,
    work: impl FnOnce(&mut dyn Read) -> T,
) -> T {
    const BAR: &str = "[{bar:40}] {percent:>3} %  {bytes} of {total_bytes}  {eta} left";
    const SPINNER: &str = "{spinner} {bytes} read";
    let bar = match length {
        Some(length) if length < LONG => ProgressBar::hidden(),
        Some(length) => ProgressBar::new(length),
        None => ProgressBar::new_spinner(),
    };
    let style = ProgressStyle::with_template(if length.is_some() { BAR } else { SPINNER });
    // A template that is not understood leaves the bar as it is drawn anyway.
    let bar = match style {
        Ok(style) => bar.with_style(style.progress_chars("=> ")),
        Err(_) => bar,
    };
    let done = work(&mut bar.wrap_read(input));
    bar.finish_and_clear();
    done
}
