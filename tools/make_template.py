"""Write templates/*.docx: the shipped templates, made here so that a diff can show them.

Coordinators restyle a copy of one in Word; nothing else in the project knows how they look. What they say
stands in ``template_texts.py``, and in the catalogues for every language.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from xml.sax.saxutils import escape

import template_texts as texts

from uprreport.files.word.package import write_parts
from uprreport.files.word.speech import TAGS
from uprreport.language import LANGUAGES, Language, load_language

TARGET = Path(__file__).parent.parent / "templates"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
GREY, LINE = "6B6B6B", "BFBFBF"


@dataclass(frozen=True, slots=True)
class Form:
    """What tells one template from another: fonts, colour, sizes in points, chapters with their titles.

    A chapter that is not named here is left out. ``language`` is that of the texts.
    """

    name: str
    chapters: Mapping[str, str]
    language: str = "en"
    body_font: str = "Times New Roman"
    head_font: str = "Arial"
    colour: str = "1F3864"
    text: float = 11
    title: float = 26
    heading: float = 15

    @property
    def file(self) -> str:
        return f"{self.name}.docx" if self.language == "en" else f"{self.name}.{self.language}.docx"

    @property
    def say(self) -> Language:
        return load_language(self.language)


MIDTERM = Form("midterm-report", texts.MIDTERM)
NATIONAL = Form(
    "national-report",
    texts.NATIONAL,
    head_font="Times New Roman",
    colour="000000",
    text=10,
    title=20,
    heading=14,
)
"""In the manner of the national reports of the review (A/HRC/WG.6): one serif font, black, small letters."""

# Styles ------------------------------------------------------------------------------------------------


CHINESE = {"Times New Roman": "SimSun", "Arial": "Microsoft YaHei"}
"""The fonts that Chinese stands in beside others; Arabic stands in those themselves."""


def fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{CHINESE[name]}" w:cs="{name}"/>'


def look(
    *,
    font: str = "",
    bold: bool = False,
    italic: bool = False,
    size: float = 0,
    colour: str = "",
    shade: str = "",
) -> str:
    """Run properties, in the order that the format asks for; ``size`` in points."""
    half = round(size * 2)
    parts = [
        fonts(font) if font else "",
        "<w:b/><w:bCs/>" if bold else "",
        "<w:i/><w:iCs/>" if italic else "",
        f'<w:color w:val="{colour}"/>' if colour else "",
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if size else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else "",
    ]
    return "".join(parts)


def style(
    kind: str,
    name: str,
    *,
    base: str = "Normal",
    following: str = "",
    p: str = "",
    r: str = "",
    outline: int | None = None,
    quick: bool = True,
    default: bool = False,
) -> str:
    style_id = "".join(word[:1].upper() + word[1:] for word in name.split())
    if outline is not None:
        p += f'<w:outlineLvl w:val="{outline}"/>'
    return (
        f'<w:style w:type="{kind}"{" w:default=" + chr(34) + "1" + chr(34) if default else ""} w:styleId="{style_id}">'
        f'<w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{base}"/>' if base and not default else "")
        + (f'<w:next w:val="{following}"/>' if following else "")
        + ("<w:qFormat/>" if quick else "")
        + (f"<w:pPr>{p}</w:pPr>" if p else "")
        + (f"<w:rPr>{r}</w:rPr>" if r else "")
        + "</w:style>"
    )


def space(before: int, after: int, line: int = 0) -> str:
    """Space in points; ``line`` in 240ths of a line."""
    lines = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before * 20}" w:after="{after * 20}"{lines}/>'


def indent(left: int = 0, hanging: int = 0) -> str:
    return f'<w:ind w:left="{left}"' + (f' w:hanging="{hanging}"' if hanging else "") + "/>"


def numbered(number: int) -> str:
    return f'<w:numPr><w:numId w:val="{number}"/></w:numPr>'


KEEP = "<w:keepNext/>"
BODY = "NumberedParagraph"


STOP = '<w:tab w:val="left" w:pos="{}"/>'
TURNED = {
    indent(567, 567): indent(680, 440),
    indent(567): indent(680),
    indent(794, 794): indent(794, 554),
    indent(0, 0): indent(1700, 1000),
    STOP.format(680): STOP.format(680) + STOP.format(1250),
}
"""Indents of numbered styles where the numbers stand in the middle of their place (see ``numbering``), and a
stop behind the numbers of annexes in the contents."""


OTHER_LETTERS = ("ar", "zh")
"""Languages beside which a text in Latin letters is in another one: English, as far as nothing is known of it."""


def styles(form: Form) -> str:
    """The styles; neither Arabic nor Chinese has italics, and Arabic letters are smaller than Latin ones."""
    found = _styles(form)
    if form.language in OTHER_LETTERS:
        found = found.replace("<w:i/><w:iCs/>", "")
    if form.say.is_rtl:
        for upright, rtl in TURNED.items():
            found = found.replace(upright, rtl)
        found = re.sub(
            r'<w:szCs w:val="(\d+)"/>', lambda size: f'<w:szCs w:val="{int(size[1]) + 2}"/>', found
        )
    return found


def _styles(form: Form) -> str:
    tag = TAGS[form.language]
    east, rtl = tag if form.language == "zh" else "zh-CN", tag if form.say.is_rtl else "ar-SA"
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{look(font=form.body_font, size=form.text)}"
        f'<w:lang w:val="{tag}" w:eastAsia="{east}" w:bidi="{rtl}"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{space(0, 6, 259)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    border = f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="4" w:color="{form.colour}"/></w:pBdr>'
    tabs = (
        '<w:tabs><w:tab w:val="left" w:pos="680"/><w:tab w:val="right" w:leader="dot" w:pos="9070"/></w:tabs>'
    )
    toc2 = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9070"/></w:tabs>'
    found = [
        style(
            "paragraph",
            "Normal",
            default=True,
            p="<w:bidi/>" if form.say.is_rtl else "",
            r='<w:lang w:val="en-GB"/>' if form.language in OTHER_LETTERS else "",
        ),
        style("character", "Default Paragraph Font", base="", default=True, quick=False),
        style(
            "paragraph",
            "Title",
            following="Subtitle",
            p=space(0, 12, 252),
            r=look(font=form.head_font, bold=True, size=form.title, colour=form.colour),
        ),
        style("paragraph", "Subtitle", p=space(0, 6), r=look(font=form.head_font, size=13, colour="404040")),
        style(
            "paragraph",
            "Cover State",
            following="Title",
            p=space(150, 18) + "",
            r=look(font=form.head_font, size=20, colour=GREY),
        ),
        style(
            "paragraph", "Cover Text", p=space(0, 4), r=look(font=form.head_font, size=10.5, colour="404040")
        ),
        style(
            "paragraph",
            "Draft Mark",
            p=space(24, 6),
            r=look(font=form.head_font, bold=True, size=10.5, colour="9C2A00"),
        ),
        style(
            "paragraph",
            "TOC Heading",
            p=KEEP + border + space(0, 10),
            r=look(font=form.head_font, bold=True, size=form.heading, colour=form.colour),
        ),
        style(
            "paragraph",
            "heading 1",
            following=BODY,
            p=KEEP + "<w:keepLines/>" + numbered(1) + border + space(24, 10) + indent(794, 794),
            r=look(font=form.head_font, bold=True, size=form.heading, colour=form.colour),
            outline=0,
        ),
        style(
            "paragraph",
            "heading 2",
            following=BODY,
            p=KEEP + "<w:keepLines/>" + space(16, 4),
            r=look(font=form.head_font, bold=True, size=12, colour=form.colour),
            outline=1,
        ),
        style(
            "paragraph",
            "heading 3",
            following=BODY,
            p=KEEP + "<w:keepLines/>" + space(10, 3),
            r=look(font=form.head_font, bold=True, size=10.5, colour="404040"),
            outline=2,
        ),
        style(
            "paragraph",
            "heading 4",
            following=BODY,
            p=KEEP + "<w:keepLines/>" + space(8, 3),
            r=look(font=form.head_font, bold=True, italic=True, size=10, colour="404040"),
            outline=3,
        ),
        style(
            "paragraph",
            "Annex Heading",
            following="Normal",
            p=KEEP
            + "<w:keepLines/><w:pageBreakBefore/>"
            + numbered(3)
            + border
            + space(0, 10)
            + indent(0, 0),
            r=look(font=form.head_font, bold=True, size=form.heading, colour=form.colour),
            outline=0,
        ),
        style("paragraph", "Numbered Paragraph", p=numbered(2) + space(6, 3) + indent(567, 567)),
        style("paragraph", "Paragraph Continued", p=space(0, 5) + indent(567)),
        style(
            "paragraph",
            "Reference Line",
            following=BODY,
            p=KEEP + space(0, 6),
            r=look(font=form.head_font, italic=True, size=8.5, colour=GREY),
        ),
        style(
            "paragraph",
            "Quoted Text",
            following=BODY,
            p=KEEP + space(8, 4) + indent(567),
            r=look(italic=True),
        ),
        style(
            "paragraph",
            "caption",
            following="Normal",
            p=KEEP + space(12, 4),
            r=look(font=form.head_font, bold=True, size=9.5, colour=form.colour),
        ),
        style("paragraph", "Chart", p=space(0, 10, 240)),
        style("paragraph", "Table Text", p=space(2, 2, 240), r=look(font=form.head_font, size=8.5)),
        style("paragraph", "Table Heading", base="TableText", p=KEEP, r=look(bold=True, colour="FFFFFF")),
        style(
            "paragraph",
            "toc 1",
            following="Normal",
            p=tabs + space(4, 0) + indent(680, 680),
            r=look(bold=True, size=10.5),
            quick=False,
        ),
        style(
            "paragraph",
            "toc 2",
            following="Normal",
            p=toc2 + space(0, 1) + indent(680),
            r=look(size=10),
            quick=False,
        ),
        style(
            "paragraph",
            "header",
            p='<w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>' + space(0, 0),
            r=look(font=form.head_font, size=8, colour=GREY),
            quick=False,
        ),
        style(
            "paragraph",
            "footer",
            p='<w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>' + space(0, 0),
            r=look(font=form.head_font, size=8, colour=GREY),
            quick=False,
        ),
        style(
            "paragraph",
            "footnote text",
            p=space(0, 2, 240) + indent(284, 284),
            r=look(size=8.5),
            quick=False,
        ),
        style(
            "character",
            "footnote reference",
            base="DefaultParagraphFont",
            r='<w:vertAlign w:val="superscript"/>',
            quick=False,
        ),
        style(
            "paragraph",
            "endnote text",
            p=space(0, 2, 240) + indent(397, 397),
            r=look(size=8.5),
            quick=False,
        ),
        style(
            "character",
            "endnote reference",
            base="DefaultParagraphFont",
            r='<w:vertAlign w:val="superscript"/>',
            quick=False,
        ),
        style("paragraph", "annotation text", r=look(size=10), quick=False),
        style("character", "annotation reference", base="DefaultParagraphFont", r=look(size=8), quick=False),
        style(
            "character",
            "UPR Label",
            base="DefaultParagraphFont",
            r="<w:noProof/>" + look(size=8, colour="7A7A7A").replace("<w:noProof/>", ""),
        ),
        style(
            "character",
            "UPR Placeholder",
            base="DefaultParagraphFont",
            r=look(colour="7F6000", shade="FFF2CC"),
        ),
        style("character", "UPR Draft Mark", base="DefaultParagraphFont"),
        table_styles(form),
    ]
    return f'<w:styles xmlns:w="{W}">{defaults}{"".join(found)}</w:styles>'


def table_styles(form: Form) -> str:
    margins = '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
        for side in ("top", "bottom", "insideH")
    )
    first = (
        '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{form.colour}"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )
    band = '<w:tblStylePr w:type="band2Horz"><w:tblPr/><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="F5F7FA"/></w:tcPr></w:tblStylePr>'
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        f'<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{margins}</w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="UPRTable"><w:name w:val="UPR Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f'<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>{borders}</w:tblBorders>{margins}</w:tblPr>{first}{band}</w:style>'
    )


CHAPTERS = {"ar": ("arabicAbjad", "%1 -"), "zh": ("chineseCountingThousand", "%1、")}
PARAGRAPHS = {"ar": "%1-"}
ANNEXES = {"ar": "decimal", "zh": "chineseCountingThousand"}
"""How chapters, paragraphs and annexes are numbered where Roman numerals are not in use."""


def numbering(form: Form) -> str:
    """The lists; from right to left the numbers are centred, since programs differ in what left means there."""

    def abstract(number: int, kind: str, text: str, hanging: int, linked: str, more: str = "") -> str:
        behind = "" if hanging else '<w:suff w:val="space"/>'
        return (
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{kind}"/><w:pStyle w:val="{linked}"/>{behind}<w:lvlText w:val="{text}"/><w:lvlJc w:val="{side}"/>'
            f'<w:pPr><w:ind w:left="{hanging}" w:hanging="{hanging}"/></w:pPr>{more}</w:lvl></w:abstractNum>'
        )

    side, hanging = ("center", 1000) if form.say.is_rtl else ("left", 0)
    kind, told = CHAPTERS.get(form.language, ("upperRoman", "%1."))
    annexes = ANNEXES.get(form.language, "upperRoman")
    plain = f"<w:rPr>{look(font=form.body_font, size=form.text, colour='000000')}</w:rPr>"
    return (
        f'<w:numbering xmlns:w="{W}">{abstract(0, kind, told, 794, "Heading1")}'
        f"{abstract(1, 'decimal', PARAGRAPHS.get(form.language, '%1.'), 567, 'NumberedParagraph', plain)}"
        f"{abstract(2, annexes, form.say(texts.ANNEX), hanging, 'AnnexHeading')}"
        + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n - 1}"/></w:num>' for n in (1, 2, 3))
        + "</w:numbering>"
    )


# The document ------------------------------------------------------------------------------------------


def p(name: str, text: str = "", more: str = "") -> str:
    content = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{name}"/>{more}</w:pPr>{content}</w:p>'


def chapter(form: Form, name: str, *content: str, needs: str = "") -> str:
    """A chapter that stands only when it has something to say; the first one begins on a new page.

    A break of its own behind the contents would stand on an empty page where those fill theirs.
    """
    more = "<w:pageBreakBefore/>" if name == next(iter(form.chapters)) else ""
    made = p("Heading1", form.say(form.chapters.get(name, "")), more) + "".join(content)
    return f"{p('Normal', '{%p if ' + needs + ' %}')}{made}{p('Normal', '{%p endif %}')}" if needs else made


def paragraph(name: str) -> str:
    """A paragraph that ``build`` makes; left out where it has nothing to say."""
    return when(f"paragraphs.{name}", p(BODY, f"{{{{ paragraphs.{name} }}}}"))


def missing(form: Form, mark: str) -> str:
    """A paragraph for the editor to write: a mark that ``check`` and ``finish`` find by its style."""
    run = f'<w:r><w:rPr><w:rStyle w:val="UPRPlaceholder"/></w:rPr><w:t>{escape(form.say(mark))}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="{BODY}"/></w:pPr>{run}</w:p>'


def blocks(name: str) -> str:
    return p("Normal", f"{{{{ blocks.{name} }}}}")


def when(condition: str, *content: str) -> str:
    return f"{p('Normal', '{%p if ' + condition + ' %}')}{''.join(content)}{p('Normal', '{%p endif %}')}"


NOTES = (
    '<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numRestart w:val="eachPage"/></w:footnotePr>'
    '<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>'
)
"""Letters for acts and links at the foot of each page, numbers for the recommendations at the end."""


def separators(form: Form, kind: str) -> str:
    """The lines between text and notes, in the part that will hold the notes."""
    lines = {name: f"<w:p><w:r><w:{name}/></w:r></w:p>" for name in ("separator", "continuationSeparator")}
    if kind == "endnote":  # Word prints this above the notes, as documents of the United Nations have it
        bold = f"<w:rPr>{look(bold=True)}</w:rPr>"
        lines["separator"] = (
            f"<w:p><w:pPr><w:keepNext/></w:pPr><w:r>{bold}<w:t>{form.say(texts.NOTES)}</w:t></w:r></w:p>"
        )
    notes = "".join(
        f'<w:{kind} w:type="{name}" w:id="{number}">{line}</w:{kind}>'
        for number, (name, line) in zip(("-1", "0"), lines.items(), strict=True)
    )
    return f'<w:{kind}s xmlns:w="{W}">{notes}</w:{kind}s>'


def section(header: str, *, landscape: bool = False, title: bool = False) -> str:
    size = (
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        if landscape
        else '<w:pgSz w:w="11906" w:h="16838"/>'
    )
    side = 1021 if landscape else 1418
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{header}"/><w:footerReference w:type="default" r:id="footer{"2" if landscape else "1"}"/>'
        f'{NOTES}<w:type w:val="nextPage"/>{size}<w:pgMar w:top="1418" w:right="{side}" w:bottom="1304" w:left="{side}" w:header="624" w:footer="567" w:gutter="0"/>'
        + ("<w:titlePg/>" if title else "")
        + "</w:sectPr>"
    )


BREAK = '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'


def cover(form: Form) -> str:
    say = form.say
    session = f"{{% if review.session %}}{say(texts.SESSION)}{{% endif %}}"
    addendum = f"{{% if review.addendum_symbol %}}{say(texts.ADDENDUM)}{{% endif %}}"
    return (
        p("CoverState", "{{ review.state }}")
        + p("Title", say(texts.TITLE))
        + p("Subtitle", say(texts.CYCLE) + session)
        + when("review.report_symbol", p("CoverText", say(texts.SYMBOL) + addendum))
        + when("report.cut_off", p("CoverText", say(texts.AS_OF)))
        + p("DraftMark", say(texts.DRAFT_MARK))
        + BREAK
    )


def chapters(form: Form) -> dict[str, str]:
    """The chapters by name, whatever their order."""
    return {
        "summary": chapter(form, "summary", paragraph("positions"), blocks("summary")),
        "introduction": chapter(
            form,
            "introduction",
            missing(form, texts.PREPARATION),
            paragraph("responsibility"),
            paragraph("coverage"),
            p(BODY, form.say(texts.TERMS)),
            blocks("definitions"),
            paragraph("consultations"),
            when("not paragraphs.consultations", missing(form, texts.CONSULTATIONS)),
        ),
        "developments": chapter(form, "developments", blocks("developments")),
        "implementation": chapter(
            form,
            "implementation",
            paragraph("implementation"),
            blocks("implementation"),
            needs="blocks.implementation",
        ),
        "noted": chapter(
            form,
            "noted",
            paragraph("noted"),
            when("blocks.changes", paragraph("changes"), blocks("changes")),
            blocks("noted"),
            needs="blocks.noted or blocks.changes",
        ),
        "pledges": chapter(form, "pledges", blocks("pledges"), needs="blocks.pledges"),
        "observations": chapter(
            form,
            "observations",
            paragraph("observations"),
            blocks("observations"),
            needs="blocks.observations",
        ),
        "links": chapter(
            form,
            "links",
            when("blocks.links", paragraph("links"), blocks("links")),
            when("blocks.goals", paragraph("goals"), blocks("goals")),
            needs="blocks.links or blocks.goals",
        ),
        "challenges": chapter(
            form,
            "challenges",
            paragraph("challenges"),
            blocks("challenges"),
            needs="blocks.challenges",
        ),
        "assistance": chapter(
            form,
            "assistance",
            paragraph("assistance"),
            blocks("assistance"),
            needs="blocks.assistance",
        ),
        "practices": chapter(form, "practices", blocks("practices"), needs="blocks.practices"),
        "plan": chapter(
            form,
            "plan",
            paragraph("plan"),
            blocks("plan"),
            needs="blocks.plan",
        ),
        "conclusion": chapter(form, "conclusion", blocks("conclusion"), needs="blocks.conclusion"),
    }


def document(form: Form) -> str:
    made = chapters(form)
    toc = p("TOCHeading", form.say(texts.CONTENTS)) + p("Normal", "{{ contents }}")
    toc += when(
        "blocks.abbreviations",
        p("TOCHeading", form.say(texts.ABBREVIATIONS), space(24, 10)),
        blocks("abbreviations"),
    )
    numberless = '<w:numPr><w:numId w:val="0"/></w:numPr><w:ind w:left="0" w:firstLine="0"/>'
    toc += when("blocks.foreword", p("Heading1", form.say(texts.FOREWORD), numberless), blocks("foreword"))
    body = "".join(made[name] for name in form.chapters)
    end_of_body = f'<w:p><w:pPr><w:pStyle w:val="Normal"/>{section("header1", title=True)}</w:pPr></w:p>'
    annex = "".join(
        when(f"blocks.{name}", p("AnnexHeading", form.say(title)), blocks(name))
        for name, title in texts.ANNEXES.items()
    )
    return f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{cover(form)}{toc}{body}{end_of_body}{annex}{section("header2", landscape=True)}</w:body></w:document>'


def field(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def run(told: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(told)}</w:t></w:r>'


def edge(kind: str, name: str, width: int, content: str) -> str:
    tabs = f'<w:tabs><w:tab w:val="clear" w:pos="9070"/><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    return f'<w:{kind} xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="{name}"/>{tabs}</w:pPr>{content}</w:p></w:{kind}>'


def header(form: Form, width: int) -> str:
    mark = (
        '<w:r><w:rPr><w:rStyle w:val="UPRDraftMark"/></w:rPr><w:tab/>'
        f'<w:t xml:space="preserve">{escape(form.say(texts.DRAFT))}</w:t></w:r>'
    )
    return edge("hdr", "Header", width, run(form.say(texts.HEADER)) + mark)


def footer(form: Form, width: int) -> str:
    pieces = re.split(r"\{(page|pages)\}", form.say(texts.PAGE))
    codes = {"page": "PAGE", "pages": "NUMPAGES"}
    told = "".join(field(codes[piece]) if piece in codes else run(piece) for piece in pieces if piece)
    return edge("ftr", "Footer", width, "<w:r><w:tab/></w:r>" + told)


def turned(xml: str) -> str:
    """A part as it stands in a language from right to left: its runs and sections are turned round."""
    xml = re.sub(r"<w:r>(?!<w:rPr>)", "<w:r><w:rPr></w:rPr>", xml).replace("</w:rPr>", "<w:rtl/></w:rPr>")
    return xml.replace("</w:sectPr>", "<w:bidi/></w:sectPr>")


COMMAS = ("fr", "es", "ru", "az")
"""Languages that write a comma before decimals, and so put a semicolon between values."""


def settings(form: Form) -> str:
    decimal, between = (",", ";") if form.language in COMMAS else (".", ",")
    return (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numRestart w:val="eachPage"/><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:endnotePr><w:pos w:val="sectEnd"/><w:numFmt w:val="decimal"/><w:endnote w:id="-1"/><w:endnote w:id="0"/></w:endnotePr><w:compat><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:decimalSymbol w:val="{decimal}"/><w:listSeparator w:val="{between}"/></w:settings>'
    )


def content_types() -> str:
    kinds = {
        "document": "document.main",
        "styles": "styles",
        "numbering": "numbering",
        "settings": "settings",
        "header1": "header",
        "header2": "header",
        "footer1": "footer",
        "footer2": "footer",
        "footnotes": "footnotes",
        "endnotes": "endnotes",
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{P}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def relationships(targets: dict[str, tuple[str, str]]) -> str:
    nodes = "".join(
        f'<Relationship Id="{i}" Type="{R}/{kind}" Target="{target}"/>'
        for i, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{P}/relationships">{nodes}</Relationships>'


def template(form: Form = MIDTERM) -> bytes:
    related = {
        "styles": ("styles", "styles.xml"),
        "numbering": ("numbering", "numbering.xml"),
        "settings": ("settings", "settings.xml"),
    }
    related |= {kind: (kind, f"{kind}.xml") for kind in ("footnotes", "endnotes")}
    related |= {f"{kind}{n}": (kind, f"{kind}{n}.xml") for kind in ("header", "footer") for n in (1, 2)}
    told = {
        "word/document.xml": document(form),
        "word/footnotes.xml": separators(form, "footnote"),
        "word/endnotes.xml": separators(form, "endnote"),
        "word/header1.xml": header(form, 9070),
        "word/header2.xml": header(form, 14796),
        "word/footer1.xml": footer(form, 9070),
        "word/footer2.xml": footer(form, 14796),
    }
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships({"document": ("officeDocument", "word/document.xml")}),
        "word/_rels/document.xml.rels": relationships(related),
        "word/styles.xml": styles(form),
        "word/numbering.xml": numbering(form),
        "word/settings.xml": settings(form),
        **{name: turned(xml) if form.say.is_rtl else xml for name, xml in told.items()},
    }
    if form.say.is_rtl:  # the marks of footnotes are letters
        parts = {name: xml.replace('"lowerLetter"', '"arabicAbjad"') for name, xml in parts.items()}
    return write_parts({name: f"{HEAD}{xml}".encode() for name, xml in parts.items()})


FORMS = tuple(replace(form, language=code) for form in (MIDTERM, NATIONAL) for code in LANGUAGES)


def main() -> None:
    for form in FORMS:
        (TARGET / form.file).write_bytes(template(form))
        sys.stdout.write(f"templates/{form.file}\n")


if __name__ == "__main__":
    main()
