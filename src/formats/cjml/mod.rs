//! The XML of the Customer Journey Modelling Language (CJML) 2.0 of SINTEF.

mod error;
mod options;
mod read;
mod words;
mod write;
mod xml;

pub use error::{CjmlError, CjmlFinding, CjmlNote};
pub use options::CjmlOptions;
pub use read::CjmlRead;
pub use write::CjmlText;

use crate::journey::Journey;

impl Journey {
    /// Reads the journeys of a CJML 2.0 document, planned and actual, in its order. Takes time in proportion to the
    /// text.
    ///
    /// | CJML | journey |
    /// |---|---|
    /// | `plannedJourney`, `actualJourney` | planned, experienced |
    /// | `journeyTitle`, else `journeyID` | name |
    /// | `journeyShortSummary`, `journeyLongSummary` | scenario, notes |
    /// | `endUser`: `actorName`, else its id | persona |
    /// | `journeyPhase` | phase and stage: see [`CjmlOptions`] |
    /// | communication points, in their order | touchpoints, each leading to the next |
    /// | actions | touchpoints without a channel of their own |
    /// | the label on the end user's side | name |
    /// | the label of a service provider that begins | what the customer is told |
    /// | the service provider: `companyName`, else its id | owner |
    /// | `channelName` | channel: the words of CJML's tools as those of the crate, any other as it is |
    /// | `experienceRating`, 1 to 5 | valence; a feeling's name in `experienceDescription` that has this rating is the feeling |
    /// | any other `experienceDescription`, `comment` | notes |
    ///
    /// A touchpoint that is `missing` in an actual journey did not happen and is left out. Timestamps, categories and
    /// analyses are left out too. The notes name all that was.
    ///
    /// The text may hold no document type, so that no entity can be declared, and elements may be nested 32 deep.
    /// There is no public schema; the elements are those of the documents that SINTEF publishes and of its tools.
    ///
    /// ```
    /// use customer_journey::formats::CjmlOptions;
    /// use customer_journey::{Channel, Journey, Phase};
    ///
    /// let xml = r#"<CJML version="2.0"><actualJourney><journeyID>AJ1</journeyID>
    ///   <actors>
    ///     <endUser actorID="Carl"/>
    ///     <serviceProvider actorID="A"><companyName>Bookis</companyName></serviceProvider>
    ///   </actors>
    ///   <touchpoints><actualCommunicationPoint>
    ///     <touchpointID>TP1</touchpointID>
    ///     <initiator><refersTo actorIDref="Carl"/><initiatorLabel>Creates an account</initiatorLabel></initiator>
    ///     <receiver><refersTo actorIDref="A"/><receiverLabel>Account registered</receiverLabel></receiver>
    ///     <channel><channelName>Web</channelName></channel>
    ///   </actualCommunicationPoint></touchpoints>
    /// </actualJourney></CJML>"#;
    /// let read = Journey::from_cjml(xml, &CjmlOptions::new().other_phases(Phase::During))?;
    /// let account = read.journeys[0].touchpoint("TP1").unwrap();
    /// assert_eq!((account.label(), &account.channel), ("Creates an account", &Channel::Web));
    /// assert_eq!(account.owner.as_deref(), Some("Bookis"));
    /// # Ok::<(), customer_journey::formats::CjmlError>(())
    /// ```
    ///
    /// # Errors
    /// [`CjmlError`] with every fault of the document, each with its line; text that is no XML has one.
    pub fn from_cjml(text: &str, options: &CjmlOptions) -> Result<CjmlRead, CjmlError> {
        read::read(text, options)
    }
}
