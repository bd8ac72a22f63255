//! Words that tables write for the beginning and the end of an activity.

/// What a word says of an activity with a beginning and an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::events::csv) enum Lifecycle {
    /// It is under way, or about to be.
    Begun,
    /// It came to an end, good or bad.
    Ended,
    /// It did not take place.
    NotDone,
}

// Each with whether no other column has such words.
const BEGUN: [(&str, bool); 42] = [
    ("start", true),
    ("started", true),
    ("begin", true),
    ("began", true),
    ("begun", true),
    ("schedule", true),
    ("scheduled", true),
    ("assign", true),
    ("assigned", false),
    ("reassign", true),
    ("resume", true),
    ("resumed", true),
    ("suspend", true),
    ("suspended", false),
    ("pause", true),
    ("paused", false),
    ("enqueue", true),
    ("in progress", false),
    ("inprogress", false),
    ("created", false),
    ("new", false),
    ("open", false),
    ("pending", false),
    ("planned", false),
    ("gestartet", true),
    ("begonnen", true),
    ("gestart", true),
    ("startet", true),
    ("begynt", true),
    ("påbegynt", true),
    ("startad", true),
    ("påbörjad", true),
    ("commencé", true),
    ("démarré", true),
    ("iniciado", true),
    ("iniciada", true),
    ("comenzado", true),
    ("in bearbeitung", false),
    ("en cours", false),
    ("en curso", false),
    ("pågår", false),
    ("in_progress", false),
];

const ENDED: [(&str, bool); 39] = [
    ("complete", true),
    ("completed", true),
    ("completion", true),
    ("finish", true),
    ("finished", true),
    ("end", true),
    ("ended", true),
    ("done", false),
    ("closed", false),
    ("close", false),
    ("ate_abort", true),
    ("pi_abort", true),
    ("abort", true),
    ("aborted", true),
    ("terminated", false),
    ("failed", false),
    ("fail", false),
    ("success", false),
    ("unknown", false),
    ("abgeschlossen", true),
    ("beendet", true),
    ("fertig", false),
    ("erledigt", false),
    ("fullført", true),
    ("ferdig", false),
    ("avsluttet", false),
    ("avslutad", false),
    ("klar", false),
    ("slutförd", true),
    ("terminé", true),
    ("terminée", true),
    ("fini", false),
    ("achevé", true),
    ("terminado", false),
    ("terminada", false),
    ("completado", true),
    ("completada", true),
    ("finalizado", true),
    ("finalizada", true),
];

const NOT_DONE: [(&str, bool); 18] = [
    ("skip", true),
    ("skipped", true),
    ("autoskip", true),
    ("manualskip", true),
    ("withdraw", true),
    ("withdrawn", true),
    ("cancel", false),
    ("cancelled", false),
    ("canceled", false),
    ("obsolete", false),
    ("abgebrochen", false),
    ("storniert", false),
    ("avbrutt", false),
    ("avbruten", false),
    ("annulé", false),
    ("annulée", false),
    ("cancelado", false),
    ("cancelada", false),
];

/// What a word says of the lifecycle of an activity, and whether no other column has such words.
pub(in crate::events::csv) fn lifecycle(cell: &[u8]) -> Option<(Lifecycle, bool)> {
    let find = |words: &[(&str, bool)]| {
        words
            .iter()
            .find_map(|(word, alone)| cell.eq_ignore_ascii_case(word.as_bytes()).then_some(*alone))
    };
    find(&BEGUN)
        .map(|alone| (Lifecycle::Begun, alone))
        .or_else(|| find(&ENDED).map(|alone| (Lifecycle::Ended, alone)))
        .or_else(|| find(&NOT_DONE).map(|alone| (Lifecycle::NotDone, alone)))
}
