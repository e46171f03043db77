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
    fn names_keep_apart_and_stay_in_the_plot() {
        let mut places = [100, 101, 102, 199, 199];
        keep_apart(&mut places, [100, 200], 15);
        assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= 15), "{places:?}");
        assert!(places[0] >= 100 && places[4] <= 200, "{places:?}");
    }
}
