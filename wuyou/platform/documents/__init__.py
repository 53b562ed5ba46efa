"""Official paper documents: what they hold (`content`), how they look (`layout`, `writer`), what they may not be (`secrecy`).

The look is that of GB/T 9704-2012 and of no office in particular. A caller builds an `OfficialDocument` and writes it:

    document = OfficialDocument(title=("关于……的通知",), blocks=(Heading(1, "总体要求"), Paragraph(("正文",))))
    Path("notice.docx").write_bytes(writer.written(document))
"""
