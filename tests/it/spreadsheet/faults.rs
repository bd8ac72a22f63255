//! What is wrong is told all at once, each with its row and column; what is left out is told too.

use super::*;

#[test]
fn all_faults_are_told_at_once_with_row_and_column() {
    let text = "\
name,phase,channel,feeling,next,kept,promise,cost,can,ends
Orders,befor,web,angr,Deliverry 40 %; Calls,,,,,
Delivery,during,post,joy (1.4),Calls,x,,twelve,lissen,churn ten
Calls,after,,\"anger 60 %; joy\",,80,on time,\"1,500\",listen,churn 10 %
";
    assert_eq!(
        refused(text),
        "12 problems:
  1. row 2, phase: \"befor\" is not known here; did you mean \"before\"? (known: before, during, after)
  2. row 2, feeling: \"angr\" is not a feeling known here; did you mean \"anger\"? (a number from -1 to 1 works too)
  3. row 2, next: \"Deliverry\" is no touchpoint of this sheet; did you mean \"delivery\"?
  4. row 3, feeling: a strength of 1.4 is beyond what can be; it goes from 0 to 1
  5. row 3, promise: is empty; it must be the promise in a few words, where it is said how often it is kept
  6. row 3, can: \"lissen\" is not known here; did you mean \"listen\"? (known: resolve, listen, answer, recognise)
  7. row 3, cost: \"twelve\" is not a number
  8. row 3, ends: \"churn ten\" is not understood; write it as an ending and a number: churn 10 %
  9. row 4, channel: is empty; it must be where customer and provider meet, such as web or phone
  10. row 4, feeling: \"joy\" has no number, and others beside it have one; say how many
  11. row 4, kept: \"80\" stands alone: write it with % for a share of 100, or say how many are broken too
  12. row 4, cost: \"1,500\" may be thousands or decimals; write it without the mark, or with more or fewer decimals"
    );
}

#[test]
fn sheets_without_headings_and_sheets_that_are_not_there_are_told() {
    assert_eq!(
        refused("a,b\n1,2\n"),
        "1 problem:\n  1. no row has the headings of a journey: at least name, phase and channel, or frame and text for sticky notes"
    );
    let sheets = [
        Sheet::new("Plan", Vec::new()),
        Sheet::new("Words", Vec::new()),
    ];
    let options = SpreadsheetOptions::new().sheet("Map");
    let refused = Journey::from_spreadsheet(&sheets, &options).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "1 problem:\n  1. sheet \"Map\": there is no such sheet; there are \"Plan\", \"Words\""
    );
    let open = Sheet::from_text("", "name,phase\n\"a,b\n").unwrap_err();
    assert_eq!(
        open.to_string(),
        "1 problem:\n  1. row 2: a quotation mark opens a cell and is never closed"
    );
}

#[test]
fn columns_and_rows_that_say_nothing_are_told_with_the_nearest_word() {
    let text = "\
Persna,Ingrid
name,phase,channel,felling,colour,
Orders,before,web,joy,blue,more
";
    let read = read(text);
    let notes: Vec<String> = read.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "row 1: \"Persna\" says nothing known about the journey; the row was left out; did you mean \"persona\"?",
            "row 2, felling: this column is not known and was left out; did you mean \"feeling\"?",
            "row 2, colour: this column is not known and was left out",
            "row 3: \"more\" stands in a column without a heading and was left out",
        ]
    );
}

#[test]
fn two_columns_of_one_meaning_are_refused_and_lists_are_joined() {
    let said = refused("name,phase,channel,feeling,emotion\na,before,web,joy,joy\n");
    assert_eq!(
        said,
        "1 problem:\n  1. row 1, emotion: it says the same as column \"feeling\"; keep one of them"
    );
    let joined = read("name,phase,channel,quote,quote\na,before,web,one,two\n");
    let at = joined.journey.touchpoints().next().unwrap();
    assert_eq!(at.quotes, ["one", "two"]);
}

#[test]
fn a_word_of_two_languages_is_refused_where_it_would_be_misread() {
    let said = refused("navn;fase;kanal;følelse\na;før;nett;anger\n");
    assert_eq!(
        said,
        "1 problem:\n  1. row 2, følelse: \"anger\" is a feeling in English and another one in norsk; write sinne or angrende"
    );
}

#[test]
fn names_that_several_have_are_not_guessed() {
    let said = refused(
        "id,name,phase,channel,next\na,Call,before,web,\nb,Call,during,web,\nc,Ends,after,web,call\n",
    );
    assert_eq!(
        said,
        "1 problem:\n  1. row 4, next: several touchpoints are called \"call\"; write the id of the one that is meant"
    );
}

/// The faults of a journey name the headings of the sheet, and no keys of the document.
#[test]
fn faults_of_the_journey_are_told_in_the_words_of_the_sheet() {
    let text = "\
id;navn;fase;kanal;følelse;løfte;holdt;brutt;neste
a;A;før;web;-3;;;;b 40 %; b 60 %
b;B;før;web;veldig sint;raskt;0;0;
a;C;før;web;;;;;b hvis holdt
";
    let text = text.replace("b 40 %; b 60 %", "\"b 40 %; b 60 %\"");
    let said = refused(&text);
    let told = "følelse: \"veldig sint\" is not a feeling known here; did you mean \"sinne\"?";
    assert!(said.contains(told), "{told} is not in {said}");
    let said = refused(&text.replace("veldig sint", "sint"));
    for told in [
        "row 2, følelse: -3 is beyond what a feeling can be, from -1 (as bad as can be) to 1",
        "row 2, neste: the same touchpoint is named twice under the same condition",
        "row 3, holdt: holdt, brutt and ukjent resultat are all 0 or empty",
        "row 4, id: \"a\" stands in row 2 already; each row needs an id of its own",
    ] {
        assert!(said.contains(told), "{told} is not in {said}");
    }
    assert!(!said.contains('`'), "{said}");
    let unknown = refused(&text.replace("veldig sint", "xyzzy"));
    assert!(
        unknown.contains("frustrasjon") && !unknown.contains("frustration"),
        "{unknown}"
    );
}

#[test]
fn what_is_said_of_ways_by_place_is_refused_where_their_number_changed() {
    let sheet = |next: &str, ends: &str| {
        format!(
            "fact,,\nid,phase,channel,next,ends,more\na,before,web,{next},,\"{{\"\"next\"\":[{{}},{{\"\"given\"\":{{\"\"late\"\":true}}}}]}}\"\nb,after,web,,{ends},\"{{\"\"ends\"\":[{{\"\"given\"\":{{\"\"late\"\":true}}}}]}}\"\n"
        )
    };
    let told = refused(&sheet("b 1", "churn 1; loyalty 1"));
    assert!(
        told.contains("row 3, more: \"next of 2 entries beside 1\""),
        "{told}"
    );
    assert!(
        told.contains("row 4, more: \"ends of 1 entries beside 2\""),
        "{told}"
    );
    let told = refused(&sheet("b 1; b 2", "churn 1"));
    assert!(!told.contains("entries beside"), "{told}");
}
