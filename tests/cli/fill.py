#!/usr/bin/env python3
"""fill.py office|docx|docx4js DOCUMENT LANGUAGE PROFILE EXPECTED TARGET...: fills in every field of an empty plan
with a program that is not ours, LibreOffice through its API, python-docx or docx4js, saves it as each TARGET, and
writes into EXPECTED what checklist-import should make of it, in JSON. Exit status 3: the program is not
there. Answers are made up; rows are taken as they come, whatever their language."""
import csv
import json
import os
import subprocess
import sys
import time

how, source, lang, profile, expected, *targets = sys.argv[1:]
lists = {}
with open(profile + '/codes.csv', encoding='utf-8') as file:
    for row in csv.DictReader(file):
        lists.setdefault(row['list'], []).append((row['code'], row['label_' + lang]))
with open(profile + '/plan_items.csv', encoding='utf-8') as file:
    items = list(csv.DictReader(file))
with open(profile + '/districts.csv', encoding='utf-8') as file:
    lists['bydel'] = [(row['code'], row.get('label_' + lang) or row.get('name') or row['label']) for row in csv.DictReader(file)]
TASKS = 2  # empty rows that the form has
count = 0


def take(name):
    global count
    count += 1
    return lists[name][count % len(lists[name])]


def words():
    global count
    count += 1
    return 'Svar %d på æøå & <noe>' % count


def day(shown):
    global count
    count += 1
    iso = '2027-%02d-%02d' % (1 + count % 12, 1 + count % 28)
    return iso, '.'.join(reversed(iso.split('-'))) if shown else iso


def answers():
    "The rows of the form in their order: the texts of their cells but the first, or None for a box to tick."
    plan = {'points': {}}
    head = plan.update
    rows = [[None]]  # the case stays
    code, label = take('bydel')
    head({'bydel': code})
    rows.append([label])
    for field in ('institution', 'home'):
        head({field: words()})
        rows.append([plan[field]])
    for field in ('home_from', 'meeting', 'follow_up_meeting'):
        iso, shown = day(True)
        head({field: iso})
        rows.append([shown])
    for item in items:
        if not item['item']:
            continue
        point = plan['points'].setdefault(item['point'], {})
        kind = item['kind']
        if kind == 'yesno':
            point[item['item']] = True
            rows.append(['☒'])
        elif kind == 'date':
            point[item['item']], shown = day(True)
            rows.append([shown])
        elif kind in ('line', 'text'):
            point[item['item']] = words()
            rows.append([point[item['item']]])
        else:
            tasks = []
            for _ in range(TASKS if kind == 'tasks' else 1):
                role, status = take('role'), take('task_status')
                iso, shown = day(False)
                task = {'responsible': role[0], 'due': iso, 'status': status[0], 'follow_up': 'closed', 'note': None}
                name = []
                if kind == 'tasks':
                    task['task'] = words()
                    name = [task['task']]
                tasks.append(task)
                rows.append((name or [None]) + [role[1], shown, status[1], '☒'])
            point[item['item']] = tasks if kind == 'tasks' else tasks[0]
    return plan, rows


def fill(found, rows, read, write):
    "found: rows of cells, in order."
    left = list(rows)
    for cells in found:
        if not left or len(cells) not in (2, 5):
            continue
        if len(cells) == 5 and '☐' not in read(cells[4]):
            continue  # the heads
        texts = left.pop(0)
        for cell, text in zip(cells[-len(texts):], texts):
            if text == '☒':
                write(cell, read(cell).replace('☐', '☒', 1))
            elif text is not None:
                write(cell, text)
    if left:
        sys.exit('%d answers have no row' % len(left))


def by_office(rows):
    try:
        import uno
        from com.sun.star.beans import PropertyValue
    except ImportError:
        sys.exit(3)
    pipe = 'fill%d' % os.getpid()
    profile_of = os.path.dirname(os.path.abspath(source)) + '/office-fill'
    process = subprocess.Popen(['soffice', '--headless', '--norestore', '--nologo', '-env:UserInstallation=file://' + profile_of,
                                '--accept=pipe,name=%s;urp;' % pipe], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext('com.sun.star.bridge.UnoUrlResolver', local)
    for _ in range(240):
        try:
            context = resolver.resolve('uno:pipe,name=%s;urp;StarOffice.ComponentContext' % pipe)
            break
        except Exception:
            time.sleep(0.5)
    else:
        process.kill()
        sys.exit('LibreOffice did not answer')
    desktop = context.ServiceManager.createInstanceWithContext('com.sun.star.frame.Desktop', context)

    def put(name, value):
        p = PropertyValue()
        p.Name, p.Value = name, value
        return p

    def url(path):
        return 'file://' + os.path.abspath(path)

    document = desktop.loadComponentFromURL(url(source), '_blank', 0, (put('Hidden', True),))
    found = []
    tables = document.TextTables
    for n in range(tables.Count):
        table = tables.getByIndex(n)
        by_row = {}
        for name in table.CellNames:
            column = name.rstrip('0123456789')
            by_row.setdefault(int(name[len(column):]), []).append(table.getCellByName(name))
        found += [by_row[row] for row in sorted(by_row)]

    def write(cell, text):
        cell.String = text

    fill(found, rows, lambda cell: cell.String, write)
    filters = {'docx': 'MS Word 2007 XML', 'odt': 'writer8'}
    for target in targets:
        document.storeToURL(url(target), (put('FilterName', filters[target.rsplit('.', 1)[1]]),))
    document.close(True)
    try:
        desktop.terminate()
    except Exception:
        pass
    process.wait(60)


def by_docx(rows):
    try:
        import docx
    except ImportError:
        sys.exit(3)
    document = docx.Document(source)

    def read(cell):
        return ''.join(node.text or '' for node in cell._tc.iter() if node.tag.endswith('}t'))

    def write(cell, text):
        for paragraph in cell._tc.p_lst:
            for child in list(paragraph):
                if not child.tag.endswith('}pPr'):
                    paragraph.remove(child)
        cell.text = text

    fill([row.cells for table in document.tables for row in table.rows], rows, read, write)
    document.save(targets[0])


def by_docx4js(rows):
    try:
        done = subprocess.run(['node', os.path.dirname(os.path.abspath(__file__)) + '/fill.js', source, targets[0]],
                              input=json.dumps(rows).encode(), env={**os.environ, 'NODE_PATH': 'build/html/node_modules'})
    except FileNotFoundError:
        sys.exit(3)
    if done.returncode:
        sys.exit(done.returncode)


plan, rows = answers()
{'office': by_office, 'docx': by_docx, 'docx4js': by_docx4js}[how](rows)
with open(expected, 'w', encoding='utf-8') as file:
    json.dump(plan, file, ensure_ascii=False)
