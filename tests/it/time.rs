//! How long it takes: counted on logs, kept in buckets that merge, computed for journeys that were changed.

mod buckets;
mod computed;
mod counted;
