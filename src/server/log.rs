//! Where log lines go: to standard error, so that standard output stays for what was asked for.

use super::config::LogFormat;
use serde::Deserialize;
use std::str::FromStr;
use tracing_subscriber::{EnvFilter, filter::LevelFilter, fmt::format::FmtSpan};

/// What is logged: a level, or levels of targets with commas between, as in `info,sqlx=debug`.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct LogFilter(String);

impl FromStr for LogFilter {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // A word alone would be taken for a target of which everything is logged, and nothing else.
        let is_known = |part: &str| {
            part.contains('=') || !part.is_empty() && part.parse::<LevelFilter>().is_ok()
        };
        if text.split(',').all(is_known) && EnvFilter::try_new(text).is_ok() {
            Ok(Self(text.to_owned()))
        } else {
            Err("give a level such as info, or levels of targets such as info,sqlx=debug")
        }
    }
}

impl TryFrom<String> for LogFilter {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// Starts logging what `filter` says; without it `RUST_LOG` says it, or else `info` and worse is
/// logged. A panic is one line as well.
pub fn start(filter: Option<&LogFilter>, format: LogFormat) {
    let filter = match filter {
        Some(LogFilter(text)) => EnvFilter::new(text),
        None => EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info")),
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_and_words_that_are_none_refused() {
        for good in [
            "info",
            "WARN",
            "off",
            "info,sqlx=debug",
            "warn,stint::request=info",
            "stint[request]=trace",
        ] {
            assert!(good.parse::<LogFilter>().is_ok(), "{good}");
        }
        for bad in [
            "",
            " ",
            "loud",
            "verbose,sqlx=debug",
            "stint=loud",
            "info,",
            "info, sqlx=debug",
            "stint",
        ] {
            assert!(bad.parse::<LogFilter>().is_err(), "{bad:?}");
        }
    }
}
