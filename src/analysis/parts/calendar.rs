//! Days, weeks and months in UTC.

/// Nanoseconds of a day.
pub(super) const DAY_NS: i128 = 86_400_000_000_000;

/// Year, month and day of a day counted from 1970.
pub(super) fn date(days: i128) -> (i128, i128, i128) {
    // Four hundred years have 146,097 days; years begin in March here, so that the leap day is the last.
    let shifted = days + 719_468;
    let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let year = era * 400 + year + i128::from(month > 9);
    let month = if month > 9 { month - 9 } else { month + 3 };
    (year, month, day)
}

/// The day of a date, counted from 1970.
pub(super) fn day_of(year: i128, month: i128, day: i128) -> i128 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * shifted + 2) / 5 + day - 1;
    let days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    era * 146_097 + days - 719_468
}

/// The day as it is written: 2013-02-08.
pub(super) fn written(ns: i128) -> String {
    let (year, month, day) = date(ns.div_euclid(DAY_NS));
    format!("{year:04}-{month:02}-{day:02}")
}

/// The Monday on or before a day.
pub(super) fn monday(day: i128) -> i128 {
    // The first of January 1970 was a Thursday.
    day - (day + 3).rem_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::{date, day_of, monday, written};

    #[test]
    fn dates_come_back() {
        for day in (-800_000..800_000).step_by(37) {
            let (year, month, of_month) = date(day);
            assert_eq!(day_of(year, month, of_month), day);
        }
        assert_eq!(day_of(2013, 2, 8), 15_744);
        assert_eq!(written(15_744 * 86_400_000_000_000), "2013-02-08");
        assert_eq!(date(monday(15_744)), (2013, 2, 4));
        assert_eq!(date(monday(day_of(2024, 2, 29))), (2024, 2, 26));
    }
}
