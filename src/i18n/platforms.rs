//! Names of the platforms and programs that files come from, as their users know them.

use super::Lang;

/// Id, English, 简体中文.
type Name = (&'static str, &'static str, &'static str);

const NAMES: &[Name] = &[
    ("shopify", "Shopify", "Shopify"),
    ("woocommerce", "WooCommerce", "WooCommerce"),
    ("magento", "Magento", "Magento"),
    ("bigcommerce", "BigCommerce", "BigCommerce"),
    ("square", "Square", "Square"),
    ("etsy", "Etsy", "Etsy"),
    ("amazon", "Amazon", "亚马逊"),
    ("ebay", "eBay", "eBay"),
    ("stripe", "Stripe", "Stripe"),
    ("paypal", "PayPal", "PayPal"),
    ("taobao", "Taobao/Tmall", "淘宝/天猫"),
    ("jd", "JD.com", "京东"),
    ("pinduoduo", "Pinduoduo", "拼多多"),
    ("douyin", "Douyin", "抖店"),
    ("youzan", "Youzan", "有赞"),
    ("1688", "1688", "1688"),
    ("olist", "Olist", "Olist"),
    ("uci_online_retail", "Online Retail", "Online Retail"),
    ("cdnow", "CDNOW", "CDNOW"),
    ("google_contacts", "Google", "Google"),
    ("mailchimp", "Mailchimp", "Mailchimp"),
    ("klaviyo", "Klaviyo", "Klaviyo"),
    ("hubspot", "HubSpot", "HubSpot"),
    ("surveymonkey", "SurveyMonkey", "SurveyMonkey"),
    ("typeform", "Typeform", "Typeform"),
    ("delighted", "Delighted", "Delighted"),
    ("vcard", "vCard", "vCard"),
];

/// The name of a platform or program; `None`: it is a plain table's.
pub(super) fn name(lang: Lang, id: &str) -> Option<&'static str> {
    let &(_, english, chinese) = NAMES.iter().find(|(known, _, _)| *known == id)?;
    Some(match lang {
        Lang::En => english,
        Lang::Zh => chinese,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_platform_whose_files_are_known_has_a_name() {
        for platform in ingest::Platform::all() {
            let is_plain = platform.id() == "generic";
            assert_eq!(name(Lang::En, platform.id()).is_none(), is_plain, "{}", platform.id());
        }
    }
}
