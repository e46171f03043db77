//! What a JPEG's frame header says.

/// Samples of a block in each direction.
pub const BLOCK: usize = 8;

/// The picture's size and channels.
pub struct Frame {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// Grey, or Y, Cb and Cr.
    pub components: Vec<Component>,
    /// The most blocks that a component has across in an MCU.
    pub most_across: usize,
    /// The most blocks that a component has down in an MCU.
    pub most_down: usize,
}

/// One channel.
#[derive(Clone)]
pub struct Component {
    /// What the scan calls it.
    pub id: u8,
    /// Its blocks across in an MCU.
    pub across: usize,
    /// Its blocks down in an MCU.
    pub down: usize,
    /// Which quantisation table it has.
    pub table: usize,
}

impl Frame {
    /// Reads the contents of a SOF0 or SOF1 segment; `None` for what is not decoded here.
    pub fn read(segment: &[u8]) -> Option<Self> {
        let (&[bits, height_high, height_low, width_high, width_low, count], rest) = segment.split_first_chunk()?;
        let (height, width) =
            (u16::from_be_bytes([height_high, height_low]), u16::from_be_bytes([width_high, width_low]));
        let (specifications, []) = rest.as_chunks::<3>() else { return None };
        if bits != 8 || width == 0 || height == 0 || specifications.len() != usize::from(count) {
            return None;
        }
        let component = |&[id, factors, table]: &[u8; 3]| {
            let (across, down) = (usize::from(factors >> 4), usize::from(factors & 15));
            ((1..=2).contains(&across) && (1..=2).contains(&down) && table < 4).then_some(Component {
                id,
                across,
                down,
                table: table.into(),
            })
        };
        let components = specifications.iter().map(component).collect::<Option<Vec<_>>>()?;
        match &components[..] {
            [red, green, blue] if [red.id, green.id, blue.id] == *b"RGB" => return None,
            [_] | [_, _, _] => {}
            _ => return None,
        }
        let most = |factor: fn(&Component) -> usize| components.iter().map(factor).max();
        let (most_across, most_down) = (most(|component| component.across)?, most(|component| component.down)?);
        Some(Self { width: width.into(), height: height.into(), components, most_across, most_down })
    }

    /// What a scan has of it that holds `channels`. One that is alone comes block by block, whatever its factors say.
    pub fn part(&self, channels: &[usize]) -> Self {
        let mut components: Vec<Component> = channels.iter().map(|&channel| self.components[channel].clone()).collect();
        let mut part = Self { components: Vec::new(), ..*self };
        if let [alone] = &mut components[..] {
            part.width = (self.width * alone.across).div_ceil(self.most_across);
            part.height = (self.height * alone.down).div_ceil(self.most_down);
            (alone.across, alone.down, part.most_across, part.most_down) = (1, 1, 1, 1);
        }
        Self { components, ..part }
    }

    /// MCUs in a row, and rows of them.
    pub fn mcus(&self) -> (usize, usize) {
        (self.width.div_ceil(BLOCK * self.most_across), self.height.div_ceil(BLOCK * self.most_down))
    }
}
