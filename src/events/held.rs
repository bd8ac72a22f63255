/// What is known of journeys whose events are held, and of their order.
#[derive(Debug, Clone, Default)]
pub(super) struct Held {
    /// Each journey and its events.
    pub(super) journeys: Vec<(String, u64)>,
    /// Steps from one row of a journey to the next that go on in time, and back.
    pub(super) forth: u64,
    pub(super) back: u64,
    /// Steps between events of equal time, once they are in order.
    pub(super) ties: u64,
    /// Those of them between events that say the same.
    pub(super) same: u64,
}
