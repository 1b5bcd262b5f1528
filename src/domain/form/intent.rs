//! The values of [`intent`](super::CommandForm::intent).

pub const START: &str = "start";
pub const STOP: &str = "stop";
pub const RENAME: &str = "rename";
pub const EDIT: &str = "edit";
pub const ADD: &str = "add";
pub const CONTINUE: &str = "continue";
pub const DUPLICATE: &str = "duplicate";
pub const DELETE: &str = "delete";
/// Change what the selected sessions belong to.
pub const ASSIGN: &str = "assign";
/// Delete the selected sessions.
pub const DELETE_ALL: &str = "delete-all";
pub const TRIM: &str = "trim";
pub const KEEP_OVERLAP: &str = "keep-overlap";
pub const UNDO: &str = "undo";
/// Undo the account's latest command; the server knows which.
pub const UNDO_LATEST: &str = "undo-latest";
/// Redo what was undone last; the server knows which.
pub const REDO_LATEST: &str = "redo-latest";

/// Each of them.
pub const ALL: [&str; 15] = [
    START,
    STOP,
    RENAME,
    EDIT,
    ADD,
    CONTINUE,
    DUPLICATE,
    DELETE,
    ASSIGN,
    DELETE_ALL,
    TRIM,
    KEEP_OVERLAP,
    UNDO,
    UNDO_LATEST,
    REDO_LATEST,
];
