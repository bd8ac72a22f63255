//! Spreadsheets as files: workbooks (.xlsx, .xls, .ods) and text, as sheets of cells.

use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Reader, open_workbook_auto_from_rs};
use customer_journey::Journey;
use customer_journey::formats::spreadsheet::{Cell, Column, Sheet, pick_lists, template};
use customer_journey::language::Language;
use rust_xlsxwriter::{DataValidation, Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// How wide a column may become, in characters.
const WIDEST: usize = 40;
/// For so many rows below the headings words can be picked from lists.
const ROWS: u32 = 200;

/// Whether a file is a workbook: a zip archive, or the older format of Excel.
pub(super) fn is_workbook(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

/// The sheets of a workbook.
pub(super) fn sheets(bytes: Vec<u8>) -> Result<Vec<Sheet>, String> {
    let unreadable = |error: calamine::Error| format!("this workbook cannot be read: {error}");
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name).map_err(unreadable)?;
        // Rows and columns that are blank at the top and on the left are no part of the range.
        let (top, left) = range.start().unwrap_or((0, 0));
        let blank = std::iter::repeat_with(Vec::new).take(top as usize);
        let rows = range.rows().map(|row| {
            let before = std::iter::repeat_with(Cell::default).take(left as usize);
            before.chain(row.iter().map(cell)).collect()
        });
        sheets.push(Sheet::new(name, blank.chain(rows).collect()));
    }
    Ok(sheets)
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        Data::Float(value) => Cell::Number(*value),
        #[expect(
            clippy::cast_precision_loss,
            reason = "spreadsheets have no other numbers"
        )]
        Data::Int(value) => Cell::Number(*value as f64),
        Data::String(text) => Cell::Text(text.clone()),
        Data::DateTime(time) if time.is_datetime() => Cell::Text(date(time)),
        other => Cell::Text(other.to_string()),
    }
}

/// A day as spreadsheets show it to everybody: what looks like a date is kept as one, though it may be the words of a customer.
fn date(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        day
    } else {
        format!("{day} {hour:02}:{minute:02}:{second:02}")
    }
}

/// A journey as a workbook with one sheet, in which words can be picked from lists.
pub(super) fn of_journey(journey: &Journey, language: &Language) -> Result<Vec<u8>, String> {
    workbook(&journey.to_spreadsheet(language), language)
}

/// The template as a workbook.
pub(super) fn of_template(language: &Language) -> Result<Vec<u8>, String> {
    workbook(&template(language), language)
}

fn workbook(sheet: &Sheet, language: &Language) -> Result<Vec<u8>, String> {
    let write = || -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let header = header(sheet, language);
        write_sheet(workbook.add_worksheet(), sheet, header)?;
        let lists = pick_lists(language);
        let words = write_words(workbook.add_worksheet(), &lists, language)?;
        let first = workbook.worksheet_from_index(0)?;
        for (column, heading, range) in words {
            // Several feelings, abilities and endings may stand in a cell: the list helps and does not forbid.
            let strict = matches!(column, Column::Phase | Column::Evidence);
            let list = DataValidation::new()
                .allow_list_formula(range.as_str().into())
                .ignore_blank(true)
                .show_error_message(strict);
            let row = sheet.rows.get(header);
            let at = row.and_then(|row| {
                row.iter()
                    .position(|cell| *cell == Cell::from(heading.as_str()))
            });
            if let Some(at) = at.and_then(|at| u16::try_from(at).ok()) {
                let from = u32::try_from(header).unwrap_or(0) + 1;
                first.add_data_validation(from, at, from + ROWS, at, &list)?;
            }
        }
        workbook.save_to_buffer()
    };
    write().map_err(|error| format!("no workbook can be made of it: {error}"))
}

/// The row of the headings: the first that has the heading of the phases.
fn header(sheet: &Sheet, language: &Language) -> usize {
    let phase = Cell::from(language.word("column.phase"));
    let found = sheet.rows.iter().position(|row| row.contains(&phase));
    found.unwrap_or(0)
}

fn write_sheet(worksheet: &mut Worksheet, sheet: &Sheet, header: usize) -> Result<(), XlsxError> {
    let bold = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    worksheet.set_name(&sheet.name)?;
    let mut widths: Vec<usize> = Vec::new();
    for (row, cells) in (0_u32..).zip(&sheet.rows) {
        let is_below = row as usize >= header;
        for (at, cell) in (0_u16..).zip(cells) {
            let is_heading = row as usize == header || (at == 0 && !is_below);
            let format = if is_heading { &bold } else { &plain };
            let length = match cell {
                Cell::Number(value) => {
                    worksheet.write_number_with_format(row, at, *value, format)?;
                    8
                }
                Cell::Text(text) => {
                    // What the journey as a whole says runs on over the cells beside it.
                    if is_below {
                        worksheet.write_string_with_format(row, at, text, format)?;
                    } else {
                        worksheet.write_string(row, at, text)?;
                    }
                    text.lines()
                        .map(|line| line.chars().count())
                        .max()
                        .unwrap_or(0)
                }
                _ => 0,
            };
            widths.resize(widths.len().max(usize::from(at) + 1), 8);
            if let Some(width) = widths.get_mut(usize::from(at)).filter(|_| is_below) {
                *width = (*width).max(length.min(WIDEST));
            }
        }
    }
    for (at, width) in (0_u16..).zip(widths) {
        worksheet.set_column_width(at, width as f64 + 2.0)?;
    }
    let below = u32::try_from(header).unwrap_or(0) + 1;
    worksheet.set_freeze_panes(below, 2)?;
    Ok(())
}

/// A second sheet with the words that can be picked; each column with its heading and where its words stand.
fn write_words(
    worksheet: &mut Worksheet,
    lists: &[(Column, Vec<String>)],
    language: &Language,
) -> Result<Vec<(Column, String, String)>, XlsxError> {
    let name = language.word("Words");
    worksheet.set_name(name)?;
    let bold = Format::new().set_bold();
    let mut ranges = Vec::new();
    for (at, (column, words)) in (0_u16..).zip(lists) {
        let heading = language
            .word(&format!("column.{}", column.as_str()))
            .to_owned();
        worksheet.write_string_with_format(0, at, &heading, &bold)?;
        for (row, word) in (1_u32..).zip(words) {
            worksheet.write_string(row, at, word)?;
        }
        worksheet.set_column_width(at, 24)?;
        let last = words.len() + 1;
        let letter = char::from(b'A' + u8::try_from(at).unwrap_or(0));
        ranges.push((
            *column,
            heading,
            format!("'{name}'!${letter}$2:${letter}${last}"),
        ));
    }
    Ok(ranges)
}
