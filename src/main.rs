//! The program: asks a server, or reads its settings, opens the store, serves, and ends well.

#![forbid(unsafe_code)]

use std::{
    error::Error,
    io::{ErrorKind, Write},
    path::PathBuf,
    process::ExitCode,
};
use stint::{
    client::{self, ClientCommand, Exit},
    command_line::{self, Command, Instead},
    server::{
        clock::Clock,
        config::{Config, ServerCommand},
        demo, key_file, log,
        login::Login,
        operator,
        public_url::PublicUrl,
        state::AppState,
        store::{self, Report, Store},
    },
    web::{
        guard::Options,
        router::router,
        serve::{Limits, serve},
    },
};
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
};

/// A page is made of thousands of small pieces; this allocator renders it a third faster, and gives
/// back what a load took when the load is over.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Whatever ends the program early; one line.
type Reason = Box<dyn Error>;

fn main() -> ExitCode {
    let done = match command_line::parse(std::env::args_os()) {
        Ok(Command::Server(command)) => run(command),
        Ok(Command::Client(command)) => return ask(command),
        Ok(Command::Completions { shell }) => say(&command_line::completions(shell)),
        Err(Instead::Told(text)) => say(&text),
        Err(Instead::Mistake(why)) => {
            complain(&why);
            return Exit::Usage.into();
        }
    };
    ended(done)
}

/// Tells why something was not done.
fn ended(done: Result<(), Reason>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            complain(&reason.to_string());
            Exit::Failed.into()
        }
    }
}

/// Carries out a command of the client.
fn ask(command: ClientCommand) -> ExitCode {
    let json = command.wants_json();
    match client::run(command, &Clock::system()) {
        Ok(told) => ended(say(&told)),
        Err(failure) => {
            if let Some(answer) = failure.answer.as_ref().filter(|_| json)
                && let Err(why) = say(&format!("{answer}\n"))
            {
                return ended(Err(why));
            }
            complain(&failure.told);
            failure.exit.into()
        }
    }
}

/// Tells what went wrong, in one line.
fn complain(why: &str) {
    eprintln!("stint: {}", why.replace('\n', " "));
}

#[tokio::main]
async fn run(command: ServerCommand) -> Result<(), Reason> {
    match command {
        ServerCommand::Serve(settings) => serve_pages(settings.complete()?).await,
        ServerCommand::Backup { file, settings } => {
            let database = settings.complete()?.data.join(store::FILE);
            let report = store::backup(&database, &file).await?;
            say(&format!("Copied {}\n", summary(&report)))
        }
        ServerCommand::Check { file, settings } => {
            let database = settings.complete()?.data.join(store::FILE);
            check(file.unwrap_or(database)).await
        }
        ServerCommand::ResetPassword {
            user,
            without_code,
            settings,
        } => {
            let store = Store::open_beside(&settings.complete()?.data).await?;
            let now = Clock::system().now();
            let reset = operator::reset_password(&store, &user, without_code, now).await;
            store.close().await;
            let password = reset?;
            let told = format!(
                "The new password of {user} is {password}\nAll their devices are signed out, and their tokens removed.\n"
            );
            say(&told).map_err(|why| {
                format!("{why}; nobody knows the new password of {user}: reset it once more").into()
            })
        }
        ServerCommand::Invite { settings } => {
            let store = Store::open_beside(&settings.complete()?.data).await?;
            let invited = operator::invite(&store, Clock::system().now()).await;
            store.close().await;
            say(&format!(
                "Good for one registration within a week: {}\n",
                invited?
            ))
        }
        ServerCommand::Demo {
            time_zone,
            settings,
        } => {
            let store = Store::open(&settings.complete()?.data).await?;
            let demo = demo::fill(&store, &time_zone, Clock::system().now()).await;
            store.close().await;
            let demo = demo?;
            say(&format!(
                "{} sessions of a year. Sign in as {} with {}\n",
                demo.sessions, demo.username, demo.password
            ))
        }
        ServerCommand::Restore {
            file,
            force,
            settings,
        } => {
            let restored = store::restore(&file, &settings.complete()?.data, force).await?;
            let kept = restored
                .kept
                .map(|old| format!("; the one before is kept in {}", old.display()));
            say(&format!(
                "Restored {}{}\n",
                summary(&restored.report),
                kept.unwrap_or_default()
            ))
        }
    }
}

/// Serves until a signal says to stop.
async fn serve_pages(config: Config) -> Result<(), Reason> {
    log::start(config.log.as_ref(), config.log_format);
    if config.log_sql {
        store::log_statements();
    }
    if let Err(error) = rlimit::increase_nofile_limit(u64::MAX) {
        tracing::debug!(%error, "keeps its limit of open files");
    }
    let signals = Signals::listen()?;
    let listener = TcpListener::bind(config.addr)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", config.addr))?;
    let store = Store::open(&config.data).await?;
    let https = config.public_url.as_ref().is_some_and(PublicUrl::is_https);
    let options = Options {
        public_origin: config.public_url.as_ref().map(ToString::to_string),
        https,
        allowed_origins: config
            .allowed_origins
            .iter()
            .map(ToString::to_string)
            .collect(),
        max_requests: config.max_requests,
        metrics: config.metrics,
        live_reload_port: config.live_reload_port,
        ..Options::default()
    };
    let clock = Clock::system();
    let key = match &config.token_key {
        Some(given) => given.key()?,
        None => key_file::load(&config.data)?,
    };
    let state = AppState {
        login: Login::open(&store, key, config.policy, clock.now()).await?,
        store: store.clone(),
        clock,
        secure_cookies: https,
    };
    tokio::spawn(
        state
            .login
            .clone()
            .watch(store.clone(), state.clock.clone()),
    );
    let told = say(&format!(
        "Stint runs at http://{}/ and keeps its data in {}\n",
        listener.local_addr()?,
        config.data.display()
    ));
    if let Err(error) = told {
        // It serves all the same.
        tracing::warn!(%error);
    }
    serve(
        listener,
        router(state, options),
        Limits::default(),
        signals.stop(),
    )
    .await;
    store.close().await;
    Ok(())
}

/// Says what a database holds; fails when something is wrong with it.
async fn check(file: PathBuf) -> Result<(), Reason> {
    let report = store::check(&file).await?;
    if report.problems.is_empty() {
        return say(&format!("Checked {}\n", summary(&report)));
    }
    Err(format!(
        "{} is damaged: {}",
        file.display(),
        report.problems.join("; ")
    )
    .into())
}

fn summary(report: &Report) -> String {
    let Report {
        path,
        bytes,
        accounts,
        sessions,
        commands,
        ..
    } = report;
    let path = path.display();
    format!("{path}: {accounts} accounts, {sessions} sessions, {commands} commands, {bytes} bytes")
}

/// Prints what was asked for. A reader that has gone away is no reason to stop.
fn say(text: &str) -> Result<(), Reason> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("the output cannot be written: {error}").into())
        }
        _ => Ok(()),
    }
}

/// The signals that end the program.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    /// Done at the first signal. A second one ends the program where it stands.
    async fn stop(mut self) {
        self.next().await;
        tracing::info!("stops: requests in flight are finished");
        tokio::spawn(async move {
            self.next().await;
            std::process::exit(130);
        });
    }
}
