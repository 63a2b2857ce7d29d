"""Text that a regular expression almost matches, grown from its own pieces: what makes a careless one slow."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
from collections.abc import Iterator
from typing import Any

from wellspring.engine import extract

_parser: Any = re._parser  # type: ignore[attr-defined]  # the only place that knows what an expression is made of
_ALPHABET = "来源：记者责编（）0129-/.年月日 \t\u3000aZ_<>\"'=页下一"
_CATEGORIES = {
    "CATEGORY_DIGIT": "0123456789２٣",
    "CATEGORY_SPACE": " \t\u3000\xa0\n",
    "CATEGORY_WORD": "aZ_9来源",
    "CATEGORY_NOT_WORD": " ：（）-，。",
    "CATEGORY_NOT_DIGIT": "a来 ：",
    "CATEGORY_NOT_SPACE": "a来9：",
}
_MOST = 40


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Every compiled expression of the extractor's modules, by module and name."""
    for found in pkgutil.iter_modules(extract.__path__):
        module = importlib.import_module(f"{extract.__name__}.{found.name}")
        for name, value in sorted(vars(module).items()):
            if isinstance(value, re.Pattern):
                yield f"{found.name}.{name}", value


def almost(rng: random.Random, pattern: re.Pattern[Any], length: int) -> str:
    """Text of about `length` characters out of pieces that the expression would take, with some spoilt."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = _parser.parse(source, pattern.flags & (re.I | re.S | re.M | re.X))
    whole = _grown(rng, tree, 2)
    pieces = [whole, whole[: rng.randint(0, len(whole))], _grown(rng, tree, _MOST), rng.choice(_ALPHABET)]
    if rng.random() < 0.4:
        pieces = [rng.choice(pieces)]
    if rng.random() < 0.3:
        # One piece of the expression alone, again and again.
        nodes = list(tree)
        part = _taken(rng, *rng.choice(nodes), _MOST) if nodes else ""
        pieces = [part or rng.choice(_ALPHABET)]
    grown: list[str] = []
    size = 0
    while size < length:
        piece = rng.choice(pieces) or rng.choice(_ALPHABET)
        grown.append(piece)
        size += len(piece)
    text = "".join(grown)[: 2 * length]
    return text + rng.choice(["", "!", "\n", "<", "x" * 20, '"'])


def _grown(rng: random.Random, tree: Any, most: int) -> str:
    return "".join(_taken(rng, operator, argument, most) for operator, argument in tree)


def _taken(rng: random.Random, operator: Any, argument: Any, most: int) -> str:
    """Something that one part of an expression takes."""
    name = str(operator)
    if name == "LITERAL":
        return chr(argument)
    if name == "NOT_LITERAL":
        return "a" if argument != ord("a") else "b"
    if name == "ANY":
        return rng.choice(_ALPHABET)
    if name == "IN":
        return _one_of(rng, argument)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, largest, inner = argument
        count = rng.choice([int(least), min(int(largest), most), min(int(least) + 1, int(largest))])
        return "".join(_grown(rng, inner, 2) for _ in range(count))
    if name == "SUBPATTERN":
        return _grown(rng, argument[-1], most)
    if name == "ATOMIC_GROUP":
        return _grown(rng, argument, most)
    if name == "BRANCH":
        return _grown(rng, rng.choice(argument[1]), most)
    if name == "ASSERT":
        return _grown(rng, argument[1], most) if rng.random() < 0.5 else ""
    return ""


def _one_of(rng: random.Random, members: Any) -> str:
    kind, value = rng.choice(members)
    name = str(kind)
    if name == "NEGATE":
        return rng.choice(_ALPHABET)
    if name == "RANGE":
        return chr(rng.randint(value[0], value[1]))
    if name == "CATEGORY":
        return rng.choice(_CATEGORIES.get(str(value), _ALPHABET))
    return chr(value)
