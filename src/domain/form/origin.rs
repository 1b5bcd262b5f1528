//! What every form of a page of tracked time brings along.

use crate::domain::{
    id::{AccountId, CommandId},
    sheet::Sheet,
};

/// Which command a form of a page is, and of which page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub command: CommandId,
    /// The address of the page.
    pub back: String,
    /// Whose page it is.
    pub account: Option<AccountId>,
}

impl Origin {
    /// Of the page that shows `sheet`: the timer's, or that of its period.
    pub fn of(sheet: &Sheet, is_timer: bool) -> Self {
        Self {
            command: sheet.command,
            back: if is_timer {
                "/".to_owned()
            } else {
                sheet.overview.period.path()
            },
            account: sheet.account,
        }
    }

    /// The fields of a [`CommandForm`](super::CommandForm) that say it.
    pub fn fields(&self) -> [(&'static str, String); 3] {
        [
            ("command", self.command.to_string()),
            ("back", self.back.clone()),
            ("account", said(self.account)),
        ]
    }
}

/// How a form names the account of its page.
pub fn said(account: Option<AccountId>) -> String {
    account
        .map(|account| account.to_string())
        .unwrap_or_default()
}
