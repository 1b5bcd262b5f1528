//! Many rows handed over as one, of which each column is a text: what costs is the hand-over of rows, and next to it
//! sorting them into groups.

use super::error::StoreError;

/// The values of a column, as `string_agg(…, ',')` writes those that are never null; none of no rows.
pub fn words(column: Option<&str>) -> impl Iterator<Item = &str> {
    column.into_iter().flat_map(|text| text.split(','))
}

/// The same, of whole numbers.
pub fn numbers(column: Option<&str>) -> impl Iterator<Item = Result<i64, StoreError>> {
    let read = |word: &str| word.parse::<i64>();
    words(column)
        .map(move |word| read(word).map_err(|error| StoreError::unreadable("number", error)))
}
