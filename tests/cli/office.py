"""office.py FOLDER FILE SAVED CELL=VALUE ...: types values into cells of a spreadsheet's first sheet with LibreOffice, as
somebody would at the keyboard, and saves it as the kind that SAVED ends with. FOLDER is for its settings."""
import subprocess
import sys
import time
from pathlib import Path

try:
    import uno
    from com.sun.star.beans import PropertyValue
except ImportError:
    sys.exit(77)

folder, source, saved, *changes = sys.argv[1:]
pipe = f"transition{Path(folder).resolve()}".replace("/", "_")
kinds = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8"}


def connect():
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")


def option(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


office = subprocess.Popen(
    ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{Path(folder).resolve()}", f"--accept=pipe,name={pipe};urp;"],
    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    for _ in range(600):
        try:
            context = connect()
            break
        except Exception:
            time.sleep(0.5)
    else:
        sys.exit("LibreOffice does not answer")
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    book = desktop.loadComponentFromURL(Path(source).resolve().as_uri(), "_blank", 0, (option("Hidden", True),))
    sheet = book.Sheets.getByIndex(0)
    for change in changes:
        cell, value = change.split("=", 1)
        sheet.getCellRangeByName(cell).FormulaLocal = value
    book.storeToURL(Path(saved).resolve().as_uri(), (option("FilterName", kinds[Path(saved).suffix]),))
    book.close(True)
    try:
        desktop.terminate()
    except Exception:
        pass  # it goes while it answers
    office.wait(60)
finally:
    office.kill()
