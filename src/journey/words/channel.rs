use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

/// Where customer and provider meet: web, phone, store, ... or any name of your own.
///
/// Channels are equal when their names are: `Channel::from("web")` is [`Channel::Web`]. Names are taken as they
/// are written; two that differ only in capitals are two channels, and
/// [`Journey::warnings`](crate::Journey::warnings) points them out. The order is alphabetical by name.
///
/// ```
/// use customer_journey::Channel;
/// assert_eq!(Channel::from("phone"), Channel::Phone);
/// assert_eq!(Channel::from("airport lounge").as_str(), "airport lounge");
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Channel {
    /// Web page or web shop.
    Web,
    /// App on the customer's device.
    App,
    /// Electronic mail.
    Email,
    /// Text message.
    Sms,
    /// Chat with a person or a machine.
    Chat,
    /// Telephone.
    Phone,
    /// Shop, branch, counter: face to face.
    Store,
    /// Social media.
    Social,
    /// Letter or parcel.
    Post,
    /// Self-service machine.
    Kiosk,
    /// Somebody else acting for the provider.
    Partner,
    /// Any other channel, by its name.
    Other(Cow<'static, str>),
}

impl Channel {
    /// The channels that have a name of their own, in the order of the document's vocabulary.
    pub const KNOWN: &'static [Self] = &[
        Self::Web,
        Self::App,
        Self::Email,
        Self::Sms,
        Self::Chat,
        Self::Phone,
        Self::Store,
        Self::Social,
        Self::Post,
        Self::Kiosk,
        Self::Partner,
    ];

    /// The channel's name as documents write it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Web => "web",
            Self::App => "app",
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Chat => "chat",
            Self::Phone => "phone",
            Self::Store => "store",
            Self::Social => "social",
            Self::Post => "post",
            Self::Kiosk => "kiosk",
            Self::Partner => "partner",
            Self::Other(name) => name,
        }
    }
}

impl From<&str> for Channel {
    fn from(name: &str) -> Self {
        Self::KNOWN
            .iter()
            .find(|known| known.as_str() == name)
            .cloned()
            .unwrap_or_else(|| Self::Other(Cow::Owned(name.to_owned())))
    }
}

impl From<String> for Channel {
    fn from(name: String) -> Self {
        Self::from(name.as_str())
    }
}

impl PartialEq for Channel {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Other(_), _) | (_, Self::Other(_)) => self.as_str() == other.as_str(),
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

impl Eq for Channel {}

impl PartialOrd for Channel {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Channel {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl std::hash::Hash for Channel {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Channel {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Channel {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <String as serde::Deserialize>::deserialize(deserializer).map(Self::from)
    }
}
