"""Checks a receipt with nothing but this file: written from docs/proof.md alone, it shares no code with Wellspring.

    python second_verifier.py receipt.json KEY [PAGE]

Ed25519 is RFC 8032, in as few lines as it takes: slow, but every step can be read.
"""

import base64
import hashlib
import json
import re
import sys

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


class Refused(Exception):
    """The receipt does not hold; the message begins with the name of the step."""


def verify(receipt, key, page=None):
    """Raise Refused, or return the leaf's text and the checkpoint's lines."""
    if receipt["format"] != "wellspring-receipt/1":
        raise Refused("format: unknown")
    capture = receipt["capture"]
    if capture["address"] is not None:
        salted = bytes.fromhex(capture["salt"]) + capture["address"].encode("utf-8")
        if len(bytes.fromhex(capture["salt"])) != 16 or "sha256:" + sha256(salted).hex() != capture["address_digest"]:
            raise Refused("address: another one")
    digest = re.compile("sha256:[0-9a-f]{64}")
    for name in ("payload_digest", "record_digest", "address_digest"):
        if not digest.fullmatch(capture[name]):
            raise Refused("leaf: no digest")
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z", capture["received_at"]):
        raise Refused("leaf: no time")
    leaf = (
        "wellspring capture v1\n"
        f"{capture['id']:d}\n"
        f"{capture['received_at']}\n"
        f"payload {capture['payload_digest']}\n"
        f"record {capture['record_digest']}\n"
        f"address {capture['address_digest']}\n"
    )
    if leaf != receipt["leaf"]:
        raise Refused("leaf: says two things")
    lines = opened(receipt["checkpoint"], receipt["key"]).split("\n")
    origin, size, root = lines[0], int(lines[1]), base64.b64decode(lines[2])
    if origin != receipt["key"].split("+")[0]:
        raise Refused("signature: the key has another name")
    proof = [base64.b64decode(hash_) for hash_ in receipt["inclusion_proof"]]
    if not included(receipt["index"], size, sha256(b"\x00" + leaf.encode("ascii")), proof, root):
        raise Refused("inclusion: not in the log that was signed")
    if key not in vouched(receipt["key"], size, receipt["key_changes"]):
        raise Refused("key: another one")
    if page is not None and "sha256:" + sha256(page).hex() != capture["payload_digest"]:
        raise Refused("page: other bytes")
    return leaf, lines


def included(index, size, hash_, proof, root):
    first, last = index, size - 1
    if not 0 <= index < size:
        return False
    for other in proof:
        if last == 0:
            return False
        if first % 2 or first == last:
            hash_ = sha256(b"\x01" + other + hash_)
            while first % 2 == 0 and first > 0:
                first, last = first >> 1, last >> 1
        else:
            hash_ = sha256(b"\x01" + hash_ + other)
        first, last = first >> 1, last >> 1
    return last == 0 and hash_ == root


def consistent(old_size, new_size, old_root, new_root, proof):
    """RFC 9162 section 2.1.4.2."""
    if old_size == new_size:
        return not proof and old_root == new_root
    if not 0 < old_size < new_size:
        return False
    if old_size & (old_size - 1) == 0:
        proof = [old_root, *proof]
    first, last = old_size - 1, new_size - 1
    while first % 2:
        first, last = first >> 1, last >> 1
    old = new = proof[0]
    for other in proof[1:]:
        if last == 0:
            return False
        if first % 2 or first == last:
            old, new = sha256(b"\x01" + other + old), sha256(b"\x01" + other + new)
            while first % 2 == 0 and first > 0:
                first, last = first >> 1, last >> 1
        else:
            new = sha256(b"\x01" + new + other)
        first, last = first >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def opened(note, key):
    """The text of a note that this key has signed."""
    name, key_id, public = key_parts(key)
    text, _, signatures = note.rpartition("\n\n")
    for line in signatures.split("\n"):
        words = line.split(" ")
        if len(words) == 3 and words[:2] == ["\u2014", name]:
            blob = base64.b64decode(words[2])
            if blob[:4] == key_id and is_signed(public, (text + "\n").encode("utf-8"), blob[4:]):
                return text + "\n"
    raise Refused("signature: not by this key")


def vouched(key, size, changes):
    """The keys whose holders can trust `key` about a log of this size."""
    found = [key]
    for one in found:
        for note in changes:
            _, word, change_size, _, old, new, _ = note.rpartition("\n\n")[0].split("\n")
            old, new, at = old.removeprefix("from "), new.removeprefix("to "), int(change_size)
            if word != "key change" or (one == old and size > at) or (one == new and size < at):
                continue
            if one in (old, new) and opened(note, old) and opened(note, new):
                found += [other for other in (old, new) if other not in found]
    return found


def key_parts(key):
    name, key_id, coded = key.split("+", 2)
    blob = base64.b64decode(coded)
    if blob[0] != 1 or len(blob) != 33 or sha256(name.encode("utf-8") + b"\n" + blob)[:4].hex() != key_id:
        raise Refused("key: no Ed25519 key")
    return name, bytes.fromhex(key_id), blob[1:]


def sha256(data):
    return hashlib.sha256(data).digest()


def is_signed(public, message, signature):
    """Ed25519: s·B = R + h·A."""
    if len(signature) != 64:
        return False
    r, s, a = point(signature[:32]), int.from_bytes(signature[32:], "little"), point(public)
    if r is None or a is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    base = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    return same(times(s, base), plus(r, times(h, a)))


def point(data):
    """A point (x, y, z, x·y/z) from its 32 bytes; None where there is none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x % 2 != sign:
        x = P - x
    return x, y, 1, x * y % P


def plus(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, p):
    whole = (0, 1, 1, 0)
    while number:
        if number & 1:
            whole = plus(whole, p)
        p, number = plus(p, p), number >> 1
    return whole


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


if __name__ == "__main__":
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            told = json.load(file)
        bytes_of_page = None
        if len(sys.argv) > 3:
            with open(sys.argv[3], "rb") as file:
                bytes_of_page = file.read()
        leaf_text, head = verify(told, sys.argv[2], bytes_of_page)
    except (Refused, KeyError, TypeError, ValueError, AttributeError) as refused:
        sys.exit(f"The receipt does not hold. {refused}")
    print(f"The receipt holds: {told['capture']['address']} in {head[0]}, {head[3]}.")
