//! Invented people: names, addresses at `example.com`, numbers of the range kept for fiction.

use crate::{Language, random::Random};
use model::{CustomerTable, IdentityKey, normalise_email};

/// A city with its province or state, its country, and one in how many customers lives there.
struct City {
    name: &'static str,
    region: &'static str,
    country: &'static str,
    /// Area code; 0 in the Chinese shop, whose customers leave no number.
    area: u16,
    share: u32,
}

const fn city(
    name: &'static str,
    region: &'static str,
    country: &'static str,
    area: u16,
    share: u32,
) -> City {
    City { name, region, country, area, share }
}

#[rustfmt::skip]
const CITIES_ENGLISH: [City; 24] = [
    city("New York", "NY", "US", 212, 18), city("Brooklyn", "NY", "US", 718, 12),
    city("Boston", "MA", "US", 617, 8), city("Philadelphia", "PA", "US", 215, 7),
    city("Chicago", "IL", "US", 312, 8), city("Los Angeles", "CA", "US", 213, 7),
    city("San Francisco", "CA", "US", 415, 6), city("Seattle", "WA", "US", 206, 6),
    city("Portland", "OR", "US", 503, 5), city("Austin", "TX", "US", 512, 5),
    city("Denver", "CO", "US", 303, 4), city("Atlanta", "GA", "US", 404, 4),
    city("Washington", "DC", "US", 202, 4), city("Baltimore", "MD", "US", 410, 3),
    city("Pittsburgh", "PA", "US", 412, 3), city("Minneapolis", "MN", "US", 612, 3),
    city("Miami", "FL", "US", 305, 3), city("Providence", "RI", "US", 401, 2),
    city("Burlington", "VT", "US", 802, 2), city("Ann Arbor", "MI", "US", 734, 2),
    city("Toronto", "ON", "CA", 416, 4), city("Vancouver", "BC", "CA", 604, 3),
    city("Montreal", "QC", "CA", 514, 2), city("Halifax", "NS", "CA", 902, 1),
];

#[rustfmt::skip]
const CITIES_CHINESE: [City; 24] = [
    city("上海市", "上海", "CN", 0, 16), city("北京市", "北京", "CN", 0, 12),
    city("杭州市", "浙江省", "CN", 0, 12), city("苏州市", "江苏省", "CN", 0, 8),
    city("南京市", "江苏省", "CN", 0, 7), city("广州市", "广东省", "CN", 0, 8),
    city("深圳市", "广东省", "CN", 0, 9), city("成都市", "四川省", "CN", 0, 7),
    city("重庆市", "重庆", "CN", 0, 5), city("武汉市", "湖北省", "CN", 0, 5),
    city("长沙市", "湖南省", "CN", 0, 4), city("厦门市", "福建省", "CN", 0, 5),
    city("福州市", "福建省", "CN", 0, 4), city("泉州市", "福建省", "CN", 0, 3),
    city("宁波市", "浙江省", "CN", 0, 4), city("西安市", "陕西省", "CN", 0, 4),
    city("青岛市", "山东省", "CN", 0, 3), city("济南市", "山东省", "CN", 0, 3),
    city("天津市", "天津", "CN", 0, 3), city("合肥市", "安徽省", "CN", 0, 3),
    city("郑州市", "河南省", "CN", 0, 3), city("昆明市", "云南省", "CN", 0, 3),
    city("沈阳市", "辽宁省", "CN", 0, 2), city("大连市", "辽宁省", "CN", 0, 2),
];

#[rustfmt::skip]
const FIRST_NAMES: [&str; 72] = [
    "Ada", "Alma", "Amara", "Amir", "Ana", "Anders", "Anika", "Arjun", "Aoife", "Ben", "Bianca",
    "Bruno", "Camila", "Carmen", "Chidi", "Clara", "Cormac", "Dana", "Darius", "Dev", "Diego",
    "Elena", "Elif", "Emeka", "Esther", "Farah", "Felix", "Finn", "Grace", "Hana", "Hassan",
    "Henrik", "Imani", "Ines", "Ivan", "Jamal", "Jonas", "Joy", "June", "Kaito", "Kavya", "Kofi",
    "Lars", "Leila", "Linh", "Lucia", "Mabel", "Marcus", "Mei", "Mina", "Nadia", "Naomi", "Nils",
    "Noor", "Omar", "Oscar", "Pablo", "Petra", "Priya", "Quinn", "Rosa", "Rory", "Ruth", "Sami",
    "Sana", "Sofia", "Tariq", "Theo", "Tuan", "Vera", "Yara", "Yusuf",
];

#[rustfmt::skip]
const LAST_NAMES: [&str; 72] = [
    "Abbott", "Adeyemi", "Aguilar", "Ahmed", "Almeida", "Andersen", "Bauer", "Becker", "Bello",
    "Bishop", "Brandt", "Byrne", "Castillo", "Chandra", "Chen", "Costa", "Cruz", "Dang", "Delgado",
    "Desai", "Diallo", "Doyle", "Eriksen", "Farouk", "Fischer", "Flores", "Fofana", "Gallagher",
    "Garner", "Greene", "Gupta", "Haddad", "Hale", "Hansen", "Hughes", "Ibrahim", "Ito", "Jansen",
    "Joshi", "Kaya", "Khoury", "Kim", "Kovacs", "Larsen", "Lindqvist", "Lopes", "Marsh", "Mensah",
    "Mistry", "Moreau", "Nakata", "Ngo", "Novak", "Nwosu", "Ochoa", "Okafor", "Olsen", "Ortega",
    "Park", "Pereira", "Quist", "Rahman", "Reyes", "Rossi", "Sandoval", "Schmidt", "Sharma",
    "Silva", "Tanaka", "Vargas", "Weber", "Yilmaz",
];

#[rustfmt::skip]
const SURNAMES: [(&str, &str); 48] = [
    ("王", "wang"), ("李", "li"), ("张", "zhang"), ("刘", "liu"), ("陈", "chen"), ("杨", "yang"),
    ("赵", "zhao"), ("黄", "huang"), ("周", "zhou"), ("吴", "wu"), ("徐", "xu"), ("孙", "sun"),
    ("胡", "hu"), ("朱", "zhu"), ("高", "gao"), ("林", "lin"), ("何", "he"), ("郭", "guo"),
    ("马", "ma"), ("罗", "luo"), ("梁", "liang"), ("宋", "song"), ("郑", "zheng"), ("谢", "xie"),
    ("韩", "han"), ("唐", "tang"), ("冯", "feng"), ("于", "yu"), ("董", "dong"), ("萧", "xiao"),
    ("程", "cheng"), ("曹", "cao"), ("袁", "yuan"), ("邓", "deng"), ("许", "xu"), ("傅", "fu"),
    ("沈", "shen"), ("曾", "zeng"), ("彭", "peng"), ("吕", "lv"), ("苏", "su"), ("卢", "lu"),
    ("蒋", "jiang"), ("蔡", "cai"), ("贾", "jia"), ("丁", "ding"), ("魏", "wei"), ("叶", "ye"),
];

#[rustfmt::skip]
const GIVEN_NAMES: [(&str, &str); 60] = [
    ("雨桐", "yutong"), ("子涵", "zihan"), ("欣怡", "xinyi"), ("浩然", "haoran"),
    ("思远", "siyuan"), ("晓燕", "xiaoyan"), ("建国", "jianguo"), ("志强", "zhiqiang"),
    ("丽娟", "lijuan"), ("秀兰", "xiulan"), ("海燕", "haiyan"), ("文博", "wenbo"),
    ("佳宁", "jianing"), ("若溪", "ruoxi"), ("一鸣", "yiming"), ("静怡", "jingyi"),
    ("俊杰", "junjie"), ("婉清", "wanqing"), ("明轩", "mingxuan"), ("诗涵", "shihan"),
    ("梓萱", "zixuan"), ("宇航", "yuhang"), ("嘉琪", "jiaqi"), ("晨曦", "chenxi"),
    ("国庆", "guoqing"), ("春梅", "chunmei"), ("永胜", "yongsheng"), ("雪梅", "xuemei"),
    ("立新", "lixin"), ("慧敏", "huimin"), ("天佑", "tianyou"), ("可欣", "kexin"),
    ("书瑶", "shuyao"), ("远航", "yuanhang"), ("景行", "jingxing"), ("知夏", "zhixia"),
    ("星河", "xinghe"), ("安然", "anran"), ("长青", "changqing"), ("怀瑾", "huaijin"),
    ("月华", "yuehua"), ("青松", "qingsong"), ("沐阳", "muyang"), ("语嫣", "yuyan"),
    ("小满", "xiaoman"), ("雅琴", "yaqin"), ("敏", "min"), ("静", "jing"), ("磊", "lei"),
    ("洋", "yang"), ("艳", "yan"), ("勇", "yong"), ("娜", "na"), ("涛", "tao"), ("超", "chao"),
    ("霞", "xia"), ("平", "ping"), ("刚", "gang"), ("桂英", "guiying"), ("颖", "ying"),
];

/// The people of one shop, made one by one.
pub(crate) struct People {
    language: Language,
    table: CustomerTable,
    /// Telephones given out in each city: only a hundred numbers an area code are kept for fiction.
    phones: [u16; 24],
}

const PHONES_PER_AREA: u16 = 100;

impl People {
    pub(crate) fn new(language: Language) -> People {
        People { language, table: CustomerTable::default(), phones: [0; 24] }
    }

    /// Adds somebody.
    pub(crate) fn add(&mut self, random: &mut Random) {
        let (name, local) = name(self.language, random);
        // The number makes the address one person's; no name ends in a digit.
        let address = format!("{local}{}@example.com", self.table.len() + 11);
        let mut email = String::new();
        normalise_email(&address, &mut email);
        let cities = match self.language {
            Language::English => &CITIES_ENGLISH,
            Language::Chinese => &CITIES_CHINESE,
        };
        let home = random.weighted(cities.iter().map(|city| city.share));
        let phone = self.phone(home, cities[home].area, random);
        let table = &mut self.table;
        table.id.push(IdentityKey::Email(&email).customer_id());
        table.email.push(&email);
        table.phone.push(&phone);
        table.name.push(&name);
        table.city.push(cities[home].name);
        table.region.push(cities[home].region);
        table.country.push(cities[home].country);
    }

    /// A telephone number that nobody else has, or none.
    fn phone(&mut self, home: usize, area: u16, random: &mut Random) -> String {
        let given = self.phones[home];
        if area == 0 || given == PHONES_PER_AREA || !random.chance(0.6) {
            return String::new();
        }
        self.phones[home] += 1;
        // 37 and 100 have no common divisor: every number comes once, in no visible order.
        format!("+1{area}555{:04}", PHONES_PER_AREA + given * 37 % PHONES_PER_AREA)
    }

    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.table.len()
    }

    /// All of them, in the order in which they were added.
    pub(crate) fn into_table(self) -> CustomerTable {
        self.table
    }
}

/// A name, and what it is before the `@`.
fn name(language: Language, random: &mut Random) -> (String, String) {
    match language {
        Language::English => {
            let (first, last) = (random.one_of(&FIRST_NAMES), random.one_of(&LAST_NAMES));
            (format!("{first} {last}"), format!("{first}.{last}"))
        }
        Language::Chinese => {
            // The first of the list are the most frequent by far.
            let among = if random.chance(0.5) { 12 } else { SURNAMES.len() };
            let (surname, latin) = random.one_of(&SURNAMES[..among]);
            let (given, given_latin) = random.one_of(&GIVEN_NAMES);
            (format!("{surname}{given}"), format!("{latin}{given_latin}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn nobody_is_anybody_else_and_nobody_is_real() {
        for language in [Language::English, Language::Chinese] {
            let mut people = People::new(language);
            let mut random = Random::new(9);
            (0..3_000).for_each(|_| people.add(&mut random));
            let table = people.into_table();
            assert_eq!(table.id.iter().collect::<HashSet<_>>().len(), 3_000);
            assert!(table.email.iter().all(|email| email.ends_with("@example.com")));
            let phones: Vec<&str> = table.phone.iter().filter(|text| !text.is_empty()).collect();
            assert_eq!(phones.iter().collect::<HashSet<_>>().len(), phones.len());
            assert!(
                phones.iter().all(|phone| phone.len() == 12 && phone[5..].starts_with("55501"))
            );
            assert_eq!(phones.len() > 1_000, language == Language::English);
        }
    }
}
