//! Big-endian numbers and fields at the beginning of a body. Never panics: a field that is not there is `None`.

/// What is left of a body.
#[derive(Clone, Copy, Debug)]
pub struct Octets<'a>(&'a [u8]);

impl<'a> Octets<'a> {
    /// All of a body.
    pub fn of(bytes: &'a [u8]) -> Octets<'a> {
        Octets(bytes)
    }

    /// The next `count` bytes.
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// BYTE.
    pub fn u8(&mut self) -> Option<u8> {
        self.take(1).map(|it| it[0])
    }

    /// WORD.
    pub fn u16(&mut self) -> Option<u16> {
        self.take(2).map(|it| u16::from_be_bytes([it[0], it[1]]))
    }

    /// DWORD.
    pub fn u32(&mut self) -> Option<u32> {
        self.take(4).map(|it| u32::from_be_bytes([it[0], it[1], it[2], it[3]]))
    }

    /// A field behind a length of one byte; what is there when the length runs over the end.
    pub fn counted(&mut self) -> Option<&'a [u8]> {
        let count = usize::from(self.u8()?).min(self.0.len());
        self.take(count)
    }

    /// Everything that is left.
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.0)
    }

    /// How many bytes are left.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
