"""The code lists of a census form and every word that offices write for them: category, kin, nationality, schooling, sex.

A list's own word is taken silently; a known other form, or a slip that only one word can mean, is taken with a warning
where the difference matters (category, kin) and noted where it does not (汉 for 汉族). Nothing else is ever guessed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from wuyou.kernel.hanzi import fold, is_empty, similar, simplified, split_notes, squeeze, tidy, without_code, words
from wuyou.kernel.reading import Finding, Reading, empty, note, refused, taken, warn

CATEGORIES = ("侨眷", "归侨", "侨属", "华侨", "外籍华人", "港澳眷属", "台属", "留学人员", "留学人员家属", "归难侨")
RELATIONS = (
    "配偶", "父母", "子女", "兄弟姐妹", "祖父母", "外祖父母", "孙子女", "叔伯姑", "舅姨", "堂表亲",
)  # fmt: skip
SCHOOLING = ("文盲", "小学", "初中", "高中", "中专", "大专", "本科", "硕士研究生", "博士研究生")
ETHNIC_GROUPS = tuple(sorted(words("""
    汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族
    傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族
    仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族
    鄂伦春族 赫哲族 门巴族 珞巴族 基诺族
""")))  # fmt: skip

_CATEGORY_FORMS = {
    "归侨": "归国华侨 老归侨 回国华侨 归侨人员 归国侨 归侨本人 归乔",
    "侨眷": "侨卷 桥眷 华侨眷属 归侨眷属 侨眷属 归侨家属 归侨子女 侨卷属 华侨家属 侨春 侨券 侨誊",
    "侨属": "侨亲 华侨亲属 侨亲属 海外亲属 侨胞亲属",
    "华侨": "海外华侨 华桥 旅外华侨 侨居国外 旅居华侨 出国华侨",
    "外籍华人": "华人 外籍 海外华人 外籍华裔 华裔 入外籍 已入外籍 外国籍 外国籍华人 入籍华人 华裔外籍",
    "港澳眷属": "港澳同胞眷属 港澳属 港眷 澳眷 港属 澳属 港澳家属 香港眷属 澳门眷属 港澳亲属 港澳侨眷 港澳同胞亲属 "
    "港澳同胞家属 港澳台眷属 港澳居民眷属 港澳居民家属",
    "台属": "台眷 台胞眷属 台湾同胞眷属 台胞亲属 台胞家属 台湾眷属 台湾亲属 台亲 台籍眷属 台胞台属",
    "留学人员": "留学生 海归 归国留学人员 留学归国人员 出国留学人员 在外留学生 留学 留学归国 海归人员 归国留学生 "
    "在外留学人员",
    "留学人员家属": "留学生家属 留学家属 留学人员眷属 留学生眷属 留学生父母 留学人员亲属 留学眷属 留学生亲属 海归家属",
    "归难侨": "难侨 归国难侨 难侨归侨 印支难侨 安置难侨 归侨难侨 越南难侨 归国难民",
}
_KIN_CORES = {
    "配偶": "妻 妻子 夫 丈夫 老婆 老公 爱人 太太 媳妇 老伴 内人 夫妻 对象 夫人 先生 伴侣",
    "父母": "父 母 父亲 母亲 爸 妈 爸爸 妈妈 爹 娘 阿爸 阿妈 双亲 父母亲 老爸 老妈 老父 老母 生父 生母",
    "子女": "子 女 儿 儿子 女儿 儿女 闺女 姑娘 孩子 小孩 独子 独女 娃 千金 囡",
    "兄弟姐妹": "兄 弟 姐 妹 哥 姊 哥哥 弟弟 姐姐 妹妹 兄弟 姐妹 姊妹 兄妹 姐弟 兄姐 弟妹 兄长 手足 兄姊 兄弟姊妹 "
    "阿哥 阿姐",
    "祖父母": "祖父 祖母 爷爷 奶奶 爷 奶 阿奶 阿爷 老爹 祖辈",
    "外祖父母": "外公 外婆 外祖父 外祖母 姥爷 姥姥 家公 家婆 外爷 外奶奶",
    "孙子女": "孙 孙子 孙女 孙儿 孙辈 外孙 外孙子 外孙女 外孙子女 孙女儿",
    "叔伯姑": "叔 伯 姑 叔叔 伯伯 伯父 伯母 叔父 叔母 姑妈 姑母 姑姑 姑父 姑爹 姑丈 姑奶 婶 婶婶 婶娘 伯娘 叔伯 "
    "姑妈妈 大爹 二爹 三爹 姑娘娘 叔公 伯公",
    "舅姨": "舅 姨 舅舅 舅父 舅母 舅妈 姨妈 姨母 姨父 姨爹 姨丈 姨娘 阿姨 娘舅 舅爷 姨婆 舅公",
    "堂表亲": "堂兄 堂弟 堂姐 堂妹 表兄 表弟 表姐 表妹 表哥 堂哥 堂亲 表亲 老表 堂表 堂兄弟 表兄弟 堂姐妹 表姐妹 "
    "堂兄妹 表兄妹",
}
_KIN_UNCLEAR = words("""
    亲戚 亲属 亲人 亲友 同乡 老乡 朋友 家人 家属 远亲 近亲 其他 其它 其他亲属 熟人 邻居 同学 同事 长辈 晚辈 血亲
    姻亲 旁系 直系 直系亲属 旁系亲属 宗亲 族人 族亲 本家 有亲戚 亲威 海外亲属 关系 一般 眷属 亲眷 父子 父女 母子
    母女 叔侄 舅甥 爷孙 婆孙 祖孙 后代 先辈 祖先
""")
_KIN_END = "(?:眷属?|家属|亲属|亲人|家长|父母|子女|配偶|家庭)"
_CATEGORY_RULES = (
    (re.compile(rf"(?:归国|海外|老)?(?:华侨|归侨){_KIN_END}"), "侨眷"),
    (re.compile(rf"(?:港澳台?|香港|澳门)(?:同胞|居民|人士)?{_KIN_END}"), "港澳眷属"),
    (re.compile(rf"(?:台胞|台湾同胞|台湾|台籍){_KIN_END}"), "台属"),
    (re.compile(rf"(?:出国|在外|归国|海外)?(?:留学生?|留学人员|海归){_KIN_END}"), "留学人员家属"),
)
_ORDER = re.compile(r"^(?:[大二三四五六七八九十小老幺么长次胞亲继养嫡生家舍令]|排行.|第.)(?=.)")
_ETHNIC_ALIAS = {
    "维族": "维吾尔族", "维": "维吾尔族", "蒙族": "蒙古族", "鲜族": "朝鲜族", "哈族": "哈萨克族", "崩龙族": "德昂族",
    "僮族": "壮族", "瓦族": "佤族", "卡瓦族": "佤族", "乌兹别克族": "乌孜别克族", "毛难族": "毛南族", "民家": "白族",
    "撒尼": "彝族", "阿细": "彝族", "苦聪": "拉祜族", "克木": "布朗族", "莽": "布朗族", "摩梭": "纳西族", "满洲": "满族",
    "客家": "汉族", "穿青": "其他", "革家": "其他", "外国血统": "其他", "入籍": "其他", "其他": "其他", "未识别": "其他",
}  # fmt: skip
_SCHOOLING_FORMS = {
    "文盲": "半文盲 不识字 未上学 未读书 没上学 没读书 未受教育 无学历 扫盲班 识字很少",
    "小学": "初小 高小 完小 小学文化",
    "初中": "中学 初级中学 七年级 八年级 九年级",
    "高中": "高级中学 普高 中学高中",
    "中专": "中技 技校 职高 职中 中职 中师 技工学校 职业高中 中等专科 中等职业 中等专业学校 高职中专",
    "大专": "专科 高职 大学专科 高专 大学专科生 大专文化 电大 函大 夜大",
    "本科": "大学 大学本科 学士 大本 本科生 全日制本科 大学生 学士学位",
    "硕士研究生": "硕士 研究生 硕研 硕士学位 硕士生 在职研究生 MBA MPA 研究生学历",
    "博士研究生": "博士 博士后 博士生 博士学位 博研",
}
_SCHOOLING_ENDS = re.compile(r"(?:以上|以下|及以上|毕业生?|肄业|结业|在读|学历|文化|程度|学位|生|[一二三四]年级)$")
_SEX_FORMS = {
    "男": "男性 男士 男子 男人 先生 男孩 男生 m male man 1 ♂ 男的",
    "女": "女性 女士 女子 女人 女孩 女生 f female woman 2 ♀ 女的",
}
_BETWEEN = re.compile(r"[、,;┋/\\|&+\n]|[和及与兼或]|\s{1,}")


@dataclass(frozen=True, slots=True)
class WordList:
    """A code list: its words, the other forms of each, and from which likeness on a slip is understood (1 = never)."""

    list_words: tuple[str, ...]
    forms: Mapping[str, str]
    by_synonym: str
    slips: bool = True
    rule: Callable[[str], str | None] | None = None
    unclear: frozenset[str] = field(default=frozenset())
    unclear_code: str = "not_in_list"

    def find(self, text: str) -> str | None:
        """Return the list's word for a text by form, rule or slip; None when there is none, or more than one."""
        key = simplified(squeeze(text)).strip(".。·-:;,、'\"()").casefold()
        if not key or key in self.unclear:
            return None
        found = self.forms.get(key) or (self.rule(key) if self.rule else None)
        if found or not self.slips or len(key) < 2 or key.isascii():
            return found
        need = 0.9 if len(key) < 4 else 0.74
        ranked = sorted(((similar(key, word), word) for word in self.list_words), reverse=True)[:2]
        return ranked[0][1] if ranked[0][0] >= need and ranked[0][0] > ranked[1][0] else None

    def read(self, text: str) -> Reading[tuple[str, ...]]:
        """Return the words of a cell; its text joins several with |. Refuses what is on no list."""
        if text in self.list_words:
            return taken((text,), text)
        typed = tidy(fold(text))
        if is_empty(typed):
            return empty()
        outside, notes = split_notes(typed)
        one = self.find(outside or (notes[0] if notes else ""))
        if one:
            remarks = [remark for remark in notes if outside and self.find(remark) != one]
            return taken((one,), one, self._said(text, (one,)), *_noted(remarks))
        bare = without_code(outside)
        if bare != outside and (coded := self.find(bare)):
            return taken((coded,), coded, self._said(text, (coded,)), *_noted(notes))
        several = self._several(outside)
        if several:
            return taken(several, "|".join(several), self._said(text, several), *_noted(notes))
        unclear = simplified(squeeze(outside)) in self.unclear
        return refused(self.unclear_code if unclear else "not_in_list", word=typed)

    def _several(self, text: str) -> tuple[str, ...]:
        parts = [part for part in _BETWEEN.split(text) if part.strip()]
        if len(parts) < 2:
            parts = self._cut(squeeze(text))
        found = [self.find(part) for part in parts]
        return tuple(dict.fromkeys(word for word in found if word)) if len(found) > 1 and all(found) else ()

    def _cut(self, text: str) -> list[str]:
        """Cut 归侨侨眷 into known words; [] when it is not made of them."""
        parts = []
        while text:
            known = (form for form in self.forms if len(form) > 1 and text.startswith(form))
            part = max(known, key=len, default="")
            if not part:
                return []
            parts.append(part)
            text = text[len(part) :]
        return parts

    def _said(self, typed: str, found: tuple[str, ...]) -> Finding:
        code = self.by_synonym if len(found) == 1 else self.by_synonym.replace("by_synonym", "multiple")
        return warn(code, word=typed, **{self.by_synonym.partition("_")[0]: "、".join(found)})


def _noted(remarks: list[str] | tuple[str, ...]) -> tuple[Finding, ...]:
    return (warn("note_in_cell", note="; ".join(remarks)),) if any(remarks) else ()


def _forms(list_words: tuple[str, ...], forms: Mapping[str, str]) -> dict[str, str]:
    known = {form.casefold(): word for word, line in forms.items() for form in line.split()}
    return known | {word: word for word in list_words}


def _kin_rule(key: str) -> str | None:
    """Return the kin word of 三叔, 大舅舅, 堂叔, 四表姐: a core word behind words of order; 堂 and 表 come first."""
    while True:
        if key.startswith(("堂", "表", "姑表", "姨表", "老表")) and len(key) > 1:
            return "堂表亲"
        if key in _KIN:
            return _KIN[key]
        shorter = _ORDER.sub("", key)
        if shorter == key:
            return None
        key = shorter


def _category_rule(key: str) -> str | None:
    """Return the category of kin of somebody (留学生家长), or the one behind a country's name (缅甸归侨)."""
    for pattern, word in _CATEGORY_RULES:
        if pattern.fullmatch(key):
            return word
    from wuyou.people.countries import read_country  # noqa: PLC0415  # names of all countries load slowly

    for word in sorted(CATEGORIES, key=len, reverse=True):
        if key.endswith(word) and len(key) > len(word) and read_country(key.removesuffix(word)).value:
            return word
    return None


_KIN = _forms(RELATIONS, _KIN_CORES)
_CATEGORY_LIST = WordList(CATEGORIES, _forms(CATEGORIES, _CATEGORY_FORMS), "category_by_synonym", rule=_category_rule)
_RELATION_LIST = WordList(
    RELATIONS, _KIN, "relation_by_synonym", False, _kin_rule, _KIN_UNCLEAR, "relation_not_specific"
)
_SCHOOLING_LIST = WordList(SCHOOLING, _forms(SCHOOLING, _SCHOOLING_FORMS), "schooling_by_synonym")
_SEXES = _forms(("男", "女"), _SEX_FORMS)


@lru_cache(maxsize=4096)
def read_category(text: str) -> Reading[tuple[str, ...]]:
    """Return the census categories of a cell (usually one), in the order written; text joins them with |.

    category_by_synonym for another form or a slip, category_multiple for more than one, not_in_list refused.
    """
    return _CATEGORY_LIST.read(text)


@lru_cache(maxsize=4096)
def read_relation(text: str) -> Reading[tuple[str, ...]]:
    """Return the kin of a cell (usually one); text joins several with |. 亲戚, 同乡 are relation_not_specific."""
    return _RELATION_LIST.read(text)


@lru_cache(maxsize=1024)
def read_schooling(text: str) -> Reading[str]:
    """Return the schooling; other forms are noted, and what is on no list is kept as typed with a warning."""
    typed = tidy(fold(text))
    if is_empty(typed):
        return empty()
    plain = without_code(split_notes(typed)[0])
    for form in (plain, _SCHOOLING_ENDS.sub("", plain), _SCHOOLING_ENDS.sub("", _SCHOOLING_ENDS.sub("", plain))):
        found = _SCHOOLING_LIST.find(form) if form else None
        if found:
            return taken(found, found, *(() if found == text else (note("schooling_by_synonym", word=typed),)))
    return taken(typed, typed, warn("not_in_list", word=typed))


@lru_cache(maxsize=1024)
def read_ethnic_group(text: str) -> Reading[str]:
    """Return one of the 56 groups (or 其他) in its full form; short forms are noted, a wrong character is refused.

    Source: GB/T 3304-1991.
    """
    if text in ETHNIC_GROUPS:
        return taken(text, text)
    typed = tidy(fold(text))
    if is_empty(typed):
        return empty()
    outside, notes = split_notes(typed)
    word = re.sub(r"^\d{1,2}[.\s]*", "", simplified(squeeze(outside or (notes[0] if notes else ""))))
    stem = word.removesuffix("族").removesuffix("人") if len(word) > 1 else word
    for form in (word, f"{stem}族"):
        found = form if form in ETHNIC_GROUPS else _ETHNIC_ALIAS.get(form) or _ETHNIC_ALIAS.get(stem)
        if found:
            return taken(found, found, note("ethnic_group_form", word=typed), *_noted(notes if outside else ()))
    return refused("not_in_list", word=typed)


@lru_cache(maxsize=256)
def read_sex(text: str) -> Reading[str]:
    """Return 男 or 女, also for 男性, M, 1, (女); 0 and 9 mean unknown. Source: GB/T 2261.1-2003."""
    if text in ("男", "女"):
        return taken(text, text)
    typed = tidy(fold(text))
    word = re.sub(r"[()\[\]【】\s.。,、]", "", typed.removesuffix(".0")).casefold()
    if is_empty(typed) or word in ("0", "9", "未知", "未说明"):
        return empty()
    found = _SEXES.get(word) or _SEXES.get(without_code(typed).strip().casefold())
    return taken(found, found, note("sex_form", word=typed)) if found else refused("not_in_list", word=typed)
