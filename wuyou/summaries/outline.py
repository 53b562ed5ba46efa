"""The outline of the annual summary, as data: sections, paragraphs, sentences, and what each sentence needs to be said.

A sentence states only what its figures say; which sentences appear is decided in `rules.drafted`. Sentences without
figures say what the work aims at, never that something was done. {unit}, {scope} and {year} are filled in when a draft
is made; ⟦…⟧ are tokens (`figures`).
Source: Summary of Qujing's grassroots organisation work, its shape: lead, 一、基本情况及特点, 二、主要做法及成效 with (一) aims,
(二) what was done, (三) results; its end is cut off in the source, 三 and 四 are the usual ones.
"""

from wuyou.summaries.sentences import Family, Paragraph, Points, Section, Sentence, ZeroSentence

UNFINISHED = "（本部分没有可用的登记数据，请补充。）"
TITLE = "建强基层组织 服务侨界群众"
SUBTITLE = "{unit}{year}年基层组织建设工作总结"

_LEAD = Section(
    0,
    "",
    (
        Paragraph(
            (
                Sentence(
                    "{year}年，{unit}坚持以侨为本、为侨服务，按照“组织起来、活跃起来”的要求，"
                    "以有组织、有队伍、有经费、有阵地、有活动为目标，推进侨联基层组织建设。"
                ),
                Sentence("年内，完成新建、重组、恢复侨联基层组织⟦orgs.events.founding_in_year⟧个。"),
                Sentence("{scope}开展各类活动⟦activities.total⟧次。"),
                Sentence("现将有关情况总结如下。"),
            )
        ),
    ),
)

_BASICS = Section(
    1,
    "基本情况及特点",
    (
        Paragraph(
            (
                Sentence(
                    "截至⟦as_of⟧，{scope}登记在册的侨联基层组织⟦orgs.total⟧个{parts}。",
                    (Family("orgs.by_kind", "{item}{token}个"),),
                    "，按类型分，",
                ),
                Sentence("按组织形式分，{parts}。", (Family("orgs.by_form", "{item}{token}个"),)),
                Sentence(
                    "按运转情况分，{parts}。",
                    (
                        "正常运转的⟦orgs.by_state.normal⟧个",
                        "停滞的⟦orgs.by_state.lapsed⟧个",
                        "待重组的⟦orgs.by_state.to_reorganise⟧个",
                    ),
                ),
                Sentence("跨单位设置的⟦orgs.cross_unit⟧个。"),
            )
        ),
        Paragraph(
            (
                Sentence(
                    "登记在册的侨界群众⟦people.registered⟧人{parts}。",
                    (Family("people.by_category", "{item}{token}人"),),
                    "，其中",
                ),
                Sentence("经侨务部门认定身份的⟦people.certified⟧人。"),
                Sentence("编入基层组织的⟦people.in_units⟧人。"),
            )
        ),
        Paragraph(
            (
                Sentence(
                    "从分布看，有侨界群众的乡镇（街道）⟦coverage.places_with_people⟧个{parts}。",
                    ("已有基层组织联系的⟦coverage.places_reached⟧个",),
                    "，其中",
                ),
                Sentence("有侨界群众的机关、企业、学校等单位⟦coverage.hosts_with_people⟧个。"),
                Sentence(
                    "据各地最近一次上报或统计的人数，侨界群众⟦coverage.people⟧人{parts}。",
                    ("已覆盖⟦coverage.people_reached⟧人",),
                    "，其中",
                ),
            )
        ),
    ),
    UNFINISHED,
)

_AIMS = Section(
    2,
    "指导思想、工作原则和目标任务",
    (
        Paragraph(
            (
                Sentence(
                    "1.指导思想。坚持以侨为本、为侨服务，以扩大有效覆盖为基础，以建强班子和队伍为关键，"
                    "以健全制度为保障，不断提高基层侨联组织服务侨界群众的能力。"
                ),
            )
        ),
        Paragraph(
            (
                Sentence(
                    "2.工作原则。坚持从侨情实际出发，条件成熟的先建；坚持先建立、后完善、再提高；"
                    "坚持建用并重，以服务求活跃。"
                ),
            )
        ),
        Paragraph(
            (
                Sentence(
                    "3.目标任务。做到哪里有侨界群众，侨联基层组织就建到哪里；"
                    "使基层组织有组织、有队伍、有经费、有阵地、有活动。"
                ),
            )
        ),
    ),
)

_MEASURES = Section(
    2,
    "主要做法",
    (
        Points(
            (
                (
                    "抓组建，扩大组织覆盖。",
                    (
                        Sentence(
                            "年内，完成新建、重组、恢复侨联基层组织⟦orgs.events.founding_in_year⟧个{parts}。",
                            (
                                "新建⟦orgs.events.established_in_year⟧个",
                                "重组⟦orgs.events.reorganised_in_year⟧个",
                                "恢复⟦orgs.events.restored_in_year⟧个",
                            ),
                            "，其中",
                        ),
                        Sentence(
                            "按目标计划，年内应新建、重组、恢复⟦orgs.targets.planned_in_year⟧个{parts}。",
                            ("完成计划的百分之⟦orgs.targets.share_in_year⟧",),
                            "，",
                        ),
                        Sentence("办理更名的基层组织⟦orgs.events.renamed_in_year⟧个。"),
                        Sentence("撤销的基层组织⟦orgs.events.dissolved_in_year⟧个。"),
                    ),
                ),
                (
                    "抓队伍，配强基层班子。",
                    (
                        Sentence(
                            "截至⟦as_of⟧，应配班子职数⟦leadership.seats⟧个{parts}。",
                            ("已配⟦leadership.seats_filled⟧个",),
                            "，",
                        ),
                        Sentence("年内新任职⟦leadership.appointed_in_year⟧人次。"),
                    ),
                ),
                (
                    "抓制度，加强学习联系。",
                    (
                        Sentence("有学习制度的基层组织⟦orgs.with_study_rules⟧个。"),
                        Sentence(
                            "年内，{parts}。",
                            (
                                "组织学习⟦activities.by_kind.study⟧次",
                                "召开座谈会⟦activities.by_kind.symposium⟧次",
                                "走访⟦activities.by_kind.visit⟧次",
                            ),
                        ),
                    ),
                ),
                (
                    "抓保障，落实经费阵地。",
                    (
                        Sentence(
                            "年内，{scope}收入工作经费⟦funds.received⟧元{parts}。",
                            (Family("funds.by_source", "{item}{token}元"),),
                            "，其中",
                        ),
                        Sentence("支出⟦funds.spent⟧元。"),
                        Sentence(
                            "有活动场所的基层组织⟦orgs.with_venue⟧个{parts}。",
                            ("与其他组织共用场所的⟦orgs.venue_shared⟧个",),
                            "，其中",
                        ),
                    ),
                ),
                (
                    "抓活动，密切联系群众。",
                    (
                        Sentence(
                            "年内，{scope}开展各类活动⟦activities.total⟧次{parts}。",
                            ("参加⟦activities.attendance⟧人次",),
                            "，",
                        ),
                        Sentence("走访慰问侨界群众⟦activities.home_visits⟧人次。"),
                        Sentence("有领导参加的活动⟦activities.with_leaders⟧次。"),
                        Sentence("开展过活动的基层组织⟦activities.units_active⟧个。"),
                    ),
                ),
            )
        ),
    ),
    UNFINISHED,
)

_RESULTS = Section(
    2,
    "取得的成效",
    (
        Points(
            (
                (
                    "“五有”建设方面。",
                    (
                        Sentence(
                            "对照“有组织、有队伍、有经费、有阵地、有活动”的标准，"
                            "各项全部达到的基层组织⟦assessment.target.all_met⟧个。"
                        ),
                        Sentence("分项看，达到{parts}。", (Family("assessment.target.met", "“{item}”的{token}个"),)),
                    ),
                ),
                (
                    "“五个一”建设方面。",
                    (
                        Sentence(
                            "对照班子、场所、学习制度、经费、工作氛围“五个一”的标准，"
                            "各项全部达到的基层组织⟦assessment.attained.all_met⟧个。"
                        ),
                        Sentence("分项看，达到{parts}。", (Family("assessment.attained.met", "“{item}”的{token}个"),)),
                    ),
                ),
                (
                    "组织覆盖方面。",
                    (
                        Sentence("已有基层组织联系的乡镇（街道）⟦coverage.places_reached⟧个。"),
                        Sentence(
                            "已覆盖侨界群众⟦coverage.people_reached⟧人{parts}。",
                            ("未覆盖⟦coverage.people_not_reached⟧人",),
                            "，",
                        ),
                        ZeroSentence(
                            ("coverage.places_without_group",),
                            "有侨界群众的乡镇（街道）均已有基层组织联系。",
                            given=("coverage.places_with_people",),
                        ),
                    ),
                ),
                (
                    "组织成长方面。",
                    (
                        Sentence(
                            "按照“先建立、后完善、再提高”的思路，{parts}。",
                            (Family("assessment.stage", "处于“{item}”阶段的基层组织{token}个"),),
                        ),
                    ),
                ),
            )
        ),
    ),
    UNFINISHED,
)

_PROBLEMS = Section(
    1,
    "存在问题",
    (
        Points(
            (
                (
                    "组建工作还要加强。",
                    (ZeroSentence(("orgs.events.founding_in_year",), "本年度未新建、重组、恢复侨联基层组织。"),),
                ),
                (
                    "组织覆盖还有空白。",
                    (
                        Sentence(
                            "有侨界群众而没有基层组织联系的乡镇（街道）⟦coverage.places_without_group⟧个{parts}。",
                            ("涉及侨界群众⟦coverage.people_without_group⟧人",),
                            "，",
                        ),
                        Sentence(
                            "有侨界群众而没有基层组织联系的机关、企业、学校等单位⟦coverage.hosts_without_group⟧个。"
                        ),
                    ),
                ),
                (
                    "有的组织不够健全。",
                    (
                        Sentence(
                            "{parts}。",
                            ("停滞的基层组织⟦orgs.by_state.lapsed⟧个", "待重组的⟦orgs.by_state.to_reorganise⟧个"),
                        ),
                        Sentence("年内停滞的基层组织⟦orgs.events.lapsed_in_year⟧个。"),
                        Sentence("届期已满尚未换届的基层组织⟦leadership.terms_lapsed⟧个。"),
                        Sentence("班子职数空缺⟦leadership.seats_vacant⟧个。"),
                    ),
                ),
                (
                    "“五有”建设还有短板。",
                    (
                        Sentence("按“五有”标准，有未达到项的基层组织⟦assessment.target.not_all_met⟧个。"),
                        Sentence(
                            "分项看，{parts}。",
                            (Family("assessment.target.not_met", "“{item}”未完全达到的{token}个"),),
                        ),
                        Sentence("因缺少登记数据暂时无法判断的基层组织⟦assessment.target.no_data⟧个。"),
                    ),
                ),
                (
                    "工作开展不够平衡。",
                    (
                        ZeroSentence(("activities.total",), "本年度没有登记活动。"),
                        Sentence("年内未开展活动的基层组织⟦activities.units_without⟧个。", given=("activities.total",)),
                        ZeroSentence(("funds.received",), "本年度没有登记经费收入。"),
                        Sentence("年内没有经费收入的基层组织⟦funds.units_without⟧个。", given=("funds.received",)),
                        Sentence("没有活动场所的基层组织⟦orgs.without_venue⟧个。"),
                    ),
                ),
            )
        ),
    ),
    UNFINISHED,
)

_PLANS = Section(
    1,
    "下一步打算",
    (
        Points(
            (
                (
                    "填补覆盖空白。",
                    (
                        Sentence(
                            "对有侨界群众而没有基层组织联系的⟦coverage.places_without_group⟧个乡镇（街道）逐一摸底，"
                            "条件成熟的先行组建。"
                        ),
                    ),
                ),
                (
                    "健全组织班子。",
                    (
                        Sentence("指导届期已满的⟦leadership.terms_lapsed⟧个基层组织抓紧换届。"),
                        Sentence("补齐空缺的⟦leadership.seats_vacant⟧个班子职数。"),
                        Sentence("推动停滞的⟦orgs.by_state.lapsed⟧个基层组织恢复运转。"),
                    ),
                ),
                (
                    "补齐“五有”短板。",
                    (
                        Sentence(
                            "对有未达到项的⟦assessment.target.not_all_met⟧个基层组织逐个对照缺项，提出措施，限期完善。"
                        ),
                        Sentence("对缺少登记数据的⟦assessment.target.no_data⟧个基层组织补充登记。"),
                    ),
                ),
                (
                    "活跃基层工作。",
                    (
                        Sentence(
                            "帮助年内未开展活动的⟦activities.units_without⟧个基层组织开展活动。",
                            given=("activities.total",),
                        ),
                    ),
                ),
            )
        ),
        Paragraph((Sentence("继续按照“先建立、后完善、再提高”的思路，做到哪里有侨界群众，侨联基层组织就建到哪里。"),)),
    ),
)

OUTLINE: tuple[Section, ...] = (
    _LEAD,
    _BASICS,
    Section(1, "主要做法及成效"),
    _AIMS,
    _MEASURES,
    _RESULTS,
    _PROBLEMS,
    _PLANS,
)
