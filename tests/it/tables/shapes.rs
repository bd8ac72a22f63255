//! What stands around a table, and files that are none.

use customer_journey::events::TextEncoding;
use customer_journey::{CsvOptions, EventRef, Scale};

use super::{plain, read, read_on, refused, says, tally};

fn expected() -> super::Tally {
    tally(&[EventRef::new("A", "Café"), EventRef::new("A", "pay")])
}

#[test]
fn lines_before_between_and_behind() {
    for table in [
        "sep=;\r\ncase;event\r\nA;Café\r\nA;pay\r\n",
        "\"sep=;\"\ncase;event\nA;Café\nA;pay\n",
        "SEP=|\ncase|event\nA|Café\nA|pay\n",
        "sep=\t\ncase\tevent\nA\tCafé\nA\tpay\n",
        "Report of May\n\ncase,event\nA,Café\nA,pay\n",
        "Report of May,\nAll channels,\ncase,event\nA,Café\nA,pay\n",
        "# made by a program\ncase,event\nA,Café\nA,pay\n",
        "case,event\nA,Café\ncase,event\nA,pay\n",
        "case,event\nA,Café\nA,pay\nTotal,\n",
        "case,event\nA,Café\nA,pay\nSumme:,\n",
        "case,event,\nA,Café,\nA,pay,\n",
        "case,event\nA,Café,,\nA,pay,,\n",
        "case,event\nA,Café\n,\n,\nA,pay\n",
        "case\revent".replace('\r', ",").as_str(),
        "case,event\rA,Café\rA,pay\r",
        "case|event\nA|Café\nA|pay\n",
        "event,case\n1,Café,A\n2,pay,A\n",
    ] {
        if table == "case,event" {
            continue;
        }
        let (_, found) = plain(table);
        assert_eq!(found, expected(), "{table:?}");
    }
    let (done, _) = plain("case,event\nA,Café\ncase,event\nA,pay\nTotal,\n");
    assert!(says(&done, "1 row repeats the header and is left out"));
    assert!(says(&done, "line 5 sums other rows up and is left out"));
    assert_eq!(
        CsvOptions::new()
            .plan(&b"Report of May\ncase,event\nA,x\n"[..])
            .unwrap()
            .before,
        ["Report of May"]
    );
    let skipped = read(
        "some, thing\nelse, here\ncase,event\nA,Café\nA,pay\n",
        &CsvOptions::new().skip_rows(2),
    )
    .unwrap();
    assert_eq!(skipped.1, expected());
}

#[test]
fn rows_below_the_header_that_describe_it() {
    let qualtrics = "ResponseId,RecordedDate,Q1,Q2\nResponse ID,Recorded Date,Where?,How satisfied?\n\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"recordedDate\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID2\"\"}\"\nR_1,2024-03-01 10:00:00,Phone,4\nR_2,2024-03-01 11:00:00,Web,2\n";
    let monkey = "Respondent ID,Start Date,Q1,Q2\n,,Response,Open-Ended Response\nR_1,2024-03-01 10:00:00,Phone,4\nR_2,2024-03-01 11:00:00,Web,2\n";
    let other = "Respondent ID,Start Date,Q1,Q2\nwho,when,where,how\nR_1,2024-03-01 10:00:00,Phone,4\nR_2,2024-03-01 11:00:00,Web,2\n";
    let time = 1_709_287_200_000;
    let expected = tally(&[
        EventRef::new("R_1", "Phone").time_ms(time).emotion(0.5),
        EventRef::new("R_2", "Web")
            .time_ms(time + 3_600_000)
            .emotion(-0.5),
    ]);
    use customer_journey::events::CsvField::{Emotion, Touchpoint};
    let options = CsvOptions::new()
        .column(Touchpoint, "Q1")
        .column(Emotion, "Q2");
    for (table, options) in [
        (qualtrics, options.clone()),
        (monkey, options.clone()),
        (other, options.label_rows(1)),
    ] {
        let (done, found) = read_on(table.as_bytes(), &options, Some(Scale::ONE_TO_FIVE)).unwrap();
        assert_eq!((done.rows, done.faulty), (2, 0));
        assert_eq!(found, expected);
    }
    let plan = CsvOptions::new()
        .column(Touchpoint, "Q1")
        .plan(qualtrics.as_bytes())
        .unwrap();
    assert_eq!(plan.unused[0].to_string(), "\"Q2\" (How satisfied?)");
}

#[test]
fn encodings() {
    let table = "case\tevent\nA\tCafé\nA\tpay\n";
    let units: Vec<u16> = table.encode_utf16().collect();
    let le: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let be: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let latin: Vec<u8> = table
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect();
    let plain = CsvOptions::new();
    let latin_stated = CsvOptions::new().encoding(TextEncoding::Windows1252);
    for (bytes, options) in [
        ([&[0xff, 0xfe][..], &le].concat(), &plain),
        ([&[0xfe, 0xff][..], &be].concat(), &plain),
        (le, &plain),
        (be, &plain),
        ([&[0xef, 0xbb, 0xbf][..], table.as_bytes()].concat(), &plain),
        (latin.clone(), &latin_stated),
    ] {
        assert_eq!(
            read_on(&bytes, options, None).unwrap().1,
            expected(),
            "{bytes:?}"
        );
    }
    let told = read_on(&latin, &plain, None)
        .map(|(read, _)| read)
        .unwrap_err()
        .to_string();
    assert!(
        told.starts_with("line 2 is not UTF-8 text and looks like Windows-1252"),
        "{told}"
    );
    // Characters of two units across blocks.
    let long: String = std::iter::once("case\tevent\n".to_owned())
        .chain((0..30_000).map(|number| format!("A\t😀{}\n", number % 7)))
        .collect();
    let bytes: Vec<u8> = std::iter::once(0xfeff)
        .chain(long.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(
        read_on(&bytes, &plain, None).unwrap().1,
        super::plain(&long).1
    );
}

#[test]
fn files_that_are_no_tables() {
    for (bytes, says) in [
        (
            &b"\x1f\x8b\x08\x00"[..],
            "compressed with gzip; unpack it first",
        ),
        (b"PK\x03\x04", "a zip archive or an Excel workbook"),
        (
            b"<?xml version=\"1.0\"?>\n<log xes.version=\"1.0\">",
            "an event log in XES; convert it",
        ),
        (b"<log>", "an event log in XES"),
        (b"<?xml version=\"1.0\"?><a/>", "XML"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"[{\"case\": 1}]", "JSON"),
        (b"{\"case\": 1}\n", "JSON"),
        (b"PAR1", "a Parquet file"),
        (b"%PDF-1.4", "a PDF"),
    ] {
        let told = read_on(bytes, &CsvOptions::new(), None)
            .map(|(read, _)| read)
            .unwrap_err()
            .to_string();
        assert!(
            told.starts_with(&format!("this is no table but {says}")),
            "{told}"
        );
    }
    let told = refused("case^event^time\n1^x^2\n1^y^3\n", &CsvOptions::new());
    assert_eq!(
        told,
        "the header line has one cell only, and '^' stands in each line as often; state it as the delimiter if it is one"
    );
    assert!(read("case^event\n1^x\n1^y\n", &CsvOptions::new().delimiter(b'^')).is_ok());
}

#[test]
fn tables_of_other_shapes_are_recognised() {
    for (table, told) in [
        (
            "case_id,order_date,ship_date\nA,2023-10-29,2023-10-30\n",
            "\"order_date\", \"ship_date\" hold times: this looks like a table with one row a case",
        ),
        (
            "Ticket ID;Opened;Answered;Closed;Score\n1;01.02.2024;13.02.2024;;4\n2;03.02.2024;;;5\n",
            "\"Opened\", \"Answered\" hold times",
        ),
        (
            "Kundennummer;Angebot am;Abschluss am\n1;13.03.2024;\n2;14.03.2024;20.03.2024\n",
            "\"Angebot am\", \"Abschluss am\" hold times",
        ),
        (
            "path,total_conversions\na > b,3\nb,1\n",
            "column \"path\" holds whole paths",
        ),
        (
            "case,way,n\n1,a -> b,3\n2,b → a,1\n",
            "column \"way\" holds whole paths",
        ),
    ] {
        let said = refused(table, &CsvOptions::new());
        assert!(said.contains(told), "{said}");
    }
    let said = refused("case,note\n1,x\n", &CsvOptions::new());
    assert!(said.starts_with("no column feeds the touchpoint"), "{said}");
}

#[test]
fn sums_are_no_journeys() {
    for (total, line) in [("Total,3,", 4), ("Sum,2,", 4), ("Gesamt,\"1,024\",", 4)] {
        let table = format!("case,event,time\n1,order,2024-01-01\n1,pay,2024-01-02\n{total}\n");
        let (done, found) = plain(&table);
        assert_eq!((found.journeys(), done.rows), (1, 2), "{total}");
        let said = format!("line {line} sums other rows up and is left out");
        assert!(says(&done, &said), "{total}");
    }
    // A journey of this name is one.
    let (_, found) = plain("case,event,time\nTotal,order,2024-01-01\n");
    assert_eq!(found.journeys(), 1);
}
