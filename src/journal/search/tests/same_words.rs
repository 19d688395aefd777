//! What readers take for the same word in each script, and what they do not.

use crate::journal::search::fold::folded;
use crate::journal::search::tokens::index_form;
use crate::journal::search::{Matcher, Search};

/// Whether a search for `typed` finds `written`.
fn finds(typed: &str, written: &str) -> bool {
    let search = Search::parse(typed).expect("terms");
    let found = Matcher::of(&search).find(written);
    let terms: std::collections::BTreeSet<usize> = found.iter().map(|one| one.term).collect();
    terms.len() == search.terms.len()
}

#[track_caller]
fn check(same: &[(&str, &str)], apart: &[(&str, &str)]) {
    for (one, other) in same {
        assert!(finds(one, other), "{one} finds {other}: {} {}", folded(one), folded(other));
        assert!(finds(other, one), "{other} finds {one}: {} {}", folded(one), folded(other));
        let both = format!("{one} and {other}");
        assert!(!folded(&both).is_empty() && folded(&folded(&both)) == folded(&both), "{both}");
    }
    for (one, other) in apart {
        assert!(!finds(one, other), "{one} finds {other}: {}", folded(one));
        assert!(!finds(other, one), "{other} finds {one}: {}", folded(one));
    }
}

#[test]
fn latin() {
    check(
        &[
            ("cafe", "Café"),
            ("cafe\u{301}", "caf\u{e9}"),
            ("lodz", "Łódź"),
            ("smorrebrod", "Smørrebrød"),
            ("duong", "đường"),
            ("strasse", "Straße"),
            ("STRASSE", "STRAẞE"),
            ("gross", "GROß"),
            ("oeuvre", "Œuvre"),
            ("aedar", "æðar"),
            ("thor", "Þór"),
            ("hal", "Ħal"),
            ("troms", "Tromſ"),
            ("tiŋ", "TIŊ"),
            ("ting", "tiŋg"),
            ("cagri", "ÇAĞRI"),
            ("İZMİR", "izmir"),
            ("ışık", "IŞIK"),
            ("kizim", "KIZIM"),
            ("kızım", "KIZIM"),
            ("baku", "BAKU"),
            ("azerbaycan", "Azərbaycan"),
            ("dan", "ɗan"),
            ("eve", "Eʋe"),
            ("akan kokoo", "Akan kɔkɔɔ"),
            ("efficient office", "eﬃcient oﬃce"),
            ("find", "ﬁnd"),
            ("quiet", "ｑｕｉｅｔ"),
            ("quiet", "𝕢𝕦𝕚𝕖𝕥"),
            ("small", "ꜱᴍᴀʟʟ"),
            ("col·lega", "collega"),
            ("paral·lel", "para\u{140}lel"),
            ("ijs", "ĳs"),
            ("nguyen", "Nguyễn"),
            ("zusammenarbeit", "Zusammen\u{ad}arbeit"),
            ("zerowidth", "zero\u{200b}width"),
            ("wordjoiner", "word\u{2060}joiner"),
            ("joiner", "join\u{200d}er"),
            ("markorder", "mark\u{feff}order"),
            ("left", "l\u{200e}eft"),
            ("m2", "m²"),
            ("1", "①"),
            ("a", "ⓐ"),
            ("hawaii", "Hawaiʻi"),
            ("hawai'i", "Hawaiʻi"),
            ("hawai’i", "Hawai'i"),
            ("don't", "don’t"),
        ],
        &[
            ("were", "we're"),
            ("ill", "I'll"),
            ("la", "l'ago"),
            ("ho", "ha"),
            ("foo", "foobar"),
            ("🅰", "a"),
        ],
    );
    assert!(finds("foo", "Foo™"));
    assert!(finds("width", "zero\u{200b}width"), "a space without width may be a space");
}

#[test]
fn greek() {
    check(
        &[
            ("ανθρωπος", "ἄνθρωπος"),
            ("άνθρωπος", "ΆΝΘΡΩΠΟΣ"),
            ("οδος", "ΟΔΟΣ"),
            ("λόγοσ", "λόγος"),
            ("τω", "τῷ"),
            ("μαΐου", "ΜΑΪΟΥ"),
            ("ά", "\u{1f71}"),
        ],
        &[("νόμος", "μόνος"), ("η", "ι")],
    );
}

#[test]
fn cyrillic() {
    check(
        &[
            ("елка", "Ёлка"),
            ("замок", "за\u{301}мок"),
            ("й", "и\u{306}"),
            ("п'ять", "п’ять"),
            ("п'ять", "пʼять"),
            ("п’ять", "пʼять"),
            ("ЇЖА", "їжа"),
            ("ї", "і\u{308}"),
        ],
        &[
            ("мой", "мои"),
            ("їжа", "іжа"),
            ("ґрати", "грати"),
            ("ўсё", "усё"),
            ("ѓавол", "гавол"),
            ("шок", "щок"),
            ("мел", "мель"),
        ],
    );
}

#[test]
fn arabic_persian_and_urdu() {
    check(
        &[
            ("احمد", "أحمد"),
            ("ان", "إن"),
            ("اب", "آب"),
            ("الكتاب", "ٱلكتاب"),
            ("محمد", "مُحَمَّد"),
            ("كتاب", "كتـــاب"),
            ("مد", "م\u{fe7d}د"),
            ("کتاب", "كتاب"),
            ("یک", "يك"),
            ("علي", "على"),
            ("مدرسه", "مدرسة"),
            ("خانه", "خانۀ"),
            ("خانه", "خانه\u{654}"),
            ("ہے", "هے"),
            ("۱۲۳", "123"),
            ("١٢٣", "123"),
            ("١٢٣", "۱۲۳"),
            ("السلام", "ﺍﻟﺴﻼﻡ"),
            ("لا", "ﻻ"),
            ("میخواهم", "می\u{200c}خواهم"),
            ("ا\u{653}", "آ"),
            ("ي\u{654}", "ئ"),
        ],
        &[
            ("می", "م"),
            ("سال", "سئال"),
            ("بھاری", "بہاری"),
            ("لڑکی", "لڑکے"),
            ("ت", "ث"),
            ("سؤال", "سوال"),
        ],
    );
    // As two words only where the text has a place between them.
    assert!(finds("می خواهم", "می\u{200c}خواهم"));
    assert!(finds("\"می خواهم\"", "من می\u{200c}خواهم بروم"));
    assert!(finds("\"میخواهم بروم\"", "من می\u{200c}خواهم بروم"));
    assert!(finds("می\u{200c}خواهم", "می خواهم"));
    assert!(finds("می\u{200c}خوا*", "می\u{200c}خواهم"));
    assert!(!finds("می خواهم", "میخواهم"));
}

#[test]
fn hebrew() {
    check(
        &[
            ("שלום", "שָׁלוֹם"),
            ("שלומ", "שלום"),
            ("מלכ", "מלך"),
            ("שלום", "\u{fb2a}\u{5b8}לו\u{5b9}ם"),
            ("ייד", "\u{5f2}ד"),
            ("צה\"ל", "צה״ל"),
        ],
        &[("שלום", "שלומי"), ("עם", "אם"), ("בית", "ביתי")],
    );
}

#[test]
fn the_scripts_of_india() {
    check(
        &[
            ("क़लम", "\u{958}लम"),
            ("हिन्दी", "हिंदी"),
            ("अन्त", "अंत"),
            ("પમ્પ", "પંપ"),
            ("क्ष", "क्\u{200d}ष"),
            ("श्री", "श\u{94d}\u{200d}री"),
            ("१२", "12"),
            ("কো", "ক\u{9c7}\u{9be}"),
            ("ড়", "\u{9dc}"),
            ("உடம்பொடு", "உடம்ப\u{bc6}\u{bbe}டு"),
            ("അവൻ", "അവന\u{d4d}\u{200d}"),
            ("ৎ", "ত\u{9cd}\u{200d}"),
            ("ශ්\u{200d}රී", "ශ්රී"),
        ],
        &[
            ("हँस", "हंस"),
            ("कल", "काल"),
            ("कि", "की"),
            ("दिन", "दीन"),
            ("सड़क", "सडक"),
            ("राजा", "राज"),
            ("क्रम", "करम"),
            ("অন্ত", "অংত"),
            ("അവൻ", "അവന്"),
            ("பல்", "பல"),
            ("ਕਲ", "ਕਾਲ"),
            ("కల", "కాల"),
        ],
    );
}

#[test]
fn the_scripts_of_south_east_asia() {
    check(
        &[
            ("น้ำ", "น\u{e49}\u{e4d}\u{e32}"),
            ("น้ำ", "น\u{e4d}\u{e49}\u{e32}"),
            ("ทำ", "ท\u{e4d}\u{e32}"),
            ("ນ້ຳ", "ນ\u{ec9}\u{ecd}\u{eb2}"),
            ("๑๒", "12"),
            ("ខ្មែរ", "ខ្\u{200b}មែរ"),
        ],
        &[("มา", "ม้า"), ("ใกล้", "ไกล"), ("กิน", "กีน"), ("ปา", "ป่า"), ("ကာ", "ကား"), ("ខ្មែរ", "ខមែរ")],
    );
    assert!(finds("ทำงาน", "วันนี้ทำงานหนัก"));
    assert!(!finds("ทางาน", "วันนี้ทำงานหนัก"));
}

#[test]
fn chinese_and_japanese() {
    check(
        &[
            ("ハンバーグ", "ﾊﾝﾊﾞｰｸﾞ"),
            ("ガラス", "カ\u{3099}ラス"),
            ("東京2026", "東京２０２６"),
            ("福", "\u{fa1b}"),
            ("一", "\u{2f00}"),
            ("葛", "葛\u{e0100}"),
            ("株式会社", "㍿"),
            ("5kg", "5㎏"),
        ],
        &[
            ("は", "ば"),
            ("は", "ぱ"),
            ("ば", "ぱ"),
            ("はし", "ハシ"),
            ("つ", "っ"),
            ("国", "國"),
            ("びょういん", "びよういん"),
        ],
    );
    assert!(finds("界は", "世界は広い"));
    assert!(finds("tower", "東京towerへ"));
    assert!(!finds("は世", "世界は広い"));
}

#[test]
fn korean() {
    check(
        &[
            ("한국어", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}\u{110b}\u{1165}"),
            ("가", "\u{ffa1}\u{ffc2}"),
            ("서울", "서\u{200b}울"),
        ],
        &[("가", "까"), ("국", "구"), ("밥", "밤")],
    );
    assert!(finds("서울", "나는 서울에서 산다"));
}

#[test]
fn scripts_that_no_list_names_follow_the_same_rule() {
    check(
        &[
            ("հայերեն", "ՀԱՅԵՐԵՆ"),
            ("և", "եւ"),
            ("ქართული", "ᲥᲐᲠᲗᲣᲚᲘ"),
            ("ꭰ", "Ꭰ"),
            ("𞤀𞤣", "𞤢𞤣"),
            ("ܫܠܡܐ", "ܫܠܳܡܳܐ"),
            ("᠎ᠮᠣᠩ", "ᠮᠣᠩ"),
        ],
        &[("ሀ", "ሁ"), ("ދި", "ދީ"), ("བོད", "བད")],
    );
}

#[test]
fn the_index_takes_a_word_with_a_joint_in_both_readings() {
    assert_eq!(index_form(&["So, a b."]), "so a b");
    assert_eq!(index_form(&["世界A"]), "世 界 a");
    assert_eq!(index_form(&["one", "", "two"]), "one \u{e000} \u{e000} two");
    assert_eq!(index_form(&["x\nHawaiʻi now\ny"]), "x hawai i now y \u{e000} hawaii now");
    assert_eq!(index_form(&["a\u{e000}b\u{0}c"]), "a b c");
}

#[test]
fn raise_the_version_of_the_tables_when_this_changes() {
    // The index has folded words, so a journal of another Unicode is to be indexed again.
    assert_eq!(unicode_normalization::UNICODE_VERSION, (18, 0, 0));
}
