//! Where exports come from: names of platforms and programs, and the way to the export in each.

use super::{Lang, Words};

/// A platform whose orders are read.
struct Platform {
    /// As in `ingest`.
    id: &'static str,
    /// English, 简体中文.
    name: (&'static str, &'static str),
    /// Where it keeps the export; `None`: a published table.
    way: Option<(&'static str, &'static str)>,
}

const fn of(id: &'static str, name: &'static str, way: (&'static str, &'static str)) -> Platform {
    Platform { id, name: (name, name), way: Some(way) }
}

const fn table(id: &'static str, name: &'static str) -> Platform {
    Platform { id, name: (name, name), way: None }
}

/// The ones that most people have first.
const PLATFORMS: &[Platform] = &[
    of(
        "shopify",
        "Shopify",
        (
            "Orders → Export → All orders → CSV for Excel, Numbers or other spreadsheet programs",
            "订单（Orders）→ 导出（Export）→ 全部订单 → CSV",
        ),
    ),
    of(
        "woocommerce",
        "WooCommerce",
        (
            "Analytics → Orders → Download, or any order export plug-in",
            "分析（Analytics）→ 订单 → 下载，或任意订单导出插件",
        ),
    ),
    Platform {
        id: "taobao",
        name: ("Taobao / Tmall (淘宝/天猫)", "淘宝/天猫"),
        way: Some((
            "千牛 → 交易 → 已卖出的宝贝 → 批量导出 → 下载订单报表",
            "千牛 → 交易 → 已卖出的宝贝 → 批量导出 → 下载订单报表",
        )),
    },
    Platform {
        id: "jd",
        name: ("JD (京东)", "京东"),
        way: Some((
            "商家后台 → 订单管理 → 订单查询与跟踪 → 导出",
            "商家后台 → 订单管理 → 订单查询与跟踪 → 导出",
        )),
    },
    Platform {
        id: "pinduoduo",
        name: ("Pinduoduo (拼多多)", "拼多多"),
        way: Some((
            "商家后台 → 发货管理 → 订单查询 → 批量导出",
            "商家后台 → 发货管理 → 订单查询 → 批量导出",
        )),
    },
    Platform {
        id: "douyin",
        name: ("Douyin (抖店)", "抖店"),
        way: Some(("抖店后台 → 订单 → 订单管理 → 导出", "抖店后台 → 订单 → 订单管理 → 导出")),
    },
    Platform {
        id: "youzan",
        name: ("Youzan (有赞)", "有赞"),
        way: Some(("后台 → 订单 → 所有订单 → 批量导出", "后台 → 订单 → 所有订单 → 批量导出")),
    },
    Platform {
        id: "1688",
        name: ("1688", "1688"),
        way: Some((
            "工作台 → 交易 → 已卖出的货品 → 批量导出",
            "工作台 → 交易 → 已卖出的货品 → 批量导出",
        )),
    },
    Platform {
        id: "amazon",
        name: ("Amazon", "亚马逊"),
        way: Some((
            "Seller Central → Reports → Fulfilment → All orders",
            "卖家平台 → 数据报告 → 库存和销售报告 → 所有订单",
        )),
    },
    of(
        "ebay",
        "eBay",
        ("Seller Hub → Reports → Downloads → Orders", "Seller Hub → 报告（Reports）→ 下载 → 订单"),
    ),
    of(
        "etsy",
        "Etsy",
        (
            "Shop Manager → Settings → Options → Download data → Orders or order items",
            "店铺管理 → 设置 → 选项 → 下载数据 → 订单或订单商品",
        ),
    ),
    of(
        "square",
        "Square",
        (
            "Transactions → Export → Transactions or items detail CSV",
            "交易（Transactions）→ 导出 → 交易或商品明细 CSV",
        ),
    ),
    of(
        "magento",
        "Magento / Adobe Commerce",
        ("Sales → Orders → Export → CSV", "销售（Sales）→ 订单 → 导出 → CSV"),
    ),
    of(
        "bigcommerce",
        "BigCommerce",
        ("Orders → Export all orders", "订单（Orders）→ 导出全部订单"),
    ),
    of("stripe", "Stripe", ("Payments → Export → All columns", "付款（Payments）→ 导出 → 全部列")),
    of(
        "paypal",
        "PayPal",
        (
            "Activity → Download → Completed payments, CSV",
            "活动（Activity）→ 下载 → 已完成付款，CSV",
        ),
    ),
    table("olist", "Olist"),
    table("uci_online_retail", "UCI Online Retail"),
    table("cdnow", "CDNOW"),
];

/// Programs that export contacts, answers and the like. Their names are the same in both languages.
const PROGRAMS: &[(&str, &str)] = &[
    ("google_contacts", "Google"),
    ("mailchimp", "Mailchimp"),
    ("klaviyo", "Klaviyo"),
    ("hubspot", "HubSpot"),
    ("surveymonkey", "SurveyMonkey"),
    ("typeform", "Typeform"),
    ("delighted", "Delighted"),
    ("vcard", "vCard"),
];

impl Words {
    /// Name of a platform or program, of one of its tables too; `None`: a table that none is known
    /// to have made.
    pub fn source(self, id: &str) -> Option<&'static str> {
        let id = id.split('/').next().unwrap_or(id);
        let program = || PROGRAMS.iter().find(|it| it.0 == id).map(|it| it.1);
        let platform = PLATFORMS.iter().find(|it| it.id == id);
        platform.map(|it| self.either(it.name)).or_else(program)
    }

    /// Name of a platform or program, of a table too.
    pub fn platform(self, id: &str) -> &'static str {
        self.source(id).unwrap_or_else(|| self.generic_name())
    }

    /// Name of each platform, and the way to its export.
    pub fn ways_to_exports(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        PLATFORMS.iter().filter_map(move |it| Some((self.either(it.name), self.either(it.way?))))
    }

    fn either(self, texts: (&'static str, &'static str)) -> &'static str {
        if self.lang == Lang::Zh { texts.1 } else { texts.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_platform_has_a_name() {
        let t = Words { lang: Lang::En };
        for platform in ingest::Platform::all() {
            let id = platform.id();
            assert_eq!(t.source(id).is_none(), id == "generic", "{id}");
        }
    }
}
