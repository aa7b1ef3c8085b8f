//! Which files are logs, and which room each is of: records themselves name none.

use regex::Regex;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use walkdir::{DirEntry, WalkDir};

/// One file of records.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// As it is shown.
    pub name: String,
    /// The room's ARN as far as the name tells it, or empty.
    pub room: String,
    /// Whether it is one JSON document of CloudWatch Logs, whose events are counted instead of lines.
    pub is_document: bool,
}

impl Log {
    /// The place of its record with this number.
    pub fn place(&self, number: u64) -> String {
        let unit = if self.is_document { " event " } else { "" };
        format!("{}:{unit}{number}", self.name)
    }
}

/// The files that `paths` stand for: themselves, `-` for stdin, or what is under a folder, by name. Lazy, since a year of
/// logs has more files than anybody wants in memory.
pub fn files(paths: &[PathBuf]) -> impl Iterator<Item = Result<PathBuf, String>> {
    paths.iter().flat_map(|path| -> Box<dyn Iterator<Item = Result<PathBuf, String>>> {
        if path.is_dir() { Box::new(folder(path)) } else { Box::new(std::iter::once(Ok(path.clone()))) }
    })
}

fn folder(path: &Path) -> impl Iterator<Item = Result<PathBuf, String>> {
    let entries = WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
    entries.filter_entry(is_wanted).filter_map(|entry| match entry {
        Ok(entry) => entry.file_type().is_file().then(|| Ok(entry.into_path())),
        Err(error) => Some(Err(error.to_string())),
    })
}

/// Hidden files are none of ours, and CloudWatch leaves a file of its own beside what it exports.
fn is_wanted(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() == 0 || !name.starts_with('.') && name != "aws-logs-write-test"
}

/// The ARN of the room that a path names: the documented key of an S3 object, its file name alone, or the name of a
/// CloudWatch log stream. Account and region stay empty where they are not said.
pub fn room_of(path: &str) -> Option<String> {
    static KEYS: LazyLock<[Regex; 3]> = LazyLock::new(|| {
        [
            "(?<account>[0-9]{12})_IVSChatLogs_[^_/]+_(?<region>[a-z0-9-]+)_room_(?<room>[A-Za-z0-9]+)",
            "AWSLogs/(?<account>[0-9]{12})/IVSChatLogs/[^/]+/(?<region>[a-z0-9-]+)/room_(?<room>[A-Za-z0-9]+)",
            "IVSChatLogs[/-][^/ ]+[/-]room_(?<room>[A-Za-z0-9]+)",
        ]
        .map(|key| Regex::new(key).expect("it compiles in every test"))
    });
    let found = KEYS.iter().find_map(|key| key.captures(path))?;
    let part = |name| found.name(name).map_or("", |part| part.as_str());
    Some(format!("arn:aws:ivschat:{}:{}:room/{}", part("region"), part("account"), part("room")))
}

/// The last part of a room's ARN, or a word for none.
pub fn room_id(arn: &str) -> &str {
    match arn.rsplit('/').next() {
        None | Some("") => "(unknown)",
        Some(id) => id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_are_read_from_keys_file_names_and_streams() {
        let mut wrong = Vec::new();
        for (path, want) in [
            (
                "b/AWSLogs/123456789012/IVSChatLogs/1.0/us-west-2/room_g1H2/2022/10/14/17/123456789012_IVSChatLogs_1.0_us-west-2_room_g1H2_20221014T1740Z_1766dcbc.log.gz",
                Some("arn:aws:ivschat:us-west-2:123456789012:room/g1H2"),
            ),
            (
                "x/123456789012_IVSChatLogs_1.0_eu-west-1_room_g1H2_20221014T1740Z_1766dcbc.log",
                Some("arn:aws:ivschat:eu-west-1:123456789012:room/g1H2"),
            ),
            (
                "AWSLogs/123456789012/IVSChatLogs/1.0/us-west-2/room_g1H2/renamed.gz",
                Some("arn:aws:ivschat:us-west-2:123456789012:room/g1H2"),
            ),
            ("export/d2a3/aws-IVSChatLogs-1.0-room_g1H2/000000.gz", Some("arn:aws:ivschat:::room/g1H2")),
            ("2022-10-14T17:40:00Z aws/IVSChatLogs/1.0/room_g1H2 ", Some("arn:aws:ivschat:::room/g1H2")),
            ("logs/room_g1H2.gz", None),
            ("firehose/2022/10/14/17/chat-1-2022-10-14-17-40-00-uuid.gz", None),
        ] {
            let got = room_of(path);
            if got.as_deref() != want {
                wrong.push(format!("{path}: {got:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!([room_id("arn:aws:ivschat:::room/g1H2"), room_id("")], ["g1H2", "(unknown)"]);
    }
}
