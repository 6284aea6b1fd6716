"""What the words of a header say about its column, in Chinese and English."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engines.forms.plain_text import narrow

MAX_LABEL = 80
_UNIT = re.compile(r"^(.+?)\s*[(\[]\s*([^()\[\]]{1,8})\s*[)\]]\s*$")
_BREAKS = re.compile(r"\s*[\r\n]+\s*")
_UNITS = re.compile(
    "[%‰]|[个件台套人次天分秒吨克斤米亩升箱包盒瓶张份岁条只双组批页辆万亿]|人次|小时|分钟|公斤|千克|厘米|毫米|公里|千米|"
    "平方米|平米|立方米|公顷|毫升|[千万亿]元|百万元|"
    "[kmuµ]?g|t|[kcmn]?m[23]?|m?l|h|hrs?|hours?|mins?|s|sec|days?|weeks?|months?|years?|pcs?|ea|"
    "units?|[kmgt]b|kwh|[km]?w|v|a|°c|ha|ft|in|lbs?|oz|k|bn|pts?|points?",
    re.I,
)

CURRENCIES = {
    "元": "", "人民币": "", "rmb": "", "cny": "", "¥": "", "￥": "",
    "美元": "USD", "usd": "USD", "$": "USD", "us$": "USD",
    "欧元": "EUR", "eur": "EUR", "€": "EUR",
    "英镑": "GBP", "gbp": "GBP", "£": "GBP",
    "日元": "JPY", "jpy": "JPY", "港元": "HKD", "港币": "HKD", "hkd": "HKD",
}  # fmt: skip
"""Units that are money: the code of the currency, "" for the application's own."""


def _words(chinese: str, english: str) -> re.Pattern[str]:
    """Chinese words anywhere; English ones where a word begins and ends (with a plural s)."""
    return re.compile(rf"{chinese}|(?<![a-z])(?:{english})s?(?![a-z])", re.I)


PHONE = _words("电话|手机|座机|传真|联系方式", "phone|mobile|telephone|tel|cell|fax|whatsapp")
DAY = _words("日期|时间|生日|日$|截止|到期", "date|day|birthday|deadline|due|time|on")
MONEY = _words(
    "金额|价格|单价|总价|售价|进价|原价|报价|房价|价税|费用?$|款$|成本|工资|薪|收入|支出|预算|营业额|销售额|"
    "总额|余额|利润|货值|产值|奖金|押金|定金|租金|税额",
    "amount|price|cost|revenue|salary|budget|fee|income|profit|balance|payment|wage|rent|"
    r"expense|turnover|(?:deal|close|contract|order|total)[ _]value",
)
NO_MONEY = _words("率|比|评价|数量|占", "rate|ratio|percentage|count|quantity|number|percent")
NAMES_ONE = _words(
    "编号|编码|代码|单号|号码|工号|学号|账号|卡号|订单号|合同号|证件|身份证|邮编|型号|货号|批号|批次|序列号|条码|"
    "税号|车牌|房号",
    r"id|code|no\.?|number|sku|zip|postcode|zipcode|postal|isbn|serial|barcode|imei|ref|reference",
)
"""Digits here are a name: they are not added up, and their leading zeros count."""
COUNTS = _words("数量|个数|件数|人数|次数|天数|总数", "quantity|qty|count|total|number of [a-z ]+")
YEAR = _words("年份|年度|年$|届", "year")
YES_NO = _words("是否|有无|可否|能否|启用|有效", "is|has|can|active|enabled|flag|done|paid")
GROUPS = _words(
    "状态|类型|种类|级别|等级|阶段|来源|性别|分类|类别|行业|地区|区域|大区|省|城市|优先级|部门|渠道|学历|币种|方式|"
    "结果|产品线|品类|季度|颜色|规模",
    "status|state|type|stage|level|category|source|gender|sex|priority|region|industry|country|"
    "sector|department|channel|kind|class|segment|grade|tier|color|colour|size|team|phase|method",
)
FREE = _words(
    "名称|姓名|名字|标题|主题|备注|说明|描述|地址|内容|简介|全称",
    "name|title|remark|note|description|address|comment|subject|summary|content|detail|memo",
)
LONG = _words(
    "备注|说明|描述|内容|简介|详情|纪要", "remark|note|description|comment|content|memo|detail"
)
NAME = _words(
    "名称|姓名|名字|标题|主题|客户|公司|项目", "name|title|subject|company|customer|account|project"
)


@dataclass(frozen=True, slots=True)
class Header:
    """A header as a label, without and with the unit in brackets behind it."""

    label: str
    bare: str
    unit: str | None

    @property
    def currency(self) -> str | None:
        """The currency that the unit is; "" for the application's own, None for no money."""
        return CURRENCIES.get((self.unit or "").casefold())


def read_header(text: str) -> Header:
    """``单价（元）`` → 单价 in 元; what stands in brackets and is no unit stays in the label."""
    label = _BREAKS.sub(_joined, text.strip()).strip().lstrip("*＊").strip()[:MAX_LABEL]
    plain = narrow(label)
    match = _UNIT.match(plain)
    unit = match[2].strip() if match else ""
    if match is None or not (unit.casefold() in CURRENCIES or _UNITS.fullmatch(unit)):
        return Header(label, label, None)
    return Header(label, match[1].strip(), unit)


def _joined(match: re.Match[str]) -> str:
    """A header broken for looks: Chinese goes on without a blank."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return " " if before.isascii() and after.isascii() else ""
