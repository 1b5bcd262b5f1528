//! Whose settings these are, and the devices they are signed in on. Its links lead to the pages of
//! accounts, and its forms are theirs.

use crate::domain::settings_form::{Access, DeviceLine};
use leptos::prelude::*;

/// The account and its devices; for somebody new, the ways in.
#[component]
pub fn AccessPart(access: Option<Access>) -> impl IntoView {
    let username = access.as_ref().and_then(|access| access.username.clone());
    let is_guest = username.is_none();
    let begun = access.is_some();
    let who = match (username, begun) {
        (Some(name), _) => format!("You are signed in as {name}."),
        (None, true) => "Your time belongs to this browser only. With a user name and a password you find it from anywhere.".to_owned(),
        (None, false) => "Track without signing up, or sign in to find what you have.".to_owned(),
    };
    let link =
        |href: &'static str, text: &'static str| view! { <a class="plain" href=href>{text}</a> };
    let ways_in =
        is_guest.then(|| view! { {link("/register", "Register")} {link("/sign-in", "Sign in")} });
    let own = begun.then(|| link("/account", "Account"));
    let sign_out = (!is_guest).then(|| {
        view! { <form method="post" action="/sign-out"><button class="plain">"Sign out"</button></form> }
    });
    let devices =
        access.map(|access| view! { <Devices devices=access.devices is_guest=is_guest/> });
    view! {
        <section class="account-part" aria-labelledby="account">
            <h2 id="account">"Account"</h2>
            <p>{who}</p>
            <div class="ways">{ways_in}{own}{link("/link", "Link a device")}{sign_out}</div>
        </section>
        {devices}
    }
    .into_any()
}

#[component]
fn Devices(devices: Vec<DeviceLine>, is_guest: bool) -> impl IntoView {
    let way_out = |action: &'static str, words: &'static str| {
        view! { <form method="post" action=action><button class="plain">{words}</button></form> }
    };
    let others = (devices.len() > 1)
        .then(|| way_out("/account/sign-out-others", "Sign out everywhere else"));
    // A guest would not get back in.
    let all = (!is_guest).then(|| way_out("/account/sign-out-everywhere", "Sign out everywhere"));
    let tokens = (!is_guest).then(|| view! {
        <p class="aside">"Scripts keep the tokens that you gave them. Remove those in your " <a href="/account">"account"</a> "."</p>
    });
    let rows: Vec<_> = devices
        .into_iter()
        .map(|device| {
            let action = format!("/account/devices/{}/sign-out", device.id);
            let end = (!device.is_this).then(|| {
                view! {
                    <form method="post" action=action>
                        <button class="quiet" aria-label=format!("Sign out {}", device.name)>"Sign out"</button>
                    </form>
                }
            });
            view! {
                <li class="device">
                    <span><bdi>{device.name.clone()}</bdi><small>{device.facts}</small></span>
                    {end}
                </li>
            }
        })
        .collect();
    view! {
        <section class="account-part" aria-labelledby="devices">
            <h2 id="devices">"Devices"</h2>
            <ul class="devices" aria-label="Devices">{rows}</ul>
            <div class="ways">{others}{all}</div>
            {tokens}
        </section>
    }
    .into_any()
}
