//! A database that may only be read, as it looks to whoever is not root.

use super::{Server, run, stint};
use std::{
    fs::{self, Permissions},
    os::unix::{
        fs::{MetadataExt, PermissionsExt, chown},
        process::CommandExt,
    },
    process::Command,
};
use stint::server::store::FILE;

const NOBODY: u32 = 65_534;

#[test]
fn a_file_that_may_only_be_read_stops_the_start_and_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    drop(Server::start(&data));
    let file = data.join(FILE);
    let before = fs::read(&file).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o444)).unwrap();
    let mut command = stint();
    // Root may write whatever it says, so somebody else starts the program there.
    if fs::metadata("/proc/self").unwrap().uid() == 0 {
        let program = folder.path().join("stint");
        fs::copy(env!("CARGO_BIN_EXE_stint"), &program).unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let all = fs::read_dir(&data)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        for path in all.filter(|path| *path != file) {
            chown(path, Some(NOBODY), None).unwrap();
        }
        chown(&data, Some(NOBODY), None).unwrap();
        command = Command::new(program);
        command.env_clear().current_dir("/").uid(NOBODY);
    }
    let output = run(command
        .args(["serve", "--addr", "127.0.0.1:0", "--data"])
        .arg(&data));
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.contains("cannot be opened for writing"), "{told}");
    assert_eq!(fs::read(&file).unwrap(), before);
}
