"""The scenes that pictures show; each is a function that draws on a `Brush`."""

from __future__ import annotations

from collections.abc import Callable

from .brush import CINNABAR, DEEP, GOLD, INK, JADE, LEAF, MIST, STONE, WALL, WATER, WOOD, Brush


def courtyard(b: Brush) -> None:
    b.sun()
    b.hills()
    b.house(60, 230, 330, 240, door=True)
    b.house(560, 270, 340, 200)
    b.box(390, 320, 170, 150, WALL)
    b.roof(382, 296, 186, 30)
    b.disc(475, 412, 56, MIST)
    b.ground()
    b.bamboo(410, 470, 3)
    b.tree(880, 490, 1.1)
    b.pot(130, 500)
    b.pot(330, 500, GOLD)
    b.person(520, 545, colour="#4d6f8f")
    b.person(600, 552, grey=True)


def canal(b: Brush) -> None:
    b.sun(700, 120)
    b.hills(350)
    b.house(0, 230, 250, 190)
    b.house(710, 210, 260, 210)
    b.box(0, 416, 270, 20, STONE)
    b.box(690, 416, 280, 20, STONE)
    b.water(432)
    b.bridge(250, 436, 450)
    b.willow(205, 424, 1.2)
    b.willow(760, 424, 1.1)
    b.shape([(90, 520), (300, 520), (270, 552), (120, 552)], WOOD)
    b.box(160, 488, 84, 32, "#b98d5f", 14)
    b.person(430, 306, 0.55, vest=True)
    b.person(490, 300, 0.55)


def lanterns(b: Brush) -> None:
    b.sky("#3f5163", "#c98f68")
    b.house(20, 240, 400, 230, door=True)
    b.house(520, 260, 420, 210, door=True)
    b.ground(470, "#bfae94")
    b.line([(0, 110), (240, 150), (480, 120), (720, 150), (960, 105)], INK, 2.5)
    for x, y in ((80, 168), (220, 192), (360, 180), (500, 166), (640, 184), (780, 186), (900, 160)):
        b.lantern(x, y, 1.1)
    for x in (140, 300, 470, 560, 700, 850):
        b.person(x, 560, 0.95)


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


def bins(b: Brush) -> None:
    b.hills(330)
    b.block(40, 120, 240, 340)
    b.block(700, 150, 230, 310, "#e6dcc6")
    b.tree(330, 470)
    b.ground()
    b.box(360, 220, 320, 22, JADE, 4)
    for x in (372, 656):
        b.box(x, 240, 12, 250, "#5d6b66")
    for x, colour in ((384, "#3f7fa6"), (476, "#5f9a57"), (568, "#6b6f73")):
        b.bin(x + 6, 505, colour)
    b.person(270, 560, vest=True)
    b.person(720, 556, colour=GOLD)
    b.person(780, 562, 0.66)


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


def mural(b: Brush) -> None:
    b.sun(120, 90)
    b.box(0, 170, 960, 290, WALL)
    b.box(0, 152, 960, 26, INK)
    for x in range(40, 960, 60):
        b.disc(x, 168, 15, "#454c4e", 10)
    b.disc(220, 290, 56, GOLD)
    b.shape([(60, 440), (200, 300), (330, 440)], LEAF)
    b.shape([(230, 440), (380, 270), (520, 440)], JADE)
    for x, colour in ((600, CINNABAR), (690, "#4d6f8f"), (780, GOLD), (870, "#8c5f7e")):
        b.line([(x, 440), (x, 330)], JADE, 7)
        for dx, dy in ((-22, 0), (22, 0), (0, -22), (0, 22)):
            b.disc(x + dx, 310 + dy, 18, colour)
        b.disc(x, 310, 13, "#f6e7b8")
    b.ground(460)
    for x, size in ((150, 0.9), (420, 0.7), (540, 0.95), (740, 0.7)):
        b.person(x, 550, size)
        b.line([(x + 30 * size, 550 - 60 * size), (x + 62 * size, 550 - 120 * size)], WOOD, 5)
    for x, colour in ((250, CINNABAR), (300, JADE), (640, GOLD)):
        b.box(x, 540, 36, 34, colour, 4)


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


def lift(b: Brush) -> None:
    b.hills(340)
    b.block(120, 90, 560, 390, floors=6)
    b.box(680, 60, 130, 420, "#a9c7cf", 4)
    for y in range(60, 480, 60):
        b.line([(680, y), (810, y)], "#6f8f97", 4)
    b.line([(745, 60), (745, 480)], "#6f8f97", 3)
    b.box(694, 300, 102, 110, "#e8eff0", 6)
    b.line([(745, 300), (745, 410)], "#9db3b8", 3)
    b.box(672, 44, 146, 20, INK, 4)
    b.tree(70, 490)
    b.tree(890, 490, 1.1)
    b.ground(478)
    b.person(560, 560, grey=True)
    b.person(620, 562, vest=True)
    b.person(330, 560)
    b.pot(420, 540)


def parking(b: Brush) -> None:
    b.block(30, 90, 300, 330, "#e9dfca")
    b.block(620, 120, 310, 300)
    b.tree(470, 420, 1.3)
    b.ground(410, "#a9aaa4")
    for x in (60, 280, 500, 720, 940):
        b.line([(x, 430), (x - 40, 590)], "#f4f1e8", 6)
    for x, y, colour in ((70, 500, "#d7dad8"), (300, 500, "#4d6f8f"), (740, 500, CINNABAR)):
        b.car(x, y, colour)
    b.box(570, 300, 70, 130, "#3f7f62", 8)
    b.box(584, 314, 42, 36, "#d5efe0", 4)
    b.person(560, 560, vest=True)


def dog(b: Brush) -> None:
    b.sun()
    b.hills(330, MIST)
    b.ground(400, "#b9d1a9")
    b.box(0, 470, 960, 50, "#e5dac1")
    b.tree(120, 420, 1.2)
    b.tree(840, 410, 1.3, JADE)
    b.house(360, 280, 240, 120)
    b.person(300, 540, 1.1)
    b.line([(334, 480), (424, 484)], CINNABAR, 3)
    b.dog(400, 545)
    b.person(660, 540, grey=True)
    b.dog(720, 548, "#efe4d0")


def water(b: Brush) -> None:
    b.hills(300)
    b.water(330)
    b.box(0, 310, 960, 26, STONE)
    b.willow(130, 320, 1.3)
    b.willow(820, 320, 1.2)
    b.house(330, 190, 300, 120)
    for x, y in ((200, 430), (420, 500), (700, 440), (820, 540)):
        b.disc(x, y, 54, JADE, 18)
        b.disc(x + 10, y - 12, 13, "#e9a7a0")
        b.disc(x + 10, y - 16, 8, "#f6d7d0")
    b.shape([(470, 470), (690, 470), (660, 502), (500, 502)], WOOD)
    b.person(560, 470, 0.8, vest=True)
    b.line([(590, 420), (660, 520)], "#c9b58a", 4)


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


def patrol(b: Brush) -> None:
    b.sky("#2f3e52", "#7f8a94")
    b.disc(760, 110, 40, "#f2e6c2")
    b.block(60, 130, 260, 340, "#5e6873")
    b.block(400, 180, 220, 290, "#667079")
    b.house(690, 300, 240, 170)
    b.ground(468, "#58605f")
    b.line([(350, 470), (350, 220), (380, 206)], INK, 8)
    b.shape([(380, 210), (300, 470), (470, 470)], "#8d8f78")
    b.disc(384, 208, 12, "#ffe9a8")
    for x in (430, 520, 610):
        b.person(x, 570, 1.05, vest=True)
        b.shape([(x + 34, 516), (x + 120, 500), (x + 120, 552)], "#b5ae86")
    b.dog(220, 575, "#8b6f4e")


def craft(b: Brush) -> None:
    b.box(0, 0, 960, 600, "#f6ead8")
    b.line([(0, 60), (480, 110), (960, 60)], WOOD, 3)
    for x, y, colour in ((120, 76, CINNABAR), (260, 94, GOLD), (400, 106, JADE), (560, 106, "#4d6f8f"), (720, 90, GOLD)):
        b.shape([(x - 26, y), (x + 26, y), (x, y + 56)], colour)
    for x, size in ((170, 1.1), (290, 0.8), (430, 1.1), (540, 0.8), (680, 1.1), (800, 0.8)):
        b.sitter(x, 380, size)
    b.table(90, 380, 780, 36, "#c99f6e")
    for place, x in enumerate(range(150, 840, 96)):
        b.disc(x, 376, 22, (CINNABAR, GOLD, JADE, "#8c5f7e")[place % 4])
        b.arc(x, 376, 14, 30, 230, "#fff3dd", 2)
    b.ground(520, "#d9c39c")


def renovation(b: Brush) -> None:
    b.sun(110, 90)
    b.block(80, 120, 340, 350, "#f1e3c8")
    b.block(500, 140, 360, 330, "#dfe5da")
    for x in range(490, 880, 74):
        b.line([(x, 100), (x, 470)], "#b98d5f", 4)
    for y in range(140, 470, 82):
        b.line([(484, y), (874, y)], "#b98d5f", 4)
    b.ground(468)
    b.tree(450, 480, 1.1)
    b.person(560, 222, 0.6, colour=GOLD)
    b.person(720, 304, 0.6, colour=GOLD)
    b.person(220, 560, vest=True)
    b.person(300, 560, grey=True)
    b.person(370, 562)
    b.box(640, 520, 160, 46, STONE, 4)
    b.pot(830, 560)


def market(b: Brush) -> None:
    b.sun(820, 90)
    b.hills(330)
    b.house(300, 210, 360, 200)
    b.ground(410, "#d9cdb2")
    for x, colour in ((40, CINNABAR), (360, JADE), (680, GOLD)):
        b.box(x + 10, 300, 8, 190, WOOD)
        b.box(x + 222, 300, 8, 190, WOOD)
        for i in range(6):
            b.shape(
                [(x + i * 40, 270), (x + i * 40 + 40, 270), (x + i * 40 + 44, 320), (x + i * 40 - 4, 320)],
                colour if i % 2 else WALL,
            )
        b.box(x, 440, 240, 60, "#b98d5f", 5)
        for place in range(5):
            b.disc(x + 34 + place * 42, 434, 17, ("#d98a6c", "#9cbf7a", "#e3b06a")[place % 3])
    for x in (190, 320, 470, 640, 830):
        b.person(x, 580, 0.95, grey=x == 640)


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


SCENES: dict[str, Callable[[Brush], None]] = {
    scene.__name__: scene
    for scene in (
        courtyard, canal, lanterns, banquet, bins, elders, canteen, meeting, mural, dumplings,
        lift, parking, dog, water, tap, patrol, craft, renovation, market, court,
    )
}  # fmt: skip
