"""Minutes as a Word file in the look of official papers: real styles and headings, Chinese fonts with fallbacks."""

from __future__ import annotations

import io
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from wellspring.sharing.queries.minutes import ShownMinutes

TITLE_FONT, HEADING_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋"
LATIN_FONT = "Times New Roman"
FALLBACKS = {
    TITLE_FONT: "小标宋,方正小标宋_GBK,华文中宋,宋体,SimSun,Noto Serif CJK SC",
    HEADING_FONT: "SimHei,微软雅黑,Noto Sans CJK SC",
    BODY_FONT: "仿宋_GB2312,FangSong,华文仿宋,STFangsong,宋体,Noto Serif CJK SC",
}
"""What Word and WPS take where a font is not installed, in their order."""
BODY_SIZE, TITLE_SIZE, LINE = Pt(16), Pt(22), Pt(28)
"""三号, 二号, and 22 lines on a page."""
MARGINS = (Mm(37), Mm(26), Mm(35), Mm(28))
"""Top, right, bottom, left, as official papers have them."""


def word_file(minutes: ShownMinutes) -> bytes:
    """The bytes of a .docx with the minutes, lines for signatures, and who signed them off."""
    document: Any = Document()
    _set_page(document)
    _set_styles(document)
    title = _printable(minutes.title)
    document.core_properties.title = title
    document.core_properties.author = _printable(minutes.session.org.name)
    document.core_properties.comments = ""
    document.add_paragraph(title, style="Title")
    for kind, text in minutes.blocks:
        style = {"heading": "Heading 1", "point": "List Bullet"}.get(kind, "Normal")
        document.add_paragraph(_printable(text), style=style)
    _add_signatures(document, minutes)
    _add_page_numbers(document)
    _add_fallbacks(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set_page(document: Any) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.right_margin, page.bottom_margin, page.left_margin = MARGINS


def _set_styles(document: Any) -> None:
    styles = document.styles
    for name, font, size, bold in (
        ("Normal", BODY_FONT, BODY_SIZE, False),
        ("Title", TITLE_FONT, TITLE_SIZE, False),
        ("Heading 1", HEADING_FONT, BODY_SIZE, False),
        ("List Bullet", BODY_FONT, BODY_SIZE, False),
    ):
        style = styles[name]
        style.font.name, style.font.size, style.font.bold = LATIN_FONT, size, bold
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), font)
        spacing = style.paragraph_format
        spacing.space_before = spacing.space_after = Pt(0)
        spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    styles["Normal"].paragraph_format.first_line_indent = 2 * BODY_SIZE
    title = styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.first_line_indent = Pt(0)
    title.paragraph_format.line_spacing = Pt(34)
    title.paragraph_format.space_after = LINE
    for border in title.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    styles["Heading 1"].paragraph_format.first_line_indent = 2 * BODY_SIZE
    styles["Heading 1"].paragraph_format.keep_with_next = True


def _add_signatures(document: Any, minutes: ShownMinutes) -> None:
    kept = minutes.kept
    if kept is not None and kept.signed_off_at is not None and kept.signed_off_by is not None:
        told = _("Signed off by %(name)s on %(day)s") % {
            "name": _printable(kept.signed_off_by.get_full_name()),
            "day": date_format(timezone.localtime(kept.signed_off_at), pgettext("date format", "j F Y, H:i")),
        }
        paragraph = document.add_paragraph(told)
        paragraph.paragraph_format.space_before = LINE
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    table = document.add_table(rows=1, cols=3)
    for cell, words in zip(table.rows[0].cells, (_("Chair:"), _("Keeper of the minutes:"), _("Date:")), strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.add_run(words)
        paragraph.paragraph_format.first_line_indent = Pt(0)
        paragraph.paragraph_format.space_before = 2 * LINE
        _underline(cell)


def _underline(cell: Any) -> None:
    """The line that is signed on."""
    properties = cell._tc.get_or_add_tcPr()
    line = '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    properties.append(parse_xml(f"<w:tcBorders {nsdecls('w')}>{line}</w:tcBorders>"))


def _add_page_numbers(document: Any) -> None:
    """— 1 — below each page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.first_line_indent = Pt(0)
    paragraph.add_run("— ").font.size = Pt(14)
    run = paragraph.add_run()
    run.font.size = Pt(14)
    for kind in ("begin", "PAGE", "end"):
        if kind == "PAGE":
            part = OxmlElement("w:instrText")
            part.text = kind
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)
    paragraph.add_run(" —").font.size = Pt(14)


def _add_fallbacks(document: Any) -> None:
    """Name, in the file's table of fonts, what is taken where ours are not installed."""
    table = next((part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml"), None)
    if table is None:
        return
    fonts = parse_xml(table.blob)
    for name, others in FALLBACKS.items():
        for known in fonts.findall(qn("w:font")):
            if known.get(qn("w:name")) == name:
                fonts.remove(known)
        fonts.append(
            parse_xml(
                f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
            )
        )
    table._blob = _xml(fonts)


def _xml(element: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True))


def _printable(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(sign for sign in text if (sign >= " " or sign == "\t") and sign not in "\ufffe\uffff")
