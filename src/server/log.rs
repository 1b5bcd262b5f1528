//! Where log lines go: to standard error, so that standard output stays for what was asked for.

use super::config::LogFormat;
use tracing_subscriber::{EnvFilter, fmt::format::FmtSpan};

/// Starts logging. `STINT_LOG`, else `RUST_LOG`, says what is logged, `info` and worse by default;
/// a panic is one line as well.
pub fn start(format: LogFormat) {
    let filter = ["STINT_LOG", "RUST_LOG"]
        .into_iter()
        .find_map(|name| EnvFilter::try_from_env(name).ok())
        .unwrap_or_else(|| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_span_events(FmtSpan::NONE)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    let started = match format {
        LogFormat::Text => lines.compact().try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    if started.is_ok() {
        std::panic::set_hook(Box::new(|panic| {
            let place = panic
                .location()
                .map(ToString::to_string)
                .unwrap_or_default();
            tracing::error!(place, "{}", panic.payload_as_str().unwrap_or("panicked"));
        }));
    }
}
