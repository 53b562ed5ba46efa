"""Countries and regions by every name that people write: official, short, old, English, a city's, with a slip.

The list is that of GB/T 2659 as the CLDR data of Babel carries it, so that any country is known, with Hong Kong, Macao
and Taiwan as the regions of China that they are. Our own tables add what no standard has: former names and cities.
"""

import re
from functools import cache, lru_cache

from babel import Locale

from wuyou.kernel.hanzi import fold, is_empty, similar, simplified, split_notes, squeeze, tidy, words
from wuyou.kernel.reading import Finding, Reading, empty, refused, taken, warn

# Short names that offices write where CLDR has a longer one.
_SHORT = {
    "AE": "阿联酋", "CD": "刚果(金)", "CF": "中非", "CG": "刚果(布)", "DO": "多米尼加", "HK": "中国香港", "MO": "中国澳门",
    "PS": "巴勒斯坦", "TW": "中国台湾", "KN": "圣基茨和尼维斯", "FK": "福克兰群岛", "CC": "科科斯群岛",
}  # fmt: skip
_NO_COUNTRY = words("AC AQ CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ")

_NOT_SPECIFIC = words("""
    东南亚 南洋 国外 海外 境外 外国 异国 国际 世界 世界各地 全球 多国 多个国家 其他 其它 别国 欧洲 欧美 欧盟 北美 北美洲
    南美 南美洲 拉美 拉丁美洲 中南美 美洲 亚洲 非洲 大洋洲 太平洋 中东 北欧 西欧 东欧 南欧 中欧 南亚 西亚 中亚 东亚 亚太
    港澳 港澳台 台港澳 港台 金三角 侨居国 居住国 国内 大陆 中国大陆 内地 本地 本国 本市 本省 刚果 朝韩 两地 国外居住
    出国 侨居 旅居国外 已出国 在外 外地
""")
_REGION = re.compile(r"(?:等|各)?(?:国家|各国|地区|一带|各地|等国|等地|诸国)$")

_ALSO = {
    "美国": "美利坚 美利坚合众国 合众国 米国 亚美利加 USA U.S.A. U.S. US America",
    "英国": "大不列颠 联合王国 英格兰 苏格兰 威尔士 北爱尔兰 英伦 大英 UK U.K. England Britain GreatBritain Scotland",
    "韩国": "大韩民国 南韩 南朝鲜 Korea SouthKorea",
    "朝鲜": "北韩 北朝鲜 NorthKorea",
    "泰国": "泰王国 暹罗 Siam",
    "缅甸": "缅甸联邦 缅国 Burma 果敢 佤邦 掸邦 克钦 克钦邦",
    "老挝": "寮国 老过 老窝 Lao LaoPDR",
    "越南": "南越 北越 安南 VietNam",
    "柬埔寨": "高棉 柬国 Kampuchea",
    "马来西亚": "马来亚 大马 马来 Malaya",
    "印度尼西亚": "印尼 荷属东印度 爪哇 苏门答腊 加里曼丹 Indonesia",
    "新加坡": "星加坡 星洲 狮城 新加坡共和国",
    "菲律宾": "吕宋 菲国 Philippine",
    "澳大利亚": "澳洲 澳大利亚联邦 澳国",
    "新西兰": "纽西兰 新西蘭",
    "加拿大": "加国",
    "俄罗斯": "俄国 俄罗斯联邦 苏联 前苏联 苏俄 Russia",
    "德国": "西德 东德 联邦德国 民主德国 德意志",
    "法国": "法兰西",
    "日本": "东瀛 日本国",
    "荷兰": "尼德兰 Holland",
    "意大利": "意国 义大利",
    "西班牙": "西国",
    "土耳其": "土尔其",
    "捷克": "捷克共和国 捷克斯洛伐克",
    "斯里兰卡": "锡兰",
    "孟加拉国": "孟加拉 孟国",
    "巴布亚新几内亚": "巴新 PNG",
    "沙特阿拉伯": "沙特 沙乌地",
    "阿联酋": "阿拉伯联合酋长国 UAE 迪拜",
    "南非": "南非共和国",
    "斐济": "斐济群岛",
    "波斯尼亚和黑塞哥维那": "波黑 波斯尼亚",
    "特立尼达和多巴哥": "特多 特立尼达",
    "巴勒斯坦": "巴勒斯坦国",
    "梵蒂冈": "教廷",
    "文莱": "汶莱 婆罗乃",
    "东帝汶": "帝汶",
    "中国": "中华人民共和国 PRC China",
    "中国香港": "香港 香港特别行政区 中国香港特别行政区 港 HK HongKong 香江 九龙 新界 港岛",
    "中国澳门": "澳门 澳门特别行政区 中国澳门特别行政区 Macau Macao 氹仔",
    "中国台湾": "台湾 台湾省 台湾地区 中国台湾省 台 Taiwan 台北 台中 台南 高雄 新北 桃园 新竹 基隆 嘉义 屏东 花莲 金门",
}
_CITIES = {
    "美国": "纽约 洛杉矶 旧金山 三藩市 芝加哥 休斯敦 休斯顿 西雅图 波士顿 华盛顿 夏威夷 檀香山 加州 "
    "加利福尼亚 德州 得克萨斯 佛罗里达 费城 硅谷 拉斯维加斯 亚特兰大 达拉斯 底特律",
    "缅甸": "仰光 曼德勒 瓦城 腊戌 木姐 密支那 东枝 内比都 大其力 八莫 景栋 勐拉 勐古 南坎 佤城 抹谷",
    "泰国": "曼谷 清迈 清莱 普吉 芭提雅 芭堤雅 美塞 合艾 夜丰颂 美斯乐",
    "越南": "河内 胡志明 胡志明市 西贡 海防 岘港 芽庄 莱州 河江 谅山 堤岸",
    "老挝": "万象 永珍 琅勃拉邦 丰沙里 磨丁 沙湾拿吉 巴色 南塔 乌多姆赛",
    "柬埔寨": "金边 西港 西哈努克 暹粒 马德望",
    "马来西亚": "吉隆坡 槟城 槟榔屿 马六甲 怡保 沙巴 沙捞越 砂拉越 新山 古晋 柔佛 吡叻",
    "印度尼西亚": "雅加达 泗水 棉兰 巴厘岛 巴厘 万隆 三宝垄 椰加达 雅京 坤甸 巨港",
    "菲律宾": "马尼拉 宿务 宿雾 达沃",
    "日本": "东京 大阪 京都 横滨 名古屋 福冈 神户 札幌 冲绳 埼玉 千叶",
    "韩国": "首尔 汉城 釜山 仁川 济州 大邱",
    "澳大利亚": "悉尼 雪梨 墨尔本 布里斯班 珀斯 堪培拉 阿德莱德 黄金海岸",
    "新西兰": "奥克兰 惠灵顿 基督城",
    "加拿大": "多伦多 温哥华 蒙特利尔 渥太华 卡尔加里 埃德蒙顿 温尼伯 魁北克",
    "英国": "伦敦 曼彻斯特 伯明翰 利物浦 爱丁堡 剑桥 牛津 格拉斯哥 利兹",
    "法国": "巴黎 里昂 马赛 图卢兹", "德国": "柏林 慕尼黑 法兰克福 汉堡 科隆 斯图加特",
    "意大利": "罗马 米兰 佛罗伦萨 普拉托 威尼斯 都灵", "西班牙": "马德里 巴塞罗那 瓦伦西亚",
    "荷兰": "阿姆斯特丹 鹿特丹 海牙", "俄罗斯": "莫斯科 圣彼得堡 海参崴 伯力", "瑞士": "苏黎世 日内瓦",
    "比利时": "布鲁塞尔", "奥地利": "维也纳", "瑞典": "斯德哥尔摩", "葡萄牙": "里斯本", "匈牙利": "布达佩斯",
    "阿联酋": "阿布扎比", "巴西": "圣保罗 里约热内卢 里约", "阿根廷": "布宜诺斯艾利斯", "秘鲁": "利马",
    "南非": "约翰内斯堡 约堡 开普敦 德班", "印度": "加尔各答 孟买 新德里 德里", "尼泊尔": "加德满都",
    "埃及": "开罗", "肯尼亚": "内罗毕", "尼日利亚": "拉各斯", "土耳其": "伊斯坦布尔 安卡拉",
}  # fmt: skip
_ONE_CHARACTER = {
    "美": "美国", "英": "英国", "法": "法国", "德": "德国", "日": "日本", "韩": "韩国", "泰": "泰国", "缅": "缅甸",
    "越": "越南", "俄": "俄罗斯", "柬": "柬埔寨", "菲": "菲律宾", "加": "加拿大", "印": "印度", "老": "老挝",
    "港": "中国香港", "台": "中国台湾",
}  # fmt: skip
# A character that no other country's name has: 缅旬, 緬句 can only be meant for one.
_TELLING = {"缅": "缅甸", "挝": "老挝", "寮": "老挝", "柬": "柬埔寨"}
_LIVING = re.compile(
    r"^(?:现|已|长期)?(?:旅居|移居|定居|侨居|居住|居|住|在|入)+(?:在|于)?|(?:国?籍|华侨|华人|定居|居住|境内)$"
)
_STATE_WORDS = re.compile(
    r"(?:社会主义|人民|民主|联邦|联合|伊斯兰|阿拉伯|主义|大|王国|公国|共和国|联盟|合众国|国|市|省|州)+"
)
_BETWEEN = re.compile(r"[、,;/\\|&+\n]|和|及|与|或|-|—|\s{1,}")


@cache
def names() -> frozenset[str]:
    """Return the name of every country and region, as the register keeps it."""
    return frozenset(_table("zh_Hans_CN").values())


@cache
def _table(locale: str) -> dict[str, str]:
    """Return code and name of every country in one language; the register's own short names in Chinese."""
    found = Locale.parse(locale).territories
    codes = {code: name for code, name in found.items() if len(code) == 2 and code not in _NO_COUNTRY}
    return codes | _SHORT if locale == "zh_Hans_CN" else codes


@cache
def _synonyms() -> dict[str, str]:
    """Return every other way to name a country, folded and simplified, with the country it means."""
    known: dict[str, str] = {}
    register = _table("zh_Hans_CN")
    for code, name in register.items():
        known[code.casefold()] = name
        for locale in ("zh_Hans_CN", "zh_Hant_TW", "zh_Hant_HK", "en"):
            other = Locale.parse(locale).territories.get(code, "")
            outside, notes = split_notes(other)
            for form in (other, outside, *(notes if locale == "en" else ())):
                known.setdefault(_key(form), name)
    for table in (_ALSO, _CITIES):
        for name, forms in table.items():
            known.update(dict.fromkeys(map(_key, forms.split()), name))
    known.update({_key(name): name for name in register.values()})
    known.update({_key(mark): name for mark, name in _ONE_CHARACTER.items()})
    return {form: name for form, name in known.items() if form and form not in _NOT_SPECIFIC}


def _key(text: str) -> str:
    return simplified(squeeze(text)).casefold().replace(".", "")


@lru_cache(maxsize=4096)
def read_country(text: str) -> Reading[str]:
    """Return the country or region a text means, in the register's short name; several are joined with |.

    Any form but the register's own is warned about. Refuses 东南亚, 海外 and the like (country_not_specific), and
    words that are no country's (not_in_list).
    """
    if text in names():
        return taken(text, text)
    typed = tidy(fold(text))
    if is_empty(typed):
        return empty()
    outside, notes = split_notes(typed)
    found = _country(outside or (notes[0] if notes else ""))
    if found:
        remarks = [remark for remark in notes if outside and _country(remark) not in (found, None)]
        return taken(found, found, warn("country_by_synonym", word=typed, country=found), *_noted(remarks))
    several = [_country(part) for part in _BETWEEN.split(outside) if part.strip()]
    if len(several) > 1 and all(several):
        joined = "|".join(dict.fromkeys(name for name in several if name))
        code = "country_multiple" if "|" in joined else "country_by_synonym"
        return taken(joined, joined, warn(code, word=typed, country=joined))
    key = _REGION.sub("", _key(outside))
    if key in _NOT_SPECIFIC or not key:
        return refused("country_not_specific", word=typed)
    return refused("not_in_list", word=typed)


def _noted(remarks: list[str]) -> tuple[Finding, ...]:
    return (warn("note_in_cell", note="; ".join(remarks)),) if remarks else ()


@lru_cache(maxsize=4096)
def _country(text: str) -> str | None:
    """Return the one country that a text means, by any name, a city, a longer form or a slip; None when none."""
    key = _key(text).strip(".。,、;:")
    known = _synonyms()
    if key in _NOT_SPECIFIC or not key:
        return None
    plain = _LIVING.sub("", key)
    if plain.endswith("洋"):
        return None
    for form in (key, plain):
        if form in known:
            return known[form]
    begins = _beginning(plain)
    if begins:
        return begins
    if _BETWEEN.search(plain):
        return None
    telling = {name for mark, name in _TELLING.items() if mark in plain}
    return telling.pop() if len(telling) == 1 else _alike(plain)


def _beginning(text: str) -> str | None:
    """Return the country whose name the text begins with: 泰国清迈, 越南社会主义共和国, but not 印度洋 or 美国、加拿大."""
    known = _synonyms()
    for length in range(len(text) - 1, 1, -1):
        name = known.get(text[:length])
        if name and not text[:length].isascii():
            rest = text[length:]
            other = known.get(rest) if len(rest) > 1 else None
            plain = not _BETWEEN.match(rest) or _country(_BETWEEN.sub("", rest, count=1)) is None or other == name
            return name if plain and (other in (None, name) or _STATE_WORDS.fullmatch(rest)) else None
    return None


def _alike(text: str) -> str | None:
    """Return the country whose name is one slip away, when it is the only one."""
    if len(text) < 2 or text.isascii():
        return None
    need = 0.9 if len(text) < 3 else 0.66
    scores = sorted(((similar(text, name), name) for name in names()), reverse=True)[:2]
    return scores[0][1] if scores[0][0] >= need and scores[0][0] > scores[1][0] else None
