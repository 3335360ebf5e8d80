# SPDX-License-Identifier: GPL-2.0-or-later
"""Words for nf_tables and ctnetlink messages, good enough to compare two streams."""
import struct

NFT = ["NEWTABLE", "GETTABLE", "DELTABLE", "NEWCHAIN", "GETCHAIN", "DELCHAIN",
       "NEWRULE", "GETRULE", "DELRULE", "NEWSET", "GETSET", "DELSET",
       "NEWSETELEM", "GETSETELEM", "DELSETELEM", "NEWGEN", "GETGEN"]

# attribute number -> (name, schema of what is nested in it)
DATA = {1: ("value", None), 2: ("verdict", {1: ("code", None), 2: ("chain", None)})}
EXPRS = {
    "match": {1: ("name", None), 2: ("rev", None), 3: ("info", None)},
    "target": {1: ("name", None), 2: ("rev", None), 3: ("info", None)},
    "cmp": {1: ("sreg", None), 2: ("op", None), 3: ("data", DATA)},
    "range": {1: ("sreg", None), 2: ("op", None), 3: ("from", DATA), 4: ("to", DATA)},
    "bitwise": {1: ("sreg", None), 2: ("dreg", None), 3: ("len", None), 4: ("mask", DATA),
                5: ("xor", DATA), 6: ("op", None), 7: ("data", DATA)},
    "immediate": {1: ("dreg", None), 2: ("data", DATA)},
    "payload": {1: ("dreg", None), 2: ("base", None), 3: ("off", None), 4: ("len", None)},
    "meta": {1: ("dreg", None), 2: ("key", None), 3: ("sreg", None)},
    "counter": {1: ("bytes", None), 2: ("packets", None)},
    "limit": {1: ("rate", None), 2: ("unit", None), 3: ("burst", None), 4: ("type", None), 5: ("flags", None)},
    "lookup": {1: ("set", None), 2: ("sreg", None), 4: ("id", None)},
}
TABLE = {1: ("name", None), 2: ("flags", None)}
CHAIN = {1: ("table", None), 2: ("handle", None), 3: ("name", None),
         4: ("hook", {1: ("num", None), 2: ("prio", None)}), 5: ("policy", None), 6: ("use", None),
         7: ("type", None), 8: ("counters", {1: ("bytes", None), 2: ("packets", None)}), 10: ("flags", None),
         11: ("id", None)}
EXPR = {1: ("name", None), 2: ("data", "expr")}
RULE = {1: ("table", None), 2: ("chain", None), 3: ("handle", None), 4: ("exprs", {1: ("elem", EXPR)}),
        5: ("compat", {1: ("proto", None), 2: ("flags", None)}), 6: ("position", None), 7: ("userdata", None),
        9: ("id", None), 10: ("posid", None)}
SCHEMA = [TABLE] * 3 + [CHAIN] * 3 + [RULE] * 3 + [{1: ("table", None), 2: ("name", None)}] * 6 + [
    {1: ("genid", None), 2: ("pid", None), 3: ("comm", None)}] * 2


def attrs(buf, schema, indent, out):
    off = 0
    name = None
    while off + 4 <= len(buf):
        n, t = struct.unpack_from("=HH", buf, off)
        if n < 4 or off + n > len(buf):
            out.append(f"{indent}?? {buf[off:].hex()}")
            return
        body = buf[off + 4:off + n]
        pad = buf[off + n:off + ((n + 3) & ~3)]
        label, sub = (schema or {}).get(t & 0x3fff, (f"#{t & 0x3fff}", None))
        if sub == "expr":
            sub = EXPRS.get(name, {})
        flag = "+" if t & 0x8000 else ""
        padded = f" pad={pad.hex()}" if any(pad) else ""
        if sub is not None:
            out.append(f"{indent}{label}{flag}{padded}:")
            attrs(body, sub, indent + "  ", out)
        else:
            text = body.rstrip(b"\0")
            if label in ("name", "table", "chain", "type", "comm"):
                name = text.decode("latin1")
                out.append(f"{indent}{label}{flag}={name} ({len(body)}){padded}")
            else:
                out.append(f"{indent}{label}{flag}={body.hex()}{padded}")
        off += (n + 3) & ~3
    if off < len(buf):
        out.append(f"{indent}rest {buf[off:].hex()}")


def messages(data):
    """Lines for a row of messages; sequence numbers and port ids are left out."""
    out = []
    off = 0
    while off + 16 <= len(data):
        n, t, fl, _seq, _pid = struct.unpack_from("=IHHII", data, off)
        if n < 16 or off + n > len(data):
            out.append("short " + data[off:].hex())
            break
        body = data[off + 16:off + n]
        sub, msg = t >> 8, t & 0xff
        if t in (2, 3):
            out.append(f"{'ERROR' if t == 2 else 'DONE'} flags={fl:#x} {struct.unpack_from('=i', body)[0] if len(body) >= 4 else ''}")
            if len(body) > 36 and fl & 0x200:
                out.append("  " + body.hex())
        elif t in (0x10, 0x11):
            out.append(f"{'BEGIN' if t == 0x10 else 'END'} flags={fl:#x} {body.hex()}")
        else:
            fam, ver, res = struct.unpack_from("=BB2s", body) if len(body) >= 4 else (0, 0, b"")
            name = NFT[msg] if sub == 10 and msg < len(NFT) else {11: "COMPAT", 1: "CT"}.get(sub, str(sub)) + f".{msg}"
            out.append(f"{name} flags={fl:#x} fam={fam} ver={ver} res={res.hex()}")
            schema = SCHEMA[msg] if sub == 10 and msg < len(SCHEMA) else None
            if sub == 11:
                schema = {1: ("name", None), 2: ("rev", None), 3: ("type", None)}
            attrs(body[4:], schema, "  ", out)
        off += (n + 3) & ~3
    return out


def stream(path):
    out = []
    try:
        with open(path, encoding="ascii") as f:
            for line in f:
                lines = messages(bytes.fromhex(line[2:].strip()))
                out += [line[0] + " " + x for x in lines] if line[0] == "<" else lines
                out.append("--")
    except FileNotFoundError:
        pass
    return out


if __name__ == "__main__":
    import sys
    print("\n".join(stream(sys.argv[1])))
