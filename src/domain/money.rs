//! Amounts of money: whole minor units of a currency, never floating point.

use super::{duration::Seconds, field::FieldErrors};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A currency of ISO 4217 that has minor units, or is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The three capital letters.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals its amounts have, 0 to 4.
    pub fn decimals(self) -> u32 {
        u32::from(self.0.exponent().unwrap_or_default())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = FieldErrors;

    /// Takes small letters too.
    fn from_str(typed: &str) -> Result<Self, FieldErrors> {
        iso_currency::Currency::from_code(&typed.trim().to_ascii_uppercase())
            .filter(|currency| currency.exponent().is_some())
            .map(Self)
            .ok_or_else(|| FieldErrors::one("currency", "Write a currency like EUR, USD or JPY."))
    }
}

impl TryFrom<String> for Currency {
    type Error = FieldErrors;

    fn try_from(text: String) -> Result<Self, FieldErrors> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

/// An amount; shows itself as `85.50 EUR`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units: cents of the euro, thousandths of the dinar, yen.
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    /// Most minor units that can be typed: fifteen digits, which JSON numbers hold exactly.
    pub const LARGEST: i64 = 999_999_999_999_999;

    /// Refuses less than nothing and more than [`LARGEST`](Self::LARGEST); the field is `minor`.
    pub fn new(minor: i64, currency: Currency) -> Result<Self, FieldErrors> {
        if (0..=Self::LARGEST).contains(&minor) {
            Ok(Self { minor, currency })
        } else {
            let message = "Send minor units: 0 to 999999999999999.";
            Err(FieldErrors::one("minor", message))
        }
    }

    /// Reads `85.50`, `85,5`, `85`: nothing or more, with at most the decimals of the currency and
    /// without separators of thousands, nor what could be one. The field is `amount`.
    pub fn read(typed: &str, currency: Currency) -> Result<Self, FieldErrors> {
        read_minor(typed.trim(), currency.decimals())
            .map(|minor| Self { minor, currency })
            .ok_or_else(|| {
                let example = Self {
                    minor: 8550,
                    currency,
                };
                FieldErrors::one(
                    "amount",
                    format!("Write an amount like {}.", example.written()),
                )
            })
    }

    /// The number alone, with all decimals of the currency: `85.50`, `-0.05`, `85` (yen).
    pub fn written(self) -> String {
        let scale = 10_u64.pow(self.currency.decimals());
        let sign = if self.minor < 0 { "-" } else { "" };
        let (whole, fraction) = (
            self.minor.unsigned_abs() / scale,
            self.minor.unsigned_abs() % scale,
        );
        match self.currency.decimals() as usize {
            0 => format!("{sign}{whole}"),
            decimals => format!("{sign}{whole}.{fraction:0decimals$}"),
        }
    }

    /// For people: the number with a comma between thousands, and the currency: `1,020.50 EUR`.
    pub fn spelled(self) -> String {
        let written = self.written();
        let (sign, number) = match written.strip_prefix('-') {
            Some(number) => ("-", number),
            None => ("", written.as_str()),
        };
        let (whole, fraction) = number.split_at(number.find('.').unwrap_or(number.len()));
        let mut spelled = sign.to_owned();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place) % 3 == 0 {
                spelled.push(',');
            }
            spelled.push(digit);
        }
        format!("{spelled}{fraction} {}", self.currency)
    }

    /// What so long costs at this price for an hour, rounded half away from zero to a minor unit.
    /// Exact for every price that can be typed and up to 9,000 hours at the highest; an amount beyond
    /// `i64` becomes the largest of its sign.
    pub fn for_time(self, length: Seconds) -> Self {
        let exact = i128::from(self.minor) * i128::from(length.0);
        let (quotient, rest) = (exact / 3600, exact % 3600);
        let rounded = quotient
            + if rest.abs() * 2 >= 3600 {
                rest.signum()
            } else {
                0
            };
        let limit = if rounded < 0 { i64::MIN } else { i64::MAX };
        Self {
            minor: i64::try_from(rounded).unwrap_or(limit),
            ..self
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.written(), self.currency)
    }
}

/// The sum in each currency, in the order of their codes; a sum beyond `i64` becomes the largest of
/// its sign.
pub fn sums(amounts: impl IntoIterator<Item = Money>) -> Vec<Money> {
    let mut sums: Vec<Money> = Vec::new();
    for amount in amounts {
        match sums.binary_search_by_key(&amount.currency.code(), |sum| sum.currency.code()) {
            Ok(at) => sums[at].minor = sums[at].minor.saturating_add(amount.minor),
            Err(at) => sums.insert(at, amount),
        }
    }
    sums
}

/// For people: `85.00 EUR and 20.00 USD`.
pub fn spelled(amounts: &[Money]) -> String {
    let spelled: Vec<String> = amounts.iter().map(|amount| amount.spelled()).collect();
    match &spelled[..] {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn read_minor(text: &str, decimals: u32) -> Option<i64> {
    // A comma before three digits may stand for thousands, too.
    if text
        .split_once(',')
        .is_some_and(|(_, behind)| behind.len() == 3)
    {
        return None;
    }
    let (whole, fraction) = text
        .split_once(['.', ','])
        .map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let fraction_digits = fraction.unwrap_or_default();
    let missing = (decimals as usize).checked_sub(fraction_digits.len())?;
    if whole.is_empty() || fraction.is_some_and(str::is_empty) {
        return None;
    }
    let digits = [whole, fraction_digits, &"0".repeat(missing)].concat();
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|minor| *minor <= Money::LARGEST)
}

#[cfg(test)]
mod tests;
