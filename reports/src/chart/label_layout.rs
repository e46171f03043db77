//! Where the names of points have room.

/// Half the size of a mark.
pub const MARK: i32 = 5;

/// Part of the canvas, pixels.
#[derive(Debug, Clone, Copy)]
pub struct Area {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Area {
    /// Around a point, this far to both sides and up and down.
    pub fn around((x, y): (i32, i32), (width, height): (i32, i32)) -> Self {
        Self { left: x - width, top: y - height, right: x + width, bottom: y + height }
    }

    /// Around points, this far to all sides.
    pub fn spanning(points: &[(i32, i32)], beside: i32) -> Self {
        let none = Self { left: i32::MAX, top: i32::MAX, right: i32::MIN, bottom: i32::MIN };
        points.iter().fold(none, |area, (x, y)| Self {
            left: area.left.min(x - beside),
            top: area.top.min(y - beside),
            right: area.right.max(x + beside),
            bottom: area.bottom.max(y + beside),
        })
    }

    /// Whether they have a point in common, edges included.
    pub fn touches(&self, other: &Self) -> bool {
        self.left <= other.right && other.left <= self.right && self.top <= other.bottom && other.top <= self.bottom
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn is_in(&self, other: &Self) -> bool {
        self.left >= other.left && self.right <= other.right && self.top >= other.top && self.bottom <= other.bottom
    }
}

/// Where a text of half this width and height fits: as near as possible to its point, within `bounds` and clear of what
/// is `taken`, to which it is added. If it fits nowhere, it goes to the nearest place.
pub fn free_place(point: (i32, i32), half: (i32, i32), bounds: &Area, taken: &mut Vec<Area>) -> (i32, i32) {
    let around = [(1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1)];
    let rings = [0, 7, 14, 21]
        .into_iter()
        .flat_map(|far| around.map(|(x, y)| (x * (MARK + 4 + half.0 + far), y * (MARK + 2 + half.1 + far))));
    let places: Vec<(i32, i32)> = rings.map(|(x, y)| (point.0 + x, point.1 + y)).collect();
    let area = |place: (i32, i32)| Area::around(place, half);
    let is_free =
        |place: &(i32, i32)| area(*place).is_in(bounds) && !taken.iter().any(|other| area(*place).meets(other));
    let is_inside = |place: &(i32, i32)| area(*place).is_in(bounds);
    let free = places.iter().copied().find(is_free).or_else(|| places.iter().copied().find(is_inside));
    let place = free.unwrap_or(places[0]);
    taken.push(area(place));
    place
}

/// On which side of a line its name is looked for first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Above,
    Below,
}

/// Where a text of half this width and height fits just above or below a line: on the wanted side if it can be, as far to
/// the right as possible, within `bounds` and clear of what is `taken`; `None` if it fits nowhere. The line's points go
/// from left to right.
pub fn beside_line(
    line: &[(i32, i32)],
    half: (i32, i32),
    side: Side,
    bounds: &Area,
    taken: &[Area],
) -> Option<(i32, i32)> {
    let middles: Vec<i32> = (bounds.left + half.0..=bounds.right - half.0).rev().step_by(2).collect();
    let place = |x: i32, side: Side| {
        let near = line.iter().filter(|point| (point.0 - x).abs() <= half.0).map(|point| point.1);
        match side {
            Side::Above => Some((x, near.min()? - MARK - half.1)),
            Side::Below => Some((x, near.max()? + MARK + half.1)),
        }
    };
    let is_free = |place: &(i32, i32)| {
        let area = Area::around(*place, half);
        area.is_in(bounds) && !taken.iter().any(|other| area.meets(other))
    };
    let sides = if side == Side::Above { [Side::Above, Side::Below] } else { [Side::Below, Side::Above] };
    sides.into_iter().find_map(|side| middles.iter().filter_map(|x| place(*x, side)).find(is_free))
}

/// Moves ascending places at least so far apart, and then back up by as much as the last of them is too low.
pub fn keep_apart(places: &mut [i32], [top, bottom]: [i32; 2], apart: i32) {
    let mut free_from = top;
    for place in places.iter_mut() {
        *place = (*place).max(free_from);
        free_from = *place + apart;
    }
    let mut free_to = bottom.max(top + apart * places.len().saturating_sub(1) as i32);
    for place in places.iter_mut().rev() {
        *place = (*place).min(free_to);
        free_to = *place - apart;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_clear_of_each_other_and_of_the_edge() {
        let bounds = Area { left: 0, top: 0, right: 300, bottom: 200 };
        let mut taken = Vec::new();
        for point in [(290, 100), (290, 104), (288, 96), (150, 2)] {
            let before = taken.len();
            let place = free_place(point, (30, 6), &bounds, &mut taken);
            let area = Area::around(place, (30, 6));
            assert!(area.is_in(&bounds), "{place:?}");
            assert!(!taken[..before].iter().any(|other| area.meets(other)), "{place:?}");
        }
    }

    #[test]
    fn a_name_beside_a_line_covers_no_other() {
        let bounds = Area { left: 0, top: 0, right: 300, bottom: 200 };
        let rising: Vec<_> = (0..=300).map(|x| (x, 200 - x / 2)).collect();
        let level: Vec<_> = (0..=300).map(|x| (x, 60)).collect();
        let taken: Vec<Area> = [&rising, &level].into_iter().flatten().map(|at| Area::around(*at, (1, 1))).collect();
        for (line, side) in
            [(&rising, Side::Above), (&rising, Side::Below), (&level, Side::Above), (&level, Side::Below)]
        {
            let (x, y) = beside_line(line, (40, 8), side, &bounds, &taken).unwrap();
            let area = Area::around((x, y), (40, 8));
            assert!(area.is_in(&bounds) && !taken.iter().any(|other| area.meets(other)), "{x} {y}");
            let own = line.iter().find(|point| point.0 == x).unwrap().1;
            assert_eq!(y < own, side == Side::Above, "{x} {y}");
        }
        assert_eq!(beside_line(&level, (40, 80), Side::Above, &bounds, &taken), None);
    }

    #[test]
    fn names_keep_apart_and_stay_in_the_plot() {
        let mut places = [100, 101, 102, 199, 199];
        keep_apart(&mut places, [100, 200], 15);
        assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= 15), "{places:?}");
        assert!(places[0] >= 100 && places[4] <= 200, "{places:?}");
    }
}
