"""A small group: one works that changes hands, a unit that opens and closes, a joint works."""

GROUP = """
[[node]]
key = "north"
kind = "group"
name = { zh = "北方集团", en = "North Group" }
methods = { cn-energy = "always" }

[[node]]
key = "smelting"
kind = "segment"
parent = "north"
name = { zh = "冶炼", en = "smelting" }

[[node]]
key = "mine"
kind = "enterprise"
parent = "smelting"
name = { zh = "冶炼厂", en = "works" }
place = "CN-5301"
park = "west park"
sector = "aluminium"
methods = { cn-ndrc-2013-al = "always", cn-cets-2024-al = 2024-01-01 }
options = { pfc = "slope" }

[[node]]
key = "line-1"
kind = "unit"
parent = "mine"
name = { zh = "一系列", en = "line 1" }
product = "aluminium.liquid"
capacity = "150000"
options = { anode = "net-per-tonne" }

[[node]]
key = "line-2"
kind = "unit"
parent = "mine"
name = { zh = "二系列", en = "line 2" }
place = "CN-62"
since = 2022-05-10
until = 2024-06-14

[[node]]
key = "joint"
kind = "enterprise"
parent = "smelting"
name = { zh = "合营", en = "joint works" }
place = "CN-15"

[[node]]
key = "south"
kind = "group"
name = { zh = "南方集团", en = "South Group" }

[[holding]]
owner = "north"
owned = "mine"
share = "60 %"
controls = true
until = 2023-07-15

[[holding]]
owner = "north"
owned = "mine"
share = "1/3"
controls = false
since = 2023-07-16

[[holding]]
owner = "south"
owned = "mine"
share = "2/3"
controls = true
since = 2023-07-16

[[holding]]
owner = "mine"
owned = "joint"
share = "50 %"
controls = true

[[holding]]
owner = "north"
owned = "joint"
share = "10%"
controls = false

[[transfer]]
item = "electricity.own"
maker = "line-1"
user = "line-2"
"""
