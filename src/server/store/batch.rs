//! Statements that go to the thread of the database in one message, and come back with one answer:
//! on the way there and back a short one takes longer than it takes to be carried out.

use super::{error::StoreError, writer::Write};
use sqlx::{AssertSqlSafe, Sqlite, query::Query, sqlite::SqliteArguments};

/// Statements that write, in the order in which they are carried out. Each changes exactly one row.
#[derive(Debug, Default)]
pub struct Batch(Vec<(&'static str, Vec<Value>)>);

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

/// How many statements go together at most.
const TOGETHER: usize = 32;
/// As many are met again and again; the text of more is not kept prepared.
const OFTEN: usize = 8;

impl Batch {
    /// Adds a statement with the values of its `?`, first to last.
    pub fn add(&mut self, statement: &'static str, values: impl IntoIterator<Item = Value>) {
        self.0.push((statement, values.into_iter().collect()));
    }

    /// Carries them out. [`StoreError::Torn`] when a row was not there to be changed.
    pub async fn send(mut self, write: &mut Write<'_>) -> Result<(), StoreError> {
        for part in self.0.chunks_mut(TOGETHER) {
            let texts: Vec<&str> = part.iter().map(|(text, _)| *text).collect();
            let mut query = sqlx::query(AssertSqlSafe(texts.join("; ")));
            for (_, values) in &mut *part {
                query = values.drain(..).fold(query, bind);
            }
            let query = query.persistent(part.len() <= OFTEN);
            if write.execute_many(query, part.len()).await? != part.len() as u64 {
                return Err(StoreError::Torn);
            }
        }
        Ok(())
    }
}

type Statements = Query<'static, Sqlite, SqliteArguments>;

fn bind(query: Statements, value: Value) -> Statements {
    match value {
        Value::Text(text) => query.bind(text),
        Value::Number(number) => query.bind(number),
    }
}
