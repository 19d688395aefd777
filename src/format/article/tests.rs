use super::*;

fn titles(text: &str) -> Vec<String> {
    let article = read(text).expect("an article");
    article.lessons.into_iter().map(|lesson| lesson.title).collect()
}

/// Three lessons with these headings, each with a story and a takeaway.
fn with_headings(headings: [&str; 3]) -> String {
    let lesson = |heading: &str| format!("{heading}\n\nShe went out.\n\nYou can go too.\n\n");
    format!("Three walks\n\nAn introduction.\n\n{}", headings.map(lesson).concat())
}

#[test]
fn lessons_are_told_by_headings_in_many_forms() {
    for headings in [
        ["#1 \u{2013} Go out", "#2 \u{2013} Come home", "#3 \u{2013} Rest"],
        ["#1: Go out", "#2: Come home", "#3: Rest"],
        ["1. Go out", "2. Come home", "3. Rest"],
        ["1) Go out", "2) Come home", "3) Rest"],
        ["## 1: Go out", "## 2: Come home", "## 3: Rest"],
        ["### 1. Go out ###", "### 2. Come home", "### 3. Rest"],
        ["## 1 Go out", "## 2 Come home", "## 3 Rest"],
        ["## #1 Go out", "## #2 Come home", "## #3 Rest"],
        ["## Lesson 1: Go out", "## Lesson 2: Come home", "## Lesson 3: Rest"],
        ["## **1. Go out**", "## **2. Come home**", "## **3. Rest**"],
        ["**Lesson 1.** Go out", "**Lesson 2.** Come home", "**Lesson 3.** Rest"],
        ["**1. Go out**", "**2. Come home**", "**3. Rest**"],
        ["__Lesson 1: Go out__", "__Lesson 2: Come home__", "__Lesson 3: Rest__"],
        ["Lesson one: Go out", "Lesson two: Come home", "Lesson three: Rest"],
        ["LESSON 1 \u{2014} Go out", "LESSON 2 \u{2014} Come home", "LESSON 3 \u{2014} Rest"],
        ["Rule #1: Go out", "Rule #2: Come home", "Rule #3: Rest"],
        ["Lektion 1: Go out", "Lektion 2: Come home", "Lektion 3: Rest"],
        ["I. Go out", "II. Come home", "III. Rest"],
        ["Lesson 1 of 3: Go out", "Lesson 2 of 3: Come home", "Lesson 3 of 3: Rest"],
        ["No. 1 - Go out", "No. 2 - Come home", "No. 3 - Rest"],
    ] {
        let text = with_headings(headings);
        assert_eq!(titles(&text), ["Go out", "Come home", "Rest"], "{headings:?}");
        assert_eq!(titles(&text.replace('\n', "\r\n")), titles(&text), "{headings:?}");
        assert_eq!(titles(&format!("\u{feff}{text}")), titles(&text), "{headings:?}");
        let article = read(&text).expect("an article");
        assert_eq!(article.title.as_deref(), Some("Three walks"));
        assert_eq!(article.introduction.as_deref(), Some("An introduction."));
        for lesson in article.lessons {
            assert_eq!(lesson.story, "She went out.");
            assert_eq!(lesson.takeaway.as_deref(), Some("You can go too."));
            assert_eq!(lesson.question, None);
        }
    }
}

#[test]
fn an_article_may_count_down() {
    let text = with_headings(["3. Go out", "2. Come home", "1. Rest"]);
    assert_eq!(titles(&text), ["Go out", "Come home", "Rest"]);
}

#[test]
fn the_next_heading_is_no_title() {
    let text = "#1:\n\n#2: Go out\n\nShe went out.\n";
    let error = read(text).expect_err("the first lesson has no text");
    assert!(matches!((error.line, error.why), (Some(1), Fault::LessonWithoutText)));
}

#[test]
fn a_sign_for_the_end_of_a_line_is_no_text() {
    let text = "#1 Go out\n\n\\\n\n#2 Come home\n\nShe came.\n";
    let error = read(text).expect_err("the first lesson has no text");
    assert!(matches!((error.line, error.why), (Some(1), Fault::LessonWithoutText)));
}

#[test]
fn a_title_may_stand_below_its_number() {
    let text = with_headings(["Lesson 1\n\nGo out", "Lesson 2\n\nCome home", "Lesson 3\n\nRest"]);
    assert_eq!(titles(&text), ["Go out", "Come home", "Rest"]);
}

#[test]
fn a_numbered_list_in_a_story_is_no_heading() {
    let text = "## 1. Go out\n\nShe took:\n\n1. a coat\n2. a hat\n3. a key\n\nYou know why.\n\n\
                ## 2. Come home\n\nIn 2017. She slept.\n\nWe all do.";
    let article = read(text).expect("an article");
    assert_eq!(article.lessons.len(), 2);
    assert_eq!(article.lessons[0].story, "She took:\n\n1. a coat\n2. a hat\n3. a key");
    assert_eq!(article.lessons[1].story, "In 2017. She slept.");
}

#[test]
fn a_heading_in_code_is_none_and_the_story_may_begin_behind_a_heading() {
    let text =
        "**1. Go out.** She went.\n\n```\n**2. Not this.** No\n```\n\n**2. Rest.** She slept.";
    let article = read(text).expect("an article");
    assert_eq!(titles(text), ["Go out.", "Rest."]);
    assert_eq!(article.lessons[0].story, "She went.\n\n```\n**2. Not this.** No\n```");
    assert_eq!(article.lessons[1].story, "She slept.");
}

#[test]
fn a_number_may_be_missing_where_headings_are_marked() {
    let text = with_headings(["## 1: Go out", "## 2: Come home", "## 4: Rest"]);
    assert_eq!(titles(&text), ["Go out", "Come home", "Rest"]);
}

#[test]
fn the_text_may_be_wrapped_or_not() {
    let story = "She went out before she had a reason, and the street was empty. ".repeat(4);
    let story = story.trim_end();
    let wrapped = textwrap::fill(story, 60);
    let lessons = |story: &str, gap: &str| {
        format!("1. Go out\n\n{story}{gap}You can too.\n\n2. Come home\n\n{story}{gap}We all do.\n")
    };
    let plain = read(&lessons(story, "\n\n")).expect("an article");
    assert_eq!(plain.lessons[0].story, story);
    assert_eq!(read(&lessons(&wrapped, "\n\n")).expect("an article"), plain);
    // One line a paragraph, without empty lines between.
    assert_eq!(read(&lessons(story, "\n")).expect("an article"), plain);
}

#[test]
fn curly_quotes_and_dashes_stay_as_they_are() {
    let text = "#1 \u{2013} Don\u{2019}t wait\n\n\u{201c}Go,\u{201d} she said \u{2014} and went.";
    let article = read(text).expect("an article");
    assert_eq!(article.lessons[0].title, "Don\u{2019}t wait");
    assert_eq!(article.lessons[0].story, "\u{201c}Go,\u{201d} she said \u{2014} and went.");
    assert_eq!(article.lessons[0].takeaway, None, "the only paragraph is the story");
}

#[test]
fn a_text_without_empty_lines_has_its_headings_and_paragraphs() {
    let story = "She went out before she had a reason, and the street was empty. ".repeat(3);
    let story = story.trim_end();
    let text =
        format!("Two walks\n1. Go out\n{story}\nYou can too.\n2. Rest\n{story}\nWe all do.\n");
    let article = read(&text).expect("an article");
    assert_eq!(article.title.as_deref(), Some("Two walks"));
    assert_eq!(titles(&text), ["Go out", "Rest"]);
    assert_eq!(article.lessons[0].story, story);
    assert_eq!(article.lessons[1].takeaway.as_deref(), Some("We all do."));
}

#[test]
fn the_front_matter_of_a_file_is_no_part_of_the_article() {
    let text = "---\ntitle: \"Walks\"\ntags: [a]\n---\n\n# Two walks\n\n#1: Go out\n\nShe went.";
    let article = read(text).expect("an article");
    assert_eq!(article.title.as_deref(), Some("Walks"));
    assert_eq!(article.introduction, None);
    let error = read(&text.replace("She went.", "")).expect_err("refused");
    assert_eq!(error.line, Some(8));
    assert_eq!(titles("---\n\n#1: Go out\n\nShe went."), ["Go out"]);
}

#[test]
fn a_question_that_is_named_as_one_is_taken() {
    let text = "#1: Go out\n\nShe went.\n\nYou can too.\n\n**Question:** Where to?";
    let lesson = &read(text).expect("an article").lessons[0];
    assert_eq!(lesson.question.as_deref(), Some("Where to?"));
    assert_eq!(lesson.takeaway.as_deref(), Some("You can too."));
}

#[test]
fn what_plainly_closes_the_article_is_left_out_and_nothing_else() {
    let lesson = "#1: Go out\n\nShe went.\n\nYou can too.\n\n#2: Rest\n\nShe slept.\n\nWe all do.";
    let whole = read(&format!("{lesson}\n\nThe end of her day.")).expect("an article");
    assert_eq!(whole.lessons[1].story, "She slept.\n\nWe all do.\n\nThe end of her day.");
    assert_eq!(whole.closing, None);
    for closing in
        ["## Conclusion\n\nYou see.", "Thanks for reading!", "***\n\nWe hope you liked it."]
    {
        let article = read(&format!("{lesson}\n\n{closing}")).expect("an article");
        assert_eq!(article.lessons[1].story, "She slept.");
        assert_eq!(article.lessons[1].takeaway.as_deref(), Some("We all do."));
        assert_eq!(article.closing.as_deref(), Some(closing));
    }
}

#[test]
fn a_text_without_numbered_lessons_is_refused() {
    for text in ["", "\n\n", "One day she went.\n\nAnd came back.", "1. only one line", "\u{0}"] {
        assert!(read(text).is_err(), "{text:?}");
    }
    let error = read("#1: Go out\n\n#2: Rest\n\nShe slept.").expect_err("refused");
    assert!(matches!(error.why, Fault::LessonWithoutText), "{error}");
    assert_eq!(error.line, Some(1));
    let error = read("#1: Go out\n\nShe\u{0} went.").expect_err("refused");
    assert!(matches!(error.why, Fault::Nul) && error.line == Some(3), "{error}");
}

#[test]
#[cfg(unix)]
fn a_long_article_is_only_long() {
    crate::text::testing::assert_linear("an article", 20_000, |text| {
        let _ = read(&format!("#1: Go out\n\n{text}\n\n#2: Rest\n\n{text}"));
    });
}
