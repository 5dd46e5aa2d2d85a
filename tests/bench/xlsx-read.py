"""xlsx-read.py FILE.xlsx: how many rows there are of each code in the third column, by openpyxl's read-only mode."""
import collections
import sys

import openpyxl

count = collections.Counter()
sheet = openpyxl.load_workbook(sys.argv[1], read_only=True).active
for row in sheet.iter_rows(min_row=2, values_only=True):
    count[str(row[2]).zfill(6)] += 1
for code in sorted(count):
    print(f"{code},{count[code]}")
