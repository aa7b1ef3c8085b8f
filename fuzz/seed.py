#!/usr/bin/env python3
"""Writes the seeds of the fuzz corpora from what the project has: samples, examples of rules, drawn tests. Says nothing where all is well."""
import gzip
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORPUS = ROOT / "fuzz" / "corpus"


def put(target, name, data):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"seed-{name}").write_bytes(data if isinstance(data, bytes) else data.encode())


def every(lines, step):
    return [line.replace("|", "") for line in lines if line and not line.startswith("#")][::step]


events = sorted((ROOT / "events").glob("*.json"))
for path in events:
    put("event", path.stem, path.read_bytes())
    content = json.loads(path.read_text())["Content"]
    put("text", path.stem, content)

for name in ["links/found", "links/clean", "pii/found", "pii/clean"]:
    lines = (ROOT / "tests" / f"{name}.txt").read_text().splitlines()
    for number, line in enumerate(every(lines, 30)):
        put("text", f"{name.replace('/', '-')}-{number}", line)

packs = sorted((ROOT / "rules" / "terms").glob("*/*.toml"))
policy = (ROOT / "rules" / "policy.toml").read_text()
for path in packs[::3]:
    head, *rules = re.split(r"(?m)^(?=\[\[rule\]\])", path.read_text())
    name = f"{path.parent.name}-{path.stem}"
    # The smallest rule with most keys says most with least.
    rule = max(rules, key=lambda rule: (rule.count("\n") if len(rule) < 1200 else 0, -len(rule)))
    put("rules", name, head + rule)
    for example in re.findall(r'"([^"]*\|[^"]*)"', rule)[:1]:
        put("text", name, example.replace("|", ""))
put("rules", "policy", b"\0" + policy.encode())
put("rules", "all", '\0mode = "observe"\ndisable = ["en.scam"]\n\0allow = ["example.com"]\n\0goede\navond\n')

message = {"event_timestamp": "2022-10-14T17:40:00.000Z", "type": "MESSAGE", "version": "1.0"}
records = []
for path in events[:9]:
    request = json.loads(path.read_text())
    payload = {"Type": "MESSAGE", "Id": "AYk6xKitV4On", "Content": request["Content"], "Sender": {"UserId": "u"}}
    records.append(json.dumps(message | {"payload": payload}))
records.append(json.dumps(message | {"type": "EVENT", "payload": {"EventName": "aws:DELETE_MESSAGE"}}))
lines = "\n".join(records) + "\n"
put("logs", "lines", lines)
put("logs", "joined", "".join(records))
put("logs", "packed", gzip.compress(lines.encode(), mtime=0))
put("logs", "cloudwatch", "timestamp,message\n" + f'1665769200000,"{records[0].replace(chr(34), chr(34) * 2)}"\n')
put("logs", "stream", f"2022-10-14T17:40:00Z aws/IVSChatLogs/1.0/room_g1H2 {records[2]}\n")
put("logs", "filtered", json.dumps({"events": [{"logStreamName": "aws/IVSChatLogs/1.0/room_g1H2", "message": records[2]}]}))
put("logs", "subscribed", json.dumps({"messageType": "DATA_MESSAGE", "logStream": "x", "logEvents": [{"message": records[4]}]}))
put("logs", "control", json.dumps({"messageType": "CONTROL_MESSAGE", "logEvents": [{"message": ""}]}))
