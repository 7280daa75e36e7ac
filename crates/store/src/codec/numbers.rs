//! Columns of whole numbers: distances from the smallest (frame of reference), or distances
//! between the steps from row to row where those are narrower, in 0, 1, 2, 4 or 8 bytes each.

use super::{CodecError, Reader};

/// Marks a column of steps in its first byte, beside the width.
const STEPS: u8 = 0x10;

/// The smallest number and the bytes that hold every distance from it.
#[derive(Clone, Copy)]
struct Frame {
    min: i64,
    width: u8,
}

impl Frame {
    fn of(numbers: impl Iterator<Item = i64>) -> Frame {
        let (min, max) =
            numbers.fold((i64::MAX, i64::MIN), |(min, max), n| (min.min(n), max.max(n)));
        if min > max {
            return Frame { min: 0, width: 0 };
        }
        let width = match max.wrapping_sub(min) as u64 {
            0 => 0,
            1..=0xff => 1,
            0x100..=0xffff => 2,
            0x1_0000..=0xffff_ffff => 4,
            _ => 8,
        };
        Frame { min, width }
    }
}

/// Steps wrap around, so that every pair of numbers has one.
fn steps(numbers: &[i64]) -> impl Iterator<Item = i64> {
    numbers.iter().zip(numbers.iter().skip(1)).map(|(one, next)| next.wrapping_sub(*one))
}

/// Writes a column.
///
/// First byte: width and whether it holds steps; then the smallest number, i64; with steps the
/// first row's number, i64; then the distances.
pub(crate) fn write_numbers(numbers: &[i64], out: &mut Vec<u8>) {
    let (plain, stepped) = (Frame::of(numbers.iter().copied()), Frame::of(steps(numbers)));
    match numbers.first() {
        Some(first) if stepped.width < plain.width => {
            out.push(stepped.width | STEPS);
            out.extend_from_slice(&stepped.min.to_le_bytes());
            out.extend_from_slice(&first.to_le_bytes());
            write_distances(steps(numbers), numbers.len() - 1, stepped, out);
        }
        _ => {
            out.push(plain.width);
            out.extend_from_slice(&plain.min.to_le_bytes());
            write_distances(numbers.iter().copied(), numbers.len(), plain, out);
        }
    }
}

fn write_distances(
    numbers: impl Iterator<Item = i64>,
    count: usize,
    frame: Frame,
    out: &mut Vec<u8>,
) {
    let distances = numbers.map(|number| number.wrapping_sub(frame.min));
    match frame.width {
        0 => {}
        1 => narrow::<1>(distances, count, out),
        2 => narrow::<2>(distances, count, out),
        4 => narrow::<4>(distances, count, out),
        _ => narrow::<8>(distances, count, out),
    }
}

fn narrow<const N: usize>(distances: impl Iterator<Item = i64>, count: usize, out: &mut Vec<u8>) {
    let start = out.len();
    out.resize(start + count * N, 0);
    for (slot, distance) in out[start..].as_chunks_mut::<N>().0.iter_mut().zip(distances) {
        slot.copy_from_slice(&distance.to_le_bytes()[..N]);
    }
}

/// Reads a column of `rows` numbers to the end of `out`.
pub(crate) fn read_numbers(
    reader: &mut Reader,
    rows: usize,
    out: &mut Vec<i64>,
) -> Result<(), CodecError> {
    let first_byte = reader.u8()?;
    let frame = Frame { min: reader.i64()?, width: first_byte & !STEPS };
    if first_byte & STEPS == 0 {
        return read_distances(reader, rows, frame, out);
    }
    let first = reader.i64()?;
    let Some(count) = rows.checked_sub(1) else {
        return Err(CodecError::Malformed("steps"));
    };
    out.push(first);
    let start = out.len();
    read_distances(reader, count, frame, out)?;
    let mut last = first;
    for number in &mut out[start..] {
        last = last.wrapping_add(*number);
        *number = last;
    }
    Ok(())
}

fn read_distances(
    reader: &mut Reader,
    count: usize,
    frame: Frame,
    out: &mut Vec<i64>,
) -> Result<(), CodecError> {
    match frame.width {
        0 => out.resize(out.len() + count, frame.min),
        1 => widen::<1>(reader.take(count)?, frame.min, out),
        2 => widen::<2>(reader.take(count * 2)?, frame.min, out),
        4 => widen::<4>(reader.take(count * 4)?, frame.min, out),
        8 => widen::<8>(reader.take(count * 8)?, frame.min, out),
        _ => return Err(CodecError::Malformed("width")),
    }
    Ok(())
}

fn widen<const N: usize>(bytes: &[u8], min: i64, out: &mut Vec<i64>) {
    out.extend(bytes.as_chunks::<N>().0.iter().map(|narrow| {
        let mut wide = [0; 8];
        wide[..N].copy_from_slice(narrow);
        i64::from_le_bytes(wide).wrapping_add(min)
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(numbers: &[i64]) -> (usize, Vec<i64>) {
        let (mut bytes, mut out) = (Vec::new(), vec![7]);
        write_numbers(numbers, &mut bytes);
        let mut reader = Reader { rest: &bytes };
        read_numbers(&mut reader, numbers.len(), &mut out).unwrap();
        reader.finish().unwrap();
        (bytes.len(), out.split_off(1))
    }

    #[test]
    fn a_column_takes_the_bytes_that_its_range_needs() {
        for (numbers, bytes) in [
            (vec![], 9),
            (vec![1_700_000_000; 100], 9),
            (vec![-3, 252, -3, 0], 9 + 4),
            (vec![0, 65_535, 3, 9], 9 + 8),
            (vec![5, 1 << 31, 7, 8], 9 + 16),
            (vec![i64::MIN, i64::MAX], 17),
            (vec![i64::MIN, 0, i64::MIN, i64::MAX], 9 + 32),
            (vec![1_000_000, 2_000_000, 3_000_100, 4_000_090], 17 + 3),
            (vec![90_000, 60_000, 30_000, 0], 17),
        ] {
            assert_eq!(round_trip(&numbers), (bytes, numbers));
        }
    }
}
