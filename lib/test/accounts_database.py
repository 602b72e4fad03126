#!/usr/bin/env python3
"""Makes the Accounts4.sqlite that the cases of apple-accounts-sqlite read.

usage: accounts_database.py FILE [--wal | --odd | --one-mailbox]
--wal: the newest settings stay in FILE-wal; --odd: archives as nobody expects them;
--one-mailbox: POP accounts, on and off, that use the same mailbox"""
import os
import plistlib
import shutil
import sqlite3
import sys

TYPES = ["IMAP", "POP", "SMTP", "IMAPMail", "AppleAccount", "IMAPNotes", "HolidayCalendar", "Google"]
SCHEMA = """
CREATE TABLE Z_PRIMARYKEY (Z_ENT INTEGER PRIMARY KEY, Z_NAME VARCHAR, Z_SUPER INTEGER, Z_MAX INTEGER);
CREATE TABLE ZACCOUNT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZACTIVE INTEGER,
  ZAUTHENTICATED INTEGER, ZVISIBLE INTEGER, ZACCOUNTTYPE INTEGER, ZPARENTACCOUNT INTEGER,
  ZDATE TIMESTAMP, ZACCOUNTDESCRIPTION VARCHAR, ZAUTHENTICATIONTYPE VARCHAR,
  ZCREDENTIALTYPE VARCHAR, ZIDENTIFIER VARCHAR, ZUSERNAME VARCHAR);
CREATE TABLE ZACCOUNTTYPE (Z_PK INTEGER PRIMARY KEY, ZIDENTIFIER VARCHAR);
CREATE TABLE ZACCOUNTPROPERTY (Z_PK INTEGER PRIMARY KEY, ZOWNER INTEGER, ZKEY VARCHAR, ZVALUE BLOB);
CREATE TABLE ZDATACLASS (Z_PK INTEGER PRIMARY KEY, ZNAME BLOB);
CREATE TABLE Z_{0}ENABLEDDATACLASSES (Z_{0}ENABLEDACCOUNTS INTEGER, Z_{1}ENABLEDDATACLASSES INTEGER);
INSERT INTO Z_PRIMARYKEY VALUES ({0}, 'Account', 0, 9), ({1}, 'Dataclass', 0, 2);
"""


def pack(objects, top):
    return plistlib.dumps({"$version": 100000, "$archiver": "NSKeyedArchiver", "$top": top,
                           "$objects": objects}, fmt=plistlib.FMT_BINARY)


def archive(value):
    """A keyed archive as NSKeyedArchiver writes it."""
    objects = ["$null"]

    def add(item):
        index = len(objects)
        objects.append(None)
        if isinstance(item, list):
            objects[index] = {"NS.objects": [add(i) for i in item], "$class": add_class("NSArray")}
        elif isinstance(item, dict):
            objects[index] = {"NS.keys": [add(k) for k in item],
                              "NS.objects": [add(v) for v in item.values()],
                              "$class": add_class("NSDictionary")}
        else:
            objects[index] = item
        return plistlib.UID(index)

    def add_class(name):
        objects.append({"$classname": name, "$classes": [name, "NSObject"]})
        return plistlib.UID(len(objects) - 1)

    return pack(objects, {"root": add(value)})


class Raw:
    """A value that is stored as it is."""

    def __init__(self, value):
        self.value = value


def named(value, name):
    """An archive whose value has another name than root below $top."""
    return Raw(pack(["$null", value], {name: plistlib.UID(1)}))


def holds_itself(*items):
    """An archived array of items and itself."""
    uids = [plistlib.UID(2 + i) for i in range(len(items))]
    return Raw(pack(["$null", {"NS.objects": uids + [plistlib.UID(1)]}, *items],
                    {"root": plistlib.UID(1)}))


def nested(depth):
    """Archived arrays, one in the other."""
    arrays = [{"NS.objects": [plistlib.UID(i + 2)]} for i in range(depth)]
    return Raw(pack(["$null"] + arrays + ["end"], {"root": plistlib.UID(1)}))


def account(db, pk, kind, user=None, label=None, active=1, parent=None, **properties):
    db.execute("INSERT INTO ZACCOUNT VALUES (?,3,1,?,1,1,?,?,0,?,NULL,NULL,?,?)",
               (pk, active, TYPES.index(kind) + 1, parent, label, f"ID-{pk}", user))
    for key, value in properties.items():
        db.execute("INSERT INTO ZACCOUNTPROPERTY (ZOWNER, ZKEY, ZVALUE) VALUES (?,?,?)",
                   (pk, key, value.value if isinstance(value, Raw) else archive(value)))


def begin(db, account_entity, dataclass_entity):
    db.executescript(SCHEMA.format(account_entity, dataclass_entity))
    for number, name in enumerate(TYPES, 1):
        db.execute("INSERT INTO ZACCOUNTTYPE VALUES (?,?)", (number, f"com.apple.account.{name}"))
    db.executemany("INSERT INTO ZDATACLASS VALUES (?,?)",
                   [(1, archive("com.apple.Dataclass.Mail")), (2, archive("com.apple.Dataclass.Notes"))])


def fill(db):
    begin(db, 3, 9)
    account(db, 1, "POP", "Anna@example.com", "Work", Hostname="pop.bizmail.yahoo.com", SSLEnabled=True,
            AuthenticationScheme="NTLM", IdentityEmailAddress="anna@example.com",
            SendingAccountIdentifier="ID-2")
    account(db, 2, "SMTP", "anna@example.com", Hostname="smtp.bizmail.yahoo.com", PortNumber="465",
            SSLEnabled=True)
    account(db, 3, "IMAP", "ben", "Home", active=0, Hostname="imap.example.net", PortNumber=143,
            EmailAliases=[{"DisplayName": "Ben", "IsPrimary": True,
                           "EmailAddresses": [{"EmailAddress": "ben@example.net", "IsDefault": True}]},
                          {"DisplayName": "B", "IsPrimary": False,
                           "EmailAddresses": [{"EmailAddress": "b@example.net", "IsDefault": False}]}])
    account(db, 4, "AppleAccount", "cloud@example.org", "iCloud")
    account(db, 5, "IMAPMail", parent=4)
    account(db, 6, "IMAPNotes", parent=4)
    account(db, 7, "HolidayCalendar", label="Holidays")
    account(db, 8, "IMAP", "dora@example.net", "Mail off", Hostname="imap.example.net", SSLEnabled=1,
            SSLIsDirect=True, EmailAddresses=["dora@example.net"])
    db.executemany("INSERT INTO Z_3ENABLEDDATACLASSES VALUES (?,?)", [(1, 1), (3, 1), (8, 2), (4, 1)])
    db.commit()


def fill_oddly(db):
    begin(db, 2, 7)
    account(db, 1, "IMAP", "Olga@example.net", "Circle", Hostname=named("imap.example.net", "server"),
            PortNumber=143.0, SSLEnabled=Raw(pack(["$null"], {"root": plistlib.UID(0)})),
            EmailAddresses=holds_itself("olga@example.net", "o@example.net"))
    account(db, 2, "POP", "paul@example.net", "Unreadable", Hostname="pop.example.net",
            PortNumber=Raw(pack(["$null"], {"root": plistlib.UID(99)})), SSLEnabled=Raw(b"bplist00"),
            AuthenticationScheme=Raw("NTLM"), EmailAddresses={"paul@example.net": "Paul"})
    account(db, 3, "IMAP", "rita@example.net", "Offline", Hostname="imap.example.net", SSLEnabled=True,
            EmailAddresses=["rita@example.net"], EmailAliases=nested(40), isOffline=True)
    account(db, 4, "Google", "sam@example.org", "Mail and calendars")
    account(db, 5, "Google", "tom@example.org", "Calendars alone")
    account(db, 6, "POP", "uta@example.net", "No server", Hostname=Raw(b"\0\1"))
    db.executemany("INSERT INTO Z_2ENABLEDDATACLASSES VALUES (?,?)", [(n, 1) for n in (1, 2, 3, 4, 6)])
    db.execute("INSERT INTO Z_2ENABLEDDATACLASSES VALUES (5,2)")
    db.commit()


def fill_one_mailbox(db):
    """Two accounts and, switched off in two ways though not offline, two more on one mailbox."""
    begin(db, 3, 9)
    for pk, active in ((1, 1), (2, 1), (3, 0), (4, 1)):
        offline = {"isOffline": False} if pk > 2 else {}
        account(db, pk, "POP", "jane@example.net", f"Jane {pk}", active, Hostname="pop.example.net",
                SSLEnabled=True, IdentityEmailAddress="jane@example.net", **offline)
    db.executemany("INSERT INTO Z_3ENABLEDDATACLASSES VALUES (?,?)", [(1, 1), (2, 1), (3, 1), (4, 2)])
    db.execute("UPDATE ZACCOUNT SET ZIDENTIFIER = NULL WHERE Z_PK = 2")
    db.commit()


def main():
    path = sys.argv[1]
    scratch = path + ".tmp"
    db = sqlite3.connect(scratch)
    if "--wal" in sys.argv:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA wal_autocheckpoint=0")
        fill(db)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.execute("UPDATE ZACCOUNT SET ZUSERNAME = 'anna@example.com' WHERE Z_PK = 1")
        db.execute("UPDATE ZACCOUNTPROPERTY SET ZVALUE = ? WHERE ZOWNER = 1 AND "
                   "ZKEY = 'AuthenticationScheme'", (archive("PLAIN"),))
        db.commit()
        shutil.copy(scratch + "-wal", path + "-wal")
    elif "--odd" in sys.argv:
        fill_oddly(db)
    elif "--one-mailbox" in sys.argv:
        fill_one_mailbox(db)
    else:
        fill(db)
    shutil.copy(scratch, path)
    db.close()
    for name in (scratch, scratch + "-wal", scratch + "-shm"):
        if os.path.exists(name):
            os.remove(name)


main()
