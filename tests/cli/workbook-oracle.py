"""workbook-oracle.py save|read FOLDER: tables as other programs keep them. save: each FOLDER/NAME.csv becomes
NAME.want, its cells as a reader of workbooks should tell them, NAME.json, the same for JavaScript, and
NAME-openpyxl.xlsx. read: each FOLDER/*.xlsx becomes a .openpyxl, its cells as openpyxl tells them."""
import csv
import json
import re
import sys
from datetime import date, datetime
from pathlib import Path

try:
    import openpyxl
except ImportError:
    sys.exit(3)

what, folder = sys.argv[1], Path(sys.argv[2])


def typed(text):
    "What somebody who types the text into a spreadsheet gets: a day, a number, or the text, its lines ended by LF."
    text = text.replace("\r\n", "\n")
    if re.fullmatch(r"\d{2}\.\d{2}\.\d{4}|\d{4}-\d{2}-\d{2}", text):
        try:
            return datetime.strptime(text, "%d.%m.%Y" if text[2] == "." else "%Y-%m-%d").date()
        except ValueError:
            return text
    if re.fullmatch(r"0|-?[1-9]\d{0,14}", text):
        return int(text)
    if re.fullmatch(r"-?\d{1,9}[.,]\d{1,3}", text) and text[-1] != "0":
        return float(text.replace(",", "."))
    return text


def told(cell):
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return "" if cell is None else str(cell)


def put(path, rows):
    "Cells at the end that are empty, and rows of them, are nothing in a workbook."
    rows = [[told(cell) for cell in row] for row in rows]
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(row for row in rows if any(row))


def save(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = [[typed(cell) for cell in row] if n else row for n, row in enumerate(csv.reader(file))]
    put(path.with_suffix(".want"), rows)
    days = [[{"day": cell.isoformat()} if isinstance(cell, date) else cell for cell in row] for row in rows]
    path.with_suffix(".json").write_text(json.dumps(days, ensure_ascii=False), encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    for r, row in enumerate(rows, 1):
        for c, cell in enumerate(row, 1):
            if cell == "":
                continue
            at = sheet.cell(r, c)
            at.value = cell
            if isinstance(cell, str):
                at.data_type = "s"  # no formula, whatever it begins with
            elif isinstance(cell, date):
                at.number_format = r"dd\.mm\.yyyy"
    book.save(folder / (path.stem + "-openpyxl.xlsx"))


for path in sorted(folder.glob("*.csv" if what == "save" else "*.xlsx")):
    if what == "save":
        save(path)
    else:
        sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
        put(path.with_suffix(path.suffix + ".openpyxl"), sheet.iter_rows(values_only=True))
