use super::*;
use crate::domain::fixture::cases;
use proptest::prelude::*;

fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

fn money(minor: i64) -> Money {
    let currency = currency("EUR");
    Money { minor, currency }
}

#[test]
fn currencies_have_their_decimals() {
    let check = |typed: &str, expected: Option<(&str, u32)>| {
        let found = typed.parse::<Currency>().ok();
        assert_eq!(
            found.map(|found| (found.code(), found.decimals())),
            expected,
            "{typed:?}"
        );
    };
    check("EUR", Some(("EUR", 2)));
    check(" usd ", Some(("USD", 2)));
    check("JPY", Some(("JPY", 0)));
    check("KWD", Some(("KWD", 3)));
    check("CLF", Some(("CLF", 4)));
    check("MGA", Some(("MGA", 2)));
    for none in ["", "E", "EURO", "XXX", "XAU", "ABC", "€", "ÉUR"] {
        check(none, None);
    }
}

#[test]
fn reads_and_writes_amounts() {
    let check = |code: &str, typed: &str, minor: i64, written: &str| {
        let read = Money::read(typed, currency(code)).unwrap();
        assert_eq!((read.minor, read.written().as_str()), (minor, written));
    };
    check("EUR", "85.50", 8550, "85.50");
    check("EUR", " 85,5 ", 8550, "85.50");
    check("EUR", "85", 8500, "85.00");
    check("EUR", "0", 0, "0.00");
    check("EUR", "0.05", 5, "0.05");
    check("EUR", "007.10", 710, "7.10");
    check(
        "EUR",
        "9999999999999.99",
        Money::LARGEST,
        "9999999999999.99",
    );
    check("JPY", "8550", 8550, "8550");
    check("KWD", "1.005", 1005, "1.005");
    check("KWD", "1,5", 1500, "1.500");
    check("CLF", "1.5", 15_000, "1.5000");
    assert_eq!(money(-5).written(), "-0.05");
    assert_eq!(money(i64::MIN).to_string(), "-92233720368547758.08 EUR");
}

#[test]
fn refuses_what_is_no_amount() {
    let check = |code: &str, typed: &str| {
        let error = Money::read(typed, currency(code)).unwrap_err();
        assert!(error.of("amount").is_some(), "{typed:?}");
    };
    #[rustfmt::skip]
    let refused = [
        "", " ", ".", "1.", ".5", "1.234", "1,234", "1,234.50", "1 000", "-1", "+1", "1e3", "NaN", "٣", "1.-5",
        "10000000000000", "99999999999999999999", "0x10", "1.5 EUR", "1_000",
    ];
    for typed in refused {
        check("EUR", typed);
    }
    check("JPY", "1.0");
    check("KWD", "1,500");
    check("CLF", "1,500");
    let message = Money::read("x", currency("JPY")).unwrap_err().to_string();
    assert_eq!(message, "Write an amount like 8550.");
}

#[test]
fn time_costs_rounded_half_away_from_zero() {
    let check = |hourly, seconds, expected| {
        assert_eq!(
            money(hourly).for_time(Seconds(seconds)).minor,
            expected,
            "{hourly} {seconds}"
        );
    };
    check(8550, 3600, 8550);
    check(8550, 5400, 12_825);
    check(8550, 0, 0);
    check(100, 17, 0);
    check(100, 18, 1);
    check(100, 54, 2);
    check(100, 89, 2);
    check(100, 90, 3);
    check(-100, 18, -1);
    check(-100, 17, 0);
    check(0, i64::MAX, 0);
    check(Money::LARGEST, 9000 * 3600, Money::LARGEST * 9000);
    check(i64::MAX, i64::MAX, i64::MAX);
    check(i64::MIN, i64::MAX, i64::MIN);
    check(i64::MIN, i64::MIN, i64::MAX);
}

#[test]
fn sums_keep_currencies_apart() {
    let of = |minor, code: &str| Money {
        minor,
        currency: currency(code),
    };
    let amounts = [
        of(5, "USD"),
        of(1, "EUR"),
        of(-7, "USD"),
        of(i64::MAX, "EUR"),
        of(0, "JPY"),
    ];
    assert_eq!(
        sums(amounts),
        [of(i64::MAX, "EUR"), of(0, "JPY"), of(-2, "USD")]
    );
    assert_eq!(sums([]), []);
}

#[test]
fn crosses_the_wire_as_code_and_number() {
    let text = serde_json::to_string(&money(8550)).unwrap();
    assert_eq!(text, r#"{"minor":8550,"currency":"EUR"}"#);
    assert_eq!(serde_json::from_str::<Money>(&text).unwrap(), money(8550));
    assert!(serde_json::from_str::<Currency>("\"ABC\"").is_err());
}

proptest! {
    #![proptest_config(cases(1024))]

    #[test]
    fn what_is_written_reads_back(
        minor in 0..=Money::LARGEST,
        code in prop::sample::select(vec!["EUR", "JPY", "KWD", "CLF"]),
    ) {
        let money = Money { minor, currency: currency(code) };
        prop_assert_eq!(Money::read(&money.written(), money.currency), Ok(money));
    }

    #[test]
    fn a_price_is_off_by_half_a_minor_unit_at_most(hourly in 0..=Money::LARGEST, seconds in 0..=Seconds::LONGEST) {
        let amount = money(hourly).for_time(Seconds(seconds)).minor;
        let off = i128::from(amount) * 3600 - i128::from(hourly) * i128::from(seconds);
        prop_assert!((-1799..=1800).contains(&off), "{}", off);
    }

    #[test]
    fn nothing_overflows(hourly in any::<i64>(), seconds in any::<i64>(), typed in any::<String>()) {
        let amount = money(hourly).for_time(Seconds(seconds));
        prop_assert_eq!(amount.minor.signum() * hourly.signum() * seconds.signum() < 0, false);
        sums([amount, amount, money(hourly)]);
        Money::read(&typed, currency("EUR")).ok();
    }
}

#[test]
fn people_read_thousands_in_groups() {
    let check = |minor, currency: &str, expected| {
        let currency = currency.parse().unwrap();
        assert_eq!(Money { minor, currency }.spelled(), expected);
    };
    check(5, "EUR", "0.05 EUR");
    check(102_050, "EUR", "1,020.50 EUR");
    check(99_999, "EUR", "999.99 EUR");
    check(-123_456_789, "JPY", "-123,456,789 JPY");
    check(-100_000, "JPY", "-100,000 JPY");
    check(1_000_000, "KWD", "1,000.000 KWD");
}

#[test]
fn minor_units_have_bounds() {
    let currency = "EUR".parse().unwrap();
    for minor in [0, 1, Money::LARGEST] {
        assert!(Money::new(minor, currency).is_ok());
    }
    for minor in [-1, Money::LARGEST + 1, i64::MAX, i64::MIN] {
        assert!(Money::new(minor, currency).is_err());
    }
}
