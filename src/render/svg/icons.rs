//! The pictures beside words: paths on a field of 16 by 16.

use crate::journey::{Channel, Evidence};

pub(super) const TICK: &str = "M3 8.5l3.5 3.5l6.5-8";
pub(super) const CROSS: &str = "M4 4l8 8M12 4l-8 8";
pub(super) const QUESTION: &str = "M5 5.5c0-4 6.5-4 6 0c-.3 2-3 2-3 4.5M8 13.2v.2";
pub(super) const MADE: &str = "M8 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8z";
pub(super) const PAIN: &str = "M2 3.5h12l-6 10.5z";
pub(super) const BRIGHT: &str = "M8 2l6 10.5h-12z";
pub(super) const TRUTH: &str = "M8 1.5l6 6.5l-6 6.5l-6-6.5z";
pub(super) const OWNER: &str = "M8 2a3 3 0 1 0 0 6a3 3 0 1 0 0-6M2.5 14.5c0-6 11-6 11 0";
pub(super) const AGAIN: &str = "M13 8a5 5 0 1 1-2-4M11.5 1v3.4h-3.4";
pub(super) const ONWARD: &str = "M1.5 8h12M9.5 4l4 4l-4 4";
pub(super) const BACK: &str = "M14.5 8h-12M6.5 4l-4 4l4 4";
pub(super) const END: &str = "M1.5 8h9M7 4.5l3.5 3.5l-3.5 3.5M13.5 3v10";
pub(super) const DIFFERS: &str = "M3 6h10M3 10.5h10M11 3l-6 10.5";
pub(super) const WAIT: &str = "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12M8 4.5v3.5l2.5 1.5";
pub(super) const IDEA: &str = "M6 11.5c0-2-2-2.5-2-5.5a4 4 0 0 1 8 0c0 3-2 3.5-2 5.5zM6.5 14h3";
pub(super) const INTENDED: &str = "M8 2.5l5.5 5.5l-5.5 5.5l-5.5-5.5z";
pub(super) const CAN: &str = "M8 2.5v11M2.5 8h11";

/// The picture of a channel; a pin for those that are not known.
pub(super) fn channel(channel: &Channel) -> &'static str {
    match channel {
        Channel::Web => {
            "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M1.5 8h13M8 1.5c-4.2 4-4.2 9 0 13c4.2-4 4.2-9 0-13"
        }
        Channel::App => {
            "M5 1.5h6a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1zM7.2 12.3h1.6"
        }
        Channel::Email => "M1.5 3.5h13v9h-13zM1.5 4l6.5 5l6.5-5",
        Channel::Sms => "M2 2.5h12v8h-6.5l-3 3v-3h-2.5zM5 6.5h.1M8 6.5h.1M11 6.5h.1",
        Channel::Chat => "M1.5 2h9v6h-5l-2.2 2.2v-2.2h-1.8zM12.5 6h2v6h-1.8v2.2l-2.2-2.2h-4.5v-1.8",
        Channel::Phone => {
            "M2.5 2h3l1.2 3.8l-1.9 1.2c.9 1.9 2.3 3.3 4.2 4.2l1.2-1.9l3.8 1.2v3c0 .6-.4 1-1 1c-6.3-.3-11.2-5.2-11.5-11.5c0-.6.4-1 1-1z"
        }
        Channel::Store => "M2.5 7v7.5h11v-7.5M1.2 6.5l1.5-5h10.6l1.5 5zM6 14.5v-4.5h4v4.5",
        Channel::Social => {
            "M4 6a2 2 0 1 0 0 4a2 2 0 1 0 0-4M12 1.5a2 2 0 1 0 0 4a2 2 0 1 0 0-4M12 10.5a2 2 0 1 0 0 4a2 2 0 1 0 0-4M5.8 7l4.4-2.5M5.8 9l4.4 2.5"
        }
        Channel::Post => {
            "M1.5 13v-6.5a3.5 3.5 0 0 1 7 0v6.5zM5 3h6a3.5 3.5 0 0 1 3.5 3.5v6.5h-6M3.5 7h3M11.5 13v2.5"
        }
        Channel::Kiosk => "M3 1.5h10v8h-10zM8 9.5v5M4.5 14.5h7M5.5 4.5h5",
        Channel::Partner => {
            "M6 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M10 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9"
        }
        Channel::Other(_) => {
            "M8 14.5c-3-4-4.5-6-4.5-8.5a4.5 4.5 0 0 1 9 0c0 2.5-1.5 4.5-4.5 8.5zM8 4.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3"
        }
    }
}

/// The picture of a grade of evidence: a ring that fills. First what is drawn as a line, then what is filled.
pub(super) fn evidence(grade: Evidence) -> (&'static str, &'static str) {
    const RING: &str = "M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z";
    match grade {
        Evidence::Assumed => (RING, ""),
        Evidence::Reported => (RING, "M8 3.5a4.5 4.5 0 0 0 0 9z"),
        Evidence::Observed => (RING, RING),
    }
}
