//! Many short lists in one allocation.

/// An index in half the room.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a chain has fewer than 2^32 states, transitions and entries"
)]
pub(in crate::chain) fn narrow(index: usize) -> u32 {
    index as u32
}

/// Lists of indices that grow and shrink; one that outgrows its room moves to the end of the pool.
pub(in crate::chain) struct Lists {
    pool: Vec<u32>,
    spans: Vec<Span>,
}

#[derive(Clone, Copy, Default)]
struct Span {
    start: usize,
    len: u32,
    room: u32,
}

impl Lists {
    /// One list for each of `count` owners, filled with the (owner, member) pairs in their order.
    pub(in crate::chain) fn new(
        count: usize,
        pairs: impl Iterator<Item = (u32, u32)> + Clone,
    ) -> Self {
        let mut spans = vec![Span::default(); count];
        for (owner, _) in pairs.clone() {
            spans[owner as usize].room += 1;
        }
        let mut start = 0;
        for span in &mut spans {
            span.start = start;
            span.room += 2;
            start += span.room as usize;
        }
        let mut lists = Self {
            pool: vec![0; start],
            spans,
        };
        for (owner, member) in pairs {
            lists.push(owner as usize, member);
        }
        lists
    }

    /// The list of `owner`.
    pub(in crate::chain) fn get(&self, owner: usize) -> &[u32] {
        let span = self.spans[owner];
        &self.pool[span.start..span.start + span.len as usize]
    }

    /// Appends `member` to the list of `owner`.
    pub(in crate::chain) fn push(&mut self, owner: usize, member: u32) {
        let span = &mut self.spans[owner];
        if span.len == span.room {
            let end = self.pool.len();
            span.room *= 2;
            self.pool.resize(end + span.room as usize, 0);
            self.pool
                .copy_within(span.start..span.start + span.len as usize, end);
            span.start = end;
        }
        self.pool[span.start + span.len as usize] = member;
        span.len += 1;
    }

    /// Keeps only some members in the list of `owner`, in their order.
    pub(in crate::chain) fn retain(&mut self, owner: usize, keep: impl Fn(u32) -> bool) {
        let span = &mut self.spans[owner];
        let list = &mut self.pool[span.start..span.start + span.len as usize];
        let mut kept = 0;
        for place in 0..list.len() {
            if keep(list[place]) {
                list[kept] = list[place];
                kept += 1;
            }
        }
        span.len = narrow(kept);
    }
}
