"""Scenes of streets, water and estates."""

from __future__ import annotations

from wellspring.demo.site.brush import CINNABAR, GOLD, INK, JADE, LEAF, MIST, STONE, WALL, WOOD, Brush


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
