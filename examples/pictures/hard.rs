//! Journeys that are hard to draw: long names, names in many scripts, many touchpoints, little that is known.

use customer_journey::journey::{JourneyKind, Shade};
use customer_journey::{
    Ability, Channel, Emotion, Evidence, Feeling, Invalid, Journey, Outcome, Phase, Promise,
    PromiseResult, Touchpoint,
};

/// The journeys with the names of their files.
pub(crate) fn journeys() -> Result<Vec<(&'static str, Journey)>, Invalid> {
    Ok(vec![
        ("one", one()?),
        ("unknown", unknown()?),
        ("counted", counted()?),
        ("long", in_words("Long names", LONG, 9)?),
        (
            "arabic",
            in_words("رحلة العميل عند تأخر الرحلة", ARABIC, 7)?,
        ),
        ("hebrew", in_words("מסע הלקוח — Flight 18:40", HEBREW, 7)?),
        (
            "chinese",
            in_words("航班延误的客户旅程：从订票到赔偿", CHINESE, 8)?,
        ),
        ("emoji", in_words("👩‍✈️ Emoji 🎉🎉🎉", EMOJI, 8)?),
        ("scripts", in_words("Many scripts", SCRIPTS, 10)?),
        (
            "hostile",
            in_words(
                "<script>alert(1)</script> & \"quotes\" ]]> \u{0}\u{1b}[2J",
                HOSTILE,
                8,
            )?,
        ),
        ("sixty", in_words("Sixty touchpoints", PLAIN, 60)?),
        ("tangled", tangled(24)?),
        ("crowd", in_words("Two hundred touchpoints", PLAIN, 200)?),
    ])
}

/// Everything counted, some of it seldom: intervals wide and narrow, fixes that help and one that does harm.
fn counted() -> Result<Journey, Invalid> {
    let seen = |id: &str, phase, channel: Channel| {
        Touchpoint::new(id, phase, channel).evidence(Evidence::Observed)
    };
    let felt = |bad: f64, good: f64| {
        Emotion::mix([
            Shade::valence(-0.6).weight(bad),
            Shade::valence(0.4).weight(good),
        ])
    };
    Journey::builder("A new broadband line, as 400 customers met it")
        .persona("Households that move")
        .scenario("From the order to the first bill")
        .currency("EUR")
        .value(Outcome::Churn, -220.0)
        .value(Outcome::Loyalty, 340.0)
        .touchpoint(
            seen("order", Phase::Before, Channel::Web)
                .name("Orders on the web")
                .cost(4.0)
                .need("when it will work")
                .says("On Friday")
                .feels(felt(20.0, 380.0))
                .makes("works on the day")
                .makes("one visit is enough"),
        )
        .touchpoint(
            seen("technician", Phase::During, "at home".into())
                .name("The technician comes")
                .owner("Field service")
                .cost(85.0)
                .promise(Promise::new("works on the day").kept(310.0).broken(90.0))
                .feels(felt(30.0, 280.0))
                .feels_when_broken(felt(80.0, 10.0)),
        )
        .touchpoint(
            seen("hotline", Phase::During, Channel::Phone)
                .name("Calls the hotline")
                .owner("Contact centre")
                .cost(9.0)
                .need("when it will work")
                .says("Within ten working days")
                .promise(Promise::new("one visit is enough").kept(6.0).broken(52.0))
                .can(Ability::Listen)
                .feels(felt(4.0, 2.0))
                .feels_when_broken(felt(45.0, 7.0))
                .ends_when(PromiseResult::Broken, Outcome::Churn, 21.0)
                .ends_when(PromiseResult::Kept, Outcome::Churn, 5.0),
        )
        .touchpoint(
            seen("bill", Phase::After, Channel::Post)
                .name("Gets the first bill")
                .owner("Billing")
                .feels(felt(60.0, 314.0))
                .ends(Outcome::Churn, 12.0)
                .ends(Outcome::Loyalty, 362.0),
        )
        .transition("order", "technician", 400.0)
        .transition_when(PromiseResult::Kept, "technician", "bill", 310.0)
        .transition_when(PromiseResult::Broken, "technician", "bill", 32.0)
        .transition_when(PromiseResult::Broken, "technician", "hotline", 58.0)
        .transition_when(PromiseResult::Broken, "hotline", "bill", 31.0)
        .transition_when(PromiseResult::Kept, "hotline", "bill", 1.0)
        .build()
}

const LONG: &[&str] = &[
    "Compares the prices of every airline that flies there on a Sunday evening in the low season",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "Supercalifragilisticexpialidocious-and-more/than-that",
    "a",
    "https://www.example.com/a/very/long/address?with=parameters&and=more#fragment",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW MMMMMMMMMMMMMMMMMMMMMMMMMMM",
];
const ARABIC: &[&str] = &[
    "يبحث عن رحلة على الموقع الإلكتروني",
    "يتصل بمركز خدمة العملاء",
    "ينتظر عند البوابة 12 حتى الساعة 18:40",
    "يطلب استرداد المبلغ (email)",
];
const HEBREW: &[&str] = &[
    "מחפש טיסה באתר האינטרנט",
    "מתקשר למוקד השירות",
    "ממתין ליד השער 12 עד 18:40",
    "Gate B, שער ב",
];
const CHINESE: &[&str] = &[
    "在网站上比较航班并选择座位",
    "打电话给客服中心，等待二十分钟",
    "登机口等待：延误到十八点四十分",
    "カスタマーサービスに電話をかける",
    "고객센터에 전화해서 환불을 요청합니다",
];
const EMOJI: &[&str] = &[
    "😀😃😄😁😆😅🤣😂🙂🙃😉😊😇🥰",
    "👨‍👩‍👧‍👦 books for the family 👍🏽👍🏿",
    "🇳🇴🇩🇪🇫🇷 border ✈️ ☎️ ❤️",
    "📞 calls",
];
const SCRIPTS: &[&str] = &[
    "ลูกค้าโทรหาศูนย์บริการเพื่อขอเงินคืน",
    "ग्राहक सेवा केंद्र को फोन करता है",
    "Ζητά πίσω τα χρήματά του από την εταιρεία",
    "Звонит в службу поддержки и ждёт ответа",
    "მომხმარებელი რეკავს მომსახურების ცენტრში",
    "Հաճախորդը զանգահարում է սպասարկման կենտրոն",
    "வாடிக்கையாளர் சேவை மையத்தை அழைக்கிறார்",
    "Z̷a̸l̵g̶o̷ ȩ̴̛x̶̡́a̷̢͝m̵̧̈́p̸̨͑l̴̡̇ę̷͝",
];
const HOSTILE: &[&str] = &[
    "<script>alert('x')</script>",
    "\"onload=\"alert(1)",
    "</text></svg><img src=x onerror=alert(1)>",
    "&amp; &lt; &#x3c;b&#x3e;",
    "\u{202e}reversed\u{202c} \u{0}\u{7}\u{1b}[31mred",
    "]]> <!-- <![CDATA[ -->",
    "line\nbreak\ttab\r\n",
    "\u{feff}\u{200b}\u{2028}",
];
const PLAIN: &[&str] = &[
    "Searches",
    "Compares the offers",
    "Asks a friend",
    "Calls the service centre",
    "Waits in the queue",
    "Gets a letter",
    "Complains about the bill",
    "Visits the shop",
];

/// A single touchpoint of which hardly anything is known.
fn one() -> Result<Journey, Invalid> {
    Journey::builder("One touchpoint")
        .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store))
        .build()
}

/// Four touchpoints, half of them with unknown feelings.
fn unknown() -> Result<Journey, Invalid> {
    let channels = [
        Channel::Web,
        Channel::Kiosk,
        Channel::Partner,
        Channel::Post,
    ];
    let mut map = Journey::builder("What nobody knows").kind(JourneyKind::Planned);
    for (step, channel) in channels.into_iter().enumerate() {
        let mut touchpoint = Touchpoint::new(format!("step {step}"), Phase::During, channel)
            .promise(Promise::new("on time").unknown(1.0));
        if step % 2 == 1 {
            touchpoint = touchpoint.feels(0.2);
        }
        map = map.touchpoint(touchpoint);
        if step > 0 {
            map = map.transition(format!("step {}", step - 1), format!("step {step}"), 1.0);
        }
    }
    map.build()
}

/// A chain with shortcuts and loops in which everything is named by these words.
fn in_words(title: &str, words: &[&str], count: usize) -> Result<Journey, Invalid> {
    let word = |step: usize| words.get(step % words.len()).copied().unwrap_or_default();
    let id = |step: usize| format!("{step} {}", word(step));
    let mut map = Journey::builder(title).persona(word(0)).scenario(word(1));
    for step in 0..count {
        let phase = *Phase::ALL.get(step * 3 / count).unwrap_or(&Phase::After);
        let known = Channel::KNOWN.get(step % 13).cloned();
        let channel = known.unwrap_or_else(|| word(step).into());
        let low = (step * 37 % 17) as f64 / 8.0 - 1.0;
        let mut touchpoint = Touchpoint::new(id(step), phase, channel)
            .name(word(step))
            .stage(word(step / 4))
            .owner(word(step + 1))
            .can(Ability::Listen)
            .evidence(*Evidence::ALL.get(step % 3).unwrap_or(&Evidence::Assumed))
            .ends(word(step % 2), if step + 1 == count { 1.0 } else { 0.02 })
            .ends(Outcome::Churn, 0.01);
        if step % 5 != 3 {
            touchpoint = touchpoint.feels(Emotion::mix([
                Shade::valence(low).weight(2.0),
                Shade::valence((low + 0.7).min(1.0)),
            ]));
        }
        if step % 3 == 1 {
            touchpoint = touchpoint
                .promise(Promise::new(word(0)).kept(3.0).broken(2.0).unknown(0.2))
                .feels_when_broken(Feeling::Anger);
        }
        if step % 4 == 0 {
            touchpoint = touchpoint.makes(word(0));
        }
        if step % 3 != 2 {
            touchpoint = touchpoint.need(word(step / 6)).says(word(step));
        }
        if step == 0 {
            touchpoint = touchpoint.starts(1.0);
        }
        map = map.touchpoint(touchpoint);
        if step > 0 {
            map = map.transition(id(step - 1), id(step), 1.0);
        }
        if step > 2 && step % 3 == 0 {
            map = map.transition(id(step - 3), id(step), 0.3);
        }
        if step % 4 == 2 {
            map = map.transition(id(step), id(step - 2), 0.4);
        }
        if step % 7 == 1 {
            map = map.transition_when(PromiseResult::Unknown, id(1), id(step), 0.1);
            map = map.transition(id(step), id(step), 0.2);
        }
    }
    map.build()
}

/// Everything leads everywhere.
fn tangled(count: usize) -> Result<Journey, Invalid> {
    let mut map = Journey::builder("Everything leads everywhere");
    for step in 0..count {
        let touchpoint = Touchpoint::new(format!("place {step}"), Phase::During, Channel::Web)
            .feels((step % 5) as f64 / 2.0 - 1.0)
            .starts(1.0)
            .ends(Outcome::Loyalty, 1.0);
        map = map.touchpoint(touchpoint);
    }
    for from in 0..count {
        for to in 0..count {
            let weight = ((from * 31 + to * 17) % 23) as f64;
            map = map.transition(format!("place {from}"), format!("place {to}"), weight);
        }
    }
    map.build()
}
