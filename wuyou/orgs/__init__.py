"""The organisation itself: units of editable kinds, their dated links, life-cycle events, venues.

Nouns: Unit 组织, UnitKind 类型, UnitForm 形式, Placement 指导关系, LedBy 领导关系, HostUnit 挂靠单位, Hosting 挂靠关系,
AreaServed 服务区域, Venue 阵地, UnitEvent 组织沿革. People, leadership and everything above may call it.
"""
