//! Every call of the API, and what it asks of whoever makes it.

use super::actors::Owner;
use serde_json::{Value, json};

/// What a call asks of whoever makes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Needs {
    /// Nothing: it is how to get a token.
    Nothing,
    /// A token that reads.
    Read,
    /// A token that writes.
    Write,
    /// The token of a device that is signed in; a personal token will not do.
    Device,
}
use Needs::{Device, Read, Write};

/// A call, what it needs, what its owner sends, and what the owner is answered.
pub type Row = (&'static str, Needs, fn(&Owner) -> Value, u16);

const NOTHING: fn(&Owner) -> Value = |_| Value::Null;
const PASSWORD: fn(&Owner) -> Value = |_| json!({"password": super::super::person::PASSWORD});

const RATE: fn(&Owner) -> Value = |_| json!({"level": "account", "hourly": {"minor": 1, "currency": "EUR"}, "from": "2026-02-01"});
const NAME: fn(&Owner) -> Value = |_| json!({"name": "named"});

/// Every call. `{id}` is something of the owner's, or an invitation for the owner.
pub const TABLE: &[Row] = &[
    ("POST /guests", Needs::Nothing, NOTHING, 201),
    ("POST /register", Needs::Nothing, NOTHING, 422),
    ("POST /recover", Needs::Nothing, NOTHING, 422),
    ("POST /login", Needs::Nothing, NOTHING, 422),
    ("POST /refresh", Needs::Nothing, NOTHING, 422),
    ("POST /link", Needs::Nothing, NOTHING, 422),
    ("POST /logout", Device, NOTHING, 204),
    ("POST /link-codes", Device, NOTHING, 201),
    ("GET /me", Read, NOTHING, 200),
    ("PATCH /me", Write, |_| json!({"week_start": "sunday"}), 200),
    ("DELETE /me", Device, PASSWORD, 204),
    ("GET /export", Read, NOTHING, 200),
    (
        "POST /me/password",
        Device,
        |_| json!({"password": super::super::person::PASSWORD, "new_password": "another good one"}),
        204,
    ),
    ("POST /me/recovery-codes", Device, PASSWORD, 200),
    ("POST /me/second-factor", Device, PASSWORD, 200),
    (
        "POST /me/second-factor/confirm",
        Device,
        |_| json!({"code": "000000"}),
        404,
    ),
    (
        "POST /me/second-factor/remove",
        Device,
        |_| json!({"password": super::super::person::PASSWORD, "code": "000000"}),
        404,
    ),
    ("GET /devices", Read, NOTHING, 200),
    ("GET /devices/{id}", Read, NOTHING, 200),
    ("DELETE /devices", Device, NOTHING, 204),
    ("DELETE /devices/{id}", Device, NOTHING, 204),
    ("GET /tokens", Read, NOTHING, 200),
    (
        "POST /tokens",
        Device,
        |_| json!({"name": "another", "scope": "read"}),
        201,
    ),
    ("GET /tokens/{id}", Read, NOTHING, 200),
    ("DELETE /tokens/{id}", Device, NOTHING, 204),
    ("DELETE /tokens", Device, NOTHING, 204),
    ("POST /sessions", Write, |_| json!({"name": "started"}), 201),
    ("GET /sessions", Read, NOTHING, 200),
    ("GET /sessions/running", Read, NOTHING, 200),
    ("GET /sessions/{id}", Read, NOTHING, 200),
    (
        "PATCH /sessions/{id}",
        Write,
        |_| json!({"name": "renamed"}),
        200,
    ),
    ("DELETE /sessions/{id}", Write, NOTHING, 204),
    ("POST /sessions/{id}/stop", Write, NOTHING, 200),
    ("POST /sessions/{id}/continue", Write, NOTHING, 200),
    ("POST /sessions/{id}/duplicate", Write, NOTHING, 201),
    ("GET /sessions/{id}/history", Read, NOTHING, 200),
    ("GET /overview", Read, NOTHING, 200),
    ("GET /suggestions", Read, NOTHING, 200),
    ("GET /favourites", Read, NOTHING, 200),
    (
        "POST /favourites",
        Write,
        |owner| json!({"session_id": owner.session}),
        200,
    ),
    ("DELETE /favourites/{id}", Write, NOTHING, 204),
    (
        "POST /commands",
        Write,
        |owner| json!([owner.command("delete", json!({}))]),
        200,
    ),
    ("POST /undo", Write, NOTHING, 200),
    ("POST /redo", Write, NOTHING, 409),
    ("GET /clients", Read, NOTHING, 200),
    ("POST /clients", Write, NAME, 201),
    ("GET /clients/{id}", Read, NOTHING, 200),
    ("PATCH /clients/{id}", Write, NAME, 200),
    ("DELETE /clients/{id}", Write, NOTHING, 204),
    ("GET /projects", Read, NOTHING, 200),
    ("POST /projects", Write, NAME, 201),
    ("GET /projects/{id}", Read, NOTHING, 200),
    ("PATCH /projects/{id}", Write, NAME, 200),
    ("DELETE /projects/{id}", Write, NOTHING, 204),
    ("GET /projects/{id}/sessions", Read, NOTHING, 200),
    ("GET /projects/{id}/overview", Read, NOTHING, 200),
    ("GET /projects/{id}/members", Read, NOTHING, 200),
    ("GET /projects/{id}/members/{account}", Read, NOTHING, 200),
    (
        "PATCH /projects/{id}/members/{account}",
        Write,
        |_| json!({"role": "manager"}),
        200,
    ),
    (
        "DELETE /projects/{id}/members/{account}",
        Write,
        NOTHING,
        204,
    ),
    ("GET /projects/{id}/invitations", Read, NOTHING, 200),
    (
        "POST /projects/{id}/invitations",
        Write,
        |_| json!({"username": "new"}),
        201,
    ),
    (
        "DELETE /projects/{id}/invitations/{invitation}",
        Write,
        NOTHING,
        204,
    ),
    ("GET /invitations", Read, NOTHING, 200),
    (
        "POST /invitations/accept",
        Write,
        |owner| json!({"code": owner.work.code}),
        200,
    ),
    (
        "POST /invitations/preview",
        Read,
        |owner| json!({"code": owner.work.code}),
        200,
    ),
    (
        "POST /invitations/decline",
        Write,
        |owner| json!({"code": owner.work.code}),
        204,
    ),
    ("POST /invitations/{id}/accept", Write, NOTHING, 200),
    ("POST /invitations/{id}/decline", Write, NOTHING, 204),
    ("GET /rates", Read, NOTHING, 200),
    ("POST /rates", Write, RATE, 201),
    ("GET /rates/{id}", Read, NOTHING, 200),
    (
        "PATCH /rates/{id}",
        Write,
        |_| json!({"from": "2026-03-01"}),
        200,
    ),
    ("DELETE /rates/{id}", Write, NOTHING, 204),
    ("POST /rates/preview", Read, RATE, 200),
    (
        "POST /projects/{id}/rounding/preview",
        Read,
        |_| json!({"mode": "up", "per": "day", "minutes": 15}),
        200,
    ),
    (
        "POST /projects/{id}/client/preview",
        Read,
        |owner| json!({"client_id": owner.work.client}),
        200,
    ),
    ("POST /projects/{id}/delete/preview", Read, NOTHING, 200),
    ("POST /clients/{id}/delete/preview", Read, NOTHING, 200),
    ("GET /projects/{id}/estimate", Read, NOTHING, 200),
    ("GET /tags", Read, NOTHING, 200),
    ("POST /tags", Write, NAME, 201),
    ("GET /tags/{id}", Read, NOTHING, 200),
    ("PATCH /tags/{id}", Write, NAME, 200),
    ("DELETE /tags/{id}", Write, NOTHING, 204),
    (
        "POST /tags/{id}/merge",
        Write,
        |owner| json!({"into": owner.work.other_tag}),
        200,
    ),
];
