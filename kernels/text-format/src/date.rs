//! Points in time, and their calendar (proleptic Gregorian, UTC).

/// The time of the first row, milliseconds since 1970: a moment in November 2023.
const FIRST_MS: u64 = 1_700_000_000_000;
/// From a row to the next, milliseconds: a prime number, so that no digit repeats.
const STEP_MS: u64 = 61_007;

const MS_PER_DAY: u64 = 86_400_000;

/// A moment as a calendar and a clock show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// From 1970 on.
    pub year: u32,
    /// From 1 to 12.
    pub month: u32,
    /// From 1 to 31.
    pub day: u32,
    /// Milliseconds since midnight.
    pub ms: u32,
}

impl Moment {
    /// When the row was, which is the first one for 0.
    pub fn of_row(row: usize) -> Self {
        Self::at(FIRST_MS + STEP_MS * row as u64)
    }

    /// `ms` milliseconds after 1970 began.
    fn at(ms: u64) -> Self {
        // Days since 1 March 0000, after which a leap day is a year's last (Howard Hinnant, "chrono-compatible low-level
        // date algorithms").
        let days = (ms / MS_PER_DAY) as u32 + 719_468;
        let (era, day_of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        Self {
            year: year_of_era + 400 * era + u32::from(month <= 2),
            month,
            day: day_of_year - (153 * from_march + 2) / 5 + 1,
            ms: (ms % MS_PER_DAY) as u32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days_have_their_dates() {
        let date = |days: u64| {
            let Moment { year, month, day, ms } = Moment::at(days * MS_PER_DAY + 5);
            assert_eq!(ms, 5);
            (year, month, day)
        };
        assert_eq!(date(0), (1970, 1, 1));
        assert_eq!(date(11_016), (2000, 2, 29));
        assert_eq!(date(11_017), (2000, 3, 1));
        assert_eq!(date(19_675), (2023, 11, 14));
        assert_eq!(date(47_540), (2100, 2, 28));
        assert_eq!(date(47_541), (2100, 3, 1));
    }
}
