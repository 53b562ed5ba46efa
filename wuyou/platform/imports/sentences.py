"""Every code word of the import as one plain sentence: what is the matter with the cell, and what to do about it.

The code words are part of the documented report; the sentences are what a clerk reads. {…} are filled from the words
of a finding; a sentence must also read well when such a word is missing.
"""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from wuyou.kernel.reading import Finding
from wuyou.kernel.sayings import Saying, said
from wuyou.platform.imports.mapping import How, Match
from wuyou.platform.imports.refusal import FileRefused
from wuyou.platform.imports.tables import Skip

CELLS: Mapping[str, str] = {
    "same_as_above": _("“同上”已按上一行的内容填写。"),
    "same_as_above_nothing": _("写的是“同上”，但上面没有可用的内容；请写出完整内容。"),
    "note_in_cell": _("格内另有说明“{note}”，已与内容分开；请核对，需要的话写到备注列。"),
    "traditional_characters": _("含繁体字，按原样保存，查重时按简体比对；如是录入习惯所致，请改为身份证上的写法。"),
    "latin_name": _("姓名用字母书写，按原样保存；如有中文姓名，请补上。"),
    "name_char_missing": _("姓名中有缺字或用符号代替的字；请按身份证补全后再导入。"),
    "name_unclear": _("这不像一个人的姓名；请改为姓名，说明写到备注列。"),
    "name_unusual": _("姓名写法少见，已按原样保存；请核对。"),
    "name_marks": _("姓名中多余的空格或符号已去掉。"),
    "name_blank_as_dot": _("姓名中的空格已按民族姓名的间隔号“·”处理；请核对。"),
    "two_persons_in_cell": _("一格里写了两个人；请拆成两行，每行一人。"),
    "required_missing": _("必填项“{field}”空着；请补填后再导入。"),
    "not_in_list": _("“{word}”不在可选的词里；请改成列表中的词，或请管理员增加。"),
    "letters_for_digits": _("数字里混有形似的字母，已按数字理解；请核对。"),
    "text_too_long": _("文字超过 {limit} 个字，已保留前面部分；请精简。"),
    "category_by_synonym": _("“{word}”已按规范说法“{category}”理解；请核对。"),
    "category_multiple": _("写了两种以上身份，已全部保留；请核对哪一种为主。"),
    "country_by_synonym": _("“{word}”已理解为“{country}”；请核对。"),
    "country_not_specific": _("从“{word}”看不出是哪个国家或地区；请写出具体名称。"),
    "relation_by_synonym": _("“{word}”已归入亲属关系“{relation}”；请核对。"),
    "relation_not_specific": _("从“{word}”看不出是什么亲属关系；请写配偶、父母、子女等。"),
    "schooling_by_synonym": _("文化程度“{word}”已换成规范说法。"),
    "ethnic_group_form": _("民族“{word}”已换成规范说法。"),
    "sex_form": _("性别“{word}”已换成男或女。"),
    "date_two_digit_year": _("年份只有两位，已按 {year} 年理解；请核对。"),
    "date_year_only": _("只有年份，已按“年”保存；知道月、日的请补上。"),
    "date_from_serial": _("这是 Excel 的天数 {number}，已换算成日期；请把该列设为日期格式并核对。"),
    "date_ambiguous": _("月、日分不清（例如 .1 可能是 1 月也可能是 10 月），只按年份保存；请写成 2014-10 这样的形式。"),
    "date_approximate": _("日期带“约、左右”，已按写出的日期保存；请核对。"),
    "date_era_converted": _("民国纪年已换算成公历；请核对。"),
    "lunar_date_converted": _("农历日期已换算成公历；请核对，本人习惯过农历生日的可写到备注。"),
    "date_no_year": _("只有农历月日，没有年份，无法换算；请补上年份。"),
    "date_invalid": _("没有这一天；请改正日期。"),
    "date_unclear": _("看不懂这个日期；请写成 1952-05-03、1952-05 或 1952。"),
    "date_future": _("日期在今天之后；请改正。"),
    "date_too_old": _("日期在一百二十年以前；请改正。"),
    "date_outside_year": _("日期不在本表的年度内；请改正，或放到相应年度的表里。"),
    "date_range": _("写的是一段时间，已取第一天；请核对。"),
    "id_truncated_by_excel": _("身份证号末几位被 Excel 变成了 0，原号已丢失；请把该列设为文本格式后重新录入。"),
    "id_scientific_notation": _("身份证号被 Excel 变成了科学计数，原号已丢失；请把该列设为文本格式后重新录入。"),
    "id_check_digit": _("身份证号的校验码不对，至少有一位写错；请对照证件改正。"),
    "id_length": _("身份证号位数不对；应为 18 位，请对照证件改正。"),
    "id_masked": _("身份证号里有星号，无法使用；请填写完整号码，或留空。"),
    "id_15_digits": _("旧的 15 位身份证号，已换算成 18 位；请核对。"),
    "id_is_other_document": _("这不是身份证号；护照等其他证件请写到备注，或留空。"),
    "id_birth_invalid": _("身份证号里的出生日期不存在；请对照证件改正。"),
    "id_birth_mismatch": _("出生日期与身份证号（{number}）不一致，已按本格保存；请核对哪一个对。"),
    "id_sex_mismatch": _("性别与身份证号不一致，已按本格保存；请核对哪一个对。"),
    "id_marks": _("身份证号中的空格、符号已去掉，x 已改为大写。"),
    "old_place_name": _("写的是旧地名，已换成现在的名称；请核对。"),
    "place_fuzzy": _("地名写得简短或有错字，已按最接近的一处理解；请核对。"),
    "place_incomplete": _("地名只到乡镇（街道），没有村（社区）；知道的请补上。"),
    "place_ambiguous": _("有几处同名（{candidates}），未定是哪一处；请写明县和乡镇。"),
    "place_unknown": _("区划表里没有这个地名，只保存文字；请核对写法。"),
    "village_not_in_township": _("“{village}”不在{township}；请改正乡镇或村（社区）。"),
    "place_outside_city": _("这是本市以外的地方，只保存文字，不计入本市区划。"),
    "phone_multiple": _("一格里有几个电话，已全部保存；请核对哪个常用。"),
    "phone_length": _("电话号码位数不对；手机应为 11 位，请改正。"),
    "phone_scientific_notation": _("电话被 Excel 变成了科学计数，原号已丢失；请把该列设为文本格式后重新录入。"),
    "phone_of_other_person": _("这是别人（{whose}）的电话，已保存并注明；有本人电话的请补上。"),
    "phone_area_missing": _("固定电话没有区号，已按本市区号补上；请核对。"),
    "phone_zero_lost": _("固定电话区号前的 0 被 Excel 去掉，已补上；请核对。"),
    "phone_marks": _("电话中的空格、横线已去掉。"),
    "excel_error_value": _("本格是 Excel 的错误值 {shown}，没有内容可取；请修正公式或直接填写。"),
    "formula_without_result": _("本格是公式，但文件里没有存下结果；请用 Excel 或 WPS 打开并保存一次再上传。"),
    "meaning_in_colour": _(
        "本格字体或底色与众不同，颜色的含义程序不能读取；请用文字写明（例如在备注写“已去世”）。{note}"
    ),
    "amount_approximate": _("数字前有“约”，已按写出的数保存；请核对。"),
    "amount_range": _("写的是一个范围，不能取一个数；请写确定的数。"),
    "amount_unclear": _("看不懂这个数；请只写数字，单位写在表头。"),
    "amount_currency": _("看起来是外币；请折成人民币元填写，原币写到备注。"),
    "amount_summed": _("格内几个数已相加；请核对。"),
    "amount_negative": _("括号里的数按负数保存。"),
    "amount_both_ways": _("这一行的收入和支出都写了数，分不清是收是支；请分成两行。"),
    "ticks_contradict": _("同一行在“{words}”几列都打了勾，只能有一个；请核对。"),
    "unit_suspect": _("金额与表头的单位（{header}）不相称，已按{taken}理解；请核对是元还是万元。"),
    "unit_converted": _("面积单位已换算为平方米；请核对。"),
    "list_incomplete": _("名单没有写全（“等…人”），只保存了写出的人；请补全。"),
    "term_expired": _("届期已满；请安排换届，或更正日期。"),
    "term_unclear": _("看不懂这个届期；请写成 2023.11-2028.11 这样的形式。"),
    "name_fuzzy": _("组织名称按最相近的“{matched}”对应；请核对。"),
    "group_unknown": _("组织名册里没有“{name}”；请先登记该组织，或改正名称。"),
    "group_from_title": _("表里没有组织一列，按标题、工作表名或文件名记在“{name}”名下。"),
    "group_not_told": _(
        "表里没有写是哪个组织：请加一列“组织名称”，或者在标题、工作表名、文件名里写明一个已登记的组织，再导入一次。"
    ),
    "group_ambiguous": _("“{name}”可能是几个组织（{candidates}）；请写全称。"),
    "document_number_marks": _("文号的括号、“第”字已统一成规范写法。"),
    "document_number_unusual": _("文号写法不规范，已按原样保存；规范写法如“麒侨发〔2019〕10号”。"),
    "venue_place": _("已理解为有阵地，地点是“{place}”。"),
    "kind_by_synonym": _("活动类型“{word}”已换成规范说法。"),
    "leaders_named": _("写了出席领导的名字（{names}），已理解为有领导参加。"),
    "closed_before_heard": _("办结日期（{closed}）早于走访日期（{heard}）；请核对。"),
    "duplicate_row": _("与第 {row} 行是同一笔记录；如确是两笔请写明区别，否则请删去一行。"),
    "score_above_points": _("得分超过了该项的分值；请改正。"),
    "sum_mismatch": _("表上印的合计是 {printed}，按各行相加应为 {sum}；已以各行为准，请核对。"),
}
"""What is said of one cell or one row."""

FILES: Mapping[str, str] = {
    "file_empty": _("文件是空的，没有内容可读；请检查是否选错了文件，重新上传。"),
    "file_has_no_rows": _("文件里没有任何数据行；请检查是否选错了文件，填好后重新上传。"),
    "file_is_old_excel": _(
        "这是旧版 Excel 文件（.xls 或 .xlsb），没有导入；请在 Excel 或 WPS 里“另存为” .xlsx 再上传。"
    ),
    "file_encrypted": _("文件设了打开密码，没有导入；请在 Excel 或 WPS 里取消密码、保存后再上传。"),
    "file_is_word": _("这是文字文档，不是表格，没有导入；请把表格复制到 Excel 里存成 .xlsx 再上传。"),
    "file_is_pdf": _("这是 PDF 文件，没有导入；请上传原来的 .xlsx 或 .csv 表格。"),
    "file_is_image": _("这是图片，没有导入；请上传 .xlsx 或 .csv 表格。"),
    "file_is_html": _(
        "这其实是网页文件，只是取了表格的名字，没有导入；请用 Excel 或 WPS 打开，“另存为” .xlsx 再上传。"
    ),
    "file_is_xml": _("这是 XML 文件，没有导入；请用 Excel 或 WPS 打开，“另存为” .xlsx 再上传。"),
    "file_is_ods": _("这是 .ods 表格，没有导入；请“另存为” .xlsx 再上传。"),
    "file_is_archive": _("这是压缩包，没有导入；请解压后上传里面的 .xlsx 或 .csv 文件。"),
    "file_unknown": _("认不出这是什么文件，没有导入；请上传 .xlsx 或 .csv 表格。"),
    "file_broken": _("文件已损坏或没有传完整，没有导入；请用 Excel 或 WPS 打开、重新保存后再上传。"),
    "file_too_many_parts": _("文件内部的部件太多，不像普通表格，没有导入；请把数据复制到新建的表格里再上传。"),
    "file_too_big": _("文件展开后太大（上限 {most}），没有导入；请分成几个文件上传。"),
    "file_packed_too_tightly": _("文件的压缩比异常，可能有害，没有打开；请把数据复制到新建的表格里再上传。"),
    "file_has_macros": _("文件带有宏程序，没有导入；请“另存为”不带宏的 .xlsx 再上传。"),
    "file_links_outside": _("文件引用了其他文件的内容，没有导入；请在 Excel 的“编辑链接”里断开链接、保存后再上传。"),
    "file_has_dde": _("工作表“{sheet}”{cell} 格的公式会调用别的程序，没有导入；请删去该公式后再上传。"),
    "file_xml_forbidden": _("文件内部含有不允许的定义，可能有害，没有打开；请把数据复制到新建的表格里再上传。"),
    "file_takes_too_long": _("读取时间太长，已停止，没有导入任何内容；请把文件分成几个小文件再上传。"),
    "file_needs_too_much_memory": _("文件内容太多，超出读取的内存上限，没有导入；请分成几个小文件再上传。"),
    "sheet_too_big": _(
        "工作表“{sheet}”在 {cell} 处还有内容，超过 {rows} 行 × {columns} 列的上限，没有导入；请删去表格以外的内容或分开上传。"
    ),
    "cell_too_long": _("有一格的文字超过 {most} 个字，没有导入；请精简后再上传。"),
    "text_unknown_letters": _("认不出这个文本文件的编码，没有导入；请用 Excel 打开后另存为 .xlsx 再上传。"),
    "text_not_table": _("这个文本文件分不出列，没有导入；请用 Excel 打开后另存为 .xlsx 再上传。"),
}
"""Why a whole file is not read. Each says that nothing was imported and what to do."""

REASONS: Mapping[How, str] = {
    How.EXACT: _("表头就是“{word}”"),
    How.REMEMBERED: _("本单位以前这样对应过"),
    How.CHOSEN: _("由您选定"),
    How.SIMILAR: _("表头与“{word}”相近"),
    How.BOTH: _("表头与“{word}”相近，内容有 {share} 相符"),
    How.CONTENT: _("表头不认识，但内容有 {share} 像“{label}”"),
    How.NONE: _("没有对应的栏目，不保存"),
}

SKIPS: Mapping[Skip, str] = {
    Skip.BLANK: _("空行"),
    Skip.SUBTOTAL: _("小计行"),
    Skip.TOTAL: _("合计行"),
    Skip.REPEAT_HEADER: _("重复的表头"),
    Skip.SECTION: _("分组标题"),
    Skip.NOTE: _("说明文字"),
    Skip.SIGNATURE: _("签字落款"),
}


def saying(finding: Finding) -> Saying:
    """Return what a finding says, to be kept and shown later; the bare code for one that has no sentence."""
    return Saying(CELLS.get(finding.code, finding.code), dict(finding.words))


def sentence(finding: Finding) -> str:
    """Return the same in the reader's language."""
    return said(saying(finding), gettext)


def file_saying(refusal: FileRefused) -> Saying:
    """Return why a file was not read and what to do, to be kept and shown later."""
    return Saying(FILES.get(refusal.code, FILES["file_unknown"]), refusal.words)


def file_sentence(refusal: FileRefused) -> str:
    """Return the same in the reader's language."""
    return said(file_saying(refusal), gettext)


def match_reason(match: Match) -> str:
    """Return in words why a column is taken for what it is."""
    return reason_sentence(match.how, match.word, match.likeness, str(match.column.label) if match.column else "")


def reason_sentence(how: How, word: str, likeness: float, label: str) -> str:
    """Return the same from what a report kept of a match, in the reader's language."""
    return said(Saying(REASONS[how], {"word": word, "share": f"{likeness:.0%}", "label": Saying(label)}), gettext)


def table_sentence(form: str) -> str:
    """Return why a found piece of a sheet is no table, "" for one that is: constant words, translated when shown."""
    return _("这一页没有表格数据，没有读取。") if form == "text" else ""
