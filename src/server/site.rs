//! What the browser is sent besides pages: the names of the files that a page refers to.

/// The addresses of the files that every page loads. They carry a hash of their contents in
/// release builds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PkgNames {
    /// The module that loads `wasm`.
    pub js: String,
    /// The interface, compiled.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
    /// The script beside the wasm, which no build step names.
    pub script: String,
}

impl PkgNames {
    /// Finds the three among the paths of all files of the site, such as `pkg/stint.3f9a.css`. A
    /// file that was not built keeps its plain name, so that a page still renders.
    pub fn among<'a>(files: impl Iterator<Item = &'a str>) -> Self {
        let mut names = Self {
            js: "/pkg/stint.js".to_owned(),
            wasm: "/pkg/stint.wasm".to_owned(),
            css: "/pkg/stint.css".to_owned(),
            script: "/sheet.js".to_owned(),
        };
        for file in files.filter(|file| file.starts_with("pkg/stint.")) {
            match file.rsplit_once('.') {
                Some((_, "js")) => names.js = format!("/{file}"),
                Some((_, "wasm")) => names.wasm = format!("/{file}"),
                Some((_, "css")) => names.css = format!("/{file}"),
                _ => {}
            }
        }
        names
    }
}
