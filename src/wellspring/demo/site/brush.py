"""Flat shapes of a water town: walls, tiles, lanterns, trees, people. Coordinates are 960 × 600."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 600
_SCALE = 2

INK, PAPER, WALL = "#33393b", "#f5eedf", "#faf7f0"
JADE, LEAF, MIST = "#4f8a72", "#86b497", "#cfe0d4"
CINNABAR, GOLD, WOOD = "#b8472f", "#d9ae55", "#8a6242"
WATER, DEEP, STONE = "#a9cdd0", "#6fa3ab", "#c9c4b8"
SKIN = ("#f0cfae", "#e5bd97", "#f4d9bd")
CLOTHES = ("#c8553d", "#4f8a72", "#4d6f8f", "#d9ae55", "#8c5f7e", "#e9e2d0", "#6b8f4e")
SKIES = (("#dcebe8", "#f7f1e3"), ("#f6dfc4", "#fbf3e2"), ("#cfe1ee", "#f1f4ee"), ("#e7e3ef", "#f9f3e8"))

Point = tuple[float, float]


class Brush:
    """A sheet and what can be drawn on it; the same seed and variation give the same picture."""

    def __init__(self, *, seed: str, variation: int = 1) -> None:
        self.random = random.Random(seed)  # noqa: S311 (drawing, no secret)
        self.variation = variation
        self.image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), PAPER)
        self._draw = ImageDraw.Draw(self.image)
        self.sky(*SKIES[variation % len(SKIES)])

    def finished(self) -> Image.Image:
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)

    # --- plain shapes ---

    def box(self, x: float, y: float, w: float, h: float, colour: str, radius: float = 0) -> None:
        box = [v * _SCALE for v in (x, y, x + w, y + h)]
        self._draw.rounded_rectangle(box, radius * _SCALE, fill=colour)

    def disc(self, x: float, y: float, r: float, colour: str, ry: float | None = None) -> None:
        ry = r if ry is None else ry
        self._draw.ellipse([v * _SCALE for v in (x - r, y - ry, x + r, y + ry)], fill=colour)

    def shape(self, points: list[Point], colour: str) -> None:
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=colour)

    def line(self, points: list[Point], colour: str, width: float = 3) -> None:
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        self._draw.line(scaled, fill=colour, width=round(width * _SCALE), joint="curve")

    def arc(self, x: float, y: float, r: float, start: float, end: float, colour: str, width: float = 3) -> None:
        box = [v * _SCALE for v in (x - r, y - r, x + r, y + r)]
        self._draw.arc(box, start, end, fill=colour, width=round(width * _SCALE))

    # --- places ---

    def sky(self, top: str, bottom: str) -> None:
        ends = [tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in (top, bottom)]
        strip = Image.new("RGB", (1, 64))
        for y in range(64):
            mixed = tuple(round(a + (b - a) * y / 63) for a, b in zip(*ends, strict=True))
            strip.putpixel((0, y), mixed)
        self.image.paste(strip.resize(self.image.size, Image.Resampling.BICUBIC))

    def sun(self, x: float = 790, y: float = 110, colour: str = "#f3d9a0") -> None:
        self.disc(x, y, 46, colour)

    def ground(self, y: float = 470, colour: str = "#ded6c3") -> None:
        self.box(0, y, WIDTH, HEIGHT - y, colour)

    def hills(self, y: float = 380, colour: str = "#c6d8d0") -> None:
        for x in range(-100, WIDTH + 200, 230):
            self.disc(x + self.random.uniform(-40, 40), y + 90, self.random.uniform(150, 230), colour, 130)

    def roof(self, x: float, y: float, w: float, h: float = 46) -> None:
        """Black tiles with upturned eaves."""
        lip = 26
        curve = [(x - lip + t * (w + 2 * lip) / 20, y + h - 10 * abs(t - 10) ** 1.5 / 31.6) for t in range(21)]
        self.shape([(x + 24, y), (x + w - 24, y), *reversed(curve)], INK)
        for t in range(1, 14):
            top = x + 24 + (w - 48) * t / 14
            self.line([(top, y + 6), (x + w * t / 14, y + h - 5)], "#4a5153", 1.5)
        self.box(x + 18, y - 6, w - 36, 9, "#272c2e", 4)

    def house(self, x: float, y: float, w: float, h: float, *, door: bool = False) -> None:
        """A white wall under tiles; (x, y) is the wall's top left."""
        self.box(x, y, w, h, WALL)
        self.box(x, y + h - 22, w, 22, "#e3ddd0")
        self.roof(x, y - 40, w)
        count = max(1, int(w // 110))
        for i in range(count):
            centre = x + w * (i + 0.5) / count
            if door and i == count // 2:
                self.box(centre - 26, y + h - 104, 52, 104, WOOD, 3)
                self.line([(centre, y + h - 100), (centre, y + h)], "#6f4d33", 2)
            else:
                self.lattice(centre - 25, y + 26, 50, 46)

    def lattice(self, x: float, y: float, w: float, h: float) -> None:
        self.box(x, y, w, h, WOOD, 2)
        self.box(x + 4, y + 4, w - 8, h - 8, "#f3e3bd")
        for i in (1, 2):
            self.line([(x + w * i / 3, y), (x + w * i / 3, y + h)], WOOD, 2)
            self.line([(x, y + h * i / 3), (x + w, y + h * i / 3)], WOOD, 2)

    def block(self, x: float, y: float, w: float, h: float, colour: str = "#ece4d3", *, floors: int = 5) -> None:
        """A block of flats from the last century."""
        self.box(x, y, w, h, colour)
        self.box(x - 8, y - 12, w + 16, 14, INK, 3)
        columns = max(2, int(w // 62))
        for row in range(floors):
            for column in range(columns):
                wx, wy = x + w * (column + 0.5) / columns - 17, y + 18 + (h - 30) * row / floors
                lit = self.random.random() < 0.25
                self.box(wx, wy, 34, (h - 30) / floors - 18, "#f5dfa6" if lit else "#a9c0c4", 2)
                self.box(wx - 3, wy + (h - 30) / floors - 20, 40, 5, "#d2c8b4")

    def water(self, y: float, colour: str = WATER) -> None:
        self.box(0, y, WIDTH, HEIGHT - y, colour)
        for _ in range(26):
            x, row = self.random.uniform(0, WIDTH), self.random.uniform(y + 12, HEIGHT - 8)
            self.line([(x, row), (x + self.random.uniform(30, 110), row)], "#c9e2e2", 2.5)

    def bridge(self, x: float, y: float, w: float) -> None:
        """A stone arch with its opening; y is the water line."""
        rise = w * 0.34
        curve = [(x + w * t / 24, y - rise * math.sin(math.pi * t / 24)) for t in range(25)]
        self.shape([*curve, (x + w, y + 8), (x, y + 8)], STONE)
        self.disc(x + w / 2, y + 8, w * 0.24, WATER, w * 0.23)
        self.line([(px, py - 16) for px, py in curve[2:-2]], "#a8a295", 5)
        for px, py in curve[3:-3:3]:
            self.line([(px, py - 16), (px, py)], "#a8a295", 4)

    # --- things ---

    def tree(self, x: float, y: float, size: float = 1, colour: str = LEAF) -> None:
        self.line([(x, y), (x - 3 * size, y - 90 * size)], WOOD, 9 * size)
        for dx, dy, r in ((-34, -96, 38), (30, -104, 42), (0, -136, 46), (-8, -86, 36)):
            self.disc(x + dx * size, y + dy * size, r * size, colour)

    def willow(self, x: float, y: float, size: float = 1) -> None:
        self.line([(x, y), (x + 8 * size, y - 130 * size)], WOOD, 10 * size)
        for i in range(-7, 8):
            top = (x + 8 * size + i * 7 * size, y - (150 - abs(i) * 4) * size)
            tip = (x + i * 17 * size, y - self.random.uniform(34, 70) * size)
            self.line([(x + 8 * size, y - 132 * size), top, ((top[0] + tip[0]) / 2, top[1] + 20 * size), tip], LEAF, 5)

    def bamboo(self, x: float, y: float, count: int = 5) -> None:
        for i in range(count):
            stem, top = x + i * 17, y - self.random.uniform(170, 240)
            self.line([(stem, y), (stem + 5, top)], JADE, 5)
            for step in range(5):
                ly = top + step * 34
                self.shape([(stem + 4, ly), (stem + 36, ly + 8), (stem + 8, ly + 9)], LEAF)

    def lantern(self, x: float, y: float, size: float = 1) -> None:
        self.line([(x, y - 44 * size), (x, y)], INK, 2)
        self.disc(x, y + 18 * size, 26 * size, CINNABAR, 21 * size)
        self.disc(x, y + 18 * size, 13 * size, "#d06a4b", 21 * size)
        self.box(x - 11 * size, y - 6 * size, 22 * size, 6 * size, GOLD, 2)
        self.box(x - 11 * size, y + 36 * size, 22 * size, 6 * size, GOLD, 2)
        self.line([(x, y + 42 * size), (x, y + 66 * size)], GOLD, 3 * size)

    def person(
        self, x: float, y: float, size: float = 1, *, colour: str = "", grey: bool = False, vest: bool = False
    ) -> None:
        """Standing at (x, y), about 150 high."""
        colour = colour or self.random.choice(CLOTHES)
        skin, hair = self.random.choice(SKIN), "#d9d6cf" if grey else "#3d3430"
        for side in (-1, 1):
            self.line([(x + side * 10 * size, y - 50 * size), (x + side * 11 * size, y)], "#4b5358", 13 * size)
            arm = [(x + side * 22 * size, y - 96 * size), (x + side * 33 * size, y - 52 * size)]
            self.line(arm, colour, 11 * size)
        self.box(x - 25 * size, y - 108 * size, 50 * size, 66 * size, colour, 16 * size)
        if vest:
            self.box(x - 21 * size, y - 106 * size, 42 * size, 58 * size, CINNABAR, 10 * size)
            self.line([(x, y - 104 * size), (x, y - 50 * size)], "#e8c9a0", 2 * size)
        self.disc(x, y - 128 * size, 22 * size, hair)
        self.disc(x, y - 123 * size, 18 * size, skin)

    def sitter(self, x: float, y: float, size: float = 1, *, grey: bool = False, colour: str = "") -> None:
        """Head and shoulders behind a table whose edge is at y."""
        colour = colour or self.random.choice(CLOTHES)
        self.box(x - 34 * size, y - 66 * size, 68 * size, 72 * size, colour, 22 * size)
        self.disc(x, y - 90 * size, 27 * size, "#d9d6cf" if grey else "#3d3430")
        self.disc(x, y - 84 * size, 22 * size, self.random.choice(SKIN))

    def table(self, x: float, y: float, w: float, h: float = 22, colour: str = "#a87a52") -> None:
        self.box(x, y, w, h, colour, 6)
        for leg in (x + 26, x + w - 40):
            self.box(leg, y + h, 14, 96, "#8a6242")

    def bowl(self, x: float, y: float, size: float = 1, colour: str = "#e9eef0") -> None:
        self.disc(x, y, 26 * size, "#fffdf8", 9 * size)
        points = [
            (x + 26 * size * math.cos(t * math.pi / 12), y + 24 * size * math.sin(t * math.pi / 12)) for t in range(13)
        ]
        self.shape(points, colour)

    def bin(self, x: float, y: float, colour: str) -> None:
        self.shape([(x, y - 104), (x + 74, y - 104), (x + 66, y), (x + 8, y)], colour)
        self.box(x - 6, y - 120, 86, 20, colour, 8)
        self.box(x + 27, y - 127, 20, 8, INK, 3)
        self.disc(x + 37, y - 56, 17, WALL)
        self.shape([(x + 37, y - 68), (x + 47, y - 50), (x + 27, y - 50)], colour)
        for wheel in (x + 16, x + 58):
            self.disc(wheel, y, 8, INK)

    def car(self, x: float, y: float, colour: str) -> None:
        self.shape([(x + 34, y - 42), (x + 58, y - 78), (x + 130, y - 78), (x + 160, y - 42)], "#bcd3da")
        self.box(x, y - 46, 190, 38, colour, 14)
        self.line([(x + 94, y - 78), (x + 94, y - 44)], colour, 6)
        for wheel in (x + 42, x + 148):
            self.disc(wheel, y - 8, 19, INK)
            self.disc(wheel, y - 8, 8, STONE)

    def dog(self, x: float, y: float, colour: str = "#c99a62") -> None:
        self.box(x, y - 58, 92, 38, colour, 18)
        for leg in (x + 10, x + 26, x + 66, x + 80):
            self.line([(leg, y - 26), (leg, y)], colour, 9)
        self.disc(x + 98, y - 66, 24, colour)
        self.disc(x + 116, y - 58, 13, "#e8cfa6", 10)
        self.disc(x + 125, y - 61, 4, INK)
        self.disc(x + 102, y - 70, 3.5, INK)
        self.shape([(x + 80, y - 78), (x + 92, y - 92), (x + 96, y - 62)], "#9c7040")
        self.line([(x + 4, y - 48), (x - 20, y - 76)], colour, 8)

    def pot(self, x: float, y: float, colour: str = CINNABAR) -> None:
        self.shape([(x, y - 36), (x + 50, y - 36), (x + 42, y), (x + 8, y)], "#b0764f")
        for dx, dy in ((8, -56), (25, -70), (42, -56), (25, -50)):
            self.disc(x + dx, y + dy, 15, LEAF)
        for dx, dy in ((10, -62), (27, -74), (40, -58)):
            self.disc(x + dx, y + dy, 6, colour)
