//! Two journeys of workshops, typed as sheets in English and in norsk, and once more as documents: all three are one journey.

use super::*;

const MOVE: &str = r#"{
  "format": "customer-journey/1",
  "name": "Flytting og bytte av strøm",
  "persona": "Kari og Ola, første egne bolig",
  "scenario": "Fra leid til eid leilighet, med bytte av leverandør",
  "notes": "Verksted, ni personer",
  "currency": "NOK",
  "values": [ {"outcome": "loyalty", "value": 5200}, {"outcome": "churn", "value": -1800.5} ],
  "touchpoints": [
    {"id": "bid", "name": "Budet blir godtatt", "phase": "before", "stage": "Velge", "channel": "app", "owner": "Megler",
     "emotion": "excitement", "starts": 100, "quotes": ["«Årets beste dag!»"]},
    {"id": "prices", "name": "Leser prislisten", "phase": "before", "stage": "Velge", "channel": "web", "owner": "Marked", "need": "finne en pris",
     "says": "Spot + 49 kr; uten binding", "emotion": [{"feeling": "doubt", "weight": 60}, {"feeling": "satisfaction", "weight": 40}], "cost": 2},
    {"id": "meter", "name": "Må finne målernummeret", "phase": "before", "stage": "Bestille", "channel": "app",
     "emotion": {"feeling": "frustration", "intensity": 0.9}, "quotes": ["11 av 14 lapper var om dette", "Hvor står det?"],
     "ideas": ["Hente det fra Elhub"], "makes": ["strøm på flyttedagen", "bare én regning"], "does": "Leter i boden"},
    {"id": "day", "name": "Flyttedagen: er det strøm?", "phase": "during", "stage": "Flytte", "channel": "hjemme", "owner": "Nettselskap",
     "promise": {"name": "strøm på flyttedagen", "kept": 82, "broken": 18}, "emotion": "joy",
     "emotion_when_broken": {"feeling": "anger", "intensity": 0.9}, "intended": "relief", "evidence": "reported"},
    {"id": "call", "name": "Venter 40 minutter i telefonen", "phase": "during", "stage": "Flytte", "channel": "phone", "owner": "Kundeservice",
     "says": "Nettselskapet må gjøre det", "emotion": "rage", "can": ["listen", "resolve", "recognise"], "cost": 110.25,
     "ends": [{"outcome": "churn", "weight": 20}], "backstage": "To systemer, ingen ser begge",
     "figures": [{"label": "minutter i kø", "value": 40, "n": 214}]},
    {"id": "bill", "name": "Første regning", "phase": "after", "stage": "Bo", "channel": "email", "promise": {"name": "bare én regning", "kept": 35, "broken": 60, "unknown": 5},
     "emotion": "contentment", "emotion_when_broken": -0.3, "evidence": "observed",
     "ends": [{"outcome": "loyalty", "weight": 70}, {"outcome": "churn", "weight": 15}, {"outcome": "advocacy", "weight": 15}]}
  ],
  "transitions": [
    {"from": "bid", "to": "prices", "weight": 100, "wait_s": 172800},
    {"from": "prices", "to": "prices", "weight": 20, "wait_s": 86400},
    {"from": "prices", "to": "meter", "weight": 80},
    {"from": "meter", "to": "day", "weight": 1, "wait_s": 1209600},
    {"from": "day", "to": "bill", "weight": 100, "when": "kept", "wait_s": 2592000},
    {"from": "day", "to": "call", "weight": 100, "when": "broken", "wait_s": 300},
    {"from": "call", "to": "bill", "weight": 80}
  ]
}"#;

const MOVE_ENGLISH: &str = r#"Journey,Flytting og bytte av strøm
Persona,"Kari og Ola, første egne bolig"
Scenario,"Fra leid til eid leilighet, med bytte av leverandør"
Notes,"Verksted, ni personer"
Currency,NOK
Values,loyalty 5200; churn -1800.5

Id,Name,Phase,Stage,Channel,Owner,Need,Does,Feeling,Feeling if broken,Intended feeling,Quotes,Says,Backstage,Promise,Kept,Broken,Result unknown,Makes,Can,Cost,Ideas,Figures,Starts,Next,Ends,Evidence
bid,Budet blir godtatt,before,Velge,app,Megler,,,excited,,,«Årets beste dag!»,,,,,,,,,,,,100,prices 100 % after 2 days,,
prices,Leser prislisten,before,Velge,web,Marked,finne en pris,,doubt 60 %; satisfaction 40 %,,,,Spot + 49 kr; uten binding,,,,,,,,2,,,,prices 20 % after 1 day; meter 80 %,,
meter,Må finne målernummeret,before,Bestille,app,,,Leter i boden,frustration (0.9),,,"11 av 14 lapper var om dette
Hvor står det?",,,,,,,strøm på flyttedagen; bare én regning,,,Hente det fra Elhub,,,day after 2 weeks,,
day,Flyttedagen: er det strøm?,during,Flytte,hjemme,Nettselskap,,,joy,anger (90 %),relief,,,,strøm på flyttedagen,82,18,,,,,,,,Første regning 100 % if kept after 30 days; call 100 % if broken after 5 min,,reported
call,Venter 40 minutter i telefonen,during,Flytte,phone,Kundeservice,,,rage,,,,Nettselskapet må gjøre det,"To systemer, ingen ser begge",,,,,,"listen, resolve, recognise",110.25,,minutter i kø: 40 (n = 214),,bill 80 %,churn 20 %,
bill,Første regning,after,Bo,email,,,,contentment,-0.3,,,,,bare én regning,35,60,5,,,,,,,,loyalty 70 %; churn 15 %; advocacy 15 %,observed
"#;

const MOVE_NORSK: &str = r#"Kundereise;Flytting og bytte av strøm
Persona;Kari og Ola, første egne bolig
Scenario;Fra leid til eid leilighet, med bytte av leverandør
Notater;Verksted, ni personer
Valuta;NOK
Verdier;"lojalitet 5200; frafall -1800,5"

Id;Navn;Fase;Steg;Kanal;Eier;Behov;Gjør;Følelse;Følelse hvis brutt;Ønsket følelse;Sitater;Får beskjed;Bak kulissene;Løfte;Holdt;Brutt;Ukjent resultat;Lover;Kan;Kostnad;Ideer;Nøkkeltall;Starter;Neste;Slutter;Grunnlag
bid;Budet blir godtatt;før;Velge;app;Megler;;;begeistring;;;«Årets beste dag!»;;;;;;;;;;;;100;prices 100 % etter 2 dager;;
prices;Leser prislisten;før;Velge;nett;Marked;finne en pris;;"tvil 60 %; fornøyd 40 %";;;;"Spot + 49 kr; uten binding";;;;;;;;2;;;;"prices 20 % etter 1 dag; meter 80 %";;
meter;Må finne målernummeret;før;Bestille;app;;;Leter i boden;frustrasjon (0,9);;;"11 av 14 lapper var om dette
Hvor står det?";;;;;;;"strøm på flyttedagen; bare én regning";;;Hente det fra Elhub;;;day etter 2 uker;;
day;Flyttedagen: er det strøm?;under;Flytte;hjemme;Nettselskap;;;glede;sint (0,9);lettelse;;;;strøm på flyttedagen;82;18;;;;;;;;"Første regning 100 % hvis holdt etter 30 dager; call 100 % hvis brutt etter 5 min";;fortalt
call;Venter 40 minutter i telefonen;under;Flytte;telefon;Kundeservice;;;raseri;;;;Nettselskapet må gjøre det;To systemer, ingen ser begge;;;;;;lytte, løse, gjenkjenne;110,25;;minutter i kø: 40 (n = 214);;bill 80 %;frafall 20 %;
bill;Første regning;etter;Bo;e-post;;;;fornøydhet;-0,3;;;;;bare én regning;35;60;5;;;;;;;;"lojalitet 70 %; frafall 15 %; anbefaling 15 %";observert
"#;

const CLINIC: &str = r#"{
  "format": "customer-journey/1",
  "name": "Time på poliklinikken",
  "persona": "Åse, 67, litt utrygg på nettet",
  "touchpoints": [
    {"id": "fastlegen_henviser", "name": "Fastlegen henviser", "phase": "before", "stage": "Venter", "channel": "legekontor", "owner": "Fastlege",
     "emotion": "hope", "makes": ["time innen 8 uker"], "starts": 1},
    {"id": "ringer_poliklinikken", "name": "Ringer poliklinikken", "phase": "before", "stage": "Venter", "channel": "phone", "need": "vite når timen er",
     "says": "Brev er sendt", "emotion": "powerlessness", "can": ["listen"]},
    {"id": "får_brevet", "name": "Får brevet", "phase": "before", "stage": "Venter", "channel": "post", "need": "vite når timen er", "says": "12. mai kl. 09.20",
     "promise": {"name": "time innen 8 uker", "kept": 55, "broken": 45}, "emotion": "relief", "emotion_when_broken": "disappointment"},
    {"id": "møter_legen", "name": "Møter legen", "phase": "during", "stage": "Besøk", "channel": "konsultasjon", "owner": "Poliklinikken",
     "emotion": [{"feeling": "trust", "weight": 70}, {"feeling": "fear", "weight": 30}], "can": ["recognise", "answer"]},
    {"id": "svar_på_nett", "name": "Svar på nett", "phase": "after", "stage": "Etterpå", "channel": "web", "emotion": [{"feeling": "safe", "weight": 12}, {"unknown": true, "weight": 88}],
     "ends": [{"outcome": "loyalty", "weight": 92}, {"outcome": "klage", "weight": 8}]}
  ],
  "transitions": [
    {"from": "fastlegen_henviser", "to": "ringer_poliklinikken", "weight": 60},
    {"from": "fastlegen_henviser", "to": "får_brevet", "weight": 40},
    {"from": "ringer_poliklinikken", "to": "får_brevet", "weight": 80},
    {"from": "ringer_poliklinikken", "to": "ringer_poliklinikken", "weight": 20},
    {"from": "får_brevet", "to": "møter_legen", "weight": 90, "when": "kept"},
    {"from": "får_brevet", "to": "ringer_poliklinikken", "weight": 30, "when": "broken"},
    {"from": "får_brevet", "to": "møter_legen", "weight": 70, "when": "broken"},
    {"from": "møter_legen", "to": "svar_på_nett", "weight": 1, "wait_s": 604800}
  ]
}"#;

/// Without ids: names are enough.
const CLINIC_ENGLISH: &str = "\
journey\tTime på poliklinikken
persona\tÅse, 67, litt utrygg på nettet
touchpoint\tphase\tstage\tchannel\tresponsible\tneed\tmessage\tfeeling\tfeeling when broken\tpromise\tkept\tbroken\tmakes\tcan\tstart\tleads to\tends
Fastlegen henviser\tbefore\tVenter\tlegekontor\tFastlege\t\t\thope\t\t\t\t\ttime innen 8 uker\t\t1\tRinger poliklinikken 60%; Får brevet 40%\t
Ringer poliklinikken\tbefore\tVenter\tphone\t\tvite når timen er\tBrev er sendt\tpowerless\t\t\t\t\t\tlisten\t\tfår brevet 80; ringer poliklinikken 20\t
Får brevet\tbefore\tVenter\tletter\t\tvite når timen er\t12. mai kl. 09.20\trelieved\tdisappointed\ttime innen 8 uker\t55\t45\t\t\t\tMøter legen 90 if kept; Ringer poliklinikken 30 if broken; Møter legen 70 if broken\t
Møter legen\tduring\tBesøk\tkonsultasjon\tPoliklinikken\t\t\ttrust 70; fear 30\t\t\t\t\t\trecognise; answer\t\tSvar på nett after 1 week\t
Svar på nett\tafter\tEtterpå\tweb\t\t\t\tsafe 12; unknown 88\t\t\t\t\t\t\t\t\tloyalty 92 %; klage 8 %
";

const CLINIC_NORSK: &str = "\
reise\tTime på poliklinikken
hvem\tÅse, 67, litt utrygg på nettet
kontaktpunkt\tfase\tetappe\tkanal\tansvarlig\tbehov\tbudskap\tfølelse\tfølelse når brutt\tløfte\tholdt\tbrutt\tlover\tkan\tstart\tleder til\tslutter
Fastlegen henviser\tFør\tVenter\tlegekontor\tFastlege\t\t\thåp\t\t\t\t\ttime innen 8 uker\t\t1\tRinger poliklinikken 60%; Får brevet 40%\t
Ringer poliklinikken\tFør\tVenter\ttelefon\t\tvite når timen er\tBrev er sendt\tmaktesløs\t\t\t\t\t\tlytter\t\tfår brevet 80; ringer poliklinikken 20\t
Får brevet\tFør\tVenter\tpost\t\tvite når timen er\t12. mai kl. 09.20\tlettet\tskuffet\ttime innen 8 uker\t55\t45\t\t\t\tMøter legen 90 hvis holdt; Ringer poliklinikken 30 hvis brutt; Møter legen 70 hvis brutt\t
Møter legen\tUnder\tBesøk\tkonsultasjon\tPoliklinikken\t\t\ttillit 70; redd 30\t\t\t\t\t\tkjenne igjen; svare\t\tSvar på nett etter 1 uke\t
Svar på nett\tEtter\tEtterpå\tnettside\t\t\t\ttrygg 12; ukjent 88\t\t\t\t\t\t\t\t\tlojalitet 92 %; klage 8 %
";

#[test]
fn typed_in_english_and_in_norsk_they_are_the_journeys_of_the_documents() {
    for (document, sheets) in [
        (MOVE, [("en", MOVE_ENGLISH), ("nb", MOVE_NORSK)]),
        (CLINIC, [("en", CLINIC_ENGLISH), ("nb", CLINIC_NORSK)]),
    ] {
        let journey = Journey::from_json(document).unwrap();
        for (language, text) in sheets {
            let read = read(text);
            assert_eq!(read.language, language);
            assert_eq!(read.notes, []);
            assert_eq!(read.journey, journey, "{language}");
        }
        for language in Language::all() {
            let text = journey.to_spreadsheet(&language).to_text(&language);
            assert_eq!(super::read(&text).journey, journey, "{text}");
        }
    }
}

#[test]
fn what_is_written_is_what_people_would_type() {
    let journey = Journey::from_json(CLINIC).unwrap();
    let norsk = Language::norwegian();
    let text = journey.to_spreadsheet(&norsk).to_text(&norsk);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "\u{feff}kundereise;Time på poliklinikken");
    assert_eq!(
        lines[4],
        "id;navn;fase;steg;kanal;eier;behov;følelse;følelse hvis brutt;får beskjed;løfte;holdt;brutt;lover;kan;starter;neste;slutter"
    );
    assert_eq!(
        lines[7],
        "får_brevet;Får brevet;før;Venter;post;;vite når timen er;lettelse;skuffelse;12. mai kl. 09.20;time innen 8 uker;55;45;;;;\
         \"møter_legen 90 hvis holdt; ringer_poliklinikken 30 hvis brutt; møter_legen 70 hvis brutt\";"
    );
}
