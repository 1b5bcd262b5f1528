//! Codes that people read on one screen and type on another.

use std::fmt;

/// What codes are made of. No letter or digit can be taken for another one, and without vowels
/// no code is a word.
pub const ALPHABET: &[u8; 22] = b"CDFHJKMPQRTVWXY2346789";

/// Characters shown together.
const GROUP: usize = 4;

/// What a code is good for, and so how long it is: 4.46 bits a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// Ten minutes, once, and few may be tried: 53 bits.
    Link,
    /// Once, at any time: 89 bits.
    Recovery,
    /// Once, for some days: 89 bits.
    Invitation,
    /// Until the person chooses another one: 89 bits.
    Password,
}

impl CodeKind {
    /// Characters of such a code.
    pub fn length(self) -> usize {
        match self {
            Self::Link => 12,
            Self::Recovery | Self::Invitation | Self::Password => 20,
        }
    }
}

/// A code without its separators. Shown in groups, as in `CDFH-JKMP-QRTV`; hidden from logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// A code whose every character is a draw from `draw`, below the length of the alphabet.
    pub fn draw(kind: CodeKind, mut draw: impl FnMut(usize) -> usize) -> Self {
        let letter = |_| char::from(ALPHABET[draw(ALPHABET.len()) % ALPHABET.len()]);
        Self((0..kind.length()).map(letter).collect())
    }

    /// Reads what was typed, in whatever case and however separated; `None` if it cannot be a code.
    pub fn read(kind: CodeKind, typed: &str) -> Option<Self> {
        let mut code = String::new();
        for c in typed.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let c = c.to_ascii_uppercase();
            if code.len() == kind.length() || !u8::try_from(c).is_ok_and(|c| ALPHABET.contains(&c))
            {
                return None;
            }
            code.push(c);
        }
        (code.len() == kind.length()).then_some(Self(code))
    }

    /// What is hashed.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, c) in self.0.chars().enumerate() {
            if index > 0 && index % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{c}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_characters_look_alike() {
        let letters: HashSet<u8> = ALPHABET.iter().copied().collect();
        assert_eq!(letters.len(), ALPHABET.len());
        for alike in ["0O", "1IL", "5S", "2Z", "8B", "6G", "UV"] {
            let found = alike.bytes().filter(|c| letters.contains(c)).count();
            assert!(found <= 1, "{alike}");
        }
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let mut next = 0;
        let code = Code::draw(CodeKind::Link, |_| {
            next += 1;
            next
        });
        assert_eq!(code.to_string(), "DFHJ-KMPQ-RTVW");
        for typed in [
            "DFHJ-KMPQ-RTVW",
            "dfhjkmpqrtvw",
            " dfhj kmpq rtvw\n",
            "D-F-H-J-K-M-P-Q-R-T-V-W",
        ] {
            assert_eq!(
                Code::read(CodeKind::Link, typed),
                Some(code.clone()),
                "{typed}"
            );
        }
        for typed in [
            "",
            "DFHJ-KMPQ-RTV",
            "DFHJ-KMPQ-RTVWW",
            "DFHJ-KMPQ-RTV0",
            "DFHJ-KMPQ-RTVß",
            "ＤFHJ-KMPQ-RTVW",
        ] {
            assert_eq!(Code::read(CodeKind::Link, typed), None, "{typed}");
        }
        assert_eq!(format!("{code:?}"), "Code(…)");
    }
}
