//! The kinds of problems that the API tells of.

use axum::http::StatusCode;

/// Every kind of problem: its variant, status, the word in its `type`, and its title.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $status:ident, $word:literal, $title:literal;)*) => {
        /// What kind of problem; each has a stable `type` of its own.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind { $($(#[$doc])* $name),* }

        impl Kind {
            /// Every kind there is, as documented.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// What it is answered with.
            pub fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status),* }
            }

            /// The end of its `type`.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }

            /// The same for every problem of the kind (RFC 9457, section 3.1.3).
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title),* }
            }
        }
    };
}

kinds! {
    Malformed = BAD_REQUEST, "malformed", "The request cannot be read";
    MissingToken = UNAUTHORIZED, "missing-token", "A token is needed";
    UnknownToken = UNAUTHORIZED, "unknown-token", "The token is not known";
    ExpiredToken = UNAUTHORIZED, "expired-token", "The token has expired";
    RevokedToken = UNAUTHORIZED, "revoked-token", "The token was revoked";
    WrongCredentials = UNAUTHORIZED, "wrong-credentials", "The user name or the password is wrong";
    CodeNeeded = UNAUTHORIZED, "code-needed", "A code of the second factor is needed";
    WrongCode = UNAUTHORIZED, "wrong-code", "The code is wrong";
    NeedsDevice = FORBIDDEN, "needs-sign-in", "A personal token cannot do this";
    Closed = FORBIDDEN, "closed", "New accounts are not made here";
    ReadOnly = FORBIDDEN, "read-only", "The token may only read";
    CrossSite = FORBIDDEN, "cross-site", "The request comes from another site";
    NotAllowed = FORBIDDEN, "not-allowed", "The role in the project does not allow this";
    NotFound = NOT_FOUND, "not-found", "There is no such thing";
    NoSuchMethod = METHOD_NOT_ALLOWED, "no-such-method", "The address does not take this method";
    TooSlow = REQUEST_TIMEOUT, "too-slow", "The request took too long to arrive";
    Stale = CONFLICT, "stale", "The session was changed since";
    Reused = CONFLICT, "reused", "The id was used before";
    ChangedSince = CONFLICT, "changed-since", "Something was changed since, so this cannot be taken back";
    AnotherRuns = CONFLICT, "another-runs", "Another session is running";
    NothingToUndo = CONFLICT, "nothing-to-undo", "There is nothing to take back";
    NameTaken = CONFLICT, "name-taken", "Something else has this name";
    DateTaken = CONFLICT, "date-taken", "There is a rate from this date already";
    LastOwner = CONFLICT, "last-owner", "A project needs an owner";
    TooLarge = PAYLOAD_TOO_LARGE, "too-large", "The request is too large";
    NotJson = UNSUPPORTED_MEDIA_TYPE, "not-json", "The body is not plain JSON";
    Invalid = UNPROCESSABLE_ENTITY, "invalid", "Something in the request is not valid";
    HeadersTooLarge = REQUEST_HEADER_FIELDS_TOO_LARGE, "headers-too-large", "The headers are too large";
    TooMany = TOO_MANY_REQUESTS, "too-many", "This was tried too often";
    Internal = INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side";
    Busy = SERVICE_UNAVAILABLE, "busy", "The server is busy";
    NoSpace = INSUFFICIENT_STORAGE, "no-space", "There is no room left on the server's disk";
}
