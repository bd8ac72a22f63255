//! Words of rows that sum others up.

/// Whether a row sums others up.
pub(in crate::events::csv) fn is_total(cell: &str) -> bool {
    const TOTALS: [&str; 12] = [
        "total",
        "totals",
        "grand total",
        "sum",
        "summary",
        "gesamt",
        "gesamtergebnis",
        "summe",
        "totalt",
        "summa",
        "total general",
        "somme",
    ];
    // `Total: 12` is one as well.
    let end = |letter: char| !(letter.is_alphabetic() || letter == ' ');
    let word = cell.split(end).next().unwrap_or_default().trim();
    let rest = cell.get(word.len()..).unwrap_or_default();
    !rest.contains(char::is_alphabetic) && TOTALS.contains(&word.to_lowercase().as_str())
}

/// Whether a cell names the sum or the number of a part of the rows: `A Count`, `North Total`.
pub(in crate::events::csv) fn is_subtotal(cell: &str) -> bool {
    const LAST: [&str; 14] = [
        "count", "total", "subtotal", "sum", "average", "anzahl", "summe", "ergebnis", "antall",
        "antal", "totalt", "nombre", "cuenta", "gesamt",
    ];
    let last = cell.rsplit(' ').next().unwrap_or_default();
    cell.contains(' ') && LAST.contains(&last.to_lowercase().as_str())
}
