//! Words that CJML and the crate have for the same.

use crate::journey::Channel;

/// The id of an end user of whom nothing more is known.
pub(crate) const CUSTOMER: &str = "customer";

/// The id of a service provider of whom nothing more is known.
pub(crate) const PROVIDER: &str = "provider";

/// Channels as the tools of CJML call them, without capitals and separators; the first word of each channel is what
/// is written.
const CHANNELS: &[(&str, Channel)] = &[
    ("Web", Channel::Web),
    ("internetViaPC", Channel::Web),
    ("internetViaSmartphone", Channel::Web),
    ("internetViaTablet", Channel::Web),
    ("App", Channel::App),
    ("appOnPC", Channel::App),
    ("appOnSmartphone", Channel::App),
    ("appOnTablet", Channel::App),
    ("email", Channel::Email),
    ("sms", Channel::Sms),
    ("chat", Channel::Chat),
    ("phone", Channel::Phone),
    ("telephone", Channel::Phone),
    ("faceToFace", Channel::Store),
    ("socialMediaMessage", Channel::Social),
    ("socialMedia", Channel::Social),
    ("letter", Channel::Post),
    ("selfServiceMachine", Channel::Kiosk),
];

fn fold(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

pub(super) fn channel(name: &str) -> Channel {
    let letters = fold(name);
    CHANNELS
        .iter()
        .find(|(known, _)| fold(known) == letters)
        .map_or_else(|| Channel::from(name), |(_, channel)| channel.clone())
}

/// What CJML calls a channel.
pub(crate) fn channel_name(channel: &Channel) -> &str {
    CHANNELS
        .iter()
        .find(|(_, known)| known == channel)
        .map_or(channel.as_str(), |(name, _)| name)
}
