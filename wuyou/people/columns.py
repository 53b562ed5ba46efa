"""A list of persons as offices keep it: which columns it can have, how each is recognised, read and handled.

What is asked of a person decides what happens to it: wealth, influence and "key person" marks are never kept; religion
and party have no purpose here and so cannot be kept; birth, numbers, health and relatives' data only with a purpose.
"""

from collections.abc import Sequence
from datetime import date

from wuyou.kernel.hanzi import words as word_set
from wuyou.kernel.partialdate import PartialDate, read_date
from wuyou.kernel.personname import looks_like_name
from wuyou.orgs.fits import Fits, among, counting_up, matching, phones, readable, share
from wuyou.people import cells, words
from wuyou.people.countries import read_country
from wuyou.people.headers import HEADERS
from wuyou.platform.imports.columns import Column, ImportKind, Policy

_ONLY_WITH_HEADER = 0.6
"""So low that content alone decides nothing: a column of 是 and 否 must not become consent because it looks like it."""
_FAR = date(2900, 1, 1)
_BIRTHS_UNTIL = 15
"""Where half the years are older than this many, the dates are more likely births than days of filling in."""


def _years(samples: Sequence[str]) -> list[PartialDate]:
    values = [read_date(text, today=_FAR, kind="filled").value for text in samples]
    return [value for value in values if value is not None]


def _spread_of_years(samples: Sequence[str]) -> float:
    """Return how widely the years lie apart, 0..1: births cover decades, days of filling in one or two years."""
    years = sorted(value.year for value in _years(samples))
    if not years:
        return 0.0
    return min(1.0, (years[(len(years) * 9) // 10 if len(years) > 1 else 0] - years[len(years) // 10]) / _BIRTHS_UNTIL)


def _fits_birth(samples: Sequence[str]) -> float:
    found = _years(samples)
    exact = sum(value.month is not None for value in found) / max(len(samples), 1)
    return exact * (0.3 + 0.7 * _spread_of_years(samples))


def _fits_year(samples: Sequence[str]) -> float:
    return _ONLY_WITH_HEADER * len(_years(samples)) / max(len(samples), 1) * _spread_of_years(samples)


def _fits_filled(samples: Sequence[str]) -> float:
    found = _years(samples)
    exact = sum(value.day is not None for value in found) / max(len(samples), 1)
    return 0.9 * exact * (1 - _spread_of_years(samples))


def _fits_names(weight: float, *, repeated: bool) -> Fits:
    """Return a measure of names; of people listed they differ, of those who fill in forms they come back."""

    def fits(samples: Sequence[str]) -> float:
        distinct = len(set(samples)) / max(len(samples), 1)
        kind = min(1.0, 1.6 * (1 - distinct)) if repeated else min(1.0, 0.2 + distinct)
        return weight * share(samples, looks_like_name) * kind

    return fits


def _fits_health(samples: Sequence[str]) -> float:
    """Return how many samples speak of health; 一般 and 良好 may speak of anything."""
    sure = _ILLNESSES(samples)
    return sure + 0.5 * (_JUDGED(samples) - sure) if sure < _JUDGED(samples) else sure


def _fits_hardship(samples: Sequence[str]) -> float:
    """Return how many samples name a hardship; 是 and 否 do so only under a word that asks for one."""
    return min(1.0, _HARDSHIP_NAMED(samples) + 0.5 * _ANSWERED(samples))


def _is_schooling(text: str) -> bool:
    reading = words.read_schooling(text)
    return reading.value in words.SCHOOLING


_IDENTITY = (
    r"^'?\d{6}(?:18|19|20)[\d*＊]{2}(?:0\d|1[0-2]|[*＊]{2})(?:[0-3]\d|[*＊]{2})[\d*＊]{3}[\dXx*＊]$"
    r"|^'?\d{6}[\d*＊]{2}(?:0\d|1[0-2]|[*＊]{2})(?:[0-3]\d|[*＊]{2})[\d*＊]{3}$|^\d\.\d+E\+1[47]$|^\d{15}000$"
)
"""18 or 15 characters with a day of birth inside, masked or damaged by a spreadsheet or not; bank cards have none."""
_BANK_CARD = r"^(?:62|60|95|[45])\d{13,17}$"
_DIVISION = "省|市|县|区|镇|乡|街道|村|社区|组|居委会"
_JOBS = word_set("""
    退休 离休 待业 无业 农民 务农 种植 养殖 工人 职工 教师 医生 护士 学生 干部 公务员 个体 个体户 经商 商人 司机 厨师 会计
    农技员 职员 工程师 自由职业 打工 务工 外出务工 保安 店员 企业主 餐饮 留学 家政 建筑工 技术员 军人
""")
_DOCUMENTS = word_set("身份证 居民身份证 护照 军官证 户口簿 户口本 回乡证 台胞证 通行证 驾驶证 其他")
_PARTIES = "中共党员|中共预备党员|党员|群众|共青团员|团员|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|无党派"
_HARDSHIPS = "低保|特困|残疾|大病|重病|慢性病|独居|孤寡|受灾|无劳动能力|五保|失独|单亲|贫困|脱贫|困难|留守|失能"
_HARDSHIP_NAMED = matching(_HARDSHIPS)
_ANSWERED = matching(r"^(?:是|否|有|无|√|×)$")
_ILLNESSES = matching(r"健康|残疾|慢性病|体弱|多病|患病|重病|失能|高血压|糖尿病|心脏病|癌|瘫痪|[肢视听]力?[体障]")
_JUDGED = matching(r"健康|残疾|病|体弱|失能|高血压|癌|瘫痪|[肢视听]力?[体障]|^(?:良好|一般|较差|差|好)")
_KIN_OF_HEAD = "户主|本人|配偶|妻|夫|子|女|儿|媳|婿|孙|父|母|祖|兄|弟|姐|妹|之|长子|次子|长女|次女|其他"

PERSONS = ImportKind(
    name="persons",
    label="侨情人员名单",
    columns=(
        Column("seq", "序号", HEADERS["seq"], cells.number_text, counting_up),
        Column("house_no", "户编号", HEADERS["house_no"], cells.number_text, matching(r"^\d{1,6}$", 0.5)),
        Column("name", "姓名", HEADERS["name"], cells.name, _fits_names(0.95, repeated=False), required=True),
        Column("former_name", "曾用名", HEADERS["former_name"], cells.text(60)),
        Column("kin", "与户主关系", HEADERS["kin"], cells.text(20), matching(rf"^(?:{_KIN_OF_HEAD})+$", 0.95)),
        Column("head", "户主姓名", HEADERS["head"], cells.name, _fits_names(_ONLY_WITH_HEADER, repeated=True)),
        Column("sex", "性别", HEADERS["sex"], cells.sex, readable(words.read_sex), listed=True),
        Column("ethnicity", "民族", HEADERS["ethnicity"], cells.ethnicity, readable(words.read_ethnic_group)),
        Column(
            "birth",
            "出生年月",
            HEADERS["birth"],
            cells.day("birth"),
            _fits_birth,
            Policy.ASK_PURPOSE,
            "区分同名的人，安排适老服务",
            stems=("出生", "生日"),
        ),
        Column("age", "年龄", HEADERS["age"], cells.number_text, matching(r"^\d{1,3}岁?$", 0.5), Policy.IGNORE),
        Column(
            "id_kind",
            "证件类型",
            HEADERS["id_kind"],
            cells.text(20),
            among(_DOCUMENTS),
        ),
        Column(
            "id_no",
            "身份证号",
            HEADERS["id_no"],
            cells.identity_number,
            matching(_IDENTITY),
            Policy.ASK_PURPOSE,
            "发放慰问款和办理证明时核对身份",
            stems=("身份证", "证件号", "身份号码"),
        ),
        Column(
            "native",
            "籍贯",
            HEADERS["native"],
            cells.text(60),
            matching(
                r"^(?:云南|广东|广西|福建|四川|贵州|海南|浙江|湖南|江西|重庆|湖北|河南|山东|江苏|上海|北京)[\u4e00-\u9fff]{0,5}$",
                0.9,
            ),
        ),
        Column("birthplace", "出生地", HEADERS["birthplace"], cells.text(60), matching(r"[\u4e00-\u9fff]{2}", 0.5)),
        Column("edu", "文化程度", HEADERS["edu"], cells.schooling, lambda samples: share(samples, _is_schooling)),
        Column(
            "political",
            "政治面貌",
            HEADERS["political"],
            cells.text(40),
            matching(rf"^(?:{_PARTIES})"),
            Policy.ASK_PURPOSE,
            stems=("政治", "党派", "党员", "入党", "党组织"),
        ),
        Column(
            "religion",
            "宗教信仰",
            HEADERS["religion"],
            cells.text(40),
            matching(r"^(?:佛教?|道教?|基督教?|天主教?|伊斯兰教?|东正教|藏传佛教|不信教|民间信仰|.{1,4}教|无)$", 0.7),
            Policy.ASK_PURPOSE,
            stems=("宗教", "信教", "信仰", "宗派", "教派", "信什么"),
        ),
        Column(
            "category",
            "侨情类别",
            HEADERS["category"],
            cells.category,
            readable(words.read_category),
            stems=("侨别", "侨类"),
            listed=True,
        ),
        Column("certificate", "归侨侨眷身份证明编号", HEADERS["certificate"], cells.text(60)),
        Column("returned", "回国时间", HEADERS["returned"], cells.day("year"), _fits_year, stems=("回国", "归国")),
        Column(
            "left", "出国时间", HEADERS["left"], cells.day("year"), _fits_year, stems=("出国", "出境", "移居", "出去")
        ),
        Column(
            "from_country",
            "原侨居国",
            HEADERS["from_country"],
            cells.country,
            readable(read_country, _ONLY_WITH_HEADER),
            stems=("原侨居", "原居", "从何", "自何", "哪国回", "何国归"),
        ),
        Column(
            "country",
            "亲属居住国",
            HEADERS["country"],
            cells.country,
            readable(read_country),
            stems=("居住国", "所在国", "侨居", "旅居", "国别"),
        ),
        Column("nationality", "国籍", HEADERS["nationality"], cells.country, readable(read_country, _ONLY_WITH_HEADER)),
        Column(
            "relation",
            "与海外亲属关系",
            HEADERS["relation"],
            cells.relation,
            readable(words.read_relation),
            stems=("亲属关系", "海外关系", "称谓"),
            listed=True,
        ),
        Column(
            "relative_name",
            "海外亲属姓名",
            HEADERS["relative_name"],
            cells.name,
            _fits_names(_ONLY_WITH_HEADER, repeated=False),
            Policy.ASK_PURPOSE,
            "应本人请求联系海外亲属",
            stems=("亲属姓名", "亲友姓名"),
        ),
        Column("rel_job", "海外亲属职业", HEADERS["rel_job"], cells.text(60), among(_JOBS, _ONLY_WITH_HEADER)),
        Column(
            "overseas_phone",
            "境外电话",
            HEADERS["overseas_phone"],
            cells.phones_abroad,
            matching(r"^(?:\+|00)(?!86)\d"),
            Policy.ASK_PURPOSE,
            "应本人请求联系海外亲属",
            stems=("境外电话", "海外电话", "海外联系", "境外联系"),
        ),
        Column(
            "address",
            "户籍地址",
            HEADERS["address"],
            cells.address,
            matching(rf"(?:{_DIVISION}).*(?:号|{_DIVISION})|^同上$|^〃$", 0.9),
            stems=("户籍", "户口"),
        ),
        Column(
            "residence",
            "现住址",
            HEADERS["residence"],
            cells.address,
            matching(rf"(?:{_DIVISION}).*(?:号|{_DIVISION})|^同上$|^〃$", 0.9),
            stems=("住址", "居住地"),
        ),
        Column("town", "乡镇（街道）", HEADERS["town"], cells.township, matching(r"(?:街道|镇|乡|办事处)$")),
        Column(
            "village",
            "村（社区）",
            HEADERS["village"],
            cells.village,
            matching(r"^(?!.*(?:镇|乡|街道).{2})[^省市县]{1,10}(?:社区|村|村委会|居委会|居民委员会|村民委员会)$"),
        ),
        Column(
            "door", "门牌", HEADERS["door"], cells.text(80), matching(r"^[^省市县]{0,8}\d+(?:号|栋|幢|单元|室|组)", 0.9)
        ),
        Column(
            "unit",
            "工作单位",
            HEADERS["unit"],
            cells.text(100),
            matching(
                r"(?:公司|厂|局|学校|小学|中学|学院|大学|医院|卫生院|站|所|中心|农场|合作社)$|^外出务工$|^务农$", 0.9
            ),
        ),
        Column("job", "职业", HEADERS["job"], cells.text(60), among(_JOBS, 0.9)),
        Column(
            "phone",
            "联系电话",
            HEADERS["phone"],
            cells.phones,
            phones,
            stems=("电话", "手机"),
            several=True,
        ),
        Column(
            "bank",
            "银行账号",
            HEADERS["bank"],
            cells.text(40),
            matching(_BANK_CARD),
            Policy.ASK_PURPOSE,
            stems=("银行", "卡号", "开户", "账户", "账号", "工资卡"),
        ),
        Column(
            "wechat",
            "微信号",
            HEADERS["wechat"],
            cells.text(40),
            matching(r"^(?=.*[A-Za-z_-])[A-Za-z][-\w]{5,19}$|^wxid_", 0.9),
        ),
        Column("email", "电子邮箱", HEADERS["email"], cells.text(80), matching(r"^[\w.+-]+@[\w.-]+\.\w+$")),
        Column("skills", "特长", HEADERS["skills"], cells.text(100)),
        Column(
            "health",
            "健康状况",
            HEADERS["health"],
            cells.text(100),
            _fits_health,
            Policy.ASK_PURPOSE,
            "提供困难帮扶",
            stems=("健康", "身体", "疾病", "患病", "残疾", "残障", "病史"),
        ),
        Column(
            "hardship",
            "困难情况",
            HEADERS["hardship"],
            cells.text(200),
            _fits_hardship,
            Policy.ASK_PURPOSE,
            "提供困难帮扶",
            stems=("困难", "贫困", "低保", "帮扶"),
        ),
        Column(
            "needs",
            "需求",
            HEADERS["needs"],
            cells.text(300),
            stems=("诉求", "需求", "反映", "要求", "想法", "愿望", "建议"),
        ),
        Column(
            "assets",
            "资产情况",
            HEADERS["assets"],
            cells.text(40),
            matching(r"^(?:约|近)?\d+(?:余|多)?万(?:元)?(?:以上|以下|左右)?$|^(?:富裕|小康|贫困)$", 0.8),
            Policy.REFUSE,
            stems=("资产", "财产", "不动产", "家底", "身价", "收入", "经济状况", "经济实力", "房产", "存款", "身家"),
        ),
        Column(
            "influence",
            "社会影响",
            HEADERS["influence"],
            cells.text(40),
            None,
            Policy.REFUSE,
            stems=("影响", "社会地位", "态度", "立场", "倾向", "思想"),
        ),
        Column(
            "key_person",
            "是否重点人士",
            HEADERS["key_person"],
            cells.text(20),
            None,
            Policy.REFUSE,
            stems=("重点", "关注", "管控", "稳控", "知名", "统战"),
        ),
        Column(
            "consent",
            "本人是否同意登记",
            HEADERS["consent"],
            cells.yes_no,
            matching(r"^(?:是|否|同意|不同意|已同意|已签|未签|√|×|愿意)$", _ONLY_WITH_HEADER),
            stems=("同意", "授权", "意愿"),
        ),
        Column("group", "所属侨联组织", HEADERS["group"], cells.text(100), matching(r"(?:侨联|联络组|小组|联合会)$")),
        Column("surveyor", "摸底人", HEADERS["surveyor"], cells.text(60), _fits_names(0.8, repeated=True)),
        Column("surveyed", "摸底日期", HEADERS["surveyed"], cells.day("filled"), _fits_filled),
        Column("remark", "备注", HEADERS["remark"], cells.text(300)),
        Column("", "录入信息", HEADERS["entered"], cells.text(60), None, Policy.IGNORE, stems=("录入", "操作员")),
    ),
    check_row=cells.check_person,
)
"""One person a row. Values: texts, `PartialDate`, tuples of numbers and of categories, `PlaceMatch`, bool."""
