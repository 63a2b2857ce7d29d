"""Scenes within four walls or at a laid table."""

from __future__ import annotations

from wellspring.demo.site.brush import CINNABAR, DEEP, GOLD, INK, JADE, LEAF, WALL, WATER, WOOD, Brush


def banquet(b: Brush) -> None:
    lanterns_low = ((120, 90), (330, 70), (620, 74), (840, 92))
    b.house(90, 170, 780, 200)
    b.ground(370, "#e0d4bd")
    for x, y in lanterns_low:
        b.lantern(x, y)
    for x in (140, 260, 380, 500, 620, 740, 840):
        b.sitter(x, 420, grey=b.random.random() < 0.4)
    b.table(60, 420, 840, 34, CINNABAR)
    for place, x in enumerate(range(120, 880, 84)):
        b.bowl(x, 426, 1, ("#e9eef0", "#cfe0d4", "#f0dcae")[place % 3])


def elders(b: Brush) -> None:
    b.box(0, 0, 960, 600, "#f2e8d3")
    b.lattice(90, 70, 210, 190)
    b.lattice(660, 70, 210, 190)
    b.box(390, 70, 180, 130, WALL, 4)
    b.shape([(410, 184), (470, 110), (520, 160), (550, 130), (556, 184)], LEAF)
    b.ground(470, "#cdb892")
    for x, grey in ((200, True), (350, True), (500, False), (640, True), (770, True)):
        b.sitter(x, 380, 1.15, grey=grey)
    b.table(110, 380, 740, 30)
    for x in (210, 360, 640, 760):
        b.bowl(x, 388, 0.9)
    b.disc(500, 380, 30, "#7d9aa0", 10)
    b.box(478, 340, 44, 40, "#7d9aa0", 14)


def canteen(b: Brush) -> None:
    b.box(0, 0, 960, 600, "#eef0e4")
    b.box(0, 110, 960, 18, JADE)
    for x in range(60, 960, 140):
        b.lantern(x, 54, 0.5)
    b.box(60, 170, 560, 130, "#fbf7ee", 8)
    for place, x in enumerate(range(90, 600, 86)):
        b.bowl(x + 20, 250, 1.1, ("#e3b06a", "#9cbf7a", "#d98a6c")[place % 3])
    for x in (180, 340, 500):
        b.sitter(x, 300, 0.9, colour=WALL)
    b.box(40, 300, 620, 60, "#d8c9a8", 6)
    b.ground(470, "#d9cfb9")
    for x in (120, 240, 370, 500):
        b.person(x, 560, grey=x != 370)
    b.table(680, 440, 240)
    b.sitter(740, 440, grey=True)
    b.sitter(860, 440, grey=True)


def meeting(b: Brush) -> None:
    b.box(0, 0, 960, 600, "#efe6d4")
    b.box(300, 60, 360, 200, "#4e6b62", 8)
    b.box(316, 76, 328, 168, "#5d7d72", 4)
    for y, w in ((110, 200), (140, 250), (170, 160), (200, 220)):
        b.line([(350, y), (350 + w, y)], "#d7e5dc", 5)
    b.person(720, 330, 1.1, vest=True)
    b.pot(180, 300)
    b.ground(440, "#d3c2a0")
    for x in (160, 290, 420, 550, 680, 800):
        b.sitter(x, 430, grey=x in (290, 680))
    b.table(80, 430, 800, 40)
    for x in range(150, 860, 130):
        b.box(x, 420, 44, 12, WALL, 2)
        b.bowl(x + 70, 424, 0.5)


def dumplings(b: Brush) -> None:
    b.box(0, 0, 960, 600, "#f4e4cf")
    b.lattice(360, 40, 240, 170)
    for x in (160, 800):
        b.lantern(x, 110, 1.2)
    for x, grey in ((170, True), (330, False), (480, True), (640, False), (790, True)):
        b.sitter(x, 350, 1.1, grey=grey)
    b.ground(350, "#b98d5f")
    for x, y in ((180, 430), (480, 410), (780, 430)):
        b.disc(x, y, 100, "#e2c794", 36)
        b.disc(x, y - 4, 90, "#f0dbb0", 30)
        for i in range(9):
            b.disc(x - 66 + i % 5 * 33, y - 14 + i // 5 * 20, 13, "#fffaf0", 9)
    for x in (330, 630):
        b.bowl(x, 510, 1.6)
        b.disc(x, 508, 34, "#fffdf8", 10)


def tap(b: Brush) -> None:
    b.box(0, 0, 960, 600, "#e3eff0")
    for x in range(0, 960, 120):
        for y in range(0, 420, 120):
            b.box(x + 3, y + 3, 114, 114, "#eef6f6", 4)
    b.box(0, 420, 960, 180, "#c3d8da")
    b.disc(500, 470, 240, "#f8fbfb", 70)
    b.disc(500, 474, 210, WATER, 52)
    b.box(470, 130, 60, 60, "#8fa1a6", 12)
    b.box(380, 170, 180, 46, "#9fb1b6", 22)
    b.box(380, 180, 46, 90, "#9fb1b6", 14)
    b.box(450, 100, 100, 20, CINNABAR, 10)
    b.line([(403, 270), (403, 330)], DEEP, 7)
    b.disc(403, 372, 14, DEEP, 20)
    b.person(760, 560, 1.3, colour=GOLD)
    b.person(180, 560, 1.1, colour=JADE)


def craft(b: Brush) -> None:
    b.box(0, 0, 960, 600, "#f6ead8")
    b.line([(0, 60), (480, 110), (960, 60)], WOOD, 3)
    for x, y, colour in (
        (120, 76, CINNABAR),
        (260, 94, GOLD),
        (400, 106, JADE),
        (560, 106, "#4d6f8f"),
        (720, 90, GOLD),
    ):
        b.shape([(x - 26, y), (x + 26, y), (x, y + 56)], colour)
    for x, size in ((170, 1.1), (290, 0.8), (430, 1.1), (540, 0.8), (680, 1.1), (800, 0.8)):
        b.sitter(x, 380, size)
    b.table(90, 380, 780, 36, "#c99f6e")
    for place, x in enumerate(range(150, 840, 96)):
        b.disc(x, 376, 22, (CINNABAR, GOLD, JADE, "#8c5f7e")[place % 4])
        b.arc(x, 376, 14, 30, 230, "#fff3dd", 2)
    b.ground(520, "#d9c39c")


def court(b: Brush) -> None:
    b.box(0, 0, 960, 600, "#ece7dc")
    b.box(380, 60, 200, 150, "#7a5636", 6)
    b.line([(480, 84), (480, 180)], GOLD, 6)
    b.line([(420, 104), (540, 104)], GOLD, 6)
    for x in (420, 540):
        b.line([(x, 104), (x - 22, 150)], GOLD, 2)
        b.line([(x, 104), (x + 22, 150)], GOLD, 2)
        b.disc(x, 152, 26, GOLD, 9)
    b.ground(450, "#c7b48f")
    b.sitter(480, 330, 1.1, colour=INK)
    b.table(370, 330, 220, 40, "#7a5636")
    for x, grey in ((150, True), (270, False), (690, False), (810, True)):
        b.sitter(x, 430, 1.1, grey=grey)
    b.table(90, 430, 250, 30)
    b.table(620, 430, 260, 30)
