//! Articles of numbered lessons, which become series.

use serde_json::json;

use crate::pty::Pty;
use crate::sandbox::Sandbox;

const ARTICLE: &str = "Two walks\n\nWhy we walk.\n\n#1 \u{2013} Don\u{2019}t wait\n\nShe went out.\n\n\
                       You can too.\n\n#2 \u{2013} Come home\n\nThere was soup.\n\n---\n\n\
                       Thanks for reading!\n";

fn article(home: &Sandbox, text: &str) -> String {
    let path = home.home().join("walks.txt");
    std::fs::write(&path, text).expect("written");
    path.display().to_string()
}

#[test]
fn an_article_becomes_a_series_once_and_is_one_undo() {
    let home = Sandbox::new();
    let path = article(&home, ARTICLE);
    let import = ["import", "article", "--kind", "talk", "--by", "A", &path];
    let counts = |imported, skipped| json!({"file": path, "imported": imported, "merged": 0, "skipped": skipped});
    let dry = home.json(&["import", "article", "--dry-run", &path]);
    assert_eq!(dry, counts(2, 0));
    assert_eq!(home.run(&["series", "show", "two-walks"]).code, 1, "nothing is stored yet");
    assert_eq!(home.json(&import), counts(2, 0));
    assert_eq!(home.json(&import), counts(0, 2));
    let lessons = home.json_lines(&["lesson", "list", "--series", "two-walks"]);
    assert_eq!(lessons[0]["title"], "Don\u{2019}t wait");
    assert_eq!(lessons[0]["takeaway"], "You can too.");
    assert_eq!(lessons[0]["question"], "What does this say to you today?");
    assert_eq!(lessons[1]["story"], "There was soup.");
    assert_eq!(
        lessons[1]["source"],
        json!({"title": "Two walks", "kind": "talk", "by": "A", "year": null, "url": null})
    );
    assert!(home.ok(&["series", "show", "two-walks"]).contains("Why we walk."));
    let undone = home.run(&["undo"]).err;
    let wanted =
        "undo: what added the series two-walks (2 lessons)\nhint: dwell redo puts it back\n";
    assert_eq!(undone, wanted);
    assert_eq!(home.run(&["series", "show", "two-walks"]).code, 1);
}

#[test]
fn an_article_that_comes_again_doubles_no_lesson() {
    let home = Sandbox::new();
    let path = article(&home, ARTICLE);
    home.ok(&["import", "article", &path]);
    home.ok(&["lesson", "edit", "two-walks/1", "--title", "Mine", "--story", "MY OWN"]);
    let lessons = || home.json_lines(&["lesson", "list", "--series", "two-walks"]);
    let edited = lessons();
    let counts = home.json(&["import", "article", &path]);
    assert_eq!((&counts["imported"], &counts["skipped"]), (&json!(0), &json!(2)));
    assert_eq!(lessons(), edited, "the edit stays");
    article(&home, &ARTICLE.replace("There was soup", "They had bread"));
    let counts = home.json(&["import", "article", &path]);
    assert_eq!((&counts["imported"], &counts["merged"]), (&json!(0), &json!(1)));
    let corrected = lessons();
    assert_eq!((corrected.len(), &corrected[0]), (2, &edited[0]));
    assert_eq!(corrected[1]["story"], "They had bread.");
}

#[test]
fn another_article_with_the_same_title_takes_nothing_of_the_first() {
    let home = Sandbox::new();
    let path = article(&home, &ARTICLE.replace("Two walks", "The Defiant Ones"));
    home.ok(&["import", "article", &path]);
    assert_eq!(home.json_lines(&["lesson", "list", "--series", "the-defiant-ones"]).len(), 5);
    assert_eq!(home.json_lines(&["lesson", "list", "--series", "the-defiant-ones-2"]).len(), 2);
}

#[test]
fn a_text_that_is_no_article_is_refused_and_makes_no_journal() {
    let home = Sandbox::new();
    for text in ["One day she went out.", "#1: a\n\n#2: b\n\nc", "#1: a\n\n\0"] {
        let ran = home.run(&["import", "article", &article(&home, text)]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{text:?}");
        assert!(ran.err.contains("walks.txt"), "{}", ran.err);
    }
    assert!(!home.journal().exists());
}

#[test]
fn a_reader_sees_the_series_and_may_leave_it_or_change_it_first() {
    let mut home = Sandbox::new();
    let path = article(&home, ARTICLE);
    let mut pty = Pty::start(&home, &["import", "article", &path]);
    pty.wait_for("Take in this series?");
    assert!(pty.screen().contains("Thanks for reading!"), "{}", pty.screen());
    pty.send("n");
    pty.wait_for("nothing was stored");
    assert_eq!(pty.end(), 0);
    assert_eq!(home.run(&["series", "show", "two-walks"]).code, 1);

    let editor = home.home().join("editor");
    std::fs::write(&editor, "sed -i 's/There was soup/There was bread/' \"$1\"").expect("written");
    home.set("VISUAL", &format!("sh '{}'", editor.display()));
    let mut pty = Pty::start(&home, &["import", "article", &path]);
    pty.wait_for("Take in this series?");
    pty.send("e");
    pty.wait_for_screen("There was bread");
    pty.wait_for("Take in this series?");
    pty.send("y");
    pty.wait_for("imported 2 lessons");
    assert_eq!(pty.end(), 0);
    let lessons = home.json_lines(&["lesson", "list", "--series", "two-walks"]);
    assert_eq!(lessons[1]["story"], "There was bread.");
}

#[test]
fn a_change_that_is_no_series_file_stays_and_is_named() {
    let mut home = Sandbox::new();
    let path = article(&home, ARTICLE);
    let editor = home.home().join("editor");
    std::fs::write(&editor, "sed -i 's/^title/titel/' \"$1\"").expect("written");
    home.set("VISUAL", &format!("sh '{}'", editor.display()));
    let mut pty = Pty::start(&home, &["import", "article", "--edit", &path]);
    pty.wait_for("correct /");
    assert_eq!(pty.end(), 2);
    assert!(home.draft_texts().iter().any(|text| text.contains("titel")));
    assert_eq!(home.run(&["series", "show", "two-walks"]).code, 1);
}

#[test]
fn an_editor_that_empties_the_series_names_the_file_that_still_has_it() {
    let mut home = Sandbox::new();
    let path = article(&home, ARTICLE);
    home.set("EDITOR", "truncate -s 0");
    let ran = home.run(&["import", "article", "--edit", &path]);
    assert_eq!(ran.code, 2);
    assert!(!ran.err.contains("--resume"), "{}", ran.err);
    let (_, kept) = ran.err.split_once(": dwell series add ").expect("a hint");
    home.ok(&["series", "add", kept.trim()]);
    assert_eq!(home.json_lines(&["lesson", "list", "--series", "two-walks"]).len(), 2);
}
