"""Invented names: surnames as frequent as in this corner of Yunnan, given names of their bearer's generation."""

import random
from dataclasses import dataclass

FEMALE, MALE = "female", "male"

_SURNAMES = {
    60: "李王张杨刘陈", 34: "赵黄朱徐何孙罗高吴周马", 18: "胡林郭唐许邓曾彭董袁蒋余叶杜苏丁田谢崔", 10: "孔段钱晏尹缪瞿保耿施付"
    "包角念代毛雷龙龚卢范夏陶浦汤桂", 4: "阮黎农侬沙海太光普者资牛窦展宁敖柴舒秦邵殷温钟岑韦蔡",
}  # fmt: skip
_GIVEN = {
    (MALE, 1960): "国建德昌家正文明光永兴福春荣贵华忠良顺才金富石生林云开学发元",
    (MALE, 1985): "伟军勇强斌波辉平俊刚涛志海东云峰建文红兵林明杰宏庆卫民",
    (MALE, 2030): "浩宇轩子涵博文泽睿航俊杰嘉豪天翔志远鹏程思源逸晨阳毅恒",
    (FEMALE, 1960): "桂英秀兰珍凤仙琼芬芝莲菊美玉香翠华淑芳云素贞琴惠",
    (FEMALE, 1985): "丽艳红梅霞萍燕娟玲敏芳琼云静春晓慧琳蓉英娅波莉",
    (FEMALE, 2030): "雨欣怡梓涵诗思佳琪雅婷梦瑶晨曦静若语彤悦可心宁",
}
_CLANS = ("吉克", "沙马", "阿侯", "的日", "曲比", "勒伍", "罗洪", "阿尔", "普", "刀", "岩", "木", "多吉", "扎西")
_BEHIND_DOT = (
    "阿普",
    "阿妞",
    "木呷",
    "石布",
    "阿珍",
    "阿牛",
    "玉香",
    "温香",
    "木萨",
    "尼卓",
    "拉姆",
    "阿支",
    "曲木",
    "依香",
)
_LATIN = (
    "Maung Hla Aung", "Ma Khin Aye", "Nguyen Thi Hoa", "Tran Van Minh", "Somchai Li", "Daw Mya Yin", "David Chen",
    "Grace Yang", "Kevin Zhao", "Linda Duan", "Ko Zaw Win", "Khamphone Ma",
)  # fmt: skip
DOTTED_PEOPLES = ("彝族", "傣族", "藏族", "哈尼族", "纳西族")


@dataclass(slots=True)
class Names:
    """Gives one invented name after the other. Two people may bear the same, as in life."""

    chance: random.Random

    def of(self, sex: str, born: int, people: str) -> str:
        """Return the name of somebody of that sex, year of birth and nationality."""
        if people in DOTTED_PEOPLES and self.chance.random() < 0.2:
            return f"{self.chance.choice(_CLANS)}·{self.chance.choice(_BEHIND_DOT)}"
        generation = next(year for year in (1960, 1985, 2030) if born < year)
        characters = _GIVEN[sex, generation]
        number = 1 if self.chance.random() < 0.14 else 2
        return self.surname() + "".join(self.chance.sample(characters, number))

    def surname(self) -> str:
        """Return a surname, the frequent ones more often."""
        weight = self.chance.choices(list(_SURNAMES), [w * len(s) for w, s in _SURNAMES.items()])[0]
        return self.chance.choice(_SURNAMES[weight])

    def latin(self) -> str:
        """Return the name of somebody who is known by Latin letters only."""
        return self.chance.choice(_LATIN)


def stream(seed: int, of: str) -> random.Random:
    """Return the chance for one part of the city, so that a change in one part leaves the others as they were."""
    return random.Random(f"{seed}/{of}")  # noqa: S311 -- the same seed has to give the same city; nothing is secret
