//! The countries that there are.

/// ISO 3166-1 alpha-2, one after the other. Kosovo's code is the one in use.
const CODES: &str = "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZ\
    CACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGM\
    GNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLT\
    LULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPN\
    PRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZ\
    UAUGUMUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW";

/// Whether two capital letters are a country's code.
pub fn is_country(code: &str) -> bool {
    CODES.as_bytes().chunks(2).any(|known| known == code.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_countries_only_if_they_are_given_out() {
        assert_eq!((CODES.len() / 2, CODES.len() % 2), (250, 0));
        for (code, known) in [
            ("CN", true),
            ("US", true),
            ("ZW", true),
            ("ZZ", false),
            ("DA", false),
            ("cn", false),
            ("", false),
        ] {
            assert_eq!(is_country(code), known, "{code}");
        }
    }
}
