//! The feelings and their numbers, in one list from which the enum and everything known about it
//! are made.

/// What the table says about one feeling.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) valence: f64,
    pub(super) arousal: f64,
    pub(super) berkeley_27: bool,
    pub(super) caveat: Option<&'static str>,
}

macro_rules! caveat {
    () => {
        None
    };
    ($caveat:literal) => {
        Some($caveat)
    };
}

/// One line of the list: the variant, its name in documents, valence, arousal and, where the
/// numbers could mislead, a caveat.
macro_rules! feelings {
    (
        $(#[$about:meta])*
        pub enum Feeling;
        berkeley_27 {
            $($one:ident $one_name:literal $one_valence:literal $one_arousal:literal
                $(caveat $one_caveat:literal)?;)*
        }
        further {
            $($other:ident $other_name:literal $other_valence:literal $other_arousal:literal
                $(caveat $other_caveat:literal)?;)*
        }
    ) => {
        $(#[$about])*
        pub enum Feeling {
            $(
                #[doc = concat!(
                    "Valence ", stringify!($one_valence), ", arousal ", stringify!($one_arousal),
                    ". One of the 27.",
                    $("\n\n", $one_caveat)?
                )]
                $one,
            )*
            $(
                #[doc = concat!(
                    "Valence ", stringify!($other_valence), ", arousal ", stringify!($other_arousal),
                    ".",
                    $("\n\n", $other_caveat)?
                )]
                $other,
            )*
        }

        impl Feeling {
            /// Every feeling, in the order of the table: first the 27, then the others.
            ///
            /// ```
            /// use customer_journey::Feeling;
            ///
            /// assert_eq!(Feeling::ALL.len(), 104);
            /// let worst = Feeling::ALL.iter().min_by(|a, b| a.valence().total_cmp(&b.valence()));
            /// assert_eq!(worst, Some(&Feeling::Neglected));
            /// ```
            pub const ALL: &'static [Self] = &[$(Self::$one,)* $(Self::$other,)*];

            pub(super) const fn row(self) -> Row {
                match self {
                    $(Self::$one => Row {
                        name: $one_name,
                        valence: $one_valence,
                        arousal: $one_arousal,
                        berkeley_27: true,
                        caveat: caveat!($($one_caveat)?),
                    },)*
                    $(Self::$other => Row {
                        name: $other_name,
                        valence: $other_valence,
                        arousal: $other_arousal,
                        berkeley_27: false,
                        caveat: caveat!($($other_caveat)?),
                    },)*
                }
            }
        }
    };
}

feelings! {
    /// A feeling by its name, with how pleasant and how stirring it is.
    ///
    /// **Valence** runs from -1 (unpleasant) to 1 (pleasant), **arousal** from -1 (drowsy) to 1
    /// (stirred up). Journeys compute with valence; arousal only describes, because its sources
    /// agree far less with one another.
    ///
    /// ```
    /// use customer_journey::Feeling;
    ///
    /// let feeling: Feeling = "Pleasant surprise".parse()?;
    /// assert_eq!(feeling, Feeling::PleasantSurprise);
    /// assert_eq!(feeling.valence(), 0.31);
    /// # Ok::<(), customer_journey::journey::UnknownFeeling>(())
    /// ```
    ///
    /// # Names
    ///
    /// A document writes `pleasant_surprise`, [`Display`](std::fmt::Display) gives the words,
    /// "pleasant surprise". Names are read without regard to case, spaces, `_` and `-`. What is no
    /// name is refused, with the nearest name as a suggestion: see
    /// [`UnknownFeeling`](crate::journey::UnknownFeeling). `ok` is read as okay.
    ///
    /// # Where the numbers come from
    ///
    /// - Valence is the mean rating of the word in the Glasgow Norms, rescaled here from 1..9 to
    ///   -1..1 (Scott, Keitel, Becirspahic, Yao and Sereno 2019, *Behavior Research Methods* 51,
    ///   [doi:10.3758/s13428-018-1099-3](https://doi.org/10.3758/s13428-018-1099-3), [CC BY
    ///   4.0](https://creativecommons.org/licenses/by/4.0/)). Where the noun is missing or has a
    ///   second sense, a word near it stands for it ("admire" for admiration).
    /// - Arousal is that of Russell and Mehrabian 1977 (*Journal of Research in Personality* 11,
    ///   273-294), and where they lack the word, that of the Glasgow Norms, corrected for how far
    ///   it follows valence there. In turn they give the valence of pride, dissatisfaction,
    ///   valued, cared for, focused, stimulated and energetic, fitted to the Glasgow scale.
    /// - Craving, empathic pain, nostalgia, surprise, pleasant surprise and contentment take their
    ///   valence from ratings of film clips (Cowen and Keltner 2017); the arousal of the first
    ///   three and of aesthetic appreciation too.
    /// - Neutral is 0 and 0 by definition.
    /// - The words from uncertainty on are everyday words of workshops, taken from the same two
    ///   sources in the same way: the arousal of rage, hate, pain, insecurity, rejection, fun and
    ///   overwhelmed is that of Russell and Mehrabian (enraged, hate, pain, insecure, rejected,
    ///   enjoyment, overwhelmed), the rest is Glasgow. Each is rated as the word or as its
    ///   adjective (nervous, powerless, rejected), unless its caveat names another.
    ///
    /// The 27 are the kinds of emotion that Cowen and Keltner told apart at Berkeley in the
    /// reports of 853 people (2017, *PNAS* 114,
    /// [doi:10.1073/pnas.1702247114](https://doi.org/10.1073/pnas.1702247114)):
    /// [`Feeling::is_berkeley_27`]. Lists in the press that have envy, sympathy and triumph in
    /// place of anger, relief and surprise are not that list. Frustration and disappointment, the
    /// everyday words for customers, are not among the 27 either; they are here.
    ///
    /// # Limits
    ///
    /// These are ratings of English words. Strong and mild words come out nearly alike (annoyance
    /// -0.63, anger -0.62), since a word does not say how much of the feeling there was: give an
    /// intensity with the feeling. Where a number could mislead, [`Feeling::caveat`] says why.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Feeling;

    berkeley_27 {
        Admiration             "admiration"               0.66  0.30;
        Adoration              "adoration"                0.81  0.35;
        AestheticAppreciation  "aesthetic_appreciation"   0.59  0.22;
        Amusement              "amusement"                0.66  0.44;
        Anger                  "anger"                   -0.62  0.59;
        Anxiety                "anxiety"                 -0.69  0.59;
        Awe                    "awe"                      0.59  0.40;
        Awkwardness            "awkwardness"             -0.47  0.32;
        Boredom                "boredom"                 -0.64 -0.62;
        Calmness               "calmness"                 0.59 -0.46;
        Confusion              "confusion"               -0.44  0.27;
        Craving                "craving"                  0.50  0.22 caveat
            "Measured on film clips, nearly all of food: read it as weakly positive.";
        Disgust                "disgust"                 -0.66  0.35;
        EmpathicPain           "empathic_pain"           -0.64  0.16;
        Entrancement           "entrancement"             0.47  0.51;
        Excitement             "excitement"               0.82  0.75;
        Fear                   "fear"                    -0.61  0.60;
        Horror                 "horror"                  -0.59  0.82;
        Interest               "interest"                 0.51  0.51;
        Joy                    "joy"                      0.77  0.48;
        Nostalgia              "nostalgia"                0.27  0.12 caveat
            "Bittersweet: pleasant and sad at once, and one number keeps only the sum.";
        Relief                 "relief"                   0.55  0.04;
        Romance                "romance"                  0.62  0.65;
        Sadness                "sadness"                 -0.79 -0.27;
        Satisfaction           "satisfaction"             0.70  0.20;
        SexualDesire           "sexual_desire"            0.56  0.62;
        Surprise               "surprise"                -0.05  0.67 caveat
            "Ambiguous: a pleasant word, a neutral moment. Pleasant surprise or shock says which.";
    }

    further {
        Contempt               "contempt"                -0.43  0.31;
        Disappointment         "disappointment"          -0.64  0.03;
        Envy                   "envy"                    -0.68  0.55 caveat
            "No norm for this word: the numbers are those of jealous.";
        Guilt                  "guilt"                   -0.68  0.28;
        Pride                  "pride"                    0.77  0.38;
        Sympathy               "sympathy"                 0.27  0.17 caveat
            "Ambiguous: the word is rated mildly pleasant, moments of sympathy mildly unpleasant.";
        Triumph                "triumph"                  0.80  0.57;
        Frustration            "frustration"             -0.65  0.52;
        Irritation             "irritation"              -0.60  0.40;
        Annoyance              "annoyance"               -0.63  0.17;
        Hurried                "hurried"                 -0.36  0.58 caveat
            "No norm for this word: the numbers are those of tense. It stands for impatience too.";
        Neglected              "neglected"               -0.87  0.27;
        Unhappiness            "unhappiness"             -0.76 -0.17;
        Dissatisfaction        "dissatisfaction"         -0.60  0.05;
        Stress                 "stress"                  -0.77  0.55;
        Worry                  "worry"                   -0.70  0.26;
        Helplessness           "helplessness"            -0.68  0.42;
        Doubt                  "doubt"                   -0.51  0.21;
        Distrust               "distrust"                -0.56  0.42 caveat
            "No norm for this word: the numbers are those of suspicion.";
        Betrayal               "betrayal"                -0.84  0.54;
        Outrage                "outrage"                 -0.66  0.72;
        Resentment             "resentment"              -0.76  0.36;
        Humiliation            "humiliation"             -0.73  0.43;
        Embarrassment          "embarrassment"           -0.69  0.54;
        Shame                  "shame"                   -0.68  0.01;
        Regret                 "regret"                  -0.65  0.02;
        Shock                  "shock"                   -0.44  0.65;
        Despair                "despair"                 -0.74 -0.16;
        Loneliness             "loneliness"              -0.79 -0.43;
        Fatigue                "fatigue"                 -0.40 -0.57;
        Indifference           "indifference"            -0.17 -0.25;
        Neutral                "neutral"                  0.00  0.00;
        Trust                  "trust"                    0.60  0.02;
        Valued                 "valued"                   0.81  0.44 caveat
            "No norm for this word: the numbers are those of admired.";
        CaredFor               "cared_for"                0.58 -0.22 caveat
            "No norm for these words: the numbers are those of protected.";
        Focused                "focused"                  0.39  0.28;
        Safe                   "safe"                     0.68 -0.13;
        Comfort                "comfort"                  0.62 -0.25;
        Confidence             "confidence"               0.69  0.28;
        Hope                   "hope"                     0.75  0.23;
        Optimism               "optimism"                 0.87  0.23;
        Gratitude              "gratitude"                0.71  0.16;
        Loyalty                "loyalty"                  0.80  0.17;
        Respect                "respect"                  0.73  0.13;
        Curiosity              "curiosity"                0.45  0.62;
        Stimulated             "stimulated"               0.19  0.57;
        Energetic              "energetic"                0.56  0.61;
        Anticipation           "anticipation"             0.35  0.73;
        Enthusiasm             "enthusiasm"               0.75  0.49;
        Inspiration            "inspiration"              0.74  0.63;
        Delight                "delight"                  0.76  0.53;
        PleasantSurprise       "pleasant_surprise"        0.31  0.67;
        Contentment            "contentment"              0.46 -0.01;
        Pleasure               "pleasure"                 0.77  0.44;
        Happiness              "happiness"                0.89  0.51;
        Love                   "love"                     0.91  0.54;
        Uncertainty            "uncertainty"             -0.36 -0.05 caveat
            "No norm for this word: the numbers are those of hesitant.";
        Insecurity             "insecurity"              -0.64  0.14;
        Overwhelmed            "overwhelmed"             -0.51  0.45 caveat
            "Ambiguous: joy overwhelms too. The valence is that of pressure, as customers mean the word.";
        Nervousness            "nervousness"             -0.49  0.37;
        Panic                  "panic"                   -0.68  0.59;
        Rage                   "rage"                    -0.74  0.72;
        Hate                   "hate"                    -0.85  0.59;
        Powerlessness          "powerlessness"           -0.70  0.12;
        Lost                   "lost"                    -0.49  0.09;
        Desperation            "desperation"             -0.74  0.19;
        Hurt                   "hurt"                    -0.69  0.29;
        Rejection              "rejection"               -0.83 -0.01;
        Discomfort             "discomfort"              -0.58  0.44;
        Grief                  "grief"                   -0.76  0.38;
        Pain                   "pain"                    -0.76  0.41;
        Bad                    "bad"                     -0.79  0.44 caveat
            "A judgement more than a feeling: another word says what was felt.";
        Okay                   "okay"                     0.08 -0.21 caveat
            "No norm for this word: the numbers are those of adequate.";
        Good                   "good"                     0.79  0.17 caveat
            "A judgement more than a feeling: another word says what was felt.";
        Ease                   "ease"                     0.48 -0.18;
        Fun                    "fun"                      0.86  0.44;
        Welcome                "welcome"                  0.60  0.00;
    }
}
