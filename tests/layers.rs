//! The folders of `src` are layers: a file uses lower ones and its own, never a higher one.

use proc_macro2::{Group, TokenStream, TokenTree};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Every folder and file of `src`, with its height.
const LAYERS: [(&str, u8); 13] = [
    ("domain", 0),
    ("wire", 0),
    ("error", 1),
    ("server", 2),
    ("client", 3),
    ("server_fns", 3),
    ("browser", 4),
    ("components", 4),
    ("pages", 5),
    ("app", 6),
    ("web", 7),
    ("command_line", 8),
    ("main", 9),
];

/// Forbidden although it would not point up: components take data and callbacks, and the client
/// asks through the API.
const ALSO_FORBIDDEN: [(&str, &str); 2] = [("components", "server_fns"), ("client", "server_fns")];

#[test]
fn no_file_uses_a_higher_layer() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut files = 0;
    for file in rust_files(&src) {
        let name = file
            .strip_prefix(&src)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        wrong.extend(violations(&name, &fs::read_to_string(&file).unwrap()));
        files += 1;
    }
    assert!(files > 10, "the sources were not found: {files} files");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a file uses that it must not, one line each. `lib.rs` names all layers and belongs to none.
fn violations(file: &str, source: &str) -> Vec<String> {
    if file == "lib.rs" {
        return Vec::new();
    }
    let module = module_of(file);
    let Some(own) = height(&module[0]) else {
        return vec![format!("{file}: has no layer, see tests/layers.rs")];
    };
    let forbidden = |used: &str| match height(used) {
        Some(height) => height > own || ALSO_FORBIDDEN.contains(&(module[0].as_str(), used)),
        // What `lib.rs` itself holds lies above all layers.
        None => true,
    };
    let code: TokenStream = source
        .parse()
        .unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut uses = Vec::new();
    find_layers(&module, &code.into_iter().collect::<Vec<_>>(), &mut uses);
    uses.into_iter()
        .filter(|(_, used)| forbidden(used))
        .map(|(line, used)| format!("{file}:{line}: {} must not use {used}", module[0]))
        .collect()
}

fn height(layer: &str) -> Option<u8> {
    LAYERS
        .iter()
        .find(|(name, _)| *name == layer)
        .map(|(_, height)| *height)
}

/// `pages/timer/mod.rs` is `["pages", "timer"]`.
fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').map(str::to_owned).collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files = Vec::new();
    for path in entries {
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Adds the layer that each path beginning with `crate`, `super` or this crate's name leads to,
/// and its line; in `use` lines and anywhere else. Comments and texts are no paths.
fn find_layers(module: &[String], trees: &[TokenTree], found: &mut Vec<(usize, String)>) {
    for (index, tree) in trees.iter().enumerate() {
        let begins_path =
            !is_separator(trees, index.wrapping_sub(2)) && is_separator(trees, index + 1);
        match tree {
            TokenTree::Group(group) => {
                let name = inline_module(trees, index);
                let module: Vec<String> = module.iter().cloned().chain(name).collect();
                find_layers(&module, &members(group), found);
            }
            TokenTree::Ident(word) if begins_path && word == "super" => {
                follow(&module[..module.len() - 1], &trees[index + 3..], found);
            }
            TokenTree::Ident(word) if begins_path && (word == "crate" || word == "stint") => {
                follow(&[], &trees[index + 3..], found);
            }
            _ => {}
        }
    }
}

/// Follows a path, or every branch of a group in braces, from `module` to the layer it names.
fn follow(module: &[String], path: &[TokenTree], found: &mut Vec<(usize, String)>) {
    match path.first() {
        Some(TokenTree::Ident(word)) if word == "super" && is_separator(path, 1) => {
            follow(&module[..module.len() - 1], &path[3..], found);
        }
        Some(TokenTree::Group(group)) => {
            let is_comma =
                |tree: &TokenTree| matches!(tree, TokenTree::Punct(mark) if mark.as_char() == ',');
            members(group)
                .split(is_comma)
                .for_each(|branch| follow(module, branch, found));
        }
        // From within a layer, every other path stays in it.
        Some(TokenTree::Ident(layer)) if module.is_empty() && layer != "self" => {
            found.push((layer.span().start().line, layer.to_string()));
        }
        _ => {}
    }
}

fn members(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

/// Whether `::` stands at `index`.
fn is_separator(trees: &[TokenTree], index: usize) -> bool {
    let colon = |tree: Option<&TokenTree>| matches!(tree, Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
    colon(trees.get(index)) && colon(trees.get(index.wrapping_add(1)))
}

/// The name before a group that is the body of `mod name { … }`.
fn inline_module(trees: &[TokenTree], group: usize) -> Option<String> {
    match trees.get(group.checked_sub(2)?..group)? {
        [TokenTree::Ident(word), TokenTree::Ident(name)] if word == "mod" => Some(name.to_string()),
        _ => None,
    }
}

#[test]
fn upward_imports_are_found_wherever_they_hide() {
    let check = |file: &str, source: &str, expected: &[&str]| {
        let expected: Vec<String> = expected
            .iter()
            .map(|tail| format!("{file}:{tail}"))
            .collect();
        assert_eq!(violations(file, source), expected, "{source}");
    };
    let up = "must not use";

    check("domain/apply.rs", "use crate::domain::session::Span;", &[]);
    check(
        "pages/day/mod.rs",
        "use crate::{app_title, error::AppError};",
        &[&format!("1: pages {up} app_title")],
    );
    check(
        "domain/apply.rs",
        "\nuse crate::server::clock;",
        &[&format!("2: domain {up} server")],
    );
    check("server_fns/a.rs", "use crate::server::{clock, store};", &[]);
    check("components/list.rs", "use crate::browser::ticker;", &[]);
    check(
        "components/list.rs",
        "use crate::server_fns::session;",
        &[&format!("1: components {up} server_fns")],
    );
    check(
        "browser/ticker.rs",
        "use crate::pages;",
        &[&format!("1: browser {up} pages")],
    );
    check("main.rs", "use stint::{web, domain::Name};", &[]);
    check(
        "web/router.rs",
        "use crate::main;",
        &[&format!("1: web {up} main")],
    );
    check("error.rs", "pub(crate) fn a() {} use crate::domain;", &[]);
    check("lib.rs", "pub use crate::web;", &[]);
    check("helpers.rs", "", &[" has no layer, see tests/layers.rs"]);

    check(
        "server/clock.rs",
        "use crate::{\n    domain::{Name, id::*},\n    pages::{self, timer},\n    web,\n};",
        &[
            &format!("3: server {up} pages"),
            &format!("4: server {up} web"),
        ],
    );
    check("domain/id.rs", "use super::session;", &[]);
    check(
        "domain/id.rs",
        "use super::super::web;",
        &[&format!("1: domain {up} web")],
    );
    check(
        "domain/mod.rs",
        "use super::{error::AppError, domain::id};",
        &[&format!("1: domain {up} error")],
    );
    check(
        "error.rs",
        "use super::{domain, server::{store}};",
        &[&format!("1: error {up} server")],
    );
    check(
        "server/store/mod.rs",
        "use super::{super::{web, domain}, clock};",
        &[&format!("1: server {up} web")],
    );
    check(
        "domain/id.rs",
        "mod tests { use super::*; use super::super::session; }",
        &[],
    );
    check(
        "domain/id.rs",
        "mod a { mod b {} use super::super::super::app; }",
        &[&format!("1: domain {up} app")],
    );
    check(
        "domain/id.rs",
        "mod a { fn b() { if c {} } } use super::super::app;",
        &[&format!("1: domain {up} app")],
    );

    check(
        "domain/id.rs",
        "fn a() { let b = crate::server::clock::now(); }",
        &[&format!("1: domain {up} server")],
    );
    check(
        "components/a.rs",
        "view! { <A b=crate::pages::C/> }",
        &[&format!("1: components {up} pages")],
    );
    check(
        "domain/id.rs",
        "macro_rules! a { () => { $crate::web::b() } }",
        &[&format!("1: domain {up} web")],
    );
    check(
        "domain/id.rs",
        "fn a(b: &'static str) -> crate::web::C { 'd' }",
        &[&format!("1: domain {up} web")],
    );

    check(
        "domain/id.rs",
        "// crate::web\n/* a /* crate::web */ crate::app */\n/// [`crate::web`]",
        &[],
    );
    check(
        "domain/id.rs",
        r##"const A: &str = "\"crate::web"; const B: &str = r#"" crate::app"#;"##,
        &[],
    );
    check(
        "domain/id.rs",
        "const A: char = '\"'; use crate::web;",
        &[&format!("1: domain {up} web")],
    );
    check(
        "domain/id.rs",
        "const A: char = '\\''; use crate::web;",
        &[&format!("1: domain {up} web")],
    );
    check(
        "domain/id.rs",
        "const A: &[u8] = br\"\\\"; use crate::web;",
        &[&format!("1: domain {up} web")],
    );
}
