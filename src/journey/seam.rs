//! Between whom customers are handed over.

use super::touchpoint::Touchpoint;
use super::words::{Channel, words};

words! {
    /// Between whom customers are handed over.
    pub enum SeamKind as "kind of seam" {
        /// Between those who answer for touchpoints.
        Owners = "owners",
        /// Between channels.
        Channels = "channels",
        /// Between what is digital and what is human: web, app, e-mail, text message, chat, social media and kiosk on one side,
        /// phone, store and partner on the other. Chat counts as digital, whoever answers there; on which side post and channels
        /// of other names are, nobody says.
        DigitalHuman = "digital and human",
    }
}

impl SeamKind {
    /// On which side of such a seam a touchpoint is: its owner, its channel, `digital` or `human`; `None` where nobody says.
    #[must_use]
    pub fn side(self, touchpoint: &Touchpoint) -> Option<&str> {
        match self {
            Self::Owners => touchpoint.owner.as_deref(),
            Self::Channels => Some(touchpoint.channel.as_str()),
            Self::DigitalHuman => match touchpoint.channel {
                Channel::Web
                | Channel::App
                | Channel::Email
                | Channel::Sms
                | Channel::Chat
                | Channel::Social
                | Channel::Kiosk => Some("digital"),
                Channel::Phone | Channel::Store | Channel::Partner => Some("human"),
                Channel::Post | Channel::Other(_) => None,
            },
        }
    }

    /// Whether customers are handed over on the way from one touchpoint to another; `None` where nobody says.
    #[must_use]
    pub fn is_crossed(self, from: &Touchpoint, to: &Touchpoint) -> Option<bool> {
        let sides = self.side(from).zip(self.side(to));
        sides.map(|(from, to)| from != to)
    }
}

/// Whether a customer who comes from one touchpoint to another begins all over again there: handed over to another owner or
/// channel, turning to the provider, and not recognised.
pub(crate) fn begins_again(from: &Touchpoint, to: &Touchpoint) -> bool {
    is_handed_over(from, to) && !to.recognises() && to.is_turned_to()
}

/// Whether customers come to another owner or another channel.
pub(crate) fn is_handed_over(from: &Touchpoint, to: &Touchpoint) -> bool {
    let crossed = |kind: SeamKind| kind.is_crossed(from, to) == Some(true);
    crossed(SeamKind::Owners) || crossed(SeamKind::Channels)
}

impl Touchpoint {
    /// Whether customers turn to the provider here, and it does not come to them: a letter, an e-mail or a text message just
    /// arrives, and what is said on social media is said to everybody, unless something [is possible](Touchpoint::can) there.
    #[must_use]
    pub fn is_turned_to(&self) -> bool {
        let passes = matches!(
            self.channel,
            Channel::Post | Channel::Sms | Channel::Email | Channel::Social
        );
        !passes || !self.can.is_empty()
    }

    pub(crate) fn recognises(&self) -> bool {
        self.is_able_to(super::words::Ability::Recognise)
    }
}
