//! What the shop sells: forty-odd kinds of tea, pottery and what goes with them.

use crate::Language;

/// A product; its number is its row in [`CATALOGUE`] and in the shop's product table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[rustfmt::skip]
pub(crate) enum Item {
    Sencha100, Sencha250, Sencha1000,
    Oolong100, Oolong250, Oolong1000,
    Jasmine100, Jasmine250, Jasmine1000,
    Breakfast100, Breakfast250, Breakfast1000,
    Bergamot100, Bergamot250, Bergamot1000,
    PuErhCake, WhiteTea, Chamomile, Mint, Rooibos,
    Matcha30, Matcha100, Whisk, WhiskStand, MatchaBowl, Scoop,
    Teapot, PorcelainTeapot, Gaiwan, CupPair, CupSet, TeaTray, Caddy, Infuser, TeaBags,
    Kettle, WaterFilter, Thermometer,
    GiftCard, GiftBox, Sampler, Wrapping,
}

/// A product's name and price in both shops.
pub(crate) struct Product {
    /// Which one this is.
    pub(crate) item: Item,
    /// Stock-keeping unit.
    pub(crate) sku: &'static str,
    english: &'static str,
    chinese: &'static str,
    cents: i64,
    yuan: i64,
}

impl Product {
    /// The name on an order.
    pub(crate) const fn name(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::Chinese => self.chinese,
        }
    }

    /// Price of one, in minor units.
    pub(crate) const fn price(&self, language: Language) -> i64 {
        match language {
            Language::English => self.cents,
            Language::Chinese => self.yuan * 100,
        }
    }
}

const fn product(
    item: Item,
    sku: &'static str,
    english: &'static str,
    chinese: &'static str,
    cents: i64,
    yuan: i64,
) -> Product {
    Product { item, sku, english, chinese, cents, yuan }
}

/// Every product, in the order of [`Item`].
#[rustfmt::skip]
pub(crate) const CATALOGUE: [Product; 42] = [
    product(Item::Sencha100, "TEA-SEN-100", "Hillside Sencha, 100 g", "坡上煎茶 100克", 1_400, 68),
    product(Item::Sencha250, "TEA-SEN-250", "Hillside Sencha, 250 g", "坡上煎茶 250克", 3_100, 149),
    product(Item::Sencha1000, "TEA-SEN-1KG", "Hillside Sencha, 1 kg", "坡上煎茶 1千克", 10_800, 519),
    product(Item::Oolong100, "TEA-OOL-100", "Mist Ridge Oolong, 100 g", "雾岭乌龙 100克", 1_800, 88),
    product(Item::Oolong250, "TEA-OOL-250", "Mist Ridge Oolong, 250 g", "雾岭乌龙 250克", 3_900, 198),
    product(Item::Oolong1000, "TEA-OOL-1KG", "Mist Ridge Oolong, 1 kg", "雾岭乌龙 1千克", 13_600, 689),
    product(Item::Jasmine100, "TEA-JAS-100", "Lantern Jasmine, 100 g", "灯笼茉莉 100克", 1_300, 58),
    product(Item::Jasmine250, "TEA-JAS-250", "Lantern Jasmine, 250 g", "灯笼茉莉 250克", 2_900, 129),
    product(Item::Jasmine1000, "TEA-JAS-1KG", "Lantern Jasmine, 1 kg", "灯笼茉莉 1千克", 9_900, 449),
    product(Item::Breakfast100, "TEA-BRK-100", "Early Ferry Black, 100 g", "早渡红茶 100克", 1_100, 49),
    product(Item::Breakfast250, "TEA-BRK-250", "Early Ferry Black, 250 g", "早渡红茶 250克", 2_400, 109),
    product(Item::Breakfast1000, "TEA-BRK-1KG", "Early Ferry Black, 1 kg", "早渡红茶 1千克", 8_200, 379),
    product(Item::Bergamot100, "TEA-BER-100", "Bergamot Black, 100 g", "佛手柑红茶 100克", 1_200, 55),
    product(Item::Bergamot250, "TEA-BER-250", "Bergamot Black, 250 g", "佛手柑红茶 250克", 2_600, 119),
    product(Item::Bergamot1000, "TEA-BER-1KG", "Bergamot Black, 1 kg", "佛手柑红茶 1千克", 8_900, 419),
    product(Item::PuErhCake, "TEA-PUE-357", "Aged Pu-erh Cake, 357 g", "陈年普洱饼 357克", 4_800, 268),
    product(Item::WhiteTea, "TEA-WHT-050", "First Frost White, 50 g", "初霜白茶 50克", 2_200, 128),
    product(Item::Chamomile, "TEA-CHA-080", "Whole Chamomile, 80 g", "整朵洋甘菊 80克", 1_150, 45),
    product(Item::Mint, "TEA-MIN-080", "Garden Mint, 80 g", "园中薄荷 80克", 950, 36),
    product(Item::Rooibos, "TEA-ROO-100", "Red Rooibos, 100 g", "路易波士茶 100克", 1_050, 42),
    product(Item::Matcha30, "MAT-030", "Stone Mill Matcha, 30 g", "石磨抹茶 30克", 2_400, 118),
    product(Item::Matcha100, "MAT-100", "Stone Mill Matcha, 100 g", "石磨抹茶 100克", 6_900, 338),
    product(Item::Whisk, "MAT-WHISK", "Bamboo Matcha Whisk", "竹制茶筅", 2_100, 89),
    product(Item::WhiskStand, "MAT-STAND", "Whisk Stand", "茶筅立", 1_200, 45),
    product(Item::MatchaBowl, "MAT-BOWL", "Matcha Bowl, Ash Glaze", "灰釉抹茶碗", 3_800, 188),
    product(Item::Scoop, "MAT-SCOOP", "Bamboo Scoop", "竹茶匙", 700, 25),
    product(Item::Teapot, "POT-STONE", "Stoneware Teapot, 600 ml", "炻器茶壶 600毫升", 6_400, 298),
    product(Item::PorcelainTeapot, "POT-PORC", "Porcelain Teapot, 400 ml", "白瓷茶壶 400毫升", 5_200, 239),
    product(Item::Gaiwan, "POT-GAIWAN", "Gaiwan, Celadon", "青瓷盖碗", 3_400, 168),
    product(Item::CupPair, "CUP-2", "Stoneware Cups, Pair", "炻器茶杯 一对", 2_800, 128),
    product(Item::CupSet, "CUP-4", "Porcelain Cups, Set of 4", "白瓷茶杯 四只装", 4_600, 208),
    product(Item::TeaTray, "TRAY", "Bamboo Tea Tray", "竹茶盘", 5_800, 259),
    product(Item::Caddy, "CADDY", "Tin Tea Caddy", "锡茶叶罐", 1_900, 79),
    product(Item::Infuser, "INFUSER", "Fine Mesh Infuser", "细网滤茶器", 1_500, 59),
    product(Item::TeaBags, "BAGS-100", "Paper Tea Filters, 100 pcs", "一次性茶包袋 100只", 800, 29),
    product(Item::Kettle, "KETTLE", "Gooseneck Kettle, 1 l", "细口温控壶 1升", 8_900, 429),
    product(Item::WaterFilter, "FILTER-3", "Kettle Water Filters, 3 pcs", "净水滤芯 3只装", 2_700, 119),
    product(Item::Thermometer, "THERMO", "Brewing Thermometer", "泡茶温度计", 1_600, 65),
    product(Item::GiftCard, "GIFT-CARD", "Gift Card", "礼品卡", 5_000, 200),
    product(Item::GiftBox, "GIFT-BOX", "Cedar Gift Box", "雪松礼盒", 900, 48),
    product(Item::Sampler, "SAMPLER", "Six Teas Sampler", "六味茶样组合", 2_600, 118),
    product(Item::Wrapping, "WRAP", "Cloth Wrapping", "布包装", 600, 22),
];

/// Teas that come in three sizes: who likes one climbs from 100 g to 250 g to 1 kg.
pub(crate) const LADDERS: [[Item; 3]; 5] = [
    [Item::Sencha100, Item::Sencha250, Item::Sencha1000],
    [Item::Oolong100, Item::Oolong250, Item::Oolong1000],
    [Item::Jasmine100, Item::Jasmine250, Item::Jasmine1000],
    [Item::Breakfast100, Item::Breakfast250, Item::Breakfast1000],
    [Item::Bergamot100, Item::Bergamot250, Item::Bergamot1000],
];

/// What is bought with what: (in the basket, then also, with this probability).
pub(crate) const AFFINITIES: [(Item, Item, f64); 21] = [
    (Item::Teapot, Item::Infuser, 0.50),
    (Item::Teapot, Item::CupPair, 0.42),
    (Item::PorcelainTeapot, Item::CupSet, 0.45),
    (Item::PorcelainTeapot, Item::Infuser, 0.35),
    (Item::Gaiwan, Item::Oolong100, 0.35),
    (Item::Gaiwan, Item::TeaTray, 0.15),
    (Item::TeaTray, Item::CupPair, 0.30),
    (Item::TeaTray, Item::PuErhCake, 0.20),
    (Item::PuErhCake, Item::Gaiwan, 0.12),
    (Item::Whisk, Item::Matcha30, 0.65),
    (Item::Whisk, Item::MatchaBowl, 0.35),
    (Item::Whisk, Item::WhiskStand, 0.25),
    (Item::Matcha30, Item::Whisk, 0.22),
    (Item::Matcha30, Item::Scoop, 0.10),
    (Item::MatchaBowl, Item::Matcha30, 0.40),
    (Item::Kettle, Item::WaterFilter, 0.60),
    (Item::Kettle, Item::Thermometer, 0.15),
    (Item::GiftCard, Item::GiftBox, 0.62),
    (Item::Sampler, Item::GiftBox, 0.25),
    (Item::CupSet, Item::Wrapping, 0.15),
    (Item::Caddy, Item::Mint, 0.10),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_product_stands_in_its_row_under_its_own_sku() {
        let mut skus = HashSet::new();
        for (row, product) in CATALOGUE.iter().enumerate() {
            assert_eq!(product.item as usize, row, "{}", product.sku);
            assert!(skus.insert(product.sku), "{}", product.sku);
        }
        assert_eq!(Item::Wrapping as usize + 1, CATALOGUE.len());
    }

    #[test]
    fn a_larger_size_costs_more_but_less_by_weight() {
        for language in [Language::English, Language::Chinese] {
            for ladder in LADDERS {
                let [small, middle, large] =
                    ladder.map(|item| CATALOGUE[item as usize].price(language));
                assert!(small < middle && middle < large);
                assert!(small * 250 > middle * 100 && middle * 1_000 > large * 250);
            }
        }
    }
}
