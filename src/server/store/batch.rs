//! Statements that go to the thread of the database in one message, and come back with one answer:
//! on the way there and back a short one takes longer than it takes to be carried out.

use super::{error::StoreError, writer::Write};
use sqlx::{AssertSqlSafe, Sqlite, query::Query, sqlite::SqliteArguments};

/// Statements that write, in the order in which they are carried out.
#[derive(Debug, Default)]
pub struct Batch(Vec<Statement>);

/// One that changes exactly as many rows as it names.
#[derive(Debug)]
struct Statement {
    text: String,
    rows: usize,
    values: Vec<Value>,
}

/// What stands before and after the rows of a statement.
pub type Parts = (&'static str, &'static str);

/// What can be bound to a placeholder.
#[derive(Debug)]
pub enum Value {
    Text(Option<String>),
    Number(Option<i64>),
}

/// An id, or another thing that is stored as it is written.
pub fn text(value: impl ToString) -> Value {
    Value::Text(Some(value.to_string()))
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Number(number)
    }
}

/// Most values of one statement: the number of parameters that SQLite takes by default
/// (SQLITE_MAX_VARIABLE_NUMBER, <https://www.sqlite.org/limits.html>).
const MOST_VALUES: usize = 32_766;
/// As many rows are met again and again; the text of more is not kept prepared.
const OFTEN: usize = 8;

impl Batch {
    /// Adds a statement that changes one row, with the values of its `?`, first to last.
    pub fn add(&mut self, statement: &str, values: impl IntoIterator<Item = Value>) {
        self.0.push(Statement {
            text: statement.to_owned(),
            rows: 1,
            values: values.into_iter().collect(),
        });
    }

    /// Adds one statement that changes a row for each of `rows`, whose values stand between its two parts as a
    /// list: `(?, ?), (?, ?)`. None where there are no rows, and more only beyond what SQLite takes at once.
    pub fn add_rows<const N: usize>(&mut self, parts: Parts, rows: Vec<[Value; N]>) {
        let mut rows = rows.into_iter();
        while rows.len() > 0 {
            let part: Vec<_> = rows.by_ref().take(MOST_VALUES / N).collect();
            self.0.push(Statement {
                text: around(parts, N, part.len()),
                rows: part.len(),
                values: part.into_iter().flatten().collect(),
            });
        }
    }

    /// Carries them out. [`StoreError::Torn`] when a row was not there to be changed.
    pub async fn send(self, write: &mut Write<'_>) -> Result<(), StoreError> {
        let (statements, rows) = (self.0.len(), self.0.iter().map(|it| it.rows).sum::<usize>());
        let texts: Vec<&str> = self.0.iter().map(|it| it.text.as_str()).collect();
        let query = sqlx::query(AssertSqlSafe(texts.join("; ")));
        let values = self.0.into_iter().flat_map(|it| it.values);
        let query = values.fold(query, bind).persistent(rows <= OFTEN);
        match write.execute_many(query, statements).await? == rows as u64 {
            true => Ok(()),
            false => Err(StoreError::Torn),
        }
    }
}

/// A statement about rows, with the places of `values` values of each.
pub fn around((head, tail): Parts, values: usize, rows: usize) -> String {
    let row = format!("({})", vec!["?"; values].join(", "));
    format!("{head} {} {tail}", vec![row; rows].join(", "))
}

type Statements = Query<'static, Sqlite, SqliteArguments>;

fn bind(query: Statements, value: Value) -> Statements {
    match value {
        Value::Text(text) => query.bind(text),
        Value::Number(number) => query.bind(number),
    }
}
