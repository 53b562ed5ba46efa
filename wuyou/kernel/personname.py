"""People's names as typed: blanks between two characters, minority dots, Latin letters, lost characters, lists of names.

A name is never corrected: stray blanks and dot forms are normalised, everything else is kept as typed or refused.
"""

import re
from functools import lru_cache

from wuyou.kernel.hanzi import fold, has_traditional, is_empty, simplified, split_notes, tidy, words
from wuyou.kernel.reading import Finding, Reading, Severity, empty, note, refused, taken, warn
from wuyou.kernel.sounds import of_character

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f\U00030000-\U000323af"  # all ideographs
_PLAIN = re.compile(rf"[{_HAN}]{{2,4}}")
_HAN_ONLY = re.compile(rf"[{_HAN}]+(?:·[{_HAN}]+)*")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ][A-Za-zÀ-ɏḀ-ỿ'’.,\-· ]*")
_DOTS = re.compile(r"(?<=[^\W\d_A-Za-z])\s*[・•‧⋅∙●.·．。﹒▪]\s*(?=[^\W\d_A-Za-z])")
_LOST = re.compile(r"[?*□■◇◆○�_¤\ue000-\uf8ff\u2ff0-\u2fff]|某|[xX×]{1,2}$|X+|(?<=\S)×")
_DESCRIBED = re.compile(r"左[^右]{1,2}右.|上[^下]{1,2}下.|\+|字旁|字底|字头|打不出|生僻|同音|拼音|缺字")
_TITLE = re.compile(r"(?<=..)(?:同志|先生|女士|小姐|老师|夫人|老人|阿姨)$")
_HOUSEHOLD = re.compile(r"(?<=..)(?:夫妇|夫妻|一家|全家|父子|父女|母子|母女|兄弟|姐妹|兄妹|姐弟|等.{0,3}人?|等)$")
_LABEL = re.compile(r"^(?:姓名|名字|户主|本人|负责人|联系人)[:为]")
_TREE = re.compile(r"^[\s├└│┣┗┃─━┄—]*[├└│┣┗┃][\s─━┄—]*")
"""The lines that a household is drawn with before a member's name."""
_BETWEEN = re.compile(r"[、/\\,;|&+\n]|(?<=..)[和及与](?=..)")

_COMPOUND = words("""
    欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠
    公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐 亓官 司寇 子车 拓跋 呼延 百里 东郭 南门 西门 第五 轩辕 公输
    左丘 谷梁 宰父 夹谷 颛孙 段干 漆雕 乐正 壤驷 公良 纳兰
""")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢"
    "安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路"
    "游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全"
    "佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀胥南班储原栗燕楚鄢"
    "劳谌奚皮粟冼蔺楼盘满闻厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都"
    "普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元"
    "束檀衣信展阴昝智幸奉植衡富尧闭由资保伐者起念矣字锁把拔舍"
)

# Surnames that are not read as the character is read elsewhere.
_SURNAME_SOUND = {
    "曾": "zeng", "单": "shan", "区": "ou", "仇": "qiu", "解": "xie", "查": "zha", "盖": "ge", "朴": "piao",
    "翟": "zhai", "缪": "miao", "秘": "bi", "繁": "po", "乐": "yue", "员": "yun", "贠": "yun", "黑": "he",
    "折": "she", "覃": "qin", "召": "shao", "句": "gou", "种": "chong", "洗": "xian", "卜": "bu", "郇": "xun",
    "隗": "wei", "佴": "nai", "能": "nai", "阚": "kan", "长": "chang", "重": "chong", "藏": "zang",
}  # fmt: skip
_COMPOUND_SOUND = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "长孙": ("zhang", "sun"), "澹台": ("tan", "tai"),
    "单于": ("chan", "yu"), "乐正": ("yue", "zheng"), "子车": ("zi", "ju"),
}  # fmt: skip


def read_name(text: str) -> Reading[str]:
    """Return one person's name: no stray blanks, the minority dot as · (U+00B7), otherwise as typed.

    Warns about remarks, Latin and traditional letters; refuses lost characters and two persons in one cell.
    """
    if _PLAIN.fullmatch(text) and "某" not in text and len(text) < 4:
        return taken(text, text, warn("traditional_characters")) if has_traditional(text) else taken(text, text)
    return _read(text)


@lru_cache(maxsize=4096)
def _read(text: str) -> Reading[str]:
    folded = tidy(fold(text))
    if is_empty(folded):
        return empty()
    labelled = _LABEL.sub("", _TREE.sub("", folded))
    outside, notes = split_notes(labelled)
    if _is_described(labelled, notes):
        return refused("name_char_missing", name=folded)
    if not outside and notes:
        outside, notes = notes[0], notes[1:]
    findings = [warn("note_in_cell", note="; ".join(notes))] if any(notes) else []
    if _LATIN.fullmatch(outside) and not re.fullmatch(r"[xX]+", outside):
        name = " ".join(outside.split())
        return taken(name, name, *findings, warn("latin_name"))
    outside, remark = _without_remarks(outside)
    if remark and not findings:
        findings.append(warn("note_in_cell", note=remark))
    if _LOST.search(outside) or re.search(r"[A-Za-z]", outside):
        return refused("name_char_missing", name=folded)
    return _joined(_DOTS.sub("·", outside), text, tuple(findings))


def _is_described(text: str, notes: tuple[str, ...]) -> bool:
    """Whether a character is described because it could not be typed: 张(上竹下均)三, 陈上竹下均."""
    inside_the_name = re.search(rf"[{_HAN}]\s*[(\[【][^)\]】]*[)\]】]\s*[{_HAN}]", text)
    return bool(inside_the_name) or any(map(_DESCRIBED.search, (text, *notes)))


def _without_remarks(text: str) -> tuple[str, str]:
    """Take away a title, a number or a second spelling written behind the name, and say what it was."""
    found = re.fullmatch(rf"([{_HAN}· ]{{2,}}?)[\s:,]*([\d+][\d\s.-]*|\s[A-Za-z][A-Za-z .'-]*)", text)
    if found:
        return found[1].strip(), found[2].strip()
    title = _TITLE.search(text)
    return (text[: title.start()], title[0]) if title else (text, "")


def _joined(text: str, typed: str, findings: tuple[Finding, ...]) -> Reading[str]:
    """Decide what marks and blanks inside the text are: nothing, a missing dot, or another person."""
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    lines = "\n" in text and any(len(part.replace(" ", "")) == 1 for part in parts)
    if (len(parts) > 1 and not lines) or _HOUSEHOLD.search(text):
        return refused("two_persons_in_cell", names=" ".join(parts))
    pieces = " ".join(parts).split()
    if len(pieces) == 2 and all(map(_is_full_name, pieces)) and pieces[0] not in _COMPOUND:
        return refused("two_persons_in_cell", names=" ".join(pieces))
    with_dot = len(pieces) == 2 and min(map(len, pieces)) > 1 and sum(map(len, pieces)) > 4
    with_dot = with_dot and pieces[0] not in _COMPOUND
    name = ("·" if with_dot else "").join(pieces)
    if not _HAN_ONLY.fullmatch(name):
        return refused("name_unclear", name=typed)
    if with_dot:
        findings = (*findings, warn("name_blank_as_dot"))
    if len(name) == 1 or (len(name) > 5 and "·" not in name):
        findings = (*findings, warn("name_unusual"))
    if has_traditional(name):
        findings = (*findings, warn("traditional_characters"))
    return taken(name, name, *findings, *(() if name == typed else (note("name_marks"),)))


def _is_full_name(text: str) -> bool:
    return 2 <= len(text) <= 4 and (text[0] in _SURNAMES or text[:2] in _COMPOUND)


def looks_like_name(text: str) -> bool:
    """Return whether a text can be a person's name and begins like one: a surname, a minority dot, two Latin words."""
    value = read_name(text).value or ""
    if _LATIN.fullmatch(value):
        return " " in value and value.isascii()
    return "·" in value or (len(value) in (2, 3) and value[0] in _SURNAMES) or value[:2] in _COMPOUND


_POST = (
    r"(?:名誉|常务|专职|兼职|第一|执行)?副?"
    r"(?:主席|组长|会长|主任|书记|秘书长|理事长|站长|队长|社长|院长|校长|总干事)|常委|常务委员|委员|联络员|联系人|顾问|"
    r"理事|监事|干事|成员|组员|负责人|志愿者|秘书|会计|出纳|文书"
)
_POST_BEFORE = re.compile(rf"(?:^|(?<=[\s、,;/|。]))\s*({_POST})\s*(?::\s*|是|为|由|(?=[{_HAN}]{{2,}}))")
_POST_BEHIND = re.compile(rf"(?<=..)\s*({_POST})$")
_AND_OTHERS = re.compile(
    r"等?\s*(?:共计?|共有)?\s*(\d+|[一二三四五六七八九十]+)?\s*(?:余|多)?\s*(?:个|位|名)?(?:同志|人)$|等$"
)
_STRONG = re.compile(r"[、,;/\\|&+。\n]|(?<=[\u4e00-\u9fff]{2})[和及与](?=[\u4e00-\u9fff]{2})")


@lru_cache(maxsize=4096)
def named_posts(text: str) -> Reading[tuple[tuple[str, str], ...]]:
    """Return post and name of each person of a list (组长张三;委员:李四、王五), in order; text joins the names with |.

    The post is "" where none is written. Any mark or blank may part the names. Warns with list_incomplete about 等…人 that
    names fewer than it counts, and leaves out, with a warning, what is no whole name.
    """
    folded = tidy(fold(text))
    if is_empty(folded):
        return empty()
    outside, notes = split_notes(folded)
    shown, others = _AND_OTHERS.subn("", outside) if re.search(r"等", outside) else (outside, 0)
    people: list[tuple[str, str]] = []
    findings: list[Finding] = []
    post = ""
    for part in _STRONG.split(_POST_BEFORE.sub(lambda found: f"\n\x00{found[1]}\n", shown)):
        if part.startswith("\x00"):
            post = part[1:]
            continue
        for piece in _pieces(part):
            _add_person(piece, post, people, findings)
    if others and not _counts(outside, len(people)):
        findings.append(warn("list_incomplete", named=str(len(people))))
    remarks = [remark for remark in notes if not re.fullmatch(_POST, remark)]
    if remarks:
        findings.append(warn("note_in_cell", note="; ".join(remarks)))
    if not people:
        return Reading(None, "", (Finding("name_unclear", Severity.ERROR, (("name", folded),)),))
    return taken(tuple(people), "|".join(name for _, name in people), *findings)


def _pieces(part: str) -> list[str]:
    """Split at blanks, but not inside a two-character name that was stretched (李 明) nor after 欧阳."""
    pieces: list[str] = []
    for word in part.split():
        if pieces and (len(pieces[-1]) == 1 or pieces[-1] in _COMPOUND):
            pieces[-1] += word
        elif pieces and word.isascii() and pieces[-1].isascii():
            pieces[-1] += f" {word}"
        else:
            pieces.append(word)
    return pieces


def _add_person(piece: str, post: str, people: list[tuple[str, str]], findings: list[Finding]) -> None:
    behind = _POST_BEHIND.search(piece)
    if behind:
        piece, post = piece[: behind.start()], behind[1]
    reading = read_name(piece)
    if reading.value is None:
        findings += [warn(finding.code, **dict(finding.words)) for finding in reading.findings]
        return
    people.append((post, reading.value))
    findings += [finding for finding in reading.findings if finding.severity is Severity.WARN]


def _counts(text: str, named: int) -> bool:
    """Whether 等…人 counts exactly those who are named."""
    found = _AND_OTHERS.search(text)
    return bool(found and found[1] and found[1].isdecimal() and int(found[1]) == named)


def _syllable(character: str) -> str:
    return of_character(character).casefold()


@lru_cache(maxsize=4096)
def syllables(name: str) -> tuple[str, ...]:
    """Return the toneless syllables of a name, the surname read as a surname (曾 zeng, 尉迟 yu chi)."""
    plain = "".join(mark for mark in simplified(name) if mark.isalnum())
    if plain[:2] in _COMPOUND_SOUND:
        return (*_COMPOUND_SOUND[plain[:2]], *map(_syllable, plain[2:]))
    if plain[:1] in _SURNAME_SOUND and len(plain) > 1:
        return (_SURNAME_SOUND[plain[0]], *map(_syllable, plain[1:]))
    return tuple(map(_syllable, plain))


def pinyin_key(name: str) -> str:
    """Return the name's syllables run together, for sorting and for finding by sound: 曾国藩 is zengguofan."""
    return "".join(syllables(name))


def initials(name: str) -> str:
    """Return the first letter of each syllable: 曾国藩 is zgf; of each word where the name is in Latin letters."""
    if _LATIN.fullmatch(name):
        return "".join(word[0] for word in re.split(r"[\s\-·.]+", name.casefold()) if word)
    return "".join(syllable[0] for syllable in syllables(name))
