//! The server's part of the command line, and the settings that come from it, from the environment
//! or from a file.

mod file;

use super::{
    address::TrustedProxies,
    key_file::GivenKey,
    log::LogFilter,
    login::{Guests, GuestsPerAddress, Policy, RegistrationPolicy},
    public_url::PublicUrl,
    zone,
};
use crate::domain::{Username, ZoneName};
use clap::{Args, Subcommand, ValueEnum};
use serde::Deserialize;
use std::{net::SocketAddr, path::PathBuf};

/// What whoever runs the server asks the program to do.
#[derive(Debug, Subcommand)]
pub enum ServerCommand {
    /// Serve the pages (what happens without a subcommand, too)
    Serve(Settings),
    /// Write a verified copy of the database to FILE, also while serving
    Backup {
        file: PathBuf,
        #[command(flatten)]
        settings: Settings,
    },
    /// Verify the database, or the copy of one in FILE
    Check {
        file: Option<PathBuf>,
        #[command(flatten)]
        settings: Settings,
    },
    /// Give USER a new password and sign all their devices out, also while serving
    ResetPassword {
        user: Username,
        /// Turn the second factor off, too
        #[arg(long)]
        without_code: bool,
        #[command(flatten)]
        settings: Settings,
    },
    /// Make a code with which one person can register, also while serving
    Invite {
        #[command(flatten)]
        settings: Settings,
    },
    /// Fill an empty database with a believable year of work, to try things out
    Demo {
        /// Where it was done, as an IANA name
        #[arg(long, default_value = "UTC", value_name = "ZONE", value_parser = zone::known)]
        time_zone: ZoneName,
        #[command(flatten)]
        settings: Settings,
    },
    /// Put the copy in FILE in the place of the database; refused while it is in use
    Restore {
        file: PathBuf,
        /// Replace a database that exists; it is kept beside the new one
        #[arg(long)]
        force: bool,
        #[command(flatten)]
        settings: Settings,
    },
}

/// The settings as given, in flags and environment or in the configuration file.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// Address and port to listen on [default: 127.0.0.1:3000]
    #[arg(long, env = "STINT_ADDR")]
    addr: Option<SocketAddr>,
    /// Folder of the database [default: the system's folder for application data]
    #[arg(long, env = "STINT_DATA", value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Where people reach the server, such as https://time.example.com
    #[arg(long, env = "STINT_PUBLIC_URL", value_name = "URL")]
    #[serde(alias = "public_url")]
    public_url: Option<PublicUrl>,
    /// Sites whose pages may use the API with a token, separated by commas [default: none]
    #[arg(
        long,
        env = "STINT_ALLOWED_ORIGINS",
        value_name = "URLS",
        value_delimiter = ','
    )]
    #[serde(alias = "allowed_origins", default, deserialize_with = "file::origins")]
    allowed_origins: Option<Vec<PublicUrl>>,
    /// How many pages, and how many commands, are worked on at once [default: 256]
    #[arg(long, env = "STINT_MAX_REQUESTS", value_name = "COUNT")]
    #[serde(alias = "max_requests")]
    max_requests: Option<std::num::NonZeroU16>,
    /// Who may read /metrics [default: local]
    #[arg(long, env = "STINT_METRICS", value_name = "WHO")]
    metrics: Option<MetricsAccess>,
    /// Whether people can begin without a user name [default: on]
    #[arg(long, env = "STINT_GUESTS", value_name = "WHETHER")]
    guests: Option<Guests>,
    /// How many people can begin so from one address, before each further one waits [default: 1000]
    #[arg(long, env = "STINT_GUESTS_PER_ADDRESS", value_name = "COUNT")]
    #[serde(alias = "guests_per_address")]
    guests_per_address: Option<GuestsPerAddress>,
    /// Who may choose a user name and a password [default: open]
    #[arg(long, env = "STINT_REGISTRATION", value_name = "WHO")]
    registration: Option<RegistrationPolicy>,
    /// Addresses and networks of proxies whose X-Forwarded-For is believed, separated by commas
    #[arg(long, env = "STINT_TRUSTED_PROXIES", value_name = "LIST")]
    #[serde(alias = "trusted_proxies", default, deserialize_with = "file::proxies")]
    trusted_proxies: Option<TrustedProxies>,
    /// Key of the access tokens: 32 random bytes in URL-safe base64 [default: made at the first start and kept in the data folder]
    #[arg(
        long,
        env = "STINT_TOKEN_KEY",
        value_name = "KEY",
        hide_env_values = true
    )]
    #[serde(alias = "token_key")]
    token_key: Option<GivenKey>,
    /// What the log on standard error says: a level, or as in info,sqlx=debug [default: info]
    #[arg(long, env = "STINT_LOG", value_name = "LEVELS")]
    log: Option<LogFilter>,
    /// How the log on standard error is written [default: text]
    #[arg(long, env = "STINT_LOG_FORMAT", value_name = "FORMAT")]
    #[serde(alias = "log_format")]
    log_format: Option<LogFormat>,
    /// Log each statement to the database, with its duration and its request
    #[arg(
        long,
        env = "STINT_LOG_SQL",
        num_args = 0..=1,
        default_missing_value = "true",
        value_parser = clap::builder::BoolishValueParser::new(),
        value_name = "YES"
    )]
    #[serde(alias = "log_sql", default, deserialize_with = "file::yes")]
    log_sql: Option<bool>,
    /// File with settings of the same names, in TOML
    #[arg(long, env = "STINT_CONFIG", value_name = "FILE")]
    #[serde(skip)]
    config: Option<PathBuf>,
    /// What `cargo leptos` says instead of `addr`.
    #[arg(env = "LEPTOS_SITE_ADDR", hide = true, long = "leptos-site-addr")]
    #[serde(skip)]
    leptos_site_addr: Option<SocketAddr>,
    #[arg(env = "LEPTOS_RELOAD_PORT", hide = true, long = "leptos-reload-port")]
    #[serde(skip)]
    leptos_reload_port: Option<u16>,
}

/// The settings in force.
#[derive(Clone, Debug)]
pub struct Config {
    pub addr: SocketAddr,
    /// The folder of the database.
    pub data: PathBuf,
    pub public_url: Option<PublicUrl>,
    /// Sites whose pages may use the API.
    pub allowed_origins: Vec<PublicUrl>,
    pub max_requests: usize,
    pub metrics: MetricsAccess,
    /// What is logged; `None` for what `RUST_LOG` says, or else `info`.
    pub log: Option<LogFilter>,
    pub log_format: LogFormat,
    /// Whether each statement to the database is logged.
    pub log_sql: bool,
    /// Who gets in.
    pub policy: Policy,
    /// The key of the access tokens; `None` for the one in the data folder.
    pub token_key: Option<GivenKey>,
    /// Where `cargo leptos watch` announces changed pages.
    pub live_reload_port: Option<u16>,
}

/// Why there are no settings to work with, in one line.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read the configuration file {}: {cause}", path.display())]
    Unreadable {
        path: PathBuf,
        cause: std::io::Error,
    },
    #[error("the configuration file {} is wrong: {cause}", path.display())]
    Wrong { path: PathBuf, cause: String },
    #[error("no folder for data is known here; name one with --data or STINT_DATA")]
    NoDataFolder,
}

impl Settings {
    /// Completes what was given with the configuration file and the defaults; flags go before the
    /// environment, that before the file.
    pub fn complete(self) -> Result<Config, ConfigError> {
        let file = self
            .config
            .as_deref()
            .map(file::read)
            .transpose()?
            .unwrap_or_default();
        let data = self
            .data
            .or(file.data)
            .or_else(system_data_folder)
            .ok_or(ConfigError::NoDataFolder)?;
        let default_addr = SocketAddr::from(([127, 0, 0, 1], 3000));
        Ok(Config {
            addr: self
                .addr
                .or(self.leptos_site_addr)
                .or(file.addr)
                .unwrap_or(default_addr),
            data: std::path::absolute(&data).unwrap_or(data),
            public_url: self.public_url.or(file.public_url),
            allowed_origins: self
                .allowed_origins
                .or(file.allowed_origins)
                .unwrap_or_default(),
            max_requests: self
                .max_requests
                .or(file.max_requests)
                .map_or(256, |count| count.get().into()),
            metrics: self.metrics.or(file.metrics).unwrap_or_default(),
            log: self.log.or(file.log),
            log_format: self.log_format.or(file.log_format).unwrap_or_default(),
            log_sql: self.log_sql.or(file.log_sql).unwrap_or_default(),
            policy: Policy {
                guests: self.guests.or(file.guests).unwrap_or_default(),
                guests_per_address: self
                    .guests_per_address
                    .or(file.guests_per_address)
                    .unwrap_or_default(),
                registration: self.registration.or(file.registration).unwrap_or_default(),
                proxies: self
                    .trusted_proxies
                    .or(file.trusted_proxies)
                    .unwrap_or_default(),
            },
            token_key: self.token_key.or(file.token_key),
            live_reload_port: self.leptos_reload_port,
        })
    }
}

fn system_data_folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "stint").map(|folders| folders.data_dir().to_owned())
}

/// Who may read `/metrics`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum MetricsAccess {
    /// Nobody
    Off,
    /// Programs on this machine that do not forward somebody else's request
    #[default]
    Local,
    /// Everybody who reaches the server
    Public,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}
