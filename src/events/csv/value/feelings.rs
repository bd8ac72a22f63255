//! Words that tables write for feelings.

use super::grades::grade;
use super::words::unanswered;
use crate::events::event::EventEmotion;
use crate::journey::Feeling;

const STEPS: [(f64, &[&str]); 5] = [
    (
        -1.0,
        &[
            "very sad",
            "terrible",
            "awful",
            "horrible",
            "worst",
            "hate",
            "hated",
            "pésimo",
            "pésima",
            "furchtbar",
            "schrecklich",
            "abysmal",
            "dreadful",
            "katastrophal",
            "forferdelig",
            "fruktansvärt",
            ":'(",
            "amazingly bad",
            "😡",
            "🤬",
            "😭",
            "💔",
        ],
    ),
    (
        -0.5,
        &[
            "thumbs down",
            "detractor",
            "mangelhaft",
            "médiocre",
            ":(",
            ":-(",
            "👎",
            "☹",
            "☹\u{fe0f}",
            "🙁",
            "😞",
            "😟",
            "😠",
            "😢",
            "😕",
            "😣",
            "😖",
            "😤",
            "😒",
            "😔",
        ],
    ),
    (
        0.0,
        &[
            "neutral",
            "neither",
            "ok",
            "okay",
            "fair",
            "average",
            "mixed",
            "so-so",
            "so so",
            "middels",
            "durchschnittlich",
            ":|",
            ":-|",
            "indifferent",
            "passive",
            "verken eller",
            "nøytral",
            "weder noch",
            "teils teils",
            "neutre",
            "neutro",
            "varken eller",
            "😐",
            "😶",
            "😑",
            "🤷",
        ],
    ),
    (
        0.5,
        &[
            "fine",
            "nice",
            "thumbs up",
            ":)",
            ":-)",
            "lovely",
            "👍",
            "🙂",
            "😊",
            "☺",
            "☺\u{fe0f}",
            "😌",
            "😃",
            "😄",
        ],
    ),
    (
        1.0,
        &[
            "excellent",
            "great",
            "perfect",
            "amazing",
            "awesome",
            "fantastic",
            "outstanding",
            "best",
            "promoter",
            "excelente",
            "exzellent",
            "ausgezeichnet",
            "hervorragend",
            "utmerket",
            "utmärkt",
            "fremragende",
            "superb",
            "brilliant",
            "wonderful",
            "genial",
            ":d",
            ":-d",
            "😍",
            "🤩",
            "😀",
            "😁",
            "🥰",
            "❤",
            "❤\u{fe0f}",
            "🎉",
        ],
    ),
];

/// Whether a table writes this word for a step of a scale, and not for a feeling: "good" next to "very good".
pub(super) fn is_rating_in_words(feeling: Feeling) -> bool {
    matches!(
        feeling,
        Feeling::Good | Feeling::Bad | Feeling::Okay | Feeling::Hate
    )
}

/// What a rating in words says, from -1 to 1: five steps from "very bad" to "very good", in several languages.
fn step(word: &str) -> Option<f64> {
    let known = STEPS
        .iter()
        .find_map(|(valence, words)| words.contains(&word).then_some(*valence));
    // Of words that are a feeling by themselves the feeling says more.
    known.or_else(|| adjective(word).is_none().then(|| grade(word)).flatten())
}

/// The feeling that an everyday adjective names.
fn adjective(word: &str) -> Option<Feeling> {
    use Feeling as F;
    const WORDS: [(&str, Feeling); 73] = [
        ("happy", F::Happiness),
        ("sad", F::Sadness),
        ("unhappy", F::Unhappiness),
        ("upset", F::Unhappiness),
        ("angry", F::Anger),
        ("mad", F::Anger),
        ("furious", F::Rage),
        ("enraged", F::Rage),
        ("outraged", F::Outrage),
        ("frustrated", F::Frustration),
        ("frustrating", F::Frustration),
        ("irritated", F::Irritation),
        ("annoyed", F::Annoyance),
        ("disappointed", F::Disappointment),
        ("satisfied", F::Satisfaction),
        ("dissatisfied", F::Dissatisfaction),
        ("unsatisfied", F::Dissatisfaction),
        ("delighted", F::Delight),
        ("pleased", F::Pleasure),
        ("glad", F::Happiness),
        ("joyful", F::Joy),
        ("excited", F::Excitement),
        ("thrilled", F::Excitement),
        ("relieved", F::Relief),
        ("reassured", F::Relief),
        ("grateful", F::Gratitude),
        ("thankful", F::Gratitude),
        ("confused", F::Confusion),
        ("worried", F::Worry),
        ("anxious", F::Anxiety),
        ("nervous", F::Nervousness),
        ("afraid", F::Fear),
        ("scared", F::Fear),
        ("stressed", F::Stress),
        ("bored", F::Boredom),
        ("calm", F::Calmness),
        ("relaxed", F::Calmness),
        ("comfortable", F::Comfort),
        ("confident", F::Confidence),
        ("hopeful", F::Hope),
        ("optimistic", F::Optimism),
        ("proud", F::Pride),
        ("surprised", F::Surprise),
        ("shocked", F::Shock),
        ("impatient", F::Hurried),
        ("rushed", F::Hurried),
        ("hurried", F::Hurried),
        ("interested", F::Interest),
        ("curious", F::Curiosity),
        ("content", F::Contentment),
        ("contented", F::Contentment),
        ("indifferent", F::Indifference),
        ("tired", F::Fatigue),
        ("exhausted", F::Fatigue),
        ("embarrassed", F::Embarrassment),
        ("ashamed", F::Shame),
        ("humiliated", F::Humiliation),
        ("betrayed", F::Betrayal),
        ("ignored", F::Neglected),
        ("helpless", F::Helplessness),
        ("lonely", F::Loneliness),
        ("desperate", F::Desperation),
        ("suspicious", F::Distrust),
        ("skeptical", F::Doubt),
        ("doubtful", F::Doubt),
        ("amused", F::Amusement),
        ("inspired", F::Inspiration),
        ("enthusiastic", F::Enthusiasm),
        ("impressed", F::Admiration),
        ("loyal", F::Loyalty),
        ("disgusted", F::Disgust),
        ("resentful", F::Resentment),
        ("regretful", F::Regret),
    ];
    WORDS
        .iter()
        .find_map(|&(known, feeling)| (known == word).then_some(feeling))
}

/// What a word says of a feeling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::events::csv) enum Felt {
    Emotion(EventEmotion),
    /// From -1 to 1, whatever the scale of ratings.
    Valence(f64),
    Nothing,
}

/// What a word that is no number says of a feeling.
pub(in crate::events::csv) fn feeling(text: &str) -> Option<Felt> {
    let word = text.trim().trim_end_matches(['!', '.']).to_lowercase();
    let word = word.replace('’', "'");
    let spaced = word.replace(['_', '-', '/'], " ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let spaced = words.join(" ");
    // What help desks write where a comment came along.
    let bare = spaced.strip_suffix("comment").map(str::trim_end);
    let bare = bare
        .and_then(|bare| bare.strip_suffix("with"))
        .map(str::trim_end);
    let known = |word: &str| {
        if let Some(valence) = step(word) {
            return Some(Felt::Valence(valence));
        }
        if unanswered(word) {
            return Some(Felt::Nothing);
        }
        adjective(word).map(|feeling| Felt::Emotion(EventEmotion::Feeling(feeling)))
    };
    // A face with its word.
    let faced = word
        .split_once(' ')
        .filter(|(face, _)| !face.contains(char::is_alphanumeric));
    known(&word)
        .or_else(|| known(&spaced))
        .or_else(|| known(bare?))
        .or_else(|| known(faced?.1))
}
