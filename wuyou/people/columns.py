"""A list of persons as offices keep it: which columns it can have, how each is recognised, read and handled.

What is asked of a person decides what happens to it: wealth, influence and "key person" marks are never kept; religion
and party have no purpose here and so cannot be kept; birth, numbers, health and relatives' data only with a purpose.
"""

from wuyou.kernel.hanzi import words as word_set
from wuyou.orgs.fits import among, counting_up, matching, phones, readable, share, telephones
from wuyou.people import cells, words
from wuyou.people.countries import read_country
from wuyou.people.fits import births, dated, filled_days, hardship, health, is_schooling, named, people_named
from wuyou.people.headers import HEADERS
from wuyou.people.whose import HEAD, RELATIVE, whose
from wuyou.platform.imports.columns import ANYBODY, Column, ImportKind, Policy

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
_KIN_OF_HEAD = "户主|本人|配偶|妻|夫|子|女|儿|媳|婿|孙|父|母|祖|兄|弟|姐|妹|之|长子|次子|长女|次女|其他"

PERSONS = ImportKind(
    name="persons",
    label="侨情人员名单",
    columns=(
        Column("seq", "序号", HEADERS["seq"], cells.number_text, counting_up, of=ANYBODY),
        Column("house_no", "户编号", HEADERS["house_no"], cells.number_text, matching(r"^\d{1,6}$", 0.5), of=ANYBODY),
        Column(
            "name", "姓名", HEADERS["name"], cells.name, people_named(0.95, repeated=False), required=True, suits=named
        ),
        Column("former_name", "曾用名", HEADERS["former_name"], cells.text(60)),
        Column("kin", "与户主关系", HEADERS["kin"], cells.text(20), matching(rf"^(?:{_KIN_OF_HEAD})+$", 0.95), of=HEAD),
        Column("head", "户主姓名", HEADERS["head"], cells.name, suits=named, of=HEAD, stands_for="name"),
        Column("sex", "性别", HEADERS["sex"], cells.sex, readable(words.read_sex), listed=True),
        Column("ethnicity", "民族", HEADERS["ethnicity"], cells.ethnicity, readable(words.read_ethnic_group)),
        Column(
            "birth",
            "出生年月",
            HEADERS["birth"],
            cells.day("birth"),
            births,
            Policy.ASK_PURPOSE,
            "区分同名的人，安排适老服务",
            stems=("出生", "生日"),
            suits=dated,
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
        Column("edu", "文化程度", HEADERS["edu"], cells.schooling, lambda samples: share(samples, is_schooling)),
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
            of=ANYBODY,
        ),
        Column("certificate", "归侨侨眷身份证明编号", HEADERS["certificate"], cells.text(60)),
        Column(
            "returned",
            "回国时间",
            HEADERS["returned"],
            cells.day("year"),
            suits=dated,
            stems=("回国", "归国", "归来", "回来"),
            of=ANYBODY,
        ),
        Column(
            "left",
            "出国时间",
            HEADERS["left"],
            cells.day("year"),
            suits=dated,
            stems=("出国", "出境", "移居", "出去"),
            of=ANYBODY,
        ),
        Column(
            "from_country",
            "原侨居国",
            HEADERS["from_country"],
            cells.country,
            suits=readable(read_country),
            stems=("原侨居", "原居", "从何", "自何", "哪国回", "何国归", "回国前", "归国前", "回来", "归来"),
            of=ANYBODY,
        ),
        Column(
            "country",
            "亲属居住国",
            HEADERS["country"],
            cells.country,
            readable(read_country),
            stems=("居住国", "所在国", "侨居", "旅居", "国别"),
            of=ANYBODY,
        ),
        Column("nationality", "国籍", HEADERS["nationality"], cells.country, suits=readable(read_country)),
        Column(
            "relation",
            "与海外亲属关系",
            HEADERS["relation"],
            cells.relation,
            readable(words.read_relation),
            stems=("亲属关系", "海外关系", "称谓"),
            listed=True,
            of=ANYBODY,
        ),
        Column(
            "relative_name",
            "海外亲属姓名",
            HEADERS["relative_name"],
            cells.name,
            None,
            Policy.ASK_PURPOSE,
            "应本人请求联系海外亲属",
            stems=("亲属姓名", "亲友姓名"),
            suits=named,
            of=RELATIVE,
            stands_for="name",
        ),
        Column("rel_job", "海外亲属职业", HEADERS["rel_job"], cells.text(60), of=RELATIVE, stands_for="job"),
        Column(
            "overseas_phone",
            "境外电话",
            HEADERS["overseas_phone"],
            cells.phones_abroad,
            matching(r"^(?:\+|00)(?!86)\d"),
            Policy.ASK_PURPOSE,
            "应本人请求联系海外亲属",
            stems=("境外电话", "海外电话", "海外联系", "境外联系"),
            suits=telephones,
            of=RELATIVE,
            stands_for="phone",
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
                r"(?:公司|厂|局|学校|小学|中学|学院|大学|医院|卫生院|站|所|中心|农场|合作社|馆|处|科|委|办公室|支队|大队)$|^外出务工$|^务农$",
                0.9,
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
            suits=telephones,
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
            health,
            Policy.ASK_PURPOSE,
            "提供困难帮扶",
            stems=("健康", "身体", "疾病", "患病", "残疾", "残障", "病史"),
        ),
        Column(
            "hardship",
            "困难情况",
            HEADERS["hardship"],
            cells.text(200),
            hardship,
            Policy.ASK_PURPOSE,
            "提供困难帮扶",
            stems=("困难", "贫困", "低保", "帮扶"),
        ),
        Column(
            "needs",
            "需求",
            HEADERS["needs"],
            cells.text(300),
            stems=("诉求", "需求", "反映", "要求", "想法", "愿望", "建议", "帮助解决"),
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
            stems=("同意", "授权", "意愿"),
            suits=matching(r"^(?:是|否|同意|不同意|已同意|已签|未签|√|×|愿意)$"),
        ),
        Column("group", "所属侨联组织", HEADERS["group"], cells.text(100), matching(r"(?:侨联|联络组|小组|联合会)$")),
        Column(
            "surveyor",
            "摸底人",
            HEADERS["surveyor"],
            cells.text(60),
            people_named(0.8, repeated=True),
            suits=named,
            of=ANYBODY,
        ),
        Column("surveyed", "摸底日期", HEADERS["surveyed"], cells.day("filled"), filled_days, suits=dated, of=ANYBODY),
        Column("remark", "备注", HEADERS["remark"], cells.text(300), of=ANYBODY),
        Column("county", "县（市、区）", HEADERS["county"], cells.text(30), None, Policy.IGNORE),
        Column("fax", "传真", HEADERS["fax"], cells.text(40), None, Policy.IGNORE, stems=("传真",)),
        Column("", "录入信息", HEADERS["entered"], cells.text(60), None, Policy.IGNORE, stems=("录入", "操作员")),
    ),
    check_row=cells.check_person,
    speaks_of=whose,
    subject="name",
)
"""One person a row. Values: texts, `PartialDate`, tuples of numbers and of categories, `PlaceMatch`, bool."""
