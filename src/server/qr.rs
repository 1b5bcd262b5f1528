//! Draws QR codes.

use crate::{domain::qr::Qr, error::AppError};
use qrcode::{Color, QrCode};
use std::fmt::Write;

/// Light modules around a code, as the standard asks for.
const QUIET: usize = 4;

/// The picture of a text; an address with a code in it always fits.
pub fn picture(text: &str) -> Result<Qr, AppError> {
    let code = QrCode::new(text).map_err(|error| {
        tracing::error!(%error, "a QR code could not be drawn");
        AppError::Internal
    })?;
    let width = code.width();
    let mut path = String::new();
    for (place, module) in code.to_colors().into_iter().enumerate() {
        if module == Color::Dark {
            let (x, y) = (place % width + QUIET, place / width + QUIET);
            // Writing to a string does not fail.
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    let side = u16::try_from(width + 2 * QUIET).map_err(|_| AppError::Internal)?;
    Ok(Qr { side, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_marks() {
        let picture = picture("https://time.example/link?code=DFHJ-KMPQ-RTVW").unwrap();
        let last = picture.side - 5;
        for (x, y) in [(4, 4), (last, 4), (4, last)] {
            assert!(
                picture.path.contains(&format!("M{x} {y}h1v1h-1z")),
                "{x} {y}"
            );
        }
        assert!(picture.path.split('M').skip(1).all(|module| {
            let (x, rest) = module.split_once(' ').unwrap();
            let y = rest.split_once('h').unwrap().0;
            [x, y]
                .iter()
                .all(|at| (4..=last).contains(&at.parse().unwrap()))
        }));
    }
}
